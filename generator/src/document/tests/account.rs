//! Every keyword is accounted for.

use serde_json::json;

use super::{conventional, document, read, read_text, read_value, said, settled, with_schema};
use crate::source::{Companion, Options, Source};

#[test]
fn a_keyword_that_nobody_knows_is_an_error_with_its_place_and_the_action_that_removes_it() {
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
    insta::assert_snapshot!(said(&conventional(extra)));
}

#[test]
fn a_keyword_that_nobody_knows_is_a_warning_where_no_conventions_hold() {
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
        said(&document("3.1.0", json!({"webhooks": webhooks}))),
        "fine"
    );
}

#[test]
fn the_action_that_an_error_prints_is_one_that_helps() {
    let unknown = conventional(json!({
        "paths": {"/pets": {"get": {"x-new": "text", "it's": 1}}},
        "components": {"schemas": {
            "Pet": {"x-other": [], "properties": {"x": {"x-other": {}}}, "odd": [1]},
        }},
    }));
    let said = said(&unknown);
    let mut overlay = String::from("overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n");
    for line in said.lines() {
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
fn an_extension_is_accounted_for_where_the_conventions_hold_and_waived_by_rule_elsewhere() {
    let extra = json!({
        "x-anything": {"deep": [1]},
        "paths": {"/pets": {"x-anything": 1, "get": {"x-anything": null}}, "x-anything": true},
    });
    insta::assert_snapshot!(said(&conventional(extra.clone())));
    assert_eq!(said(&document("3.0.0", extra)), "fine");
}

#[test]
fn extensions_that_seam_has_had_are_known_wherever_they_stand() {
    let extensions = json!({
        "x-fern-sdk-group-name": ["pets"], "x-fern-availability": "beta", "x-response-key": null,
        "x-title": "t", "x-batch-type": "b", "x-enums": {}, "x-route-path": "/pets",
    });
    let mut seam = conventional(json!({"components": {"schemas": {"Pet": extensions.clone()}}}));
    super::merge(&mut seam["paths"]["/pets"]["get"], extensions);
    assert_eq!(said(&seam), "fine");
}

#[test]
fn with_the_option_an_unknown_keyword_is_left_out_and_counted() {
    let unknown = conventional(json!({
        "x-new": 1,
        "paths": {"/pets": {"get": {"x-new": 1, "novel": 2}}},
        "components": {"schemas": {"Pet": {"novel": 1}, "Cat": {"novel": 1}}},
    }));
    let options = Options {
        allow_unknown_keywords: true,
        ..Options::default()
    };
    let read = read_text(&unknown.to_string(), options).unwrap_or_else(|said| panic!("{said}"));
    insta::assert_snapshot!(read.keywords);
    let extensions = read.document.extensions;
    assert!(extensions.is_empty(), "{extensions:?}");
}

#[test]
fn the_option_allows_nothing_that_would_be_a_wrong_type() {
    let schema = json!({"type": "object", "nullable": "yes", "odd": 1});
    let wrong = conventional(json!({"components": {"schemas": {"Pet": schema}}}));
    let options = Options {
        allow_unknown_keywords: true,
        ..Options::default()
    };
    let said = read_text(&wrong.to_string(), options).err().unwrap();
    assert!(said.contains("/components/schemas/Pet/nullable"), "{said}");
    assert!(!said.contains("odd"), "{said}");
}

#[test]
fn names_and_data_are_no_keywords() {
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
    assert_eq!(said(&data), "fine");
}

#[test]
fn what_is_waived_is_gone_before_anything_could_use_it() {
    let schema = json!({
        "type": "string", "minLength": 1, "default": "a", "example": "b", "x-vendor": 1,
        "externalDocs": {"url": "https://example.com"},
    });
    let settled = settled(&with_schema("3.0.0", schema));
    assert_eq!(
        settled["components"]["schemas"]["Pet"],
        json!({"type": "string"})
    );
}

#[test]
fn nothing_in_what_is_waived_can_be_wrong_but_its_keywords_are_known() {
    let waived = document(
        "3.0.0",
        json!({"servers": "here", "security": 1, "externalDocs": {"url": 5}}),
    );
    assert_eq!(said(&waived), "fine");
    let not = json!({"not": {"type": "thing", "odd": true}});
    assert_eq!(said(&with_schema("3.0.0", not.clone())), "fine");
    let said = said(&conventional(
        json!({"components": {"schemas": {"Pet": not}}}),
    ));
    assert!(said.contains("`odd` on a schema"), "{said}");
    assert!(!said.contains("thing"), "{said}");
}

#[test]
fn keywords_are_counted_once_for_each_kind_of_object() {
    let counted = with_schema(
        "3.0.0",
        json!({"type": "string", "minLength": 1, "maxLength": 2}),
    );
    let keywords = read_value(&counted)
        .unwrap_or_else(|said| panic!("{said}"))
        .keywords;
    // openapi, info, paths, components; title, version; get; responses; description; schemas; type.
    assert_eq!((keywords.used, keywords.waived), (11, 2));
    assert_eq!(keywords.to_string(), "11 used, 2 waived, 0 unknown");
}
