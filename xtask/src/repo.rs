//! The repository and its folders.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::files;

/// The file that identifies the top folder of the repository.
const MANIFEST: &str = "generated-client/Cargo.toml";

/// The repository that the commands work on.
#[derive(Debug, Clone)]
pub(crate) struct Repo {
    root: PathBuf,
}

impl Repo {
    /// Finds the repository that contains the current folder.
    pub(crate) fn find() -> Result<Self> {
        let here = std::env::current_dir().context("the current folder is not accessible")?;
        let root = here
            .ancestors()
            .find(|folder| folder.join(MANIFEST).is_file())
            .with_context(|| {
                format!(
                    "{} does not lie in a clone of this repository: no folder above it has {MANIFEST}",
                    here.display()
                )
            })?;
        let repo = Self::at(root)?;
        repo.recover()?;
        Ok(repo)
    }

    /// Finishes the transaction of a command that was killed.
    pub(crate) fn recover(&self) -> Result<()> {
        for folder in [self.root.clone(), self.spec(), self.client()] {
            if files::recover(&folder)? {
                anstream::eprintln!(
                    "a command was killed while it changed files in {}; its changes are complete now",
                    folder.display()
                );
            }
        }
        Ok(())
    }

    /// Returns the repository with the top folder `root`.
    pub(crate) fn at(root: &Path) -> Result<Self> {
        let repo = Self {
            root: root.to_owned(),
        };
        ensure!(
            root.join(MANIFEST).is_file(),
            "{} is not this repository: it has no {MANIFEST}",
            root.display()
        );
        Ok(repo)
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the folder of the pinned document.
    pub(crate) fn spec(&self) -> PathBuf {
        self.root.join("spec")
    }

    /// Returns the folder of the generated crate.
    pub(crate) fn client(&self) -> PathBuf {
        self.root.join("generated-client")
    }
}

/// Returns a count with its noun: `1 file`, `3 files`.
pub(crate) fn counted(count: usize, what: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {what}{ending}")
}

/// Returns a path relative to the current folder, if it is below it.
pub(crate) fn shown(path: &Path) -> std::path::Display<'_> {
    let here = std::env::current_dir().ok();
    here.and_then(|here| path.strip_prefix(here).ok())
        .filter(|rest| !rest.as_os_str().is_empty())
        .unwrap_or(path)
        .display()
}
