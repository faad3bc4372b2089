//! Conversion of OpenAPI 3.1 and older drafts to the form of OpenAPI 3.0.

use serde_json::{Value, json};

use super::{document, message, normalised, read_value, with_schema};

fn form(schema: Value) -> Value {
    normalised(&with_schema("3.1.0", schema))["components"]["schemas"]["Pet"].take()
}

#[test]
fn null_among_the_types_becomes_nullable() {
    for (schema, expected) in [
        (
            json!({"type": ["string", "null"], "format": "uuid"}),
            json!({"type": "string", "format": "uuid", "nullable": true}),
        ),
        (
            json!({"type": ["null", "object"], "properties": {"a": {}}}),
            json!({"type": "object", "properties": {"a": {}}, "nullable": true}),
        ),
        (json!({"type": "null"}), json!({"nullable": true})),
        (
            json!({"type": ["string", null]}),
            json!({"type": "string", "nullable": true}),
        ),
        (json!({"type": ["integer"]}), json!({"type": "integer"})),
        (
            json!({"anyOf": [{"type": "string"}, {"type": "null"}]}),
            json!({"anyOf": [{"type": "string"}, {"nullable": true}]}),
        ),
    ] {
        assert_eq!(form(schema.clone()), expected, "{schema}");
    }
}

#[test]
fn each_of_several_types_becomes_a_branch_with_its_own_keywords() {
    let schema = json!({
        "type": ["object", "array", "string", "null"],
        "description": "d",
        "properties": {"a": {}}, "required": ["a"],
        "items": {"type": "string"},
        "enum": ["x", 5],
    });
    assert_eq!(
        form(schema),
        json!({
            "description": "d",
            "nullable": true,
            "oneOf": [
                {"type": "object", "properties": {"a": {}}, "required": ["a"]},
                {"type": "array", "items": {"type": "string"}},
                {"type": "string", "enum": ["x"]},
            ],
        })
    );
    let integers_are_numbers = form(json!({"type": ["integer", "number"]}));
    assert_eq!(integers_are_numbers, json!({"type": "number"}));
    let branches = json!([{"type": "string"}, {"type": "number"}]);
    let said_twice = form(json!({"type": ["string", "number"], "oneOf": branches}));
    assert_eq!(said_twice, json!({"oneOf": branches}));
}

#[test]
fn a_constant_becomes_an_enum_of_one_value() {
    for (value, json_type) in [
        (json!("a"), "string"),
        (json!(5), "integer"),
        (json!(5.5), "number"),
        (json!(true), "boolean"),
    ] {
        let expected = json!({"type": json_type, "enum": [value]});
        assert_eq!(form(json!({"const": value})), expected);
    }
    let null = form(json!({"const": null}));
    assert_eq!(null, json!({"nullable": true, "enum": [null]}));
}

#[test]
fn bytes_are_recognised_by_encoding_or_media_type() {
    for (schema, format) in [
        (
            json!({"type": "string", "contentEncoding": "base64"}),
            json!("byte"),
        ),
        (
            json!({"type": "string", "contentMediaType": "application/octet-stream"}),
            json!("binary"),
        ),
        (
            json!({"type": "string", "contentMediaType": "application/json"}),
            Value::Null,
        ),
    ] {
        assert_eq!(form(schema)["format"], format);
    }
}

#[test]
fn a_tuple_of_open_length_with_equal_items_becomes_a_list() {
    let alike = json!([{"type": "number", "description": "x"}, {"type": "number"}]);
    let expected = json!({"type": "array", "items": {"type": "number", "description": "x"}});
    for schema in [
        json!({"type": "array", "prefixItems": alike}),
        json!({"type": "array", "prefixItems": alike, "items": {"type": "number"}}),
        json!({"type": "array", "items": alike}),
    ] {
        assert_eq!(form(schema.clone()), expected, "{schema}");
    }
    assert_eq!(
        form(json!({"type": "array", "items": []})),
        json!({"type": "array"})
    );
}

#[test]
fn a_tuple_of_fixed_length_keeps_the_type_of_each_position() {
    let places =
        json!([{"type": "number"}, {"type": "string"}, {"type": "number", "description": "x"}]);
    let items =
        json!({"anyOf": [{"type": "number"}, {"type": "string"}], "x-tuple-places": [0, 1, 0]});
    let expected = json!({"type": "array", "items": items});
    for schema in [
        json!({"type": "array", "prefixItems": places, "items": false}),
        json!({"type": "array", "prefixItems": places, "minItems": 3, "maxItems": 3}),
        json!({"type": "array", "prefixItems": places, "minItems": 3, "items": false}),
        json!({"type": "array", "items": places, "additionalItems": false}),
    ] {
        assert_eq!(form(schema.clone()), expected, "{schema}");
    }
    for schema in [
        json!({"type": "array", "prefixItems": places, "minItems": 2, "maxItems": 3}),
        json!({"type": "array", "prefixItems": places, "minItems": 3}),
    ] {
        assert_eq!(
            form(schema.clone())["items"]["x-tuple-places"],
            json!(null),
            "{schema}"
        );
    }
}

