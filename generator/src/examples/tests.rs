use std::collections::HashSet;

use serde_json::{Value, json};

use crate::dialect;

use super::{Examples, Expected};

fn of(schema: Value) -> Vec<(String, Value, Expected)> {
    let examples = Examples::new(
        json!({
            "schema": schema,
            "components": {"schemas": {"node": {
                "type": "object",
                "properties": {"next": {"$ref": "#/components/schemas/node"}, "name": {"type": "string"}},
                "required": ["name"],
            }}},
        }),
        dialect::rest(),
    );
    let found = examples.of("/schema").into_iter();
    found
        .map(|example| (example.name, example.json, example.expected))
        .collect()
}

fn named(schema: Value, name: &str) -> (Value, Expected) {
    let found = of(schema).into_iter().find(|(found, ..)| found == name);
    let (_, json, expected) = found.unwrap_or_else(|| panic!("no example is {name}"));
    (json, expected)
}

/// Returns the names of the examples that depart from a schema.
fn departing_from(schema: Value) -> HashSet<String> {
    let found = of(schema).into_iter();
    let departing = found.filter(|(.., expected)| expected.departs.is_some());
    departing.map(|(name, ..)| name).collect()
}

fn lock() -> Value {
    json!({
        "type": "object",
        "properties": {
            "id": {"type": "string", "format": "uuid"},
            "state": {"type": "string", "enum": ["open", "shut"]},
            "codes": {"type": "array", "items": {"type": "string"}},
            "name": {"type": "string", "nullable": true},
        },
        "required": ["id"],
    })
}

#[test]
fn a_text_has_no_value_of_another_type() {
    let value = |schema: Value| of(schema)[0].1.clone();
    assert_eq!(
        value(json!({"type": "string", "enum": [969, "4:3"]})),
        "4:3"
    );
    assert!(value(json!({"type": "string", "enum": [969, 556]})).is_string());
    assert_eq!(value(json!({"type": "integer", "enum": [969]})), 969);
}

#[test]
fn the_smallest_value_has_required_properties_and_the_fullest_all() {
    let (smallest, _) = named(lock(), "the smallest, variation 0");
    let (fullest, _) = named(lock(), "the fullest, variation 0");
    let id = "5ea3d00d-0000-4000-8000-000000000001";
    assert_eq!(smallest, json!({"id": id}));
    assert_eq!(
        fullest,
        json!({"id": id, "state": "open", "codes": ["text"], "name": "text"})
    );
    let (nulls, expected) = named(lock(), "the fullest, with nulls");
    assert_eq!(nulls["name"], Value::Null);
    assert_eq!(expected, Expected::default());
}

#[test]
fn each_deviation_has_its_place_and_says_what_is_kept() {
    let at = |place: &str| Some(place.to_owned());
    let expected = |departs, lost| Expected { departs, lost };
    for (name, due) in [
        (
            "the fullest with an unknown property",
            expected(None, at("/property_unheard_of")),
        ),
        ("the fullest without id", expected(at("/id"), at("/id"))),
        ("the fullest without name", expected(None, None)),
        ("the fullest with id null", expected(at("/id"), at("/id"))),
        ("the fullest with name null", expected(None, None)),
        (
            "the fullest with state unheard of",
            expected(at("/state"), None),
        ),
        (
            "the fullest with codes of another type",
            expected(at("/codes"), at("/codes")),
        ),
        (
            "the fullest with a bad item in codes",
            expected(at("/codes/1"), at("/codes/1")),
        ),
    ] {
        assert_eq!(named(lock(), name).1, due, "{name}");
    }
}

#[test]
fn every_branch_and_every_value_has_an_example() {
    let union = json!({"oneOf": [
        {"type": "object", "properties": {"kind": {"type": "string", "enum": ["a"]}}, "required": ["kind"]},
        {"allOf": [{"type": "object", "properties": {"kind": {"enum": ["b"]}}}, {"type": "object", "required": ["kind"]}]},
    ]});
    let values: Vec<Value> = of(union).into_iter().map(|(_, json, _)| json).collect();
    assert!(values.contains(&json!({"kind": "a"})), "{values:?}");
    assert!(values.contains(&json!({"kind": "b"})), "{values:?}");

    let values: Vec<Value> = of(json!({"type": "string", "enum": ["x", "y", "z"]}))
        .into_iter()
        .map(|(_, json, _)| json)
        .collect();
    assert_eq!(
        values,
        [json!("x"), json!("y"), json!("z"), json!("unheard of")]
    );
}

