//! Node and npm, which some commands need.

use std::io::ErrorKind;
use std::process::Command;

use anyhow::{Context, Result, bail};

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
