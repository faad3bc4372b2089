//! The outcome of a command, and its exit code.

use std::process::ExitCode;

use anyhow::Result;

/// The outcome of a command that ran without an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything is in order.
    Good,
    /// A check failed: a file differs from what codegen renders, or a test failed.
    Bad,
}

/// Returns 0 if everything is in order, 1 if a check failed, and 2 after an error. Prints the error.
pub(crate) fn exit_code(result: Result<Outcome>) -> ExitCode {
    match result {
        Ok(Outcome::Good) => ExitCode::SUCCESS,
        Ok(Outcome::Bad) => ExitCode::from(1),
        Err(error) => {
            report(&error);
            ExitCode::from(2)
        }
    }
}

/// Prints an error, and its causes below it.
fn report(error: &anyhow::Error) {
    let red = anstyle::AnsiColor::Red.on_default().bold();
    anstream::eprintln!("{red}error:{red:#} {error}");
    for cause in error.chain().skip(1) {
        anstream::eprintln!("  because: {cause}");
    }
}