#[test]
fn a_value_that_another_branch_allows_is_not_a_deviation() {
    let text = json!({"type": "string"});
    let names = json!({"type": "array", "items": {"type": "string"}});
    let union = json!({"oneOf": [
        {"type": "object", "properties": {"id": text, "name": text, "names": names}, "required": ["id"]},
        {"type": "object", "properties": {"name": {"type": "number"}, "names": names}},
    ]});
    let departing = departing_from(union);
    assert!(departing.contains("branch 0 with id null"));
    assert!(
        !departing.contains("branch 0 without id"),
        "the other has none"
    );
    assert!(departing.contains("branch 0 with a bad item in names"));
    assert!(departing.contains("branch 1 with name null"));
    assert!(!departing.contains("branch 0 with name of another type"));

    let either = json!({"oneOf": [
        {"type": "object", "properties": {"id": text}, "required": ["id"]},
        {"type": "object", "properties": {}},
    ]});
    assert!(departing_from(either).is_empty());
}

#[test]
fn a_recursive_schema_has_a_finite_value() {
    let (fullest, _) = named(
        json!({"$ref": "#/components/schemas/node"}),
        "the fullest, variation 0",
    );
    assert_eq!(fullest, json!({"next": {"name": "text"}, "name": "text"}));
    let infinite = json!({"type": "array", "minItems": 1, "items": {"$ref": "#/schema"}});
    assert!(!of(infinite).is_empty());
}

#[test]
fn a_schema_that_is_recursive_by_all_of_has_a_finite_value() {
    let inner = json!({"allOf": [
        {"$ref": "#/components/schemas/node"},
        {"properties": {"inner": {"$ref": "#/schema"}, "also": {"$ref": "#/schema"}}},
    ]});
    let (fullest, _) = named(inner, "the fullest, variation 0");
    assert_eq!(fullest["inner"]["name"], "text");
}

#[test]
fn likely_values_have_required_properties_and_each_optional_one_in_some() {
    let examples = Examples::new(json!({"schema": lock()}), dialect::rest());
    let likely = examples.likely("/schema", 6);
    assert_eq!(likely.len(), 6);
    for name in ["state", "codes", "name"] {
        let with = likely.iter().filter(|value| value.get(name).is_some());
        assert_eq!(with.count(), 2, "{name}");
    }
    assert!(likely.iter().all(|value| value.get("id").is_some()));
    let with_state = likely.iter().filter_map(|value| value.get("state"));
    assert_eq!(with_state.collect::<Vec<_>>(), ["open", "shut"]);
    assert!(examples.likely("/none", 6).is_empty());
}

#[test]
fn without_a_tag_only_deviations_from_all_branches_are_made() {
    let with = |names: [&str; 3]| {
        let text = json!({"type": "string"});
        let properties: serde_json::Map<String, Value> = names
            .iter()
            .map(|name| ((*name).to_owned(), text.clone()))
            .collect();
        json!({"type": "object", "properties": properties, "required": names})
    };
    let union =
        json!({"oneOf": [with(["id", "x", "y"]), with(["id", "y", "z"]), with(["id", "x", "z"])]});
    let departing = departing_from(union);
    assert!(departing.contains("branch 0 without id"));
    assert!(departing.contains("branch 0 with x null"));
    assert!(
        !departing.contains("branch 0 without x"),
        "one branch has no x"
    );
}

#[test]
fn an_object_without_the_tag_is_the_branch_that_lacks_it() {
    let text = json!({"type": "string"});
    let departing = departing_from(json!({"discriminator": {"propertyName": "kind"}, "oneOf": [
        {"type": "object", "properties": {"kind": {"enum": ["a"]}, "name": text}, "required": ["kind", "name"]},
        {"type": "object", "properties": {"message": text}, "required": ["message"]},
    ]}));
    assert!(departing.contains("branch 0 without name"));
    assert!(departing.contains("branch 1 without message"));
    assert!(
        !departing.contains("branch 0 without kind"),
        "{departing:?}"
    );
}

#[test]
fn a_discriminator_selects_a_component_by_its_mapping_or_its_name() {
    let node = json!({"$ref": "#/components/schemas/node"});
    for (mapping, kind) in [
        (json!({}), "node"),
        (json!({"knot": "#/components/schemas/node"}), "knot"),
    ] {
        let discriminator = json!({"propertyName": "kind", "mapping": mapping});
        let union = json!({"discriminator": discriminator, "oneOf": [node]});
        let (fullest, _) = named(union, "the fullest, variation 0");
        assert_eq!(fullest["kind"], kind);
    }
}

#[test]
fn a_value_that_a_branch_with_any_tag_allows_is_not_a_deviation() {
    let text = json!({"type": "string"});
    let branch = |kind: Value| json!({"type": "object", "properties": {"kind": kind, "name": text}, "required": ["kind", "name"]});
    let departing = departing_from(json!({"discriminator": {"propertyName": "kind"}, "oneOf": [
        branch(json!({"enum": ["a"]})),
        branch(json!({"enum": ["b"]})),
        branch(text.clone()),
    ]}));
    assert!(departing.contains("branch 0 with name null"));
    assert!(
        !departing.iter().any(|name| name.contains("kind")),
        "{departing:?}"
    );
    assert!(!departing.iter().any(|name| name.starts_with("branch 2")));
}
