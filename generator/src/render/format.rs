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

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::{Source, format, spaced};

    fn source(rust: &str, wire: &str) -> Source {
        Source {
            path: PathBuf::from("a.rs"),
            rust: rust.to_owned(),
            wire: wire.to_owned(),
        }
    }

    #[test]
    fn items_are_set_apart_by_an_empty_line_and_uses_stand_together() {
        assert_eq!(
            spaced("use a;\nuse b;\nstruct A;\nfn f() {\n    1\n}\nfn g() {}\n"),
            "use a;\nuse b;\n\nstruct A;\n\nfn f() {\n    1\n}\n\nfn g() {}\n"
        );
    }

    #[test]
    fn a_file_has_its_header_first_and_its_wire_code_last_as_it_is() {
        let text = format(source("pub   struct A ;", "m! { A {  } }\n"), "// Made.\n");
        assert_eq!(
            text.unwrap(),
            "// Made.\n\npub struct A;\n\nm! { A {  } }\n"
        );
    }

    #[test]
    fn what_is_no_rust_is_an_error() {
        assert!(format(source("pub struct", ""), "").is_err());
        assert!(format(source("", "m! {"), "").is_err());
    }
}
