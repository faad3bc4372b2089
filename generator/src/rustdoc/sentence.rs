//! The first sentence of a description.

use super::prose;
use super::tree::{Block, Inline, plain};

/// Abbreviations whose full stop does not end a sentence.
const ABBREVIATIONS: [&str; 10] = [
    "e.g", "i.e", "etc", "vs", "approx", "incl", "resp", "cf", "ca", "Nr",
];

/// Returns the first sentence as the only block.
pub(super) fn first(blocks: Vec<Block>) -> Vec<Block> {
    let Some(line) = blocks
        .iter()
        .find_map(paragraph)
        .or_else(|| blocks.iter().find_map(heading))
    else {
        return Vec::new();
    };
    let sentence = prose::refine(cut(flat(line)));
    // A URL inside of a link was not a link, but can become one now.
    vec![Block::Paragraph(prose::refine(flat(&sentence)))]
}

fn flat(inlines: &[Inline]) -> Vec<Inline> {
    let mut out = Vec::new();
    flatten(inlines, &mut out);
    out
}

fn paragraph(block: &Block) -> Option<&[Inline]> {
    match block {
        Block::Paragraph(inlines) => Some(inlines),
        Block::List { items, .. } => items
            .iter()
            .find_map(|item| item.blocks.iter().find_map(paragraph)),
        Block::Quote(blocks) => blocks.iter().find_map(paragraph),
        _ => None,
    }
}

fn heading(block: &Block) -> Option<&[Inline]> {
    match block {
        Block::Heading(inlines) => Some(inlines),
        _ => None,
    }
}

/// Keeps text and code. A bare URL becomes code, so that it does not become a link again.
fn flatten(inlines: &[Inline], out: &mut Vec<Inline>) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => out.push(Inline::Text(text.clone())),
            Inline::Code(code) => out.push(Inline::Code(code.clone())),
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Struck(inner) => {
                flatten(inner, out)
            }
            Inline::Link { url, text } if plain(text) == *url => {
                out.push(Inline::Code(url.clone()))
            }
            Inline::Link { text, .. } => flatten(text, out),
            Inline::Break => out.push(Inline::Text(" ".to_owned())),
        }
    }
}

fn cut(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut out = Vec::new();
    for inline in inlines {
        if let Inline::Text(text) = &inline
            && let Some(end) = sentence_end(text)
        {
            out.push(Inline::Text(text[..end].to_owned()));
            return out;
        }
        out.push(inline);
    }
    out
}

/// Returns the end of a sentence: after punctuation and closing quotes, before a blank that is not followed by a small letter.
fn sentence_end(text: &str) -> Option<usize> {
    for (at, stop) in text.match_indices(['.', '!', '?']) {
        let tail = &text[at + stop.len()..];
        let closed = tail.trim_start_matches([')', '"', '\'', '”', '’']);
        let end = text.len() - closed.len();
        let goes_on = !closed.starts_with(char::is_whitespace)
            || closed.trim_start().starts_with(char::is_lowercase);
        let word = text[..at].rsplit([' ', '(']).next().unwrap_or_default();
        let abbreviated = stop == "." && ABBREVIATIONS.contains(&word);
        if !goes_on && !abbreviated {
            return Some(end);
        }
    }
    None
}
