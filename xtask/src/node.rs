//! Checks for Node and npm, which some commands need.

use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

/// The program npm. On Windows it is a script, which must be called with its extension.
pub(crate) const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Fails with advice if Node is not installed.
pub(crate) fn require_node() -> Result<()> {
    require("node", "Node")
}

/// Fails with advice if npm is not installed.
pub(crate) fn require_npm() -> Result<()> {
    require_node()?;
    require(NPM, "npm")
}

/// Installs the dependencies of a package, as its lock file pins them.
pub(crate) fn install(package: &Path) -> Result<()> {
    ensure!(
        package.join("package-lock.json").is_file(),
        "{} has no package-lock.json, which pins the dependencies",
        package.display()
    );
    let status = Command::new(NPM)
        .current_dir(package)
        .args(["ci", "--no-audit", "--no-fund"])
        .status()
        .context("npm could not be started")?;
    ensure!(
        status.success(),
        "`npm ci` failed in {}; what it printed above says why",
        package.display()
    );
    Ok(())
}

fn require(program: &str, name: &str) -> Result<()> {
    match Command::new(program).arg("--version").output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => bail!(
            "{name} is installed, but `{program} --version` fails: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        ),
        Err(error) if error.kind() == ErrorKind::NotFound => bail!(
            "{name} is needed, but there is no `{program}` on the PATH. Install Node 20 or newer, which includes npm, and run the command again"
        ),
        Err(error) => Err(error).with_context(|| format!("`{program}` could not be started")),
    }
}
