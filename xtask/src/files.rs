//! Changing several files as one: all are staged before the first is replaced, and a failure puts back what was there.

use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail, ensure};
use tempfile::TempDir;

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
    steps: Vec<Step>,
}

#[derive(Debug)]
enum Step {
    Remove(PathBuf),
    Write(PathBuf),
}

impl Transaction {
    /// Makes ready to change files under `root`, an existing folder.
    pub(crate) fn begin(root: &Path, durability: Durability) -> Result<Self> {
        // Beside the target, because a rename is only atomic within one file system.
        let staging = tempfile::Builder::new()
            .prefix(".staging-")
            .tempdir_in(root)
            .with_context(|| format!("nothing can be written in {}", root.display()))?;
        // What a killed run leaves behind must not end up in a commit.
        fs::write(staging.path().join(".gitignore"), "*\n")
            .with_context(|| format!("nothing can be written in {}", staging.path().display()))?;
        Ok(Self {
            root: root.to_owned(),
            staging,
            durability,
            steps: Vec::new(),
        })
    }

    /// Stages `contents` as what `path`, relative to the root, will hold.
    pub(crate) fn write(&mut self, path: &Path, contents: &[u8]) -> Result<()> {
        let staged = self.staged(path);
        let stage = || -> std::io::Result<()> {
            make_parent(&staged)?;
            fs::write(&staged, contents)?;
            if self.durability == Durability::Flushed {
                fs::File::open(&staged)?.sync_all()?;
            }
            Ok(())
        };
        stage().with_context(|| format!("{} could not be staged", path.display()))?;
        self.keep_old(path)?;
        self.steps.push(Step::Write(path.to_owned()));
        Ok(())
    }

    /// Plans the removal of the file `path`, relative to the root.
    pub(crate) fn remove(&mut self, path: &Path) -> Result<()> {
        self.keep_old(path)?;
        self.steps.push(Step::Remove(path.to_owned()));
        Ok(())
    }

    /// Makes all the changes. After an error everything is as it was.
    pub(crate) fn commit(self) -> Result<()> {
        for (done, step) in self.steps.iter().enumerate() {
            if let Err(error) = self.carry_out(step) {
                let (Step::Remove(path) | Step::Write(path)) = step;
                let failed = anyhow!(error).context(format!(
                    "{} could not be replaced",
                    self.root.join(path).display()
                ));
                return Err(match self.undo(done) {
                    Ok(()) => failed.context("nothing was changed"),
                    Err((path, undo)) => failed.context(format!(
                        "{} could not be put back either ({undo}); `git status` shows what has changed",
                        path.display()
                    )),
                });
            }
        }
        #[cfg(unix)]
        if self.durability == Durability::Flushed {
            // The renames themselves are in the folder's own data. All is in place already, so this is best effort.
            let _ = fs::File::open(&self.root).and_then(|folder| folder.sync_all());
        }
        Ok(())
    }

    fn carry_out(&self, step: &Step) -> std::io::Result<()> {
        match step {
            Step::Remove(path) => fs::remove_file(self.root.join(path)),
            Step::Write(path) => {
                let target = self.root.join(path);
                make_parent(&target)?;
                fs::rename(self.staged(path), target)
            }
        }
    }

    /// Puts back what the first `done` steps replaced.
    fn undo(&self, done: usize) -> Result<(), (PathBuf, std::io::Error)> {
        for step in self.steps[..done].iter().rev() {
            let (Step::Remove(path) | Step::Write(path)) = step;
            let (target, old) = (self.root.join(path), self.old(path));
            let undone = if old.exists() {
                make_parent(&target).and_then(|()| fs::rename(old, &target))
            } else {
                fs::remove_file(&target)
            };
            undone.map_err(|error| (target, error))?;
        }
        Ok(())
    }

    fn keep_old(&self, path: &Path) -> Result<()> {
        let (target, old) = (self.root.join(path), self.old(path));
        let keep = || -> std::io::Result<()> {
            make_parent(&old)?;
            match fs::copy(&target, &old) {
                Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            }
        };
        keep().with_context(|| format!("{} could not be kept aside", target.display()))
    }

