//! Converts descriptions of the document to clean rustdoc.
//!
//! A description is parsed as Markdown, converted to a small tree, and written in a normal form
//! that rustdoc accepts without a warning: no raw HTML, no link that does not resolve, no bare URL,
//! no heading that breaks the page, and no code that rustdoc would compile. The result is parsed
//! and written again until nothing changes, so cleaning is idempotent.

mod build;
mod html;
mod notes;
mod prose;
mod sentence;
mod source;
mod tree;
mod wrap;
mod write;

use pulldown_cmark::{Event, Parser};

pub(crate) use wrap::lines;

/// The largest number of passes to reach the normal form. Real texts need one or two.
const PASSES: usize = 6;

/// Returns the description as Markdown that rustdoc accepts, each paragraph on one line.
pub(crate) fn clean(description: &str) -> String {
    normalize_until_stable(pass(&body(description)))
}

/// Returns the first sentence on one line, without links or emphasis, for tables and short docs.
///
/// It is Markdown: identifiers are code spans, and signs with a meaning are escaped.
pub(crate) fn summary(description: &str) -> String {
    let blocks = build::parse(&body(description));
    normalize_until_stable(write::document(&sentence::first(blocks)))
}

/// Returns the text of Markdown without its markup.
pub(crate) fn plain(markdown: &str) -> String {
    let texts = Parser::new(markdown).filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text),
        Event::SoftBreak | Event::HardBreak => Some(" ".into()),
        _ => None,
    });
    texts.collect::<Vec<_>>().concat()
}

/// Returns the notes between rules in a description: (`deprecated`, `Use …`).
///
/// [`clean`] and [`summary`] leave these notes out.
pub(crate) fn notes(description: &str) -> Vec<(String, String)> {
    notes::split(&source::normalize(description)).1
}

fn body(description: &str) -> String {
    notes::split(&source::normalize(description)).0
}

fn pass(markdown: &str) -> String {
    write::document(&build::parse(markdown))
}

fn normalize_until_stable(mut text: String) -> String {
    for _ in 0..PASSES {
        let again = pass(&text);
        if again == text {
            return text;
        }
        text = again;
    }
    // Only hostile input needs more passes. A fence is always read back as it was written.
    write::document(&[tree::Block::Code {
        language: "text".to_owned(),
        text,
    }])
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

/// Returns the text that more than half of the places have. A text of a few places does not describe the others.
pub(crate) fn most_common(texts: Vec<&str>) -> Option<String> {
    let count = |text: &str| texts.iter().filter(|other| **other == text).count();
    let first = texts.iter().max_by_key(|text| count(text))?;
    (2 * count(first) > texts.len()).then(|| (*first).to_owned())
}
