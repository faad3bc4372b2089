//! A description as a tree: blocks contain lines, and lines contain text.

use pulldown_cmark::{Alignment, Options};

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Inline {
    Text(String),
    Code(String),
    Strong(Vec<Inline>),
    Emphasis(Vec<Inline>),
    Struck(Vec<Inline>),
    Link { url: String, text: Vec<Inline> },
    Break,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Block {
    Paragraph(Vec<Inline>),
    Heading(Vec<Inline>),
    List {
        start: Option<u64>,
        tight: bool,
        items: Vec<Item>,
    },
    Quote(Vec<Block>),
    Code {
        language: String,
        text: String,
    },
    Table {
        columns: Vec<Alignment>,
        rows: Vec<Vec<Vec<Inline>>>,
    },
    Rule,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Item {
    /// True if an entry of a task list is done; `None` for other lists.
    pub(super) done: Option<bool>,
    pub(super) blocks: Vec<Block>,
}

/// Returns the extensions that rustdoc supports too, without footnotes and curly quotes.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS
}

/// Returns the plain text of a line.
pub(super) fn plain(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(text) | Inline::Code(text) => text.clone(),
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Struck(inner) => plain(inner),
            Inline::Link { text, .. } => plain(text),
            Inline::Break => " ".to_owned(),
        })
        .collect()
}
