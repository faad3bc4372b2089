//! What the tests of the generator share.

// Each test target uses its own part of it.
#![allow(dead_code, unreachable_pub)]

pub mod changes;
pub mod outline;

use std::path::{Path, PathBuf};

use generator::{Errors, Generated, Options, Source};

/// The folder of a kind of fixtures.
pub fn fixtures(kind: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(kind)
}

/// Renders a document as maintainers do: with every keyword accounted for, and with the tests that follow it.
pub fn render(document: &str, name: &str) -> Result<Generated, Errors> {
    let source = Source {
        document,
        name,
        overlay: None,
        names: None,
        client: None,
        files: None,
    };
    let options = Options {
        tests: true,
        ..Options::default()
    };
    generator::generate(&source, options)
}
