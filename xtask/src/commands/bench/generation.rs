//! From the document to formatted source: whole processes, into an empty folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::Bench;
use super::pairs::{Candidate, alternate};
use super::peers::Found;
use super::process::{self, Cost};
use super::table::{Against, Amount, Goal, Row, Section};
use crate::cargo;

pub(super) fn measure(bench: &Bench) -> Result<Section> {
    let program = release(bench)?;
    let out = bench.folder.join("generated");
    if out.exists() {
        fs::remove_dir_all(&out)?;
    }
    fs::create_dir_all(&out)?;
    let mut candidates = vec![into_empty("codegen", &out, |out| {
        let mut command = Command::new(&program);
        command.arg("codegen").arg("--spec").arg(&bench.document);
        for (flag, path) in &bench.companions {
            command.arg(flag).arg(path);
        }
        command.arg("--allow-unknown-keywords");
        process::run(command.arg("--out").arg(out))
    })];
    for peer in bench.peers.iter().filter_map(Found::ready) {
        candidates.push(into_empty(peer.name, &out, |out| {
            peer.generate(&bench.document, out)
        }));
    }
    let mut costs = alternate(&mut candidates, bench.rounds.max(3))?.into_iter();
    drop(candidates);
    let mut rows = Vec::new();
    if let Some(ours) = costs.next() {
        rows.extend(against_peers(bench, ours, &mut costs));
        let goal = Goal::AtMost(Amount::bytes(200e6));
        let peak = Amount::bytes(ours.peak as f64);
        rows.push(Row::alone("the same, peak memory", peak, Some(goal)));
    }
    rows.extend(without_change(bench, &program)?);
    Ok(Section {
        title: "Generation",
        rows,
        notes: vec![
            "Whole processes, by their release builds, each into an empty folder. Ours writes a crate with its runtime.".to_owned(),
        ],
    })
}

fn against_peers(bench: &Bench, ours: Cost, costs: &mut impl Iterator<Item = Cost>) -> Vec<Row> {
    let row = |found: &Found| {
        let goal = (found.name() == "ploidy").then_some(Goal::ShareAtMost(0.4));
        let against = match found {
            Found::Absent { name, .. } => Against::Absent((*name).to_owned()),
            Found::Ready(peer) => match costs.next() {
                Some(cost) => Against::Peer(
                    peer.name.to_owned(),
                    Amount::seconds(cost.wall.as_secs_f64()),
                ),
                None => Against::Absent(peer.name.to_owned()),
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

/// The cost of the command that maintainers run most often.
fn without_change(bench: &Bench, program: &Path) -> Result<Vec<Row>> {
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
    let ways: [(&str, &mut dyn FnMut() -> Command); 2] = [
        ("codegen without a change, the process", &mut bare),
        (
            "codegen without a change, `cargo xtask codegen`",
            &mut as_users_do,
        ),
    ];
    for (what, command) in ways {
        // The client is not changed by being measured: where it is out of step there is nothing to measure.
        process::run(command().args(["codegen", "--check"]))?;
        process::run(command().arg("codegen"))?;
        let mut candidates = [Candidate {
            name: what.to_owned(),
            prepare: Box::new(|| Ok(())),
            run: Box::new(|| process::run(command().arg("codegen"))),
        }];
        for cost in alternate(&mut candidates, bench.rounds.max(5))? {
            let goal = Goal::AtMost(Amount::seconds(0.2));
            let wall = Amount::seconds(cost.wall.as_secs_f64());
            rows.push(Row::alone(what, wall, Some(goal)));
        }
    }
    Ok(rows)
}

/// The commands, optimised.
fn release(bench: &Bench) -> Result<PathBuf> {
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

/// Into a new folder each time: some file systems make files slowly where others were removed just before.
fn into_empty<'a>(
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
