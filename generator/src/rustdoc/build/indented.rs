//! Indented text: Markdown takes it for code, but many descriptions indent their paragraphs.

use super::super::html::{self, Effect, Piece};
use super::super::source;
use super::super::tree::Block;
use super::parse;

/// A paragraph of fewer words may be a line of code.
const FEWEST_WORDS: usize = 5;

/// The paragraphs of indented text, if all of it is prose; nothing where it is code.
pub(super) fn paragraphs(text: &str) -> Option<Vec<Block>> {
    let text = source::normalize(text);
    let lines: Vec<&str> = text.lines().collect();
    let mut found = lines
        .split(|line| line.trim().is_empty())
        .filter(|lines| !lines.is_empty())
        .peekable();
    let is_text = |lines: &[&str]| is_prose(lines) || only_closes(&lines.concat());
    (found.peek().is_some() && found.all(is_text)).then(|| parse(&text))
}

/// Returns true if nothing stands there but tags that close what began further up.
fn only_closes(text: &str) -> bool {
    let mut pieces = html::pieces(text).into_iter();
    pieces.all(|piece| match piece {
        Piece::Text(text) => text.trim().is_empty(),
        Piece::Tag(tag) => tag.closes && (tag.effect() != Effect::Literal || tag.may_be_element()),
        Piece::Hidden => true,
    })
}

/// Text without the tags that the page does not show.
fn without_tags(text: &str) -> String {
    let pieces = html::pieces(text).into_iter();
    let shown = pieces.map(|piece| match piece {
        Piece::Text(text) => text,
        Piece::Tag(tag) if tag.effect() == Effect::Literal => tag.raw,
        Piece::Tag(_) | Piece::Hidden => " ",
    });
    shown.collect()
}

/// Returns true if lines read as sentences: they start with a word and end with the sign of a sentence, most of what stands
/// between is words, and nothing in them is aligned.
fn is_prose(lines: &[&str]) -> bool {
    let text = without_tags(&lines.join(" "));
    let text = text.trim();
    let starts = text.starts_with(|c: char| c.is_alphabetic() || "\"'(*_`[“‘".contains(c));
    let end = text.trim_end_matches(['"', '\'', ')', '*', '_', '”', '’']);
    let ends = end.ends_with(['.', '!', '?', ':']);
    starts && ends && !is_aligned(lines) && is_of_words(text)
}

/// Returns true if lines have columns, or an indentation that means something.
fn is_aligned(lines: &[&str]) -> bool {
    let mut indents = lines.iter().skip(1).map(|line| source::indent_of(line));
    let first = indents.next();
    let has_columns = lines.iter().any(|line| line.trim().contains("   "));
    has_columns || indents.any(|indent| Some(indent) != first)
}

/// Returns true if there are several words, and four of five signs between blanks are words.
fn is_of_words(text: &str) -> bool {
    let all = text.split_whitespace();
    let words = all.clone().filter(|word| is_word(word)).count();
    words >= FEWEST_WORDS && words * 5 >= all.count() * 4
}

/// Returns true if there is nothing but letters between the signs that sentences have around words. Digits are words too.
fn is_word(text: &str) -> bool {
    let around = |c: char| c.is_ascii_punctuation() || "“”‘’…—–".contains(c);
    let word = text.trim_matches(around);
    let within = |c: char| c.is_alphanumeric() || "'’-_/.".contains(c);
    let is_statement = text.ends_with([';', '{', '}', '=', '\\']);
    !word.is_empty() && !is_statement && word.chars().all(within)
}

#[cfg(test)]
mod tests {
    use super::is_prose;

    #[test]
    fn sentences_are_prose() {
        for text in [
            "Note that the name may differ, such as in `first_name` and \"last_name\".",
            "See [the guide](https://a.b/c) for all that the device can do.",
            "It takes one of these (the first that is there):",
        ] {
            assert!(is_prose(&[text]), "{text}");
        }
        assert!(is_prose(&[
            "The first line of a paragraph",
            "and its second."
        ]));
    }

    #[test]
    fn code_tables_and_lists_are_no_prose() {
        for text in [
            "lock(1)",
            "curl -X POST https://a.b/c -d name=x",
            "SELECT name FROM devices WHERE id = 1;",
            "let one = two; let three = four; // That is it.",
            "- the first item of a list.",
            "# This is a comment of a script.",
            "name     the name of the device.",
            "{ \"a\": \"the name of a device.\" }",
            "a short one.",
        ] {
            assert!(!is_prose(&[text]), "{text}");
        }
        assert!(!is_prose(&[
            "for each device in the list",
            "  open the lock of it",
            "until there is none left."
        ]));
    }
}
