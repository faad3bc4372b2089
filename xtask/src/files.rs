//! Changing several files as one: all are staged before the first is replaced, and a failure puts back what was there.
//! So does the next command, should the process be killed in between.

mod journal;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail, ensure};
use tempfile::TempDir;

use journal::Entry;
pub(crate) use journal::{lock, recover};

/// How the folders are called in which transactions are prepared.
pub(crate) const STAGING: &str = ".staging-";
const NEW: &str = "new";
const OLD: &str = "old";

/// What must survive a power cut, and what can be made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    /// Flushed to the disk before it replaces anything.
    Flushed,
    /// Left to the operating system: several hundred flushes would cost more than all the rest of a run.
    Cached,
}

/// Changes to files under one folder that happen together or not at all.
#[derive(Debug)]
pub(crate) struct Transaction {
    root: PathBuf,
    staging: TempDir,
    durability: Durability,
    /// Whether nothing was there: then there is nothing to keep, and what is at the top moves as a whole.
    is_new: bool,
    steps: Vec<Step>,
    /// The folders that were made for what is staged.
    made: BTreeSet<PathBuf>,
    /// Tells others that this process is alive.
    _lock: fs::File,
}

/// A file that is written or removed.
#[derive(Debug)]
struct Step {
    file: Entry,
    is_written: bool,
}

impl Transaction {
    /// Makes ready to change files under `root`, an existing folder.
    pub(crate) fn begin(root: &Path, durability: Durability) -> Result<Self> {
        let is_new = fs::read_dir(root)
            .with_context(|| unreadable(root))?
            .next()
            .is_none();
        // Beside the target, because a rename is only atomic within one file system.
        let staging = tempfile::Builder::new()
            .prefix(STAGING)
            .tempdir_in(root)
            .with_context(|| format!("nothing can be written in {}", root.display()))?;
        // What a killed run leaves behind must not end up in a commit.
        fs::write(staging.path().join(".gitignore"), "*\n")
            .with_context(|| format!("nothing can be written in {}", staging.path().display()))?;
        let lock = journal::lock(staging.path())
            .with_context(|| format!("{} cannot be locked", staging.path().display()))?;
        Ok(Self {
            root: root.to_owned(),
            staging,
            durability,
            is_new,
            steps: Vec::new(),
            made: BTreeSet::new(),
            _lock: lock,
        })
    }

    /// Stages `contents` as what `path`, relative to the root, will hold.
    pub(crate) fn write(&mut self, path: &Path, contents: &[u8]) -> Result<()> {
        let staged = self.staged(path);
        let mut stage = || -> std::io::Result<()> {
            if let Some(parent) = staged.parent()
                && !self.made.contains(parent)
            {
                fs::create_dir_all(parent)?;
                self.made.insert(parent.to_owned());
            }
            fs::write(&staged, contents)?;
            if self.durability == Durability::Flushed {
                fs::File::open(&staged)?.sync_all()?;
            }
            Ok(())
        };
        stage().with_context(|| format!("{} could not be staged", path.display()))?;
        self.push(path, true)
    }

    /// Plans the removal of the file `path`, relative to the root.
    pub(crate) fn remove(&mut self, path: &Path) -> Result<()> {
        self.push(path, false)
    }

    fn push(&mut self, path: &Path, is_written: bool) -> Result<()> {
        let file = Entry {
            path: path.to_owned(),
            was_there: !self.is_new && self.keep_old(path)?,
        };
        self.steps.push(Step { file, is_written });
        Ok(())
    }

    /// Makes all the changes. After an error everything is as it was.
    pub(crate) fn commit(mut self) -> Result<()> {
        if self.is_new {
            self.steps = self.at_the_top();
        }
        let entries: Vec<Entry> = self.steps.iter().map(|step| step.file.clone()).collect();
        journal::open(self.staging.path(), &entries, self.durability)
            .with_context(|| {
                format!(
                    "nothing can be written in {}",
                    self.staging.path().display()
                )
            })
            .context("nothing was changed")?;
        for (done, step) in self.steps.iter().enumerate() {
            if let Err(error) = self.carry_out(step) {
                let failed = anyhow!(error).context(format!(
                    "{} could not be replaced",
                    self.root.join(&step.file.path).display()
                ));
                return Err(match self.undo(&entries[..done]) {
                    Ok(()) => failed.context("nothing was changed"),
                    Err((path, undo)) => {
                        let kept = self.staging.keep();
                        failed.context(format!(
                            "{} could not be put back either ({undo}); the files as they were are in {}, and the next \
                             command tries again",
                            path.display(),
                            kept.display()
                        ))
                    }
                });
            }
        }
        #[cfg(unix)]
        if self.durability == Durability::Flushed {
            // The renames themselves are in the folder's own data. All is in place already, so this is best effort.
            let _ = fs::File::open(&self.root).and_then(|folder| folder.sync_all());
        }
        journal::close(self.staging.path())
            .context("the changes are made, but not marked as complete")
    }

    /// What is staged, by the files and folders at the top.
    fn at_the_top(&self) -> Vec<Step> {
        let written = self.steps.iter().filter(|step| step.is_written);
        let top: BTreeSet<PathBuf> = written
            .filter_map(|step| step.file.path.components().next())
            .map(|part| PathBuf::from(part.as_os_str()))
            .collect();
        let step = |path| Step {
            file: Entry {
                path,
                was_there: false,
            },
            is_written: true,
        };
        top.into_iter().map(step).collect()
    }

    fn carry_out(&self, step: &Step) -> std::io::Result<()> {
        let target = self.root.join(&step.file.path);
        if !step.is_written {
            return fs::remove_file(target);
        }
        make_parent(&target)?;
        fs::rename(self.staged(&step.file.path), target)
    }

    /// Puts back what has been replaced.
    fn undo(&self, done: &[Entry]) -> Result<(), (PathBuf, std::io::Error)> {
        for entry in done.iter().rev() {
            journal::restore(&self.root, self.staging.path(), entry)
                .map_err(|error| (self.root.join(&entry.path), error))?;
        }
        Ok(())
    }

    /// Keeps aside what a file holds; says whether there is one.
    fn keep_old(&self, path: &Path) -> Result<bool> {
        let (target, old) = (self.root.join(path), self.old(path));
        let keep = || -> std::io::Result<bool> {
            // Folders are dear to make and to remove, and a new crate has nothing to keep.
            if !target.try_exists()? {
                return Ok(false);
            }
            make_parent(&old)?;
            fs::copy(&target, &old)?;
            if self.durability == Durability::Flushed {
                fs::File::open(&old)?.sync_all()?;
            }
            Ok(true)
        };
        keep().with_context(|| format!("{} could not be kept aside", target.display()))
    }

    fn staged(&self, path: &Path) -> PathBuf {
        self.staging.path().join(NEW).join(path)
    }

    fn old(&self, path: &Path) -> PathBuf {
        self.staging.path().join(OLD).join(path)
    }
}

fn make_parent(path: &Path) -> std::io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)
}

/// What the file `path` under `root` holds, or `None` where there is none. Anything that is not a plain file in plain
/// folders is refused: whoever put a link there would not expect a command to write through it or to replace it.
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

/// All files under `root/folder`, relative to `root`, in order. A missing folder holds none.
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

/// Removes the folders under `folder` that hold nothing; `folder` itself stays.
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
