//! The compile budget, which CI checks for every change.
//!
//! The budget is a ratio of user times that are measured in alternating rounds, so it does not depend on the machine.

use std::fmt::Write as _;
use std::time::Duration;

use anyhow::{Result, bail, ensure};

use super::build::{Build, Mode};
use super::programs::Programs;
use super::rounds::least_user_times;
use super::{Bench, LOCKS_ONLY, synthetic};
use crate::outcome::Outcome;

/// The budget for compiling the client with some features, as a multiple of the cost of the synthetic crate.
struct Budget {
    name: &'static str,
    arguments: &'static [&'static str],
    most: f64,
}

/// If you raise one, give the reason in the commit.
const BUDGETS: [Budget; 2] = [
    Budget {
        name: "default features",
        arguments: &[],
        most: 0.85,
    },
    Budget {
        name: "locks and access codes",
        arguments: &LOCKS_ONLY,
        most: 0.34,
    },
];

/// Measures the client, and reports whether it keeps its budgets. `scale` multiplies every budget.
pub(super) fn run(bench: &Bench, scale: f64) -> Result<Outcome> {
    let folder = bench.folder.join("crates").join("synthetic");
    synthetic::write(&folder)?;
    bench.seed_lock(&folder)?;
    let target = bench.target();
    let mut builds = vec![Build::of(&folder, &target, Mode::Check, &[])?];
    for budget in &BUDGETS {
        let build = Build::of(bench.ours()?, &target, Mode::Check, budget.arguments)?;
        builds.push(build);
    }
    eprintln!("compiling what the crates depend on");
    for build in &builds {
        build.run()?;
    }
    // No other check compiles these programs against a changed client.
    Programs::check(bench)?;
    let names = ["the synthetic crate"].into_iter();
    let names = names.chain(BUDGETS.iter().map(|budget| budget.name));
    let mut candidates: Vec<_> = builds
        .iter()
        .zip(names)
        .map(|(build, name)| build.candidate(name))
        .collect();
    let times = least_user_times(&mut candidates, bench.rounds)?;
    let [reference, ours @ ..] = &times[..] else {
        bail!("nothing was measured");
    };
    ensure!(
        ours.len() == BUDGETS.len(),
        "some budgets were not measured"
    );
    let mut is_kept = true;
    for (budget, &ours) in BUDGETS.iter().zip(ours) {
        let verdict = judge(ours, *reference, budget.most * scale);
        println!("{:24} {}", budget.name, verdict.text);
        is_kept &= verdict.is_kept;
    }
    Ok(if is_kept { Outcome::Good } else { Outcome::Bad })
}

struct Verdict {
    is_kept: bool,
    text: String,
}

/// Compares the user time of the client with that of the synthetic crate.
fn judge(ours: Duration, reference: Duration, most: f64) -> Verdict {
    let (ours, reference) = (ours.as_secs_f64(), reference.as_secs_f64());
    let ratio = ours / reference;
    // Without a time of the synthetic crate there is no ratio.
    let is_kept = reference > 0.0 && ratio <= most;
    let mut text = format!(
        "{ratio:.2} × the synthetic crate ({ours:.2} s against {reference:.2} s of user time); the budget is {most:.2}"
    );
    if !is_kept {
        let _ = write!(
            text,
            ": EXCEEDED. `cargo xtask bench --only compiling` shows each namespace"
        );
    }
    Verdict { is_kept, text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_kept(ours: u64, reference: u64) -> bool {
        let of = Duration::from_millis;
        judge(of(ours), of(reference), 0.5).is_kept
    }

    #[test]
    fn the_budget_is_a_multiple_of_the_synthetic_crate() {
        assert!(is_kept(2_000, 4_000));
        assert!(!is_kept(2_001, 4_000));
        // The verdict is the same on a machine of half the speed.
        assert!(is_kept(4_000, 8_000));
        assert!(!is_kept(4_002, 8_000));
    }

    #[test]
    fn no_budget_is_kept_if_the_synthetic_crate_took_no_time() {
        assert!(!is_kept(0, 0));
        assert!(!is_kept(1, 0));
    }

    #[test]
    fn an_exceeded_budget_reports_the_ratio_and_the_next_command() {
        let text = judge(Duration::from_secs(3), Duration::from_secs(4), 0.5).text;
        for part in [
            "0.75 ×",
            "the budget is 0.50",
            "EXCEEDED",
            "--only compiling",
        ] {
            assert!(text.contains(part), "{text}");
        }
    }
}
