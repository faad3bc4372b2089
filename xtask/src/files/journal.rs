//! What survives a process that is killed between two renames: a note of what was under way, by which the next one puts
//! everything back.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use fs4::FileExt;
use serde::{Deserialize, Serialize};

use super::{Durability, NEW, OLD, STAGING, make_parent};

const NAME: &str = "journal.json";
const LOCK: &str = "lock";

/// One file that a transaction changes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Relative to the root.
    pub(super) path: PathBuf,
    /// Whether there was a file, which is kept aside. Where there was none, a whole folder can have come.
    pub(super) was_there: bool,
}

/// Keeps a folder for this process as long as it lives: nobody takes its transaction for one that was killed.
pub(crate) fn lock(folder: &Path) -> io::Result<File> {
    let file = File::create(folder.join(LOCK))?;
    FileExt::try_lock(&file).map_err(io::Error::other)?;
    Ok(file)
}

/// From here on until [`close`] the changes count as under way.
pub(super) fn open(staging: &Path, entries: &[Entry], durability: Durability) -> io::Result<()> {
    let draft = staging.join("journal.tmp");
    fs::write(&draft, serde_json::to_vec(entries)?)?;
    if durability == Durability::Flushed {
        File::open(&draft)?.sync_all()?;
    }
    fs::rename(draft, staging.join(NAME))
}

/// The changes are complete, or undone.
pub(super) fn close(staging: &Path) -> io::Result<()> {
    fs::remove_file(staging.join(NAME))
}

/// Puts back what transactions under `root` had changed whose process was killed; says whether there was anything.
pub(crate) fn recover(root: &Path) -> Result<bool> {
    let entries = match fs::read_dir(root) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        entries => entries.with_context(|| format!("{} cannot be read", root.display()))?,
    };
    let mut recovered = false;
    for entry in entries {
        let staging = entry?.path();
        let name = staging.file_name().unwrap_or_default();
        if !name.to_string_lossy().starts_with(STAGING) || !staging.is_dir() {
            continue;
        }
        recovered |= one(root, &staging).with_context(|| {
            format!(
                "what a killed run left half done cannot be undone. The files as they were are in {}",
                staging.join(OLD).display()
            )
        })?;
    }
    Ok(recovered)
}

fn one(root: &Path, staging: &Path) -> Result<bool> {
    // Without a lock file the process was killed before it could change anything.
    let lock = match File::open(staging.join(LOCK)) {
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        lock => Some(lock?),
    };
    if lock
        .as_ref()
        .is_some_and(|lock| FileExt::try_lock(lock).is_err())
    {
        return Ok(false);
    }
    let journal = staging.join(NAME);
    let was_under_way = match fs::read(&journal) {
        Err(error) if error.kind() == ErrorKind::NotFound => false,
        text => {
            let entries: Vec<Entry> =
                serde_json::from_slice(&text?).context("its journal is damaged")?;
            for entry in entries.iter().rev() {
                restore(root, staging, entry)
                    .with_context(|| format!("{} cannot be put back", entry.path.display()))?;
            }
            fs::remove_file(&journal)?;
            true
        }
    };
    fs::remove_dir_all(staging)?;
    Ok(was_under_way)
}

fn remove(target: &Path) -> io::Result<()> {
    match fs::symlink_metadata(target)?.is_dir() {
        true => fs::remove_dir_all(target),
        false => fs::remove_file(target),
    }
}

/// As often as it takes: whoever is killed while putting things back leaves the rest to the next.
pub(super) fn restore(root: &Path, staging: &Path, entry: &Entry) -> io::Result<()> {
    let (target, old) = (root.join(&entry.path), staging.join(OLD).join(&entry.path));
    let undone = if entry.was_there {
        make_parent(&target).and_then(|()| fs::rename(old, target))
    } else if staging.join(NEW).join(&entry.path).try_exists()? {
        // It was not moved yet: what is there since then is somebody else's.
        Ok(())
    } else {
        remove(&target)
    };
    match undone {
        // It has been put back, or it never came to be.
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        undone => undone,
    }
}
