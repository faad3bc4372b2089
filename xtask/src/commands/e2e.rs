//! `cargo xtask e2e`: tests the client with Seam's own fake server.

use anyhow::{Context, Result, ensure};

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

    let test_args: Vec<&str> = args.test_args.iter().map(String::as_str).collect();
    let test_args = [&["--ignored"], &test_args[..]].concat();
    let mut outcome = Outcome::Good;
    let mut found = 0;
    for target in ["e2e", "conformance"] {
        let args = [&PACKAGE[..], &["--test", target]].concat();
        let count = cargo::count_tests(repo.root(), &args, &test_args)?;
        let is_part = !test_args[1..].is_empty();
        ensure!(count > 0 || is_part, "`{target}` has no end-to-end test");
        found += count;
        if count > 0 && !test(&repo, &args, &test_args)? {
            outcome = Outcome::Bad;
        }
    }
    ensure!(
        found > 0,
        "no end-to-end test matches `{}`",
        test_args.join(" ")
    );
    println!("{found} end-to-end tests");
    Ok(outcome)
}

fn test(repo: &Repo, args: &[&str], test_args: &[&str]) -> Result<bool> {
    let status = cargo::command()
        .current_dir(repo.root())
        .arg("test")
        .args(args)
        .arg("--")
        .args(test_args)
        .status()
        .context("cargo could not be started")?;
    Ok(status.success())
}
