//! Any document gives Rust or an error, never a panic.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};

use crate::generate::generate;
use crate::source::{Companion, Options, Source};

/// Returns a small document with every kind of object.
fn seed() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Small", "version": "1"},
        "servers": [{"url": "https://example.com"}],
        "paths": {
            "/pets/{id}": {
                "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
                "get": {
                    "summary": "/pets/{id}", "tags": ["pets"], "operationId": "getPet", "x-response-key": "pet",
                    "parameters": [
                        {"$ref": "#/components/parameters/page"},
                        {"name": "h", "in": "header", "style": "simple", "schema": {"type": "array", "items": {"type": "string"}}},
                    ],
                    "responses": {
                        "200": {"description": "OK", "headers": {"x-h": {"schema": {"type": "integer"}}}, "content": {
                            "application/json": {"schema": {"type": "object", "required": ["ok"], "properties": {
                                "ok": {"type": "boolean", "const": true}, "pet": {"$ref": "#/components/schemas/Pet"},
                            }}},
                        }},
                        "default": {"$ref": "#/components/responses/Failure"},
                    },
                },
                "post": {
                    "summary": "/pets/{id}",
                    "requestBody": {"required": true, "content": {"application/json": {"schema": {"oneOf": [
                        {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}},
                        {"type": "object", "required": ["b"], "properties": {"b": {"type": ["integer", "null"]}}},
                    ]}}}},
                    "responses": {"2XX": {"description": "OK"}},
                },
            },
            "/again": {"$ref": "#/components/pathItems/again"},
        },
        "components": {
            "pathItems": {"again": {"get": {"responses": {}}}},
            "parameters": {"page": {"name": "page", "in": "query", "schema": {"type": "integer", "default": 1}}},
            "responses": {"Failure": {"description": "no", "content": {"application/json": {"schema": {}}}}},
            "schemas": {
                "Pet": {
                    "allOf": [{"$ref": "#/components/schemas/Named"}, {"type": "object", "properties": {
                        "kind": {"type": "string", "enum": ["cat", "dog", null]},
                        "friends": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}},
                        "between": {"prefixItems": [{"type": "number"}, {"type": "number"}]},
                        "more": {"type": "object", "additionalProperties": {"type": "string"}},
                    }}],
                    "discriminator": {"propertyName": "kind", "mapping": {"cat": "#/components/schemas/Cat"}},
                },
                "Named": {"type": "object", "required": ["name"], "properties": {
                    "name": {"type": "string", "format": "uuid", "description": "Its *name*."},
                    "own": {"$ref": "#/components/schemas/Named/$defs/Own"},
                }, "$defs": {"Own": {"type": ["string", "integer"]}}},
                "Cat": {"oneOf": [{"$ref": "#/components/schemas/Named"}, {"type": "string"}], "title": "Cat"},
            },
        },
    })
}

fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let key = key.replace('~', "~0").replace('/', "~1");
                places(value, &format!("{at}/{key}"), found);
            }
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                places(value, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

#[derive(Debug, Clone)]
enum Mutation {
    Remove,
    Replace(Value),
    /// Replace the value by a copy of another one.
    Copy(usize),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let values = prop::sample::select(vec![
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(-1.5),
        json!(""),
        json!("string"),
        json!("#/components/schemas/Pet"),
        json!("/"),
        json!([]),
        json!([null]),
        json!(["null"]),
        json!([{}]),
        json!({}),
        json!({"$ref": "#/components/schemas/Cat"}),
        json!({"$ref": "#/components/schemas/Named/$defs/Own"}),
        json!({"$ref": "#/paths/~1again"}),
        json!({"$ref": ""}),
        json!({"a": {}}),
    ]);
    prop_oneof![
        Just(Mutation::Remove),
        values.prop_map(Mutation::Replace),
        any::<usize>().prop_map(Mutation::Copy),
    ]
}

fn mutate(document: &mut Value, at: usize, mutation: &Mutation) {
    let mut found = Vec::new();
    places(document, "", &mut found);
    let pointer = &found[at % found.len()];
    let new = match mutation {
        Mutation::Replace(value) => value.clone(),
        Mutation::Copy(from) => {
            let from = &found[from % found.len()];
            document.pointer(from).cloned().unwrap_or_default()
        }
        Mutation::Remove => {
            let Some((parent, last)) = pointer.rsplit_once('/') else {
                return;
            };
            let last = last.replace("~1", "/").replace("~0", "~");
            match document.pointer_mut(parent) {
                Some(Value::Object(map)) => {
                    map.shift_remove(&last);
                }
                Some(Value::Array(list)) => {
                    let index: usize = last.parse().unwrap();
                    list.remove(index);
                }
                _ => {}
            }
            return;
        }
    };
    if let Some(value) = document.pointer_mut(pointer) {
        *value = new;
    }
}

fn source(text: &str) -> Source<'_> {
    Source {
        document: text,
        name: "mutated.json",
        overlay: None,
        names: None,
        client: None,
        files: None,
    }
}

#[test]
fn the_document_before_mutation_is_valid() {
    let text = seed().to_string();
    if let Err(errors) = generate(&source(&text), Options::default()) {
        panic!("{errors}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn no_mutation_of_a_document_is_a_panic_and_each_error_has_a_problem(
        conventional in any::<bool>(),
        mutations in prop::collection::vec((any::<usize>(), mutation()), 1..4),
    ) {
        let mut document = seed();
        if conventional {
            // A remaining reference is named by its path.
            document["paths"].as_object_mut().unwrap().shift_remove("/again");
        }
        for (at, mutation) in &mutations {
            mutate(&mut document, *at, mutation);
        }
        let text = document.to_string();
        if let Err(errors) = generate(&source(&text), Options::default()) {
            prop_assert!(!errors.problems.is_empty());
            // The checks before must find each mistake, because messages of openapiv3 do not help.
            let message = errors.to_string();
            prop_assert!(!message.contains("an entry of OpenAPI 3.0"), "{message}\n{document:#}");
            prop_assert!(!message.contains("an OpenAPI 3.0 document"), "{message}\n{document:#}");
        }
    }

    #[test]
    fn no_text_that_is_cut_off_is_a_panic(end in any::<usize>()) {
        let mut text = seed().to_string();
        text.truncate(end % text.len());
        prop_assert!(generate(&source(&text), Options::default()).is_err());
    }

    #[test]
    fn no_overlay_is_a_panic(
        target in "[$@.*\\[\\]'a-z/0-9?()]{0,12}",
        update in prop_oneof![Just("{}"), Just("[]"), Just("5"), Just("{paths: 1}")],
    ) {
        let overlay = json!({
            "overlay": "1.0.0", "info": {"title": "t", "version": "1"},
            "actions": [{"target": target, "description": "d", "update": update}],
        });
        let (text, overlay) = (seed().to_string(), overlay.to_string());
        let overlay = Some(Companion { text: &overlay, name: "overlay.json" });
        let _ = generate(&Source { overlay, ..source(&text) }, Options::default());
    }
}
