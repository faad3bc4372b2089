//! The list that `--out` keeps in its folder: the files that it wrote. It replaces and removes no others.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::files;

/// The list's file; a folder without it is somebody else's.
pub(super) const LIST: &str = ".codegen-files";

const HEADER: &str =
    "# The files that `cargo xtask codegen --out` wrote here. It replaces and removes no others.\n";

/// The files that an earlier run wrote into `dir`; `None` where there was none.
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

/// The text of the list.
pub(super) fn text<'a>(paths: impl Iterator<Item = &'a PathBuf>) -> String {
    let mut text = HEADER.to_owned();
    for path in paths {
        // The same on every platform.
        let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
        text.push_str(&parts.join("/"));
        text.push('\n');
    }
    text
}

/// Refuses to replace a file that is not on the list.
pub(super) fn keep_others(
    dir: &Path,
    own: &BTreeSet<PathBuf>,
    wanted: &BTreeMap<PathBuf, Vec<u8>>,
) -> Result<()> {
    for (path, contents) in wanted.iter().filter(|(path, _)| !own.contains(*path)) {
        let found = files::read(dir, path)?;
        ensure!(
            found.is_none_or(|found| found == *contents),
            "{} is not a file that this command wrote, and it generates one of that name. Move yours away and run the command again",
            dir.join(path).display()
        );
    }
    Ok(())
}
