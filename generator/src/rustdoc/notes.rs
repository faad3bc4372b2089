//! Notes in a description: lines `key: value`, followed by a line of dashes.
//!
//! Markdown would read such lines as a heading. Only known keys are notes, so a heading with a
//! colon is kept.

const KEYS: [&str; 9] = [
    "alpha",
    "beta",
    "deprecated",
    "draft",
    "internal",
    "title",
    "undocumented",
    "unreleased",
    "unstable",
];

const RULE: &str = "---";

/// Returns the description without its notes, and the notes as keys and values.
pub(super) fn split(text: &str) -> (String, Vec<(String, String)>) {
    if !text.contains(RULE) {
        return (text.to_owned(), Vec::new());
    }
    let lines: Vec<&str> = text.lines().collect();
    let mut kept: Vec<&str> = Vec::with_capacity(lines.len());
    let mut notes = Vec::new();
    let mut fenced = false;
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at].trim();
        fenced ^= line.starts_with("```") || line.starts_with("~~~");
        let opens = line == RULE;
        let may_start = opens || kept.iter().all(|line| line.trim().is_empty());
        let start = at + usize::from(opens);
        match block(&lines[start..]).filter(|_| may_start && !fenced) {
            Some((found, length)) => {
                notes.extend(found);
                at = start + length;
            }
            None => {
                kept.push(lines[at]);
                at += 1;
            }
        }
    }
    (kept.join("\n"), notes)
}

/// Returns the notes at the start of these lines, and the number of lines including the rule.
fn block(lines: &[&str]) -> Option<(Vec<(String, String)>, usize)> {
    let mut notes: Vec<(String, String)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let line = line.trim();
        if line == RULE {
            return (!notes.is_empty()).then_some((notes, at + 1));
        }
        let known = line.split_once(':').filter(|(key, _)| KEYS.contains(key));
        match (known, notes.last_mut()) {
            (Some((key, value)), _) => notes.push((key.to_owned(), value.trim().to_owned())),
            (None, Some((_, value))) if !line.is_empty() => {
                value.push(' ');
                value.push_str(line);
            }
            _ => return None,
        }
    }
    None
}
