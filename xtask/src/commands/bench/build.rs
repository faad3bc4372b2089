//! Compiles one crate several times, with its dependencies already compiled.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use toml_edit::DocumentMut;

use super::process::{self, Cost};
use super::rounds::Candidate;
use crate::cargo;

/// How a crate is compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Check,
    Release,
}

/// A crate in a folder, and how to compile it.
#[derive(Debug, Clone)]
pub(super) struct Build {
    pub(super) folder: PathBuf,
    pub(super) package: String,
    pub(super) mode: Mode,
    /// Arguments for cargo, such as features.
    pub(super) arguments: Vec<String>,
    /// The target folder.
    pub(super) target: PathBuf,
    /// True if the crate is known not to compile. It is measured until it fails.
    pub(super) fails: bool,
}

impl Build {
    /// Prepares to compile the crate in `folder`, and makes it a workspace of its own, because it lies below another one.
    pub(super) fn of(folder: &Path, target: &Path, mode: Mode, arguments: &[&str]) -> Result<Self> {
        let path = folder.join("Cargo.toml");
        let unreadable = || format!("{} cannot be read", path.display());
        let text = fs::read_to_string(&path).with_context(unreadable)?;
        let mut manifest: DocumentMut = text.parse().with_context(unreadable)?;
        let package = manifest
            .get("package")
            .and_then(|package| package.get("name"))
            .and_then(|name| name.as_str())
            .with_context(|| format!("{} names no package", path.display()))?
            .to_owned();
        if !manifest.contains_key("workspace") {
            manifest["workspace"] = toml_edit::table();
            fs::write(&path, manifest.to_string())?;
        }
        Ok(Self {
            folder: folder.to_owned(),
            package,
            mode,
            arguments: arguments
                .iter()
                .map(|&argument| argument.to_owned())
                .collect(),
            target: target.to_owned(),
            fails: false,
        })
    }

    /// Compiles whatever is not compiled yet.
    pub(super) fn run(&self) -> Result<Cost> {
        let ended = process::attempt(&mut self.command())?;
        Ok(if self.fails {
            ended
        } else {
            ended.ensure_success()?
        }
        .cost)
    }

    /// Compiles; returns the number of errors in this crate. Errors in a dependency make it fail.
    pub(super) fn attempt(&self) -> Result<usize> {
        let ended = process::attempt(&mut self.command())?;
        let own = format!("could not compile `{}`", self.package);
        if !ended.has_failed() || !ended.stderr.contains(&own) {
            return ended.ensure_success().map(|_| 0);
        }
        let errors = ended
            .stderr
            .lines()
            .filter(|line| line.starts_with("error["));
        Ok(errors.count().max(1))
    }

    /// Removes what was built of this crate, and keeps its dependencies.
    pub(super) fn clean(&self) -> Result<()> {
        let mut command = self.cargo("clean");
        command.args(["--package", &self.package]);
        process::run(&mut command)?;
        Ok(())
    }

    /// Returns the candidate that compiles this crate alone.
    pub(super) fn candidate(&self, name: &str) -> Candidate<'_> {
        Candidate {
            name: name.to_owned(),
            prepare: Box::new(|| self.clean()),
            run: Box::new(|| self.run()),
        }
    }

    fn command(&self) -> Command {
        let mut command = match self.mode {
            Mode::Check => self.cargo("check"),
            Mode::Release => self.cargo("build"),
        };
        command.args(&self.arguments);
        command
    }

    fn cargo(&self, verb: &str) -> Command {
        let mut command = cargo::command();
        command
            .current_dir(&self.folder)
            .args([verb, "--quiet", "--target-dir"])
            .arg(&self.target)
            .env("CARGO_INCREMENTAL", "0")
            // A compiler cache would return results without compiling.
            .env("RUSTC_WRAPPER", "")
            .env("CARGO_TERM_COLOR", "never");
        if self.mode == Mode::Release {
            command.arg("--release");
        }
        command
    }
}
