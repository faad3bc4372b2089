//! Where things are in this repository.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::files;

/// The file by which a folder is known as the repository.
const MANIFEST: &str = "generated-client/Cargo.toml";

/// The repository that the commands work on.
#[derive(Debug, Clone)]
pub(crate) struct Repo {
    root: PathBuf,
}

impl Repo {
    /// Finds the repository that the current folder lies in.
    pub(crate) fn find() -> Result<Self> {
        let here = std::env::current_dir().context("the current folder cannot be found")?;
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

    /// Finishes the changes of a command that was killed while it put its files in place.
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

    /// The repository whose top folder is `root`.
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

    /// The pinned document and what belongs to it.
    pub(crate) fn spec(&self) -> PathBuf {
        self.root.join("spec")
    }

    /// The crate that is generated.
    pub(crate) fn client(&self) -> PathBuf {
        self.root.join("generated-client")
    }
}

/// `1 file`, `3 files`.
pub(crate) fn counted(count: usize, what: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {what}{ending}")
}

/// A path relative to the current folder, if it lies below it.
pub(crate) fn shown(path: &Path) -> std::path::Display<'_> {
    let here = std::env::current_dir().ok();
    here.and_then(|here| path.strip_prefix(here).ok())
        .filter(|rest| !rest.as_os_str().is_empty())
        .unwrap_or(path)
        .display()
}
