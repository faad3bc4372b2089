//! Error messages about invalid documents.

use serde_json::{Value, json};

use super::{conventional, document, findings, message, read_text, read_value, with_schema};
use crate::source::Options;

#[test]
fn text_that_is_not_a_document_is_refused_with_the_reason() {
    let texts = [
        "",
        "[]",
        "{}",
        "404: Not Found",
        "just words",
        "{\"swagger\": \"2.0\", \"paths\": {}}",
        "{\"openapi\": \"3.0.0\"}",
        "{\"openapi\": \"3.0.0\", \"paths\": {}}",
        "{\"openapi\": \"3.0.0\", \"paths\": []}",
        "{\"openapi\": \"4.0\", \"paths\": {\"/a\": {}}}",
        "{\"openapi\": true}",
        "{\"openapi\": \"3.0.0\", \"paths\": {\"/a\": {}}}",
    ];
    let message = texts.map(|text| match read_text(text, Options::default()) {
        Ok(_) => "fine".to_owned(),
        Err(message) => message,
    });
    insta::assert_snapshot!(message.join("\n\n"));
}

#[test]
fn yaml_without_quotes_around_its_versions_is_read_with_a_warning() {
    let yaml = |info: &str| {
        format!(
            "openapi: 3.0\ninfo: {{title: t, version: {info}}}\npaths:\n  /a:\n    get:\n      responses:\n        200: {{description: OK}}\n"
        )
    };
    let read = |info: &str| read_text(&yaml(info), Options::default()).ok().unwrap();
    assert_eq!(read("'1.0'").warnings, []);
    let unquoted = read("1.0");
    assert_eq!(unquoted.document.info.version, "1.0");
    assert_eq!(unquoted.warnings.len(), 1);
    assert_eq!(unquoted.warnings[0].pointer, "/info/version");
}

/// Returns a schema with a mistake in each property.
fn wrong_schema() -> Value {
    json!({
        "type": "object",
        "required": true,
        "title": 5,
        "properties": {
            "a": {"type": 5},
            "b": {"type": "strnig"},
            "c": {"type": "file"},
            "d": {"type": []},
            "e": {"type": ["string", "thing"]},
            "f": {"enum": "x"},
            "g": {"properties": []},
            "h": {"$ref": 5},
            "i": {"oneOf": {}},
            "j": {"oneOf": ["string"]},
            "k": {"nullable": "yes"},
            "l": {"items": "string"},
            "m": {"additionalProperties": "string"},
            "n": {"required": ["a", 1]},
            "o": {"discriminator": "kind"},
            "p": {"discriminator": {"mapping": {"a": 1}}},
            "q": "string",
            "r": {"allOf": [false]},
            "s": {"type": null},
            "t": {"format": true},
            "u": {"type": "string", "readOnly": "true"},
        },
    })
}

#[test]
fn all_keywords_with_values_of_a_wrong_type_are_reported_at_once() {
    insta::assert_snapshot!(findings(&with_schema("3.0.0", wrong_schema()), true));
}

#[test]
fn mistakes_in_a_schema_of_another_api_are_warnings() {
    let document = with_schema("3.0.0", wrong_schema());
    insta::assert_snapshot!(findings(&document, false));
    let problems = message(&document);
    assert_eq!(problems.matches("\n  /").count(), 1, "{problems}");
}

/// Returns paths with a mistake in each.
fn wrong_paths() -> Value {
    json!({
        "/list": [],
        "/no-responses": {"get": {}},
        "/statuses": {"get": {"responses": {"ok": {"description": ""}, "20": {}, "2xx": {}, "0XX": {}}}},
        "/responses": {"get": {"responses": []}},
        "/parameters": {"parameters": {}, "get": {"responses": {}, "parameters": [
            {"in": "query", "schema": {}},
            {"name": "b", "schema": {}},
            {"name": "c", "in": "body", "schema": {}},
            {"name": "d", "in": "somewhere", "schema": {}},
            {"name": "e", "in": "query"},
            {"name": "f", "in": "path", "style": "form", "schema": {}},
            {"name": "g", "in": "query", "required": "true", "schema": {}},
            "h",
        ]}},
        "/both": {"$ref": "#/components/pathItems/a", "get": {}},
        "/tags": {"get": {"responses": {}, "tags": "pets", "operationId": 7, "deprecated": 1}},
    })
}

#[test]
fn all_mistakes_in_operations_are_reported_at_once() {
    let wrong = document("3.0.0", json!({"paths": wrong_paths()}));
    insta::assert_snapshot!(findings(&wrong, true));
}

#[test]
fn mistakes_in_documents_of_other_vendors_are_warnings_if_they_can_be_read() {
    let wrong = document("3.0.0", json!({"paths": wrong_paths()}));
    insta::assert_snapshot!(findings(&wrong, false));
}

#[test]
fn a_document_without_a_title_is_called_api() {
    let mut untitled = document("3.0.0", json!({}));
    untitled["info"].take();
    let read = read_value(&untitled).unwrap_or_else(|message| panic!("{message}"));
    assert_eq!(read.document.info.title, "API");
    assert_eq!(read.warnings.len(), 1);
}

#[test]
fn keywords_that_only_narrow_a_type_are_left_out_with_a_warning() {
    let schemas = [
        json!({"type": "object", "unevaluatedProperties": {"type": "string"}}),
        json!({"if": {"required": ["a"]}, "then": {"required": ["b"]}, "else": {"required": ["c"]}}),
        json!({"dependentSchemas": {"a": {"required": ["b"]}}}),
        json!({"$dynamicRef": "#node"}),
        json!({"$recursiveRef": "#"}),
        json!({"prefixItems": [{"type": "string"}, {"type": "number"}]}),
        json!({"type": "array", "items": [{"type": "string"}, {"type": "number"}]}),
        json!({"patternProperties": {"^a": {"type": "string"}, "^b": {"type": "number"}}}),
        json!({"patternProperties": {"^a": {"type": "string"}}, "additionalProperties": {"type": "number"}}),
        json!({"type": "object", "required": true}),
        json!({"title": 5}),
    ];
    let warned = schemas.map(|schema| {
        let read = read_value(&with_schema("3.1.0", schema)).ok().unwrap();
        let warnings = read.warnings.iter().map(ToString::to_string);
        warnings.collect::<Vec<_>>().join("\n")
    });
    assert!(warned.iter().all(|warnings| !warnings.is_empty()));
    insta::assert_snapshot!(warned.join("\n\n"));
}

#[test]
fn references_to_other_files_are_one_problem_with_the_advice_to_bundle() {
    let responses = json!({"200": {"$ref": "parts.yaml#/responses/a"}, "404": {"$ref": "https://example.com/b.yaml"}});
    let example = json!({"$ref": "data.yaml"});
    let paths = json!({
        "/a": {"get": {"$ref": "parts/a.yaml"}},
        "/b": {"get": {"responses": responses}, "post": {"responses": {}, "requestBody": {"content": {"application/json": {"example": example}}}}},
    });
    insta::assert_snapshot!(message(&document("3.0.0", json!({"paths": paths}))));
}

#[test]
fn the_number_of_listed_problems_is_limited() {
    let properties: serde_json::Map<String, Value> = (0..120)
        .map(|index| (format!("p{index}"), json!({"type": "strnig"})))
        .collect();
    let schema = json!({"properties": properties});
    let message = message(&conventional(
        json!({"components": {"schemas": {"Pet": schema}}}),
    ));
    assert_eq!(message.matches("strnig").count(), 50);
    assert!(message.ends_with("\n  and 70 more problems"), "{message}");
}
