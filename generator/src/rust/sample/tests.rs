use std::collections::HashMap;

use serde_json::json;

use super::super::tests::{plan, plant};
use super::{EARLIER_TIME, LATER_TIME, Sample, argument, is_alternative, number, text};
use crate::model::Api;
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
fn the_longest_known_ending_of_a_name_chooses_its_text() {
    let api = Api {
        example_texts: &[("name", "Greenhouse"), ("badge_code", "1234")],
        ..Api::default()
    };
    assert_eq!(text(&api, "door_name"), "Greenhouse");
    assert_eq!(text(&api, "user_name"), "jane");
    assert_eq!(text(&api, "new_badge_code"), "1234");
    assert_eq!(text(&Api::default(), "door_name"), "Example");
    // The code of something else names a kind, and a part of a word is no word.
    assert_eq!(text(&api, "error_code"), "error_code");
    assert_eq!(text(&api, "rename"), "rename");
}

#[test]
fn the_end_of_something_is_later_than_other_times() {
    let api = Api::default();
    assert_eq!(text(&api, "starts_at"), EARLIER_TIME);
    assert_eq!(text(&api, "ends_at"), LATER_TIME);
}

#[test]
fn a_number_is_chosen_by_a_word_of_the_name() {
    assert_eq!(number("min_celsius_limit"), "100");
    assert_eq!(number("duration_minutes"), "30");
    assert_eq!(number("count"), "1");
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
