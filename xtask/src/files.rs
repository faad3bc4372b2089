//! Reads, lists and changes files without following links.

#[cfg(test)]
mod tests;
mod transaction;

use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

pub(crate) use transaction::{Durability, STAGING, Transaction, lock, recover};

/// Returns the contents of the file `path` under `root`, or `None` if there is none. Fails if the path contains a link or is not
/// a regular file: a command must neither write through a link nor replace it.
pub(crate) fn read(root: &Path, path: &Path) -> Result<Option<Vec<u8>>> {
    ensure!(
        path.components()
            .all(|part| matches!(part, Component::Normal(_))),
        "{} leads out of {}",
        path.display(),
        root.display()
    );
    let mut place = root.to_owned();
    let parts = path.components().count();
    for (index, part) in path.components().enumerate() {
        place.push(part);
        let kind = match fs::symlink_metadata(&place) {
            Ok(metadata) => metadata.file_type(),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| unreadable(&place)),
        };
        let (expected, fits) = if index + 1 == parts {
            ("a file", kind.is_file())
        } else {
            ("a folder", kind.is_dir())
        };
        ensure!(
            fits,
            "{} is {}, and {expected} belongs there. Move it away and run the command again",
            place.display(),
            describe(kind)
        );
    }
    fs::read(&place)
        .map(Some)
        .with_context(|| unreadable(&place))
}

/// Returns all files under `root/folder`, relative to `root`, in order. A missing folder has none.
pub(crate) fn list(root: &Path, folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    collect(root, folder, &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    let place = root.join(folder);
    let entries = match fs::read_dir(&place) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).with_context(|| unreadable(&place)),
    };
    for entry in entries {
        let entry = entry.with_context(|| unreadable(&place))?;
        let kind = entry
            .file_type()
            .with_context(|| unreadable(&entry.path()))?;
        let path = folder.join(entry.file_name());
        if kind.is_dir() {
            collect(root, &path, found)?;
        } else if kind.is_file() {
            found.push(path);
        } else {
            bail!(
                "{} is {}; only files and folders belong there. Move it away and run the command again",
                entry.path().display(),
                describe(kind)
            );
        }
    }
    Ok(())
}

/// Removes the empty folders under `folder`, but not `folder` itself.
pub(crate) fn prune_empty(folder: &Path) -> std::io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            prune_empty(&entry.path())?;
            if fs::read_dir(entry.path())?.next().is_none() {
                fs::remove_dir(entry.path())?;
            }
        }
    }
    Ok(())
}

fn unreadable(path: &Path) -> String {
    format!("{} cannot be read", path.display())
}

fn describe(kind: fs::FileType) -> &'static str {
    if kind.is_symlink() {
        "a symbolic link"
    } else if kind.is_dir() {
        "a folder"
    } else if kind.is_file() {
        "a file"
    } else {
        "neither a file nor a folder"
    }
}
