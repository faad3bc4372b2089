//! What becomes of other people's documents: plain REST, as its vendors write it.

#![allow(missing_docs)]

mod support;

use std::fs;

use support::{fixtures, outline::outline, render};

/// Compares what a document becomes with its snapshot.
fn check(file: &str) {
    let document = fs::read_to_string(fixtures("others").join(file)).expect("the fixture is there");
    let shown = match render(&document, file) {
        Ok(generated) => outline(&generated),
        Err(errors) => format!("refused: {errors}\n"),
    };
    let (name, _) = file.split_once('.').expect("a file has an extension");
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("snapshots/others");
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, shown));
}

#[test]
fn every_document_has_a_test_and_a_snapshot() {
    let tests = include_str!("others.rs");
    for entry in fs::read_dir(fixtures("others")).expect("the folder is there") {
        let name = entry.expect("an entry").file_name();
        let check = format!("check(\"{}\")", name.display());
        assert!(tests.contains(&check), "no test has {check}");
    }
    let names = |folder| {
        let entries = fs::read_dir(folder).expect("the folder is there");
        let paths = entries.map(|entry| entry.expect("an entry").path());
        let name =
            |path: std::path::PathBuf| Some(path.file_stem()?.to_string_lossy().into_owned());
        paths
            .filter_map(name)
            .collect::<std::collections::BTreeSet<_>>()
    };
    let documents = names(fixtures("others"));
    assert!(documents.len() >= 13, "only {} documents", documents.len());
    assert_eq!(documents, names(fixtures("../snapshots/others")));
}

/// What a document is refused for: pointers with what was found there.
fn refusals(paths: &str, schemas: &str) -> Vec<(String, String)> {
    let document = format!(
        r##"{{"openapi": "3.0.3", "info": {{"title": "T", "version": "1"}}, "paths": {paths}, "components": {{"schemas": {schemas}}}}}"##
    );
    match render(&document, "a document") {
        Ok(_) => Vec::new(),
        Err(errors) => errors
            .problems
            .into_iter()
            .map(|problem| (problem.pointer, problem.found))
            .collect(),
    }
}

/// A path whose reply is this schema.
fn reply(schema: &str) -> String {
    format!(
        r#"{{"/a": {{"get": {{"responses": {{"200": {{"description": "A.", "content": {{"application/json": {{"schema": {schema}}}}}}}}}}}}}}}"#
    )
}

#[test]
fn a_pet_shop_with_tags_forms_and_shared_parameters() {
    check("pet_shop.yaml");
}

#[test]
fn an_issue_tracker_with_pages_headers_and_names_with_slashes() {
    check("issue_tracker.yaml");
}

#[test]
fn a_clinic_with_heirs_of_heirs_and_choices_of_choices() {
    check("clinic.yaml");
}

#[test]
fn a_cluster_with_dots_in_names_and_patches_of_many_media_types() {
    check("cluster.yaml");
}

#[test]
fn a_messenger_of_openapi_3_1_with_forms_and_constants() {
    check("messenger.yaml");
}

#[test]
fn a_file_store_with_bytes_texts_and_multipart_forms() {
    check("file_store.yaml");
}

#[test]
fn invoices_that_inherit_and_are_told_apart_by_discriminators() {
    check("invoicing.yaml");
}

#[test]
fn a_calendar_whose_schemas_lead_back_to_themselves() {
    check("calendar.yaml");
}

#[test]
fn sensors_with_names_that_no_language_has() {
    check("sensors.yaml");
}

#[test]
fn payments_with_unions_of_unions_and_forms_of_alternatives() {
    check("payments.yaml");
}

#[test]
fn parcels_with_numbers_that_have_names_and_properties_of_one_side() {
    check("parcels.yaml");
}

#[test]
fn couriers_that_send_webhooks_and_callbacks() {
    check("couriers.yaml");
}

#[test]
fn exports_that_status_and_media_type_tell_apart_and_failures_with_types() {
    check("exports.yaml");
}

