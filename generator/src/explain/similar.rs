//! What somebody may have meant who asked for a name that nothing has.

use super::find::endpoints;
use crate::rust::Plan;
use crate::rust::paths;

/// Names that hold the last word of what was asked for, or are spelled much like it.
pub(super) fn similar(plan: &Plan<'_>, what: &str) -> Vec<String> {
    let word = what
        .rsplit(['/', ':', '.'])
        .next()
        .unwrap_or(what)
        .trim_end_matches("()")
        .to_lowercase();
    if word.is_empty() {
        return Vec::new();
    }
    let paths = endpoints(plan).map(|(_, endpoint)| endpoint.path.clone());
    let live = plan.types.iter().filter(|definition| definition.is_live());
    let types = live.map(|definition| paths::of_type(plan, definition));
    let off = |name: &String| {
        let name = name.to_lowercase();
        let last = name.rsplit(['/', ':']).next().unwrap_or(&name);
        let edits = edits(last, &word);
        match name.contains(&word) {
            true => Some(0),
            false => (edits <= word.chars().count() / 3).then_some(edits),
        }
    };
    let mut found: Vec<(usize, usize, String)> = paths
        .chain(types)
        .filter_map(|name| Some((off(&name)?, name.len(), name)))
        .collect();
    found.sort();
    found.dedup();
    found.truncate(5);
    found.into_iter().map(|(_, _, name)| name).collect()
}

/// How many letters have to be changed, added or left out to make one text the other.
fn edits(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (above, letter) in one.chars().enumerate() {
        let mut diagonal = above;
        row[0] = above + 1;
        for (index, wanted) in other.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *wanted);
            diagonal = row[index + 1];
            row[index + 1] = changed.min(diagonal + 1).min(row[index] + 1);
        }
    }
    row[other.len()]
}
