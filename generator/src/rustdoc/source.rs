//! Prepares a description before it is parsed as Markdown.

use std::borrow::Cow;

use crate::escape::is_hidden;

/// Normalises line ends, and removes tabs, control characters and common indentation.
pub(super) fn normalize(description: &str) -> String {
    let text = visible(description);
    let lines: Vec<&str> = text.lines().collect();
    let indent = common_indent(&lines);
    let mut out = String::with_capacity(text.len());
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let own = indent_of(line).min(indent);
        out.push_str(&line[own..]);
    }
    out
}

/// Returns the text with plain line ends and without invisible characters.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| c == '\n' || !is_hidden(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push_str("    "),
            c if is_hidden(c) => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Returns the indentation that all lines share.
///
/// In a template literal the first line follows the quote, and the last one is blank up to the
/// closing quote. Then the first line is ignored.
fn common_indent(lines: &[&str]) -> usize {
    let is_template = lines.len() > 2
        && lines[0].starts_with(|c: char| c != ' ')
        && lines
            .last()
            .is_some_and(|last| last.starts_with(' ') && last.trim().is_empty());
    let skip = usize::from(is_template);
    lines
        .iter()
        .skip(skip)
        .filter(|line| !line.trim().is_empty())
        .map(|line| indent_of(line))
        .min()
        .unwrap_or(0)
}

pub(super) fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}
