//! The pages for people that come with a client.

#![allow(missing_docs)]

mod support;

use std::fs;

use generator::{Options, Source, generate};

#[test]
fn every_call_is_listed_with_what_it_does_returns_and_takes_to_compile() {
    let document = fs::read_to_string(support::fixtures("changes").join("locks.yaml"))
        .expect("the fixture is there");
    let source = Source {
        document: &document,
        name: "locks.yaml",
        overlay: None,
        names: None,
        client: None,
        files: None,
    };
    let generated = generate(&source, Options::default()).unwrap_or_else(|error| panic!("{error}"));
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("snapshots/reference");
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::assert_snapshot!("calls", generated.reference);
        insta::assert_snapshot!("coverage", generated.coverage);
    });
}
