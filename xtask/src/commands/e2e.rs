//! `cargo xtask e2e`: the client against Seam's own fake server.

use anyhow::{Context, Result};

use crate::cargo;
use crate::node;
use crate::outcome::Outcome;
use crate::repo::Repo;

const PACKAGE: [&str; 3] = ["--package", "generated-client", "--all-features"];

/// Installs the fake server that generated-client/tests/e2e pins, and runs the suite against it
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Arguments for the tests, such as a filter
    #[arg(last = true)]
    test_args: Vec<String>,
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let repo = Repo::find()?;
    node::require_npm()?;
    node::install(&repo.client().join("tests").join("e2e"))?;

    for target in [&["--test", "e2e"][..], &["--test", "conformance", "fake::"]] {
        let args = [&PACKAGE[..], target].concat();
        cargo::require_tests(repo.root(), &args)?;
    }
    let suite = test(&repo, &["--test", "e2e"], &args.test_args)?;
    let coverage = test(&repo, &["--test", "conformance", "fake::"], &args.test_args)?;
    Ok(if suite && coverage {
        Outcome::Good
    } else {
        Outcome::Bad
    })
}

fn test(repo: &Repo, target: &[&str], handed_on: &[String]) -> Result<bool> {
    let status = cargo::command()
        .current_dir(repo.root())
        .arg("test")
        .args(PACKAGE)
        .args(target)
        .arg("--")
        .args(handed_on)
        .env("SEAM_E2E", "1")
        .status()
        .context("cargo could not be started")?;
    Ok(status.success())
}
