//! What has to hold of a client before it is let in: it compiles, and the tests that follow the document pass.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, bail};

/// How many lines of what a command said are shown.
const SHOWN: usize = 40;

pub(super) const PACKAGE: &str = "generated-client";
/// The tests that are rendered from the document.
pub(super) const PROOF: &str = "proof";

/// Cargo, on a copy of the repository.
#[derive(Debug, Clone)]
pub(crate) struct Cargo {
    /// Where it builds; kept, so that the next run need not build all dependencies again.
    pub(crate) target: PathBuf,
}

/// What came of a command.
pub(super) struct Output {
    pub(super) succeeded: bool,
    /// All that it said.
    pub(super) said: String,
}

impl Cargo {
    /// The client compiles with every feature.
    pub(crate) fn check(&self, tree: &Path) -> Result<()> {
        // Each version would leave a client behind, with all of its tests.
        self.run(tree, &["clean", "--package", PACKAGE])?;
        self.run(tree, &["check", "--package", PACKAGE, "--all-features"])
    }

    /// The runtime does what it did, and the client does what the document says.
    pub(crate) fn test(&self, tree: &Path) -> Result<()> {
        let args = ["test", "--package", PACKAGE, "--all-features"];
        self.run(tree, &[&args[..], &["--lib", "--test", PROOF]].concat())
    }

    /// Runs a command that has to succeed.
    pub(super) fn run(&self, tree: &Path, args: &[&str]) -> Result<()> {
        let output = self.output(tree, args)?;
        if output.succeeded {
            return Ok(());
        }
        bail!(
            "`cargo {}` fails:\n{}",
            args.join(" "),
            telling(&output.said)
        )
    }

    pub(super) fn output(&self, tree: &Path, args: &[&str]) -> Result<Output> {
        let (command, rest) = args.split_first().context("which command of cargo")?;
        let output = crate::cargo::command()
            .current_dir(tree)
            .args([command, "--quiet", "--color", "never"])
            .args(rest)
            .env("CARGO_TARGET_DIR", &self.target)
            .env("RUST_BACKTRACE", "0")
            // Nothing is built a second time.
            .env("CARGO_INCREMENTAL", "0")
            .stdin(Stdio::null())
            .output()
            .with_context(|| format!("`cargo {}` could not be started", args.join(" ")))?;
        let said = [output.stdout, output.stderr].concat();
        Ok(Output {
            succeeded: output.status.success(),
            said: String::from_utf8_lossy(&said).into_owned(),
        })
    }
}

/// The part that tells what is wrong: from the first error on, or else the end.
fn telling(said: &str) -> String {
    let lines: Vec<&str> = said.lines().collect();
    let error = lines.iter().position(|line| {
        line.starts_with("error") || line.contains("FAILED") || line.contains("panicked at")
    });
    let from = error.unwrap_or_else(|| lines.len().saturating_sub(SHOWN));
    let shown: Vec<&str> = lines[from..].iter().take(SHOWN).copied().collect();
    let left = lines.len() - from - shown.len();
    let rest = if left > 0 {
        format!("\n… and {left} more lines")
    } else {
        String::new()
    };
    shown.join("\n") + &rest
}