    fn staged(&self, path: &Path) -> PathBuf {
        self.staging.path().join("new").join(path)
    }

    fn old(&self, path: &Path) -> PathBuf {
        self.staging.path().join("old").join(path)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn write_all(root: &Path, files: &[(&str, &str)]) {
        for (path, contents) in files {
            let path = root.join(path);
            make_parent(&path).unwrap();
            fs::write(path, contents).unwrap();
        }
    }

    #[test]
    fn a_committed_transaction_writes_and_removes_and_leaves_no_staging_behind() {
        let root = tempfile::tempdir().unwrap();
        write_all(root.path(), &[("a.rs", "old"), ("gone/b.rs", "b")]);

        let mut transaction = Transaction::begin(root.path(), Durability::Flushed).unwrap();
        transaction.write(Path::new("a.rs"), b"new").unwrap();
        transaction.write(Path::new("deep/er/c.rs"), b"c").unwrap();
        transaction.remove(Path::new("gone/b.rs")).unwrap();
        transaction.commit().unwrap();
        prune_empty(root.path()).unwrap();

        let found = list(root.path(), Path::new("")).unwrap();
        assert_eq!(found, [Path::new("a.rs"), Path::new("deep/er/c.rs")]);
        assert_eq!(fs::read(root.path().join("a.rs")).unwrap(), b"new");
        assert!(!root.path().join("gone").exists());
    }

    #[test]
    fn nothing_is_touched_before_the_commit() {
        let root = tempfile::tempdir().unwrap();
        write_all(root.path(), &[("a.rs", "old"), ("b.rs", "b")]);

        let mut transaction = Transaction::begin(root.path(), Durability::Cached).unwrap();
        transaction.write(Path::new("a.rs"), b"new").unwrap();
        transaction.remove(Path::new("b.rs")).unwrap();
        drop(transaction);

        assert_eq!(fs::read(root.path().join("a.rs")).unwrap(), b"old");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_commit_that_fails_half_way_puts_everything_back() {
        let root = tempfile::tempdir().unwrap();
        write_all(root.path(), &[("a.rs", "old"), ("b.rs", "b")]);

        let mut transaction = Transaction::begin(root.path(), Durability::Cached).unwrap();
        transaction.remove(Path::new("b.rs")).unwrap();
        transaction.write(Path::new("a.rs"), b"new").unwrap();
        transaction.write(Path::new("new.rs"), b"new").unwrap();
        transaction.write(Path::new("z.rs"), b"z").unwrap();
        // A folder that turns up where a file is to be makes the last step fail.
        fs::create_dir_all(root.path().join("z.rs/in the way")).unwrap();
        let error = transaction.commit().unwrap_err();

        assert_eq!(error.to_string(), "nothing was changed");
        assert!(format!("{error:#}").contains("z.rs could not be replaced"));
        let found = list(root.path(), Path::new("")).unwrap();
        assert_eq!(found, [Path::new("a.rs"), Path::new("b.rs")]);
        assert_eq!(fs::read(root.path().join("a.rs")).unwrap(), b"old");
    }

    #[test]
    fn a_path_that_leads_out_of_the_root_is_refused() {
        let root = tempfile::tempdir().unwrap();
        let error = read(root.path(), Path::new("../elsewhere.rs")).unwrap_err();
        assert!(error.to_string().contains("leads out of"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_symbolic_link_is_refused_as_file_as_folder_and_in_a_listing() {
        let root = tempfile::tempdir().unwrap();
        write_all(root.path(), &[("real/a.rs", "a")]);
        std::os::unix::fs::symlink(root.path().join("real"), root.path().join("link")).unwrap();

        for path in ["link", "link/a.rs"] {
            let error = read(root.path(), Path::new(path)).unwrap_err().to_string();
            assert!(error.contains("link is a symbolic link"), "{error}");
        }
        let error = list(root.path(), Path::new("")).unwrap_err().to_string();
        assert!(error.contains("link is a symbolic link"), "{error}");
    }
}
