//! Writes a finished change into the repository: all of it, or nothing.

use anyhow::{Result, ensure};

use crate::files::{self, Durability, Transaction};
use crate::repo::Repo;

pub(super) use crate::commands::codegen::Files;

/// Returns the present contents of the files.
pub(super) fn before(repo: &Repo, files: &Files) -> Result<Vec<Option<Vec<u8>>>> {
    files
        .iter()
        .map(|(path, _)| files::read(repo.root(), path))
        .collect()
}

/// Makes the change, unless one of the files has been changed since `before`.
pub(super) fn apply(repo: &Repo, files: &Files, before: &[Option<Vec<u8>>]) -> Result<()> {
    for ((path, _), before) in files.iter().zip(before) {
        ensure!(
            files::read(repo.root(), path)? == *before,
            "{} has been changed while this ran. Run it again",
            path.display()
        );
    }
    let mut transaction = Transaction::begin(repo.root(), Durability::Flushed)?;
    for (path, contents) in files {
        match contents {
            Some(contents) => transaction.write(path, contents)?,
            None => transaction.remove(path)?,
        }
    }
    transaction.commit()?;
    // An empty folder does no harm.
    let _ = files::prune_empty(&repo.client().join("src").join("generated"));
    Ok(())
}
