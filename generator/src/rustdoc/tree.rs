//! A description as a tree: blocks that hold lines, lines that hold text.

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
    /// For an entry of a task list, whether it is done.
    pub(super) done: Option<bool>,
    pub(super) blocks: Vec<Block>,
}

/// The extensions that rustdoc has too; footnotes and curly quotes stay what they are.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS
}

/// The bare text of a line.
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
