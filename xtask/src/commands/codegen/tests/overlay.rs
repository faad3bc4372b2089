//! Tests of the overlay and of the options for reading a document.

use std::fs;

use super::{Args, Outcome, check};
use crate::commands::codegen::tests::repository::{Repository, rendered};
use crate::render::Companion;

#[test]
fn the_pinned_document_is_read_with_its_overlay_if_it_has_one() {
    let repository = Repository::new();
    assert_eq!(repository.input(&Args::default()).overlay, None);

    fs::write(repository.path("spec/overlay.yaml"), "overlay: 1.0.0\n").unwrap();
    let expected = Companion {
        text: "overlay: 1.0.0\n".to_owned(),
        name: "spec/overlay.yaml".to_owned(),
    };
    assert_eq!(repository.input(&Args::default()).overlay, Some(expected));
}

#[test]
fn another_document_is_read_only_with_the_given_overlay() {
    let repository = Repository::new();
    fs::write(repository.path("spec/overlay.yaml"), "overlay: 1.0.0\n").unwrap();
    fs::write(repository.path("other.json"), "{}").unwrap();
    fs::write(repository.path("own.yaml"), "overlay: 1.0.1\n").unwrap();
    let args = Args {
        spec: Some(repository.path("other.json")),
        out: Some(repository.path("out")),
        ..Args::default()
    };
    assert_eq!(repository.input(&args).overlay, None);

    let own = repository.path("own.yaml");
    let args = Args {
        overlay: Some(own.clone()),
        ..args
    };
    let expected = Companion {
        text: "overlay: 1.0.1\n".to_owned(),
        name: own.display().to_string(),
    };
    assert_eq!(repository.input(&args).overlay, Some(expected));
}

#[test]
fn a_missing_overlay_is_reported() {
    let repository = Repository::new();
    fs::write(repository.path("other.json"), "{}").unwrap();
    let args = Args {
        spec: Some(repository.path("other.json")),
        out: Some(repository.path("out")),
        overlay: Some("missing.yaml".into()),
        ..Args::default()
    };
    let error = repository
        .run(&args, |_| unreachable!("refused before rendering"))
        .unwrap_err();
    assert!(
        error.contains("the overlay missing.yaml cannot be read"),
        "{error}"
    );
}

#[test]
fn the_option_for_unknown_keywords_is_passed_to_the_generator_and_is_in_the_fixing_command() {
    let repository = Repository::new();
    assert!(!repository.input(&Args::default()).allow_unknown_keywords);
    let args = Args {
        allow_unknown_keywords: true,
        ..check()
    };
    assert!(repository.input(&args).allow_unknown_keywords);

    let (outcome, printed) = repository.codegen(&args, &rendered(&[("mod.rs", "new\n")]));
    assert_eq!(outcome, Outcome::Bad);
    assert!(
        printed.contains("fix it with: cargo xtask codegen --allow-unknown-keywords\n"),
        "{printed}"
    );
}
