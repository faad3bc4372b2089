//! The document's descriptions as clean rustdoc.
//!
//! A description is parsed as Markdown, put into a small tree, and written anew in one normal form
//! that rustdoc accepts without a warning: no raw HTML, no link that does not resolve, no bare URL,
//! no heading that breaks the page, and no code that rustdoc would compile. What is written is read
//! back and written again until nothing changes, so that cleaning twice is cleaning once.

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

/// How often a text may change while its normal form is looked for; real ones need one or two.
const PASSES: usize = 6;

/// The description as Markdown without a surprise for rustdoc, each paragraph on one line.
pub(crate) fn clean(description: &str) -> String {
    settle(pass(&body(description)))
}

/// The first sentence on one line, without links or emphasis, for tables and short docs.
///
/// It is Markdown: identifiers are code spans, and signs with a meaning are escaped.
pub(crate) fn summary(description: &str) -> String {
    let blocks = build::parse(&body(description));
    settle(write::document(&sentence::first(blocks)))
}

/// The text of Markdown without its signs.
pub(crate) fn plain(markdown: &str) -> String {
    let texts = Parser::new(markdown).filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text),
        Event::SoftBreak | Event::HardBreak => Some(" ".into()),
        _ => None,
    });
    texts.collect::<Vec<_>>().concat()
}

/// What a description says between rules besides its text: (`deprecated`, `Use …`).
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

fn settle(mut text: String) -> String {
    for _ in 0..PASSES {
        let again = pass(&text);
        if again == text {
            return text;
        }
        text = again;
    }
    // Hostile input alone gets here. A fence is read back as it was written.
    write::document(&[tree::Block::Code {
        language: "text".to_owned(),
        text,
    }])
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

/// The text that more than half of several places have; a text that only one of many has says nothing of the others.
pub(crate) fn most_common(texts: Vec<&str>) -> Option<String> {
    let count = |text: &str| texts.iter().filter(|other| **other == text).count();
    let first = texts.iter().max_by_key(|text| count(text))?;
    (2 * count(first) > texts.len()).then(|| (*first).to_owned())
}
