//! Every keyword is known or reported.

use serde_json::json;

use super::{
    conventional, document, message, normalised, read, read_text, read_value, with_schema,
};
use crate::source::{Companion, Options, Source};

#[test]
fn an_unknown_keyword_is_an_error_with_its_place_and_the_action_that_removes_it() {
    let schema = json!({"type": "object", "properties": {
        "a": {"type": "string", "pattren": "x"},
        "pattren": {"type": "string"},
        "it's": {"type": "string", "pattren": "y"},
    }});
    let extra = json!({
        "components": {"schemas": {"Pet": schema}},
        "tags": [{"name": "pets", "weight": 5}],
        "paths": {"/pets": {"get": {"retries": {"most": 3}}}},
    });
    insta::assert_snapshot!(message(&conventional(extra)));
}

#[test]
fn an_unknown_keyword_is_a_warning_in_documents_of_other_vendors() {
    let schema = json!({"properties": {
        "a": {"type": "string", "descrption": "x"}, "b": {"type": "string", "descrption": "y"},
    }});
    let read = read_value(&with_schema("3.0.0", schema)).ok().unwrap();
    let warnings: Vec<String> = read.warnings.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(warnings.join("\n"), @r#"/components/schemas/Pet/properties/a/descrption: found `descrption` on a schema, which is the text "x", and in 1 more place, read as nothing, because OpenAPI has no such keyword there"#);
}

#[test]
fn extensions_among_names_are_left_out() {
    let webhooks = json!({"pet": {"post": {"responses": {}}}, "x-sdk": true});
    assert_eq!(
        message(&document("3.1.0", json!({"webhooks": webhooks}))),
        "fine"
    );
}

#[test]
fn the_action_that_an_error_prints_removes_the_keyword() {
    let unknown = conventional(json!({
        "paths": {"/pets": {"get": {"x-new": "text", "it's": 1}}},
        "components": {"schemas": {
            "Pet": {"x-other": [], "properties": {"x": {"x-other": {}}}, "odd": [1]},
        }},
    }));
    let message = message(&unknown);
    let mut overlay = String::from("overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n");
    for line in message.lines() {
        let is_part = ["- target: ", "  description: ", "  remove: "];
        if is_part
            .iter()
            .any(|part| line.trim_start_matches("      ").starts_with(part))
        {
            overlay.push_str(line);
            overlay.push('\n');
        }
    }
    assert_eq!(overlay.matches("target").count(), 4, "{overlay}");
    let text = unknown.to_string();
    let source = Source {
        document: &text,
        name: "small.json",
        overlay: Some(Companion {
            text: &overlay,
            name: "overlay.yaml",
        }),
        names: None,
        client: None,
        files: None,
    };
    if let Err(errors) = read(&source, Options::default()) {
        panic!("{errors}\n{overlay}");
    }
}

#[test]
fn an_unknown_extension_is_an_error_in_seams_documents_and_waived_elsewhere() {
    let extra = json!({
        "x-anything": {"deep": [1]},
        "paths": {"/pets": {"x-anything": 1, "get": {"x-anything": null}}, "x-anything": true},
    });
    insta::assert_snapshot!(message(&conventional(extra.clone())));
    assert_eq!(message(&document("3.0.0", extra)), "fine");
}

#[test]
fn extensions_of_seam_are_known_on_any_object() {
    let extensions = json!({
        "x-fern-sdk-group-name": ["pets"], "x-fern-availability": "beta", "x-response-key": null,
        "x-title": "t", "x-batch-type": "b", "x-enums": {}, "x-route-path": "/pets",
    });
    let mut seam = conventional(json!({"components": {"schemas": {"Pet": extensions.clone()}}}));
    super::merge(&mut seam["paths"]["/pets"]["get"], extensions);
    assert_eq!(message(&seam), "fine");
}

#[test]
fn the_option_makes_unknown_keywords_warnings_and_counts_them() {
    let unknown = conventional(json!({
        "x-new": 1,
        "paths": {"/pets": {"get": {"x-new": 1, "novel": 2}}},
        "components": {"schemas": {"Pet": {"novel": 1}, "Cat": {"novel": 1}}},
    }));
    let options = Options {
        allow_unknown_keywords: true,
        ..Options::default()
    };
    let read =
        read_text(&unknown.to_string(), options).unwrap_or_else(|message| panic!("{message}"));
    insta::assert_snapshot!(read.keywords);
    let extensions = read.document.extensions;
    assert!(extensions.is_empty(), "{extensions:?}");
}

#[test]
fn the_option_does_not_allow_values_of_a_wrong_type() {
    let schema = json!({"type": "object", "nullable": "yes", "odd": 1});
    let wrong = conventional(json!({"components": {"schemas": {"Pet": schema}}}));
    let options = Options {
        allow_unknown_keywords: true,
        ..Options::default()
    };
    let message = read_text(&wrong.to_string(), options).err().unwrap();
    assert!(
        message.contains("/components/schemas/Pet/nullable"),
        "{message}"
    );
    assert!(!message.contains("odd"), "{message}");
}

#[test]
fn names_and_data_are_not_read_as_keywords() {
    let anything = json!({"pattren": {"type": 5, "$ref": 6}});
    let data = document(
        "3.0.0",
        json!({
            "paths": {"/pattren": {"get": {"responses": {"200": {
                "description": "OK",
                "headers": {"pattren": {"schema": {"type": "string"}}},
                "content": {"pattren": {"example": anything, "schema": {
                    "type": "object",
                    "properties": {"pattren": {"type": "string"}, "x-y": {"type": "string"}},
                    "default": anything,
                    "example": anything,
                    "enum": [anything],
                }}},
            }}}}},
            "components": {
                "schemas": {"pattren": {"type": "string"}, "x-z": {}},
                "responses": {"pattren": {"description": ""}},
                "examples": {"pattren": {"value": anything}},
            },
        }),
    );
    assert_eq!(message(&data), "fine");
}

#[test]
fn waived_keywords_are_removed_before_lowering() {
    let schema = json!({
        "type": "string", "minLength": 1, "default": "a", "example": "b", "x-vendor": 1,
        "externalDocs": {"url": "https://example.com"},
    });
    let normalised = normalised(&with_schema("3.0.0", schema));
    assert_eq!(
        normalised["components"]["schemas"]["Pet"],
        json!({"type": "string"})
    );
}

#[test]
fn values_in_waived_keywords_are_not_checked_but_their_keywords_are() {
    let waived = document(
        "3.0.0",
        json!({"servers": "here", "security": 1, "externalDocs": {"url": 5}}),
    );
    assert_eq!(message(&waived), "fine");
    let not = json!({"not": {"type": "thing", "odd": true}});
    assert_eq!(message(&with_schema("3.0.0", not.clone())), "fine");
    let message = message(&conventional(
        json!({"components": {"schemas": {"Pet": not}}}),
    ));
    assert!(message.contains("`odd` on a schema"), "{message}");
    assert!(!message.contains("thing"), "{message}");
}

#[test]
fn keywords_are_counted_once_for_each_kind_of_object() {
    let counted = with_schema(
        "3.0.0",
        json!({"type": "string", "minLength": 1, "maxLength": 2}),
    );
    let keywords = read_value(&counted)
        .unwrap_or_else(|message| panic!("{message}"))
        .keywords;
    // openapi, info, paths, components; title, version; get; responses; description; schemas; type.
    assert_eq!((keywords.used, keywords.waived), (11, 2));
    assert_eq!(keywords.to_string(), "11 used, 2 waived, 0 unknown");
}
