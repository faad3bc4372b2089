//! `cargo xtask e2e`: the client against Seam's own fake server.

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

    let of_tests: Vec<&str> = args.test_args.iter().map(String::as_str).collect();
    let of_tests = [&["--ignored"], &of_tests[..]].concat();
    let mut outcome = Outcome::Good;
    let mut found = 0;
    for target in ["e2e", "conformance"] {
        let args = [&PACKAGE[..], &["--test", target]].concat();
        let count = cargo::count_tests(repo.root(), &args, &of_tests)?;
        let is_part = !of_tests[1..].is_empty();
        ensure!(count > 0 || is_part, "`{target}` has no end-to-end test");
        found += count;
        if count > 0 && !test(&repo, &args, &of_tests)? {
            outcome = Outcome::Bad;
        }
    }
    ensure!(
        found > 0,
        "no end-to-end test fits `{}`",
        of_tests.join(" ")
    );
    println!("{found} end-to-end tests");
    Ok(outcome)
}

fn test(repo: &Repo, args: &[&str], of_tests: &[&str]) -> Result<bool> {
    let status = cargo::command()
        .current_dir(repo.root())
        .arg("test")
        .args(args)
        .arg("--")
        .args(of_tests)
        .status()
        .context("cargo could not be started")?;
    Ok(status.success())
}
