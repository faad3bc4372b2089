//! `cargo xtask fuzz`: random replies and parameters.

use anyhow::{Context, Result};

use crate::Outcome;
use crate::cargo;
use crate::repo::Repo;

/// Where the properties are: the test target, and how its tests are chosen.
const TARGETS: [[&str; 3]; 2] = [["--lib", "--", "fuzz::"], ["--test=proof", "--", "fuzz::"]];

const PACKAGE: [&str; 3] = ["--package", "generated-client", "--all-features"];

/// Feeds the client random replies and parameters
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How long each property is tried
    #[arg(long, default_value_t = 60)]
    seconds: u64,
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let repo = Repo::find()?;
    for target in TARGETS {
        let test = [&PACKAGE[..], &target[..]].concat();
        cargo::require_tests(repo.root(), &test)?;
        let status = cargo::command()
            .current_dir(repo.root())
            .arg("test")
            .args(test)
            .arg("--nocapture")
            .env("SEAM_FUZZ_SECONDS", args.seconds.to_string())
            .status()
            .context("cargo could not be started")?;
        if !status.success() {
            return Ok(Outcome::Bad);
        }
    }
    Ok(Outcome::Good)
}
