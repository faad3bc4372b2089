//! Cargo, which most commands run.

use std::process::Command;

/// The cargo that runs this command, or the one on the PATH where it was started directly.
pub(crate) fn command() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}
