//! Node and npm, which some commands need.

use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

/// npm's name: on Windows it is a script that must be called by its whole name.
pub(crate) const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Says that Node is missing before anything else fails because of it.
pub(crate) fn require_node() -> Result<()> {
    require("node", "Node")
}

/// The same for npm, which needs Node.
pub(crate) fn require_npm() -> Result<()> {
    require_node()?;
    require(NPM, "npm")
}

/// Installs what the lock file of a package pins.
pub(crate) fn install(package: &Path) -> Result<()> {
    ensure!(
        package.join("package-lock.json").is_file(),
        "{} has no package-lock.json, which pins what is installed",
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

fn require(program: &str, called: &str) -> Result<()> {
    match Command::new(program).arg("--version").output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => bail!(
            "{called} is installed, but `{program} --version` fails: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        ),
        Err(error) if error.kind() == ErrorKind::NotFound => bail!(
            "this needs {called}, and there is no `{program}` on the PATH. Install Node 20 or newer, which npm comes with, and run the command again"
        ),
        Err(error) => Err(error).with_context(|| format!("`{program}` could not be started")),
    }
}