#[test]
fn uploads_in_several_ways_with_encodings_and_delimiters() {
    check("uploads.yaml");
}

#[test]
fn an_assistant_that_answers_in_events() {
    check("assistant.yaml");
}

#[test]
fn a_catalogue_with_every_way_to_number_pages() {
    check("catalogue.yaml");
}

#[test]
fn names_that_the_client_or_rust_has_taken() {
    check("awkward_names.json");
}

#[test]
fn references_that_lead_nowhere_are_reported_together() {
    let paths = r##"{
        "/a": {"$ref": "#/paths/~1missing"},
        "/b": {"get": {
            "parameters": [{"$ref": "#/components/parameters/Missing"}],
            "requestBody": {"content": {}},
            "responses": {"200": {"$ref": "#/responses/Missing"}}
        }, "post": {
            "requestBody": {"$ref": "#/components/requestBodies/Missing"},
            "responses": {"200": {"description": "A.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Missing"}}}}}
        }}
    }"##;
    let found: Vec<String> = refusals(paths, "{}")
        .into_iter()
        .map(|(pointer, found)| format!("{pointer}: {found}"))
        .collect();
    insta::assert_snapshot!(found.join("\n"));
}

#[test]
fn schemas_that_are_nothing_but_each_other_do_not_hang() {
    let circle =
        r##"{"A": {"$ref": "#/components/schemas/B"}, "B": {"$ref": "#/components/schemas/A"}}"##;
    let found = refusals(&reply(r##"{"$ref": "#/components/schemas/A"}"##), circle);
    assert_eq!(found.len(), 1, "{found:?}");
    let itself = r##"{"A": {"allOf": [{"$ref": "#/components/schemas/A"}, {"type": "object", "properties": {"a": {"type": "string"}}}]}}"##;
    let found = refusals(&reply(r##"{"$ref": "#/components/schemas/A"}"##), itself);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn alternatives_that_lead_back_to_themselves_do_not_hang() {
    let choice = r##"{"A": {"properties": {"x": {"type": "string"}}, "oneOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}]},
        "B": {"oneOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}, {"type": "string"}]}}"##;
    refusals(&reply(r##"{"$ref": "#/components/schemas/A"}"##), choice);
    refusals(&reply(r##"{"$ref": "#/components/schemas/B"}"##), choice);
}

#[test]
fn a_schema_that_nests_beyond_reason_is_taken_or_refused() {
    let mut schema = r#"{"type": "string"}"#.to_owned();
    for _ in 0..45 {
        schema = format!(
            r#"{{"type": "object", "properties": {{"a_name_that_is_as_long_as_names_go": {schema}}}}}"#
        );
    }
    let found = refusals(&reply(&schema), "{}");
    assert!(
        !found.is_empty()
            && found
                .iter()
                .all(|(pointer, _)| pointer.starts_with("/paths/")),
        "{found:?}"
    );
}

#[test]
fn parts_that_share_their_parts_are_merged_once() {
    // Each level has the one below twice: without care there would be two to the power of forty.
    let mut levels =
        vec![r#""L0": {"type": "object", "properties": {"a": {"type": "string"}}}"#.to_owned()];
    for level in 1..40 {
        let below = format!(r##"{{"$ref": "#/components/schemas/L{}"}}"##, level - 1);
        levels.push(format!(r#""L{level}": {{"allOf": [{below}, {below}]}}"#));
    }
    let schemas = format!("{{{}}}", levels.join(", "));
    let found = refusals(
        &reply(r##"{"$ref": "#/components/schemas/L39"}"##),
        &schemas,
    );
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn an_operation_that_says_next_to_nothing_is_a_call() {
    let paths = r#"{"/": {"get": {"responses": {}}}, "/{}": {"get": {"responses": {}}}, "/{": {"get": {"responses": {}}}, "/a//b/": {"get": {"responses": {}}}}"#;
    let found = refusals(paths, "{}");
    assert!(found.is_empty(), "{found:?}");
}
