//! The compile budget, which CI checks for every change.
//!
//! The budget is a ratio of user times that are measured by turns, so it does not depend on the machine.

use std::fmt::Write as _;
use std::time::Duration;

use anyhow::{Result, bail, ensure};

use super::build::{Build, Mode};
use super::pairs::least;
use super::programs::Programs;
use super::{Bench, LOCKS_ONLY, synthetic};
use crate::outcome::Outcome;

/// A way to compile the client and what that may cost, as a multiple of what the synthetic crate does.
struct Budget {
    name: &'static str,
    arguments: &'static [&'static str],
    most: f64,
}

/// Raise one only together with the reason in the commit.
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

/// Measures, and prints whether the client keeps its budget. `scale` multiplies every budget.
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
    // Nothing else would notice that a change of the client is one for them too.
    Programs::check(bench)?;
    let names = ["the synthetic crate"].into_iter();
    let names = names.chain(BUDGETS.iter().map(|budget| budget.name));
    let mut candidates: Vec<_> = builds
        .iter()
        .zip(names)
        .map(|(build, name)| build.candidate(name))
        .collect();
    let times = least(&mut candidates, bench.rounds)?;
    let [yardstick, ours @ ..] = &times[..] else {
        bail!("nothing was measured");
    };
    ensure!(ours.len() == BUDGETS.len(), "not all was measured");
    let mut is_kept = true;
    for (budget, &ours) in BUDGETS.iter().zip(ours) {
        let verdict = judge(ours, *yardstick, budget.most * scale);
        println!("{:24} {}", budget.name, verdict.text);
        is_kept &= verdict.is_kept;
    }
    Ok(if is_kept { Outcome::Good } else { Outcome::Bad })
}

struct Verdict {
    is_kept: bool,
    text: String,
}

/// Whether compiling the client costs no more than so many times the yardstick.
fn judge(ours: Duration, yardstick: Duration, most: f64) -> Verdict {
    let (ours, yardstick) = (ours.as_secs_f64(), yardstick.as_secs_f64());
    let ratio = ours / yardstick;
    // A yardstick of no length measures nothing.
    let is_kept = yardstick > 0.0 && ratio <= most;
    let mut text = format!(
        "{ratio:.2} × the synthetic crate ({ours:.2} s against {yardstick:.2} s of user time); the budget is {most:.2}"
    );
    if !is_kept {
        let _ = write!(
            text,
            ": BROKEN. `cargo xtask bench --only compiling` shows each namespace"
        );
    }
    Verdict { is_kept, text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_kept(ours: u64, yardstick: u64) -> bool {
        let of = Duration::from_millis;
        judge(of(ours), of(yardstick), 0.5).is_kept
    }

    #[test]
    fn the_budget_is_a_share_of_the_yardstick_and_breaks_above_it() {
        assert!(is_kept(2_000, 4_000));
        assert!(!is_kept(2_001, 4_000));
        // On a machine of half the speed nothing changes.
        assert!(is_kept(4_000, 8_000));
        assert!(!is_kept(4_002, 8_000));
    }

    #[test]
    fn a_yardstick_that_measures_nothing_keeps_no_budget() {
        assert!(!is_kept(0, 0));
        assert!(!is_kept(1, 0));
    }

    #[test]
    fn a_broken_budget_says_by_how_much_and_what_to_do() {
        let text = judge(Duration::from_secs(3), Duration::from_secs(4), 0.5).text;
        for part in ["0.75 ×", "the budget is 0.50", "BROKEN", "--only compiling"] {
            assert!(text.contains(part), "{text}");
        }
    }
}
