//! Measures the time from the document to formatted source: whole processes that write into an empty folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::Bench;
use super::peers::PeerStatus;
use super::process::{self, Cost};
use super::rounds::{Candidate, alternate};
use super::table::{Amount, Comparison, Goal, Row, Section};
use crate::cargo;

pub(super) fn measure(bench: &Bench) -> Result<Section> {
    let program = build_release(bench)?;
    let out = bench.folder.join("generated");
    if out.exists() {
        fs::remove_dir_all(&out)?;
    }
    fs::create_dir_all(&out)?;
    let mut candidates = vec![with_empty_folder("codegen", &out, |out| {
        let mut command = Command::new(&program);
        command.arg("codegen").arg("--spec").arg(&bench.document);
        for (flag, path) in &bench.companions {
            command.arg(flag).arg(path);
        }
        command.arg("--allow-unknown-keywords");
        process::run(command.arg("--out").arg(out))
    })];
    for peer in bench.peers.iter().filter_map(PeerStatus::ready) {
        candidates.push(with_empty_folder(peer.name, &out, |out| {
            peer.generate(&bench.document, out)
        }));
    }
    let mut costs = alternate(&mut candidates, bench.rounds.max(3))?.into_iter();
    drop(candidates);
    let mut rows = Vec::new();
    if let Some(ours) = costs.next() {
        rows.extend(compare_with_peers(bench, ours, &mut costs));
        let goal = Goal::AtMost(Amount::bytes(200e6));
        let peak = Amount::bytes(ours.peak as f64);
        rows.push(Row::without_peer("the same, peak memory", peak, Some(goal)));
    }
    rows.extend(measure_unchanged(bench, &program)?);
    Ok(Section {
        title: "Generation",
        rows,
        notes: vec![
            "Whole processes, by their release builds, each into an empty folder. Ours writes a crate with its runtime.".to_owned(),
        ],
    })
}

fn compare_with_peers(
    bench: &Bench,
    ours: Cost,
    costs: &mut impl Iterator<Item = Cost>,
) -> Vec<Row> {
    let row = |found: &PeerStatus| {
        let goal = (found.name() == "ploidy").then_some(Goal::RatioAtMost(0.4));
        let against = match found {
            PeerStatus::Absent { name, .. } => Comparison::Skipped((*name).to_owned()),
            PeerStatus::Ready(peer) => match costs.next() {
                Some(cost) => Comparison::Peer(
                    peer.name.to_owned(),
                    Amount::seconds(cost.wall.as_secs_f64()),
                ),
                None => Comparison::Skipped(peer.name.to_owned()),
            },
        };
        Row {
            what: "document to formatted source".to_owned(),
            ours: Amount::seconds(ours.wall.as_secs_f64()),
            against,
            goal,
        }
    };
    bench.peers.iter().map(row).collect()
}

/// Measures the command that maintainers run most often: codegen when nothing has changed.
fn measure_unchanged(bench: &Bench, program: &Path) -> Result<Vec<Row>> {
    let mut bare = || {
        let mut command = Command::new(program);
        command.current_dir(bench.repo.root());
        command
    };
    let mut as_users_do = || {
        let mut command = cargo::command();
        command.current_dir(bench.repo.root()).arg("xtask");
        command
    };
    let mut rows = Vec::new();
    // `cargo xtask` runs a build without optimisation, which takes several times as long.
    let commands: [(&str, &mut dyn FnMut() -> Command, f64); 2] = [
        ("codegen without a change, the process", &mut bare, 0.5),
        (
            "codegen without a change, `cargo xtask codegen`",
            &mut as_users_do,
            4.0,
        ),
    ];
    for (what, command, seconds) in commands {
        // A measurement must not change the client, so it needs a client that is up to date.
        process::run(command().args(["codegen", "--check"]))?;
        process::run(command().arg("codegen"))?;
        let mut candidates = [Candidate {
            name: what.to_owned(),
            prepare: Box::new(|| Ok(())),
            run: Box::new(|| process::run(command().arg("codegen"))),
        }];
        for cost in alternate(&mut candidates, bench.rounds.max(5))? {
            let goal = Goal::AtMost(Amount::seconds(seconds));
            let wall = Amount::seconds(cost.wall.as_secs_f64());
            rows.push(Row::without_peer(what, wall, Some(goal)));
        }
    }
    Ok(rows)
}

/// Builds `xtask` with optimisation.
fn build_release(bench: &Bench) -> Result<PathBuf> {
    eprintln!("building the generator");
    let target = bench.repo.root().join("target");
    process::run(
        cargo::command()
            .current_dir(bench.repo.root())
            .args([
                "build",
                "--quiet",
                "--release",
                "--package",
                "xtask",
                "--target-dir",
            ])
            .arg(&target),
    )?;
    let name = format!("xtask{}", std::env::consts::EXE_SUFFIX);
    Ok(target.join("release").join(name))
}

/// Returns a candidate that writes into a new folder each time: some file systems are slow to create files where others were just
/// removed.
fn with_empty_folder<'a>(
    name: &str,
    out: &Path,
    mut run: impl FnMut(&Path) -> Result<Cost> + 'a,
) -> Candidate<'a> {
    let folder = out.join(name);
    let mut round = 0;
    Candidate {
        name: name.to_owned(),
        prepare: Box::new(|| Ok(())),
        run: Box::new(move || {
            round += 1;
            run(&folder.with_extension(round.to_string()))
        }),
    }
}
