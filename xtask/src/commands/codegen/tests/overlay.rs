//! Which corrections go with which document, and what the flags about reading it do.

use std::fs;

use super::{Args, Outcome, check};
use crate::commands::codegen::tests::repository::{Repository, rendered};
use crate::render::Companion;

#[test]
fn the_pinned_document_comes_with_its_overlay_where_there_is_one() {
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
fn another_document_has_the_overlay_that_is_given_and_no_other() {
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
fn an_overlay_that_is_not_there_is_named() {
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
fn the_flag_about_unknown_keywords_reaches_the_generator_and_the_command_that_mends() {
    let repository = Repository::new();
    assert!(!repository.input(&Args::default()).allow_unknown_keywords);
    let args = Args {
        allow_unknown_keywords: true,
        ..check()
    };
    assert!(repository.input(&args).allow_unknown_keywords);

    let (outcome, said) = repository.codegen(&args, &rendered(&[("mod.rs", "new\n")]));
    assert_eq!(outcome, Outcome::Bad);
    assert!(
        said.contains("mend it with: cargo xtask codegen --allow-unknown-keywords\n"),
        "{said}"
    );
}
