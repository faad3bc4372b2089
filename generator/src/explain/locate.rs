//! The line of an item in the generated files.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// The generated files.
pub(super) type Files = BTreeMap<PathBuf, String>;

/// `locks.rs:84`, for the first line of a module's file that starts an item so, after another where that is given.
pub(super) fn line(
    files: &Files,
    module: &[String],
    after: Option<&str>,
    start: &str,
) -> Option<String> {
    let segments: Vec<&str> = module
        .iter()
        .map(|segment| segment.trim_start_matches("r#"))
        .collect();
    let path = PathBuf::from(segments.join("/")).with_extension("rs");
    let lines: Vec<&str> = files.get(&path)?.lines().collect();
    let starts = |line: &str, start: &str| {
        line.trim_start().strip_prefix(start).is_some_and(|rest| {
            !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_')
        })
    };
    let from = match after {
        Some(after) => lines.iter().position(|line| starts(line, after))?,
        None => 0,
    };
    let offset = lines[from..].iter().position(|line| starts(line, start))?;
    Some(format!("{}:{}", path.display(), from + offset + 1))
}
