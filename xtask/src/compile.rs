//! Compiles crates that `codegen --out` made.

use std::path::Path;

use anyhow::{Context, Result};

use crate::cargo;

/// What came of a crate: nothing to say, or what the compiler said.
pub(crate) enum Compiled {
    Clean,
    Complaints(String),
}

/// Checks a crate with all features; a warning counts. `target` is where the dependencies are built, once for all.
pub(crate) fn check(dir: &Path, target: &Path) -> Result<Compiled> {
    let output = cargo::command()
        .current_dir(dir)
        .args(["check", "--quiet", "--all-features", "--color", "never"])
        .env("CARGO_TARGET_DIR", target)
        .output()
        .context("cargo could not be started")?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() && !said.contains("warning:") {
        return Ok(Compiled::Clean);
    }
    Ok(Compiled::Complaints(said))
}
