//! The list that `--out` keeps in its folder: the files that it wrote. It replaces and removes no others.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::files;

/// The name of the list. A folder without it was not made by this command.
pub(super) const LIST: &str = ".codegen-files";

const HEADER: &str =
    "# The files that `cargo xtask codegen --out` wrote here. It replaces and removes no others.\n";

/// Returns the files that an earlier run wrote into `dir`; `None` if there was no run.
pub(super) fn read(dir: &Path) -> Result<Option<BTreeSet<PathBuf>>> {
    let Some(list) = files::read(dir, Path::new(LIST))? else {
        return Ok(None);
    };
    let list = String::from_utf8(list).ok();
    let paths = list.as_deref().and_then(|list| list.strip_prefix(HEADER));
    let paths = paths.with_context(|| {
        format!(
            "{} is not a list that this command wrote",
            dir.join(LIST).display()
        )
    })?;
    Ok(Some(paths.lines().map(PathBuf::from).collect()))
}

/// Formats the list.
pub(super) fn format_list<'a>(paths: impl Iterator<Item = &'a PathBuf>) -> String {
    let mut text = HEADER.to_owned();
    for path in paths {
        // Paths have `/` on every platform.
        let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
        text.push_str(&parts.join("/"));
        text.push('\n');
    }
    text
}

/// Fails if a file that is not on the list would be replaced.
pub(super) fn refuse_others(
    dir: &Path,
    own: &BTreeSet<PathBuf>,
    wanted: &BTreeMap<PathBuf, Vec<u8>>,
) -> Result<()> {
    for (path, contents) in wanted.iter().filter(|(path, _)| !own.contains(*path)) {
        let found = files::read(dir, path)?;
        ensure!(
            found.is_none_or(|found| found == *contents),
            "{} was not written by this command, which generates a file of that name. Move your file away and run the command again",
            dir.join(path).display()
        );
    }
    Ok(())
}
