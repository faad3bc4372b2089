//! Compiling one crate, again and again, with all that it depends on already there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use toml_edit::DocumentMut;

use super::pairs::Candidate;
use super::process::{self, Cost};
use crate::cargo;

/// How a crate is compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Check,
    Release,
}

/// A crate in a folder, and how it is to be compiled.
#[derive(Debug, Clone)]
pub(super) struct Build {
    pub(super) folder: PathBuf,
    pub(super) package: String,
    pub(super) mode: Mode,
    /// Features and the like.
    pub(super) arguments: Vec<String>,
    /// Where cargo puts what it builds.
    pub(super) target: PathBuf,
    /// Whether it is known not to compile, and is measured all the same.
    pub(super) fails: bool,
}

impl Build {
    /// Makes ready to compile the crate in `folder`, and makes a workspace of it: it lies below another one.
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
        Ok(if self.fails { ended } else { ended.good()? }.cost)
    }

    /// Compiles; gives the number of errors if it is this crate that has them.
    pub(super) fn attempt(&self) -> Result<usize> {
        let ended = process::attempt(&mut self.command())?;
        let own = format!("could not compile `{}`", self.package);
        if !ended.has_failed() || !ended.stderr.contains(&own) {
            return ended.good().map(|_| 0);
        }
        let errors = ended
            .stderr
            .lines()
            .filter(|line| line.starts_with("error["));
        Ok(errors.count().max(1))
    }

    /// Forgets the crate, and only that.
    pub(super) fn forget(&self) -> Result<()> {
        let mut command = self.cargo("clean");
        command.args(["--package", &self.package]);
        process::run(&mut command)?;
        Ok(())
    }

    /// The cost of compiling the crate alone.
    pub(super) fn candidate(&self, name: &str) -> Candidate<'_> {
        Candidate {
            name: name.to_owned(),
            prepare: Box::new(|| self.forget()),
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
            // A cache would hand out what is to be measured.
            .env("RUSTC_WRAPPER", "")
            .env("CARGO_TERM_COLOR", "never");
        if self.mode == Mode::Release {
            command.arg("--release");
        }
        command
    }
}
