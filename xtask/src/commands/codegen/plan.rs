//! Compares a folder with its desired contents, and plans the changes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::files::{self, Durability, Transaction};

/// The desired contents of a crate's folder.
#[derive(Debug)]
pub(crate) struct Desired {
    /// The crate's folder.
    pub(crate) root: PathBuf,
    /// Files by their path under the root.
    pub(crate) files: BTreeMap<PathBuf, Vec<u8>>,
    /// The folders under the root that may only contain `files`: other files in them are removed.
    pub(crate) owned: Vec<PathBuf>,
    /// The files that an earlier run wrote: those that are not in `files` are removed.
    pub(crate) former: BTreeSet<PathBuf>,
    /// Files that are written only if they are missing, and never changed later.
    pub(crate) seeds: BTreeMap<PathBuf, Vec<u8>>,
}

/// The changes from the present to the desired contents.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) root: PathBuf,
    pub(crate) changes: Vec<Change>,
    /// The number of files that need no change.
    pub(crate) unchanged: usize,
    owned: Vec<PathBuf>,
    seeds: BTreeMap<PathBuf, Vec<u8>>,
}

/// A file that has to change.
#[derive(Debug)]
pub(crate) struct Change {
    /// Relative to the root.
    pub(crate) path: PathBuf,
    /// The present contents; `None` if the file is missing.
    pub(crate) before: Option<Vec<u8>>,
    /// The desired contents; `None` if the file should not exist.
    pub(crate) after: Option<Vec<u8>>,
}

impl Plan {
    /// Compares the desired contents with the disk; changes nothing.
    pub(crate) fn compare_with_disk(desired: Desired) -> Result<Self> {
        let Desired {
            root,
            files,
            owned,
            former: mut candidates,
            mut seeds,
        } = desired;
        let mut changes = Vec::new();
        let mut unchanged = 0;
        for folder in &owned {
            candidates.extend(files::list(&root, folder)?);
        }
        for path in candidates {
            if files.contains_key(&path) {
                continue;
            }
            if let Some(before) = files::read(&root, &path)? {
                changes.push(Change {
                    before: Some(before),
                    path,
                    after: None,
                });
            }
        }
        for (path, after) in files {
            let before = files::read(&root, &path)?;
            if before.as_deref() == Some(&after) {
                unchanged += 1;
            } else {
                changes.push(Change {
                    path,
                    before,
                    after: Some(after),
                });
            }
        }
        let mut missing = BTreeMap::new();
        while let Some((path, contents)) = seeds.pop_first() {
            if files::read(&root, &path)?.is_none() {
                missing.insert(path, contents);
            }
        }
        changes.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self {
            root,
            changes,
            unchanged,
            owned,
            seeds: missing,
        })
    }

    /// Returns the number of files to remove.
    pub(crate) fn removed_count(&self) -> usize {
        let is_removed = |change: &&Change| change.after.is_none();
        self.changes.iter().filter(is_removed).count()
    }

    /// Makes all changes, or none if there is an error.
    pub(crate) fn apply(&self) -> Result<()> {
        if !self.changes.is_empty() || !self.seeds.is_empty() {
            fs::create_dir_all(&self.root)
                .with_context(|| format!("{} cannot be made", self.root.display()))?;
            let mut transaction = Transaction::begin(&self.root, Durability::Cached)?;
            for change in &self.changes {
                match &change.after {
                    Some(after) => transaction.write(&change.path, after)?,
                    None => transaction.remove(&change.path)?,
                }
            }
            for (path, contents) in &self.seeds {
                transaction.write(path, contents)?;
            }
            transaction.commit()?;
        }
        for change in self.changes.iter().filter(|change| change.after.is_none()) {
            for folder in change.path.ancestors().skip(1) {
                // `remove_dir` fails at the first folder that is not empty.
                if folder.as_os_str().is_empty() || fs::remove_dir(self.root.join(folder)).is_err()
                {
                    break;
                }
            }
        }
        for owned in &self.owned {
            let owned = self.root.join(owned);
            files::prune_empty(&owned).with_context(|| {
                format!("an empty folder in {} cannot be removed", owned.display())
            })?;
        }
        Ok(())
    }
}
