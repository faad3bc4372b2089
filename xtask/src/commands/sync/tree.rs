//! A copy of the repository, in which a change is tested before the repository is changed.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::repo::Repo;

/// Folders that a build does not need, or creates itself.
const SKIPPED: [&str; 3] = ["target", "node_modules", ".git"];

/// A copy of the repository.
#[derive(Debug)]
pub(crate) struct Tree {
    root: PathBuf,
}

impl Tree {
    /// Copies the repository, and replaces the copy of an earlier run.
    pub(crate) fn copy(repo: &Repo, to: PathBuf) -> Result<Self> {
        let tree = Self { root: to };
        tree.clear()?;
        copy(repo.root(), &tree.root, repo.root()).with_context(|| {
            format!("the repository cannot be copied to {}", tree.root.display())
        })?;
        Ok(tree)
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Writes or removes files of the copy.
    pub(super) fn change(&self, files: &[(PathBuf, Option<Vec<u8>>)]) -> Result<()> {
        for (path, contents) in files {
            let path = self.root.join(path);
            let change = || match contents {
                Some(contents) => {
                    path.parent().map_or(Ok(()), fs::create_dir_all)?;
                    fs::write(&path, contents)
                }
                None => fs::remove_file(&path),
            };
            change().with_context(|| format!("{} cannot be written", path.display()))?;
        }
        Ok(())
    }

    fn clear(&self) -> Result<()> {
        match fs::remove_dir_all(&self.root) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(error).with_context(|| format!("{} cannot be removed", self.root.display()))
            }
            _ => Ok(()),
        }
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        // If this fails, the next run replaces the copy.
        let _ = self.clear();
    }
}

fn copy(from: &Path, to: &Path, top: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        let text = name.to_string_lossy();
        let is_staging = text.starts_with(crate::files::STAGING);
        if SKIPPED.contains(&text.as_ref()) || is_staging {
            continue;
        }
        let (source, target) = (entry.path(), to.join(&name));
        // The target of a link is copied, so that no link in the copy points into the repository.
        let kind = fs::metadata(&source)?;
        if kind.is_dir()
            && fs::symlink_metadata(&source)?.is_symlink()
            && source.canonicalize()?.starts_with(top)
        {
            continue;
        }
        if kind.is_dir() {
            copy(&source, &target, top)?;
        } else if kind.is_file() {
            fs::copy(&source, &target)?;
        }
    }
    Ok(())
}
