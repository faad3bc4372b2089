//! Compiles crates that `codegen --out` made.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::cargo;

/// How many lines of the compiler's complaints are shown.
const SHOWN: usize = 40;

/// Checks a crate with all features, and fails with what the compiler says; a warning counts. `target` is where the
/// dependencies are built, once for all.
pub(crate) fn check(dir: &Path, target: &Path) -> Result<()> {
    let output = cargo::command()
        .current_dir(dir)
        .args(["check", "--quiet", "--all-features", "--color", "never"])
        .env("CARGO_TARGET_DIR", target)
        .output()
        .context("cargo could not be started")?;
    let said = String::from_utf8_lossy(&output.stderr);
    if output.status.success() && !said.contains("warning:") {
        return Ok(());
    }
    let shown: Vec<&str> = said.lines().take(SHOWN).collect();
    bail!(
        "the compiler complains of {}:\n{}",
        dir.display(),
        shown.join("\n")
    )
}
