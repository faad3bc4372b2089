//! Measures sizes: source lines, dependencies, a program.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::build::{Build, Mode};
use super::process;
use super::table::{Amount, Comparison, Goal, Row, Section};
use super::{Bench, users};
use crate::cargo;
use crate::files;

pub(super) fn measure(bench: &Bench) -> Result<Section> {
    let ours = bench.ours()?;
    let written = count_lines(&ours.join("src").join("generated"))?;
    let mut rows = Vec::new();
    for (name, folder) in bench.peer_crates()? {
        let against = match folder {
            Some(folder) => {
                let lines = count_lines(&folder.join("src"))?;
                Comparison::Peer(name.to_owned(), Amount::count(lines as f64))
            }
            None => Comparison::Skipped(name.to_owned()),
        };
        rows.push(Row {
            what: "generated lines, undocumented part included".to_owned(),
            ours: Amount::count(written as f64),
            against,
            goal: Some(Goal::AtMost(Amount::count(60_000.0))),
        });
    }
    let hello = users::hello_lock(bench)?;
    let build = Build::of(&hello, &bench.target(), Mode::Release, &[])?;
    build.run()?;
    let name = format!("hello-lock{}", std::env::consts::EXE_SUFFIX);
    let program = bench.target().join("release").join(name);
    let size = fs::metadata(&program)
        .with_context(|| format!("{} was not built", program.display()))?
        .len();
    rows.push(Row::without_peer(
        "a hello-lock program, release, stripped",
        Amount::bytes(size as f64),
        Some(Goal::AtMost(Amount::bytes(5e6))),
    ));
    rows.push(Row::without_peer(
        "crates that default features need",
        Amount::count(count_dependencies(ours)? as f64),
        Some(Goal::AtMost(Amount::count(120.0))),
    ));
    Ok(Section {
        title: "Size",
        rows,
        notes: Vec::new(),
    })
}

/// Counts the lines of Rust in a folder and below.
fn count_lines(folder: &Path) -> Result<usize> {
    let mut lines = 0;
    for path in files::list(folder, Path::new(""))? {
        if path.extension().is_some_and(|extension| extension == "rs") {
            lines += fs::read_to_string(folder.join(path))?.lines().count();
        }
    }
    Ok(lines)
}

/// Counts the crates that a build of the client needs on this system, without the client itself.
fn count_dependencies(ours: &Path) -> Result<usize> {
    let mut command = cargo::command();
    command.current_dir(ours).args([
        "tree",
        "--edges",
        "no-dev",
        "--prefix",
        "none",
        "--no-dedupe",
    ]);
    let (_, stdout) = process::run_for_output(&mut command)?;
    let crates: BTreeSet<&str> = stdout
        .lines()
        .map(|line| line.trim_end_matches(" (proc-macro)"))
        .collect();
    Ok(crates.len().saturating_sub(1))
}
