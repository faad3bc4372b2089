//! Lays out a file.

use super::Source;

/// Returns the text of a file: the header, the formatted Rust, the wire code.
pub(crate) fn format(source: Source, header: &str) -> syn::Result<String> {
    let tree = syn::parse_file(&source.rust)?;
    // Only to be sure that it is Rust: it is laid out by its template.
    syn::parse_file(&source.wire)?;
    let mut text = header.to_owned();
    text.push('\n');
    text.push_str(&spaced(&prettyplease::unparse(&tree)));
    if !source.wire.is_empty() {
        text.push('\n');
        text.push_str(&source.wire);
    }
    Ok(text)
}

/// Sets items apart by an empty line, as people do and prettyplease does not.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 32);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let Some(next) = lines.peek() else { break };
        let is_docs = line.trim_start().starts_with("///");
        let ends_item = !is_docs && matches!(line, "}" | "    }")
            || (line.ends_with([';', '}']) && !line.starts_with(' ') && !is_docs);
        let ends_docs = line.starts_with("//!") && !next.starts_with("//!");
        let goes_on = next.is_empty()
            || next.trim_start().starts_with(['}', ')', ']'])
            || same_kind(line, next);
        if (ends_item && !goes_on) || ends_docs {
            out.push('\n');
        }
    }
    out
}

/// `use` after `use` and `mod` after `mod` stand together.
fn same_kind(line: &str, next: &str) -> bool {
    let kind = |line: &str| {
        ["use ", "pub use ", "pub mod ", "mod "]
            .into_iter()
            .find(|start| line.starts_with(start))
    };
    let own = kind(line);
    own.is_some() && (own == kind(next) || next.starts_with("#[cfg"))
}
