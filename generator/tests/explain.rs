//! What maintainers are told of how something became Rust.

#![allow(missing_docs)]

mod support;

use std::fs;

use generator::{ExplainError, Explanation, Source, explain};
use support::fixtures;

fn ask(file: &str, what: &str) -> Result<Vec<Explanation>, ExplainError> {
    let document = fs::read_to_string(fixtures("edges").join(file)).expect("the fixture is there");
    explain(
        &Source {
            document: &document,
            name: file,
            overlay: None,
            names: None,
            client: None,
            files: None,
        },
        what,
    )
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("snapshots/explain");
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// The only explanation of something, as people read it.
fn one(file: &str, what: &str) -> String {
    let found = ask(file, what).unwrap_or_else(|error| panic!("{error}"));
    let [only] = found.as_slice() else {
        panic!("{what} is {} things: {found:#?}", found.len());
    };
    only.to_string()
}

#[test]
fn a_path_leads_to_its_call_and_its_request() {
    snapshot("path", &one("three-methods.yaml", "/codes/update"));
}

#[test]
fn a_call_is_found_by_how_it_is_written_and_by_its_request() {
    let by_path = one("three-methods.yaml", "/codes/get");
    for what in [
        "seam.codes().get",
        "codes.get",
        "Codes::get",
        "seam::codes::Get",
    ] {
        assert_eq!(one("three-methods.yaml", what), by_path, "{what}");
    }
}

#[test]
fn a_pointer_leads_to_what_its_schema_became() {
    snapshot(
        "pointer",
        &one(
            "discriminator-without-mapping.yaml",
            "/components/schemas/event/oneOf/1",
        ),
    );
}

#[test]
fn a_pointer_into_something_leads_to_the_nearest_thing_around_it() {
    let near = one(
        "discriminator-without-mapping.yaml",
        "#/components/schemas/event/oneOf/1/properties/code_id/type",
    );
    let field = one(
        "discriminator-without-mapping.yaml",
        "/components/schemas/event/oneOf/1/properties/code_id",
    );
    assert_eq!(near, field);
}

#[test]
fn a_rust_name_leads_to_its_schema_and_says_what_was_decided() {
    snapshot(
        "type",
        &one("discriminator-without-mapping.yaml", "seam::Event"),
    );
}

#[test]
fn equal_shapes_in_two_places_are_two_types() {
    let left = one("nested-names.yaml", "seam::device::Left");
    let right = one("nested-names.yaml", "device::Right");
    assert_eq!(
        left.replace("Left", "Right").replace("left", "right").len(),
        right.len()
    );
    assert!(left.contains("/properties/left") && right.contains("/properties/right"));
}

#[test]
fn a_field_says_when_it_is_there_and_why_it_is_called_so() {
    snapshot(
        "field",
        &one("property-names.yaml", "seam::Widget::reserved_name_upper"),
    );
}

#[test]
fn what_was_left_out_is_said() {
    snapshot(
        "required-without-property",
        &one("required-without-property.yaml", "seam::Code"),
    );
    snapshot(
        "further-properties",
        &one("additional-properties.yaml", "seam::space::Extra"),
    );
}

#[test]
fn a_union_without_a_discriminator_says_how_its_branches_are_told_apart() {
    let told = |file: &str, what: &str| {
        let found = ask(file, what).unwrap_or_else(|error| panic!("{error}"));
        let decided = found
            .into_iter()
            .flat_map(|found| found.decisions)
            .map(|choice| choice.text);
        let told =
            decided.filter(|decided| decided.contains("branches") || decided.contains("lists"));
        told.collect::<Vec<_>>().join("\n")
    };
    for (file, what, expected) in [
        (
            "constant-properties.yaml",
            "seam::locks::State",
            "the branches are told apart by `kind`, whose constants differ in every branch",
        ),
        (
            "nested-one-of.yaml",
            "seam::device::Value",
            "the branches are told apart by their JSON type: `list`, `object`",
        ),
        (
            "nested-one-of.yaml",
            "seam::device::Place",
            "the branches are told apart by the property that each alone requires: `room`, `floor`, `building`",
        ),
        (
            "nested-one-of.yaml",
            "seam::Device::lists",
            "the lists cannot be told apart, so they are one list with the items of all of them\n\
             the branches are told apart by their JSON type: `string`, `number`",
        ),
    ] {
        assert_eq!(told(file, what), expected, "{what}");
    }
}

#[test]
fn a_pointer_to_what_is_left_out_leads_to_the_reason() {
    snapshot(
        "left-out",
        &one(
            "three-methods.yaml",
            "/paths/~1codes~1update/patch/requestBody",
        ),
    );
}

#[test]
fn an_unknown_name_is_answered_with_what_comes_close() {
    let similar = |what: &str| match ask("body-of-alternatives.yaml", what) {
        Err(ExplainError::Unknown { similar, .. }) => similar,
        other => panic!("{what} is {other:?}"),
    };
    assert_eq!(similar("seam::Acount"), ["seam::Account"]);
    assert_eq!(similar("/account/confgure"), ["/accounts/configure"]);
    assert!(similar("/accounts").contains(&"/accounts/get".to_owned()));
    assert!(similar("thermostat").is_empty());
    // None of them names anything, which `similar` insists on.
    for nothing in ["", "seam", "::"] {
        similar(nothing);
    }
}

#[test]
fn an_unknown_name_without_likeness_is_told_how_to_ask() {
    let error = ask("three-methods.yaml", "thermostat").expect_err("there is none");
    snapshot("unknown", &error.to_string());
}

#[test]
fn a_document_that_cannot_be_rendered_says_so() {
    let error = ask("empty.yaml", "/codes/get").expect_err("it is empty");
    assert!(matches!(error, ExplainError::Document(_)), "{error}");
}

#[test]
fn programs_get_the_same_as_json() {
    let found = ask("three-methods.yaml", "seam::Code::name").expect("there is one");
    let json = serde_json::to_string_pretty(&found).expect("it is plain data");
    snapshot("json", &json);
}