#[test]
fn properties_by_pattern_become_a_map() {
    let expected = json!({"type": "object", "additionalProperties": {"type": "string"}});
    for schema in [
        json!({"type": "object", "patternProperties": {"^x": {"type": "string"}}}),
        json!({"type": "object", "patternProperties": {"^x": {"type": "string"}}, "additionalProperties": false}),
        json!({"type": "object", "patternProperties": {"^x": {"type": "string"}, "^y": {"type": "string"}}}),
    ] {
        assert_eq!(form(schema.clone()), expected, "{schema}");
    }
}

#[test]
fn true_becomes_any_schema_and_false_is_removed() {
    let schema = json!({
        "properties": {"any": true, "none": false},
        "oneOf": [{"type": "string"}, false],
        "unevaluatedProperties": false,
    });
    assert_eq!(
        form(schema),
        json!({"properties": {"any": {}}, "oneOf": [{"type": "string"}]})
    );
    assert_eq!(form(json!(true)), json!({}));
}

#[test]
fn exclusive_bounds_may_be_numbers_or_booleans() {
    for bound in [json!(true), json!(5)] {
        let schema =
            json!({"type": "number", "exclusiveMinimum": bound, "exclusiveMaximum": bound});
        for version in ["3.0.0", "3.1.0"] {
            assert_eq!(message(&with_schema(version, schema.clone())), "fine");
        }
    }
}

#[test]
fn siblings_of_a_reference_are_used_in_3_1_only_and_descriptions_never() {
    let schema = json!({"properties": {
        "prose": {"$ref": "#/components/schemas/Cat", "description": "d", "x-y": 1},
        "more": {"$ref": "#/components/schemas/Cat", "description": "d", "required": ["a"]},
    }});
    assert_eq!(
        form(schema.clone())["properties"],
        json!({
            "prose": {"$ref": "#/components/schemas/Cat"},
            "more": {
                "description": "d",
                "allOf": [{"$ref": "#/components/schemas/Cat"}, {"required": ["a"]}],
            },
        })
    );
    let old = normalised(&with_schema("3.0.0", schema));
    assert_eq!(
        old["components"]["schemas"]["Pet"]["properties"]["more"],
        json!({"$ref": "#/components/schemas/Cat"})
    );
}

#[test]
fn definitions_become_components_and_their_references_are_updated() {
    let schema = json!({
        "$defs": {
            "Cat": {"type": "object", "properties": {"kitten": {"$ref": "#/components/schemas/Pet/$defs/Cat"}}},
            "Dog": {"type": "string"},
        },
        "properties": {
            "cat": {"$ref": "#/components/schemas/Pet/$defs/Cat"},
            "deep": {"$ref": "#/components/schemas/Pet/$defs/Cat/properties/kitten"},
            "dog": {"$ref": "#/components/schemas/Pet/$defs/Dog"},
        },
    });
    let mut document = with_schema("3.1.0", schema);
    document["components"]["schemas"]["Dog"] = json!({"type": "number"});
    assert_eq!(
        normalised(&document)["components"]["schemas"],
        json!({
            "Pet": {"properties": {
                "cat": {"$ref": "#/components/schemas/Cat"},
                "deep": {"$ref": "#/components/schemas/Cat/properties/kitten"},
                "dog": {"$ref": "#/components/schemas/Dog_2"},
            }},
            "Dog": {"type": "number"},
            "Cat": {"type": "object", "properties": {"kitten": {"$ref": "#/components/schemas/Cat"}}},
            "Dog_2": {"type": "string"},
        })
    );
}

#[test]
fn a_reference_to_a_path_item_component_is_replaced_by_it() {
    let item = json!({"get": {"responses": {}}});
    let document = document(
        "3.1.0",
        json!({
            "paths": {"/a": {"$ref": "#/components/pathItems/again"}},
            "components": {"pathItems": {
                "one/two": item,
                "again": {"$ref": "#/components/pathItems/one~1two"},
                "circle": {"$ref": "#/components/pathItems/circle"},
            }},
        }),
    );
    let normalised = normalised(&document);
    assert_eq!(normalised["paths"]["/a"], item);
    assert_eq!(normalised["components"].get("pathItems"), None);
}

#[test]
fn the_rest_of_a_3_1_document_is_read_or_waived() {
    let document = document(
        "3.1.0",
        json!({
            "jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base",
            "info": {"summary": "s", "license": {"name": "MIT", "identifier": "MIT"}},
            "webhooks": {"pet": {"post": {"requestBody": {"content": {}}}}},
            "paths": {"/pets": {"put": {}}},
            "components": {"schemas": {"Pet": {
                "$comment": "c", "$id": "i", "$anchor": "a", "type": "string", "examples": ["a"],
                "contains": {"type": "string"}, "dependentRequired": {"a": ["b"]}, "contentSchema": {},
            }}},
        }),
    );
    let read = read_value(&document).unwrap_or_else(|message| panic!("{message}"));
    assert_eq!(read.document.paths.paths.len(), 1);
}

#[test]
fn empty_values_in_yaml_are_read_as_absent() {
    let schema =
        json!({"type": "string", "description": null, "properties": null, "default": null});
    assert_eq!(form(schema), json!({"type": "string"}));
}
