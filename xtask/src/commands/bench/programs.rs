//! Builds and runs the programs in `xtask/bench`, which measure a running client.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};

use super::build::{Build, Mode};
use super::table::{Amount, Comparison};
use super::{Bench, baseline, process};
use crate::files;

/// The number of devices and events in one reply.
const MANY: usize = 1_000;

/// The compiled programs.
pub(super) struct Programs {
    folder: PathBuf,
    replies: PathBuf,
}

/// A measurement that a program printed.
#[derive(Debug, Deserialize)]
pub(super) struct Measurement {
    what: String,
    pub(super) ours: f64,
    peer: Option<f64>,
}

impl Measurement {
    /// Returns our figure, and that of the peer `name`.
    pub(super) fn figures(&self, name: &str, amount: fn(f64) -> Amount) -> (Amount, Comparison) {
        let peer = match self.peer {
            Some(peer) => Comparison::Peer(name.to_owned(), amount(peer)),
            None => Comparison::Nothing,
        };
        (amount(self.ours), peer)
    }
}

impl Programs {
    /// Builds the programs for the document under measurement.
    pub(super) fn build(bench: &Bench) -> Result<Self> {
        eprintln!("building the programs in xtask/bench");
        let folder = write_sources(bench)?;
        let replies = bench.folder.join("replies");
        write_replies(bench, &replies)?;
        let target = bench.target();
        Build::of(&folder, &target, Mode::Release, &[])?.run()?;
        Ok(Self {
            folder: target.join("release"),
            replies,
        })
    }

    /// Fails if the programs do not compile with the client.
    pub(super) fn check(bench: &Bench) -> Result<()> {
        Build::of(&write_sources(bench)?, &bench.target(), Mode::Check, &[])?.run()?;
        Ok(())
    }

    /// Runs one of the programs, and returns its measurements.
    pub(super) fn run(&self, name: &str) -> Result<Vec<Measurement>> {
        let program = self
            .folder
            .join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        let mut command = std::process::Command::new(program);
        let (_, stdout) = process::run_for_output(command.arg(&self.replies))?;
        let read = |line| {
            serde_json::from_str(line).context("a program printed a line that is not a measurement")
        };
        stdout.lines().map(read).collect()
    }
}

/// Writes the sources of the programs: a copy of `xtask/bench`, and the baseline types.
fn write_sources(bench: &Bench) -> Result<PathBuf> {
    bench.ours()?;
    let source = bench.repo.root().join("xtask/bench");
    let copy = bench.folder.join("programs");
    let mut paths = files::list(&source, Path::new("src"))?;
    paths.push("Cargo.toml".into());
    for path in paths {
        let to = copy.join(&path);
        let put = || -> std::io::Result<()> {
            to.parent().map_or(Ok(()), fs::create_dir_all)?;
            write_if_different(&to, &fs::read(source.join(&path))?)
        };
        put().with_context(|| format!("xtask/bench/{} cannot be copied", path.display()))?;
    }
    let types = baseline::render(&bench.api()?, &["Device"], "Event")?;
    write_if_different(&copy.join("src").join("baseline.rs"), types.as_bytes())?;
    bench.seed_lock(&copy)?;
    Ok(copy)
}

/// Writes a file unless it has these contents already, so that cargo does not build it again.
fn write_if_different(path: &Path, contents: &[u8]) -> std::io::Result<()> {
    match fs::read(path) {
        Ok(known) if known == contents => Ok(()),
        _ => fs::write(path, contents),
    }
}

fn write_replies(bench: &Bench, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    let (api, examples) = (bench.api()?, bench.examples()?);
    let of = |name| -> Result<Vec<Value>> {
        let pointer = &api.type_def(baseline::resource(&api, name)?).pointer;
        let values = examples.likely(pointer, MANY);
        ensure!(
            !values.is_empty(),
            "there are no examples of {name} to measure with"
        );
        Ok(values)
    };
    let (devices, events) = (of("Device")?, of("Event")?);
    for (name, body) in [
        (
            "device.json",
            json!({"device": devices.first(), "ok": true}),
        ),
        ("devices.json", json!({"devices": devices, "ok": true})),
        ("events.json", json!({"events": events, "ok": true})),
    ] {
        fs::write(folder.join(name), body.to_string())?;
    }
    Ok(())
}

/// Returns the measurement with this name.
pub(super) fn find<'a>(found: &'a [Measurement], what: &str) -> Result<&'a Measurement> {
    let found = found.iter().find(|found| found.what == what);
    found.with_context(|| format!("the programs do not measure `{what}`"))
}
