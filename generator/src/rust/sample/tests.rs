use std::collections::HashMap;

use serde_json::json;

use super::super::tests::{plan, plant};
use super::{Sample, argument, is_alternative};
use crate::rust::scope::Scope;

/// An example value of the property `it` of a call.
fn it(schema: &str, others: &[&str]) -> Option<Sample> {
    let unused = "unused: { type: string }";
    plan(
        &[&plant(&format!("it: {schema}"))],
        &[others, &[unused]].concat(),
        |plan| {
            let scope = Scope::outside(plan, HashMap::new());
            let (_, endpoint) = plan.api.endpoints()[0];
            let param = endpoint.params().next().unwrap();
            argument(&scope, &param.ty, &param.name)
        },
    )
}

#[test]
fn two_units_of_one_value_are_alternatives_and_so_are_two_keys() {
    assert!(is_alternative(
        "temperature_celsius",
        "temperature_fahrenheit"
    ));
    assert!(is_alternative("device_id", "space_ids"));
    assert!(!is_alternative("name", "code"));
}

#[test]
fn an_object_has_what_it_requires_or_else_two_of_its_properties() {
    let thing = |required: &str| {
        let thing = format!(
            "thing: {{ type: object{required}, properties: {{ name: {{ type: string }}, size: {{ type: integer }}, flag: {{ type: boolean }} }} }}"
        );
        it("{ $ref: '#/components/schemas/thing' }", &[&thing]).unwrap()
    };
    let least = thing(", required: [flag]");
    assert_eq!(least.code, "garden::Thing::new(true)");
    assert_eq!(least.json, json!({"flag": true}));
    let two = thing("");
    assert_eq!(two.code, "garden::Thing::new().name(\"Example\").size(1)");
    assert_eq!(two.json, json!({"name": "Example", "size": 1}));
}

#[test]
fn an_object_that_requires_a_list_of_itself_has_no_example() {
    let tree = "tree: { type: object, required: [all], properties: { all: { type: array, items: { $ref: '#/components/schemas/tree' } } } }";
    assert!(it("{ $ref: '#/components/schemas/tree' }", &[tree]).is_none());
}

#[test]
fn a_branch_of_a_union_is_sent_with_its_tag() {
    let union = "{ oneOf: [{ type: object, required: [kind, size], properties: { kind: { enum: [big] }, size: { type: integer } } }, { type: object, required: [kind], properties: { kind: { enum: [small] } } }] }";
    let sample = it(union, &[]).unwrap();
    assert_eq!(sample.json, json!({"kind": "big", "size": 1}));
}

#[test]
fn a_nested_list_or_map_has_exactly_its_type() {
    let code = |schema: &str| it(schema, &[]).unwrap().code;
    assert_eq!(
        code("{ type: array, items: { type: array, items: { type: number } } }"),
        "[vec![1.0]]"
    );
    assert_eq!(
        code(
            "{ type: array, items: { type: object, additionalProperties: { type: array, items: { type: string } } } }"
        ),
        "[std::collections::BTreeMap::from([(\"key\".to_owned(), vec![\"value\".to_owned()])])]"
    );
    assert_eq!(
        code("{ type: object, additionalProperties: { type: string } }"),
        "[(\"key\", \"value\")]"
    );
}
