//! Changes several files in one transaction. All contents are staged first. Then one rename marks the staging folder as ready.
//! If the process is killed before the rename, nothing has changed. If it is killed later, the next command makes the
//! remaining changes.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use fs4::FileExt;
use tempfile::TempDir;

use super::{list, read};

/// The start of the names of staging folders.
pub(crate) const STAGING: &str = ".staging-";
/// In a staging folder: the new files by their path.
const NEW: &str = "new";
/// In a staging folder: marks it as ready, and lists the files that are removed, as JSON.
const READY: &str = "ready.json";
/// In a staging folder: locked by the process that prepares it.
const LOCK: &str = "lock";

/// How safe a change is against a power cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    /// Flushed to the disk before it replaces anything.
    Flushed,
    /// Left to the operating system, for files that can be generated again.
    Cached,
}

/// Changes to files under one folder that happen together or not at all.
#[derive(Debug)]
pub(crate) struct Transaction {
    root: PathBuf,
    staging: TempDir,
    durability: Durability,
    removed: Vec<PathBuf>,
    /// The lock shows other processes that this one is alive.
    _lock: File,
}

impl Transaction {
    /// Starts to change files under `root`, an existing folder.
    pub(crate) fn begin(root: &Path, durability: Durability) -> Result<Self> {
        let unwritable = || format!("{} is not writable", root.display());
        // It is in the same folder, because a rename is only atomic within one file system.
        let staging = tempfile::Builder::new()
            .prefix(STAGING)
            .tempdir_in(root)
            .with_context(unwritable)?;
        // Git must not commit what a killed process leaves behind.
        fs::write(staging.path().join(".gitignore"), "*\n").with_context(unwritable)?;
        let lock = lock(staging.path()).with_context(unwritable)?;
        Ok(Self {
            root: root.to_owned(),
            staging,
            durability,
            removed: Vec::new(),
            _lock: lock,
        })
    }

    /// Stages `contents` for the file `path`, relative to the root.
    pub(crate) fn write(&mut self, path: &Path, contents: &[u8]) -> Result<()> {
        // Fails for folders and links, which a file cannot replace.
        read(&self.root, path)?;
        let staged = self.staging.path().join(NEW).join(path);
        self.stage(&staged, contents)
            .with_context(|| format!("{} could not be staged", path.display()))
    }

    /// Plans the removal of the file `path`, relative to the root.
    pub(crate) fn remove(&mut self, path: &Path) -> Result<()> {
        read(&self.root, path)?;
        self.removed.push(path.to_owned());
        Ok(())
    }

    /// Makes all changes. After an error between two changes, the next command makes the remaining ones.
    pub(crate) fn commit(self) -> Result<()> {
        for path in list(&self.staging.path().join(NEW), Path::new(""))? {
            read(&self.root, &path).context("nothing was changed")?;
        }
        let draft = self.staging.path().join("draft.json");
        let removed = serde_json::to_vec(&self.removed)?;
        self.stage(&draft, &removed)
            .and_then(|()| fs::rename(&draft, self.staging.path().join(READY)))
            .with_context(|| format!("nothing was changed: {} is full", self.root.display()))?;
        // From here on the transaction is finished, not dropped.
        let staging = self.staging.keep();
        finish(&self.root, &staging)?;
        #[cfg(unix)]
        if self.durability == Durability::Flushed {
            // Flushes the renames in the folder. They are visible already, so errors are ignored.
            let _ = File::open(&self.root).and_then(|folder| folder.sync_all());
        }
        Ok(())
    }

    fn stage(&self, path: &Path, contents: &[u8]) -> io::Result<()> {
        make_parent(path)?;
        fs::write(path, contents)?;
        if self.durability == Durability::Flushed {
            File::open(path)?.sync_all()?;
        }
        Ok(())
    }
}

/// Makes the remaining changes of a staging folder that is ready, and removes it.
fn finish(root: &Path, staging: &Path) -> Result<()> {
    let ready = fs::read(staging.join(READY)).context("its list of removed files is missing")?;
    let removed: Vec<PathBuf> =
        serde_json::from_slice(&ready).context("its list of removed files is damaged")?;
    let new = staging.join(NEW);
    for path in list(&new, Path::new(""))? {
        let target = root.join(&path);
        make_parent(&target)
            .and_then(|()| fs::rename(new.join(&path), &target))
            .with_context(|| {
                format!(
                    "{} could not be replaced. Make it writable; the next command continues",
                    target.display()
                )
            })?;
    }
    for path in removed {
        match fs::remove_file(root.join(&path)) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(error)
                    .with_context(|| format!("{} could not be removed", path.display()));
            }
            _ => {}
        }
    }
    fs::remove_file(staging.join(READY)).context("it cannot be marked as finished")?;
    // While the lock file is in use the folder cannot be removed; the next command removes it.
    let _ = fs::remove_dir_all(staging);
    Ok(())
}

/// Finishes the transactions under `root` that were ready when their process was killed, and removes the others; returns
/// true if there was one to finish.
pub(crate) fn recover(root: &Path) -> Result<bool> {
    let entries = match fs::read_dir(root) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        entries => entries.with_context(|| format!("{} cannot be read", root.display()))?,
    };
    let mut recovered = false;
    for entry in entries {
        let staging = entry?.path();
        let name = staging.file_name().unwrap_or_default().to_string_lossy();
        if !name.starts_with(STAGING) || !staging.is_dir() || is_locked(&staging)? {
            continue;
        }
        if staging.join(READY).is_file() {
            finish(root, &staging).with_context(|| {
                format!(
                    "the changes of a command that was killed cannot be finished. They are in {}",
                    staging.display()
                )
            })?;
            recovered = true;
        } else {
            fs::remove_dir_all(&staging)
                .with_context(|| format!("{} cannot be removed", staging.display()))?;
        }
    }
    Ok(recovered)
}

/// Locks a folder until this process ends.
pub(crate) fn lock(folder: &Path) -> Result<File> {
    let file = File::create(folder.join(LOCK))?;
    ensure!(
        FileExt::try_lock(&file).is_ok(),
        "another process has locked the folder"
    );
    Ok(file)
}

/// Returns true if a living process has locked the folder. A process that was killed before it took the lock has changed nothing.
fn is_locked(folder: &Path) -> Result<bool> {
    match File::open(folder.join(LOCK)) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        file => Ok(FileExt::try_lock(&file?).is_err()),
    }
}

fn make_parent(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)
}
