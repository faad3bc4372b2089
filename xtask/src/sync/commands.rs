//! What has to hold of a client before it is let in: it compiles, and its tests pass.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, bail};

/// How many lines of what a command said are shown.
const SHOWN: usize = 40;

/// Cargo, on a copy of the repository.
#[derive(Debug, Clone)]
pub(crate) struct Cargo {
    /// Where it builds; kept, so that the next run need not build all dependencies again.
    pub(crate) target: PathBuf,
}

impl Cargo {
    /// The client compiles with every feature.
    pub(crate) fn check(&self, tree: &Path) -> Result<()> {
        self.run(
            tree,
            &["check", "--package", "generated-client", "--all-features"],
        )
    }

    /// The client's tests pass, and its examples compile.
    pub(crate) fn test(&self, tree: &Path) -> Result<()> {
        self.run(
            tree,
            &[
                "test",
                "--package",
                "generated-client",
                "--all-features",
                "--all-targets",
            ],
        )
    }

    fn run(&self, tree: &Path, args: &[&str]) -> Result<()> {
        let command = format!("cargo {}", args.join(" "));
        let output = crate::cargo::command()
            .current_dir(tree)
            .args(args)
            .args(["--quiet", "--color", "never"])
            .env("CARGO_TARGET_DIR", &self.target)
            // What runs this command has set them for itself.
            .env_remove("CARGO_MANIFEST_DIR")
            .stdin(Stdio::null())
            .output()
            .with_context(|| format!("`{command}` could not be started"))?;
        if output.status.success() {
            return Ok(());
        }
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        bail!("`{command}` fails:\n{}", telling(&said))
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
