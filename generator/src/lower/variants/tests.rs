use super::super::tests::{model, names, object, properties, received, seam_call};
use crate::model::Api;

/// A received thing that is one of these: the value of its `kind`, what it requires besides, and its other properties.
fn thing(branches: &[[&str; 3]]) -> Api {
    let branch = |[kind, required, properties]: &[&str; 3]| {
        format!(
            "{{ type: object, required: [kind, {required}], properties: {{ kind: {{ enum: [{kind}] }}, {properties} }} }}"
        )
    };
    let branches: Vec<String> = branches.iter().map(branch).collect();
    received(&format!(
        "thing: {{ oneOf: [{}], discriminator: {{ propertyName: kind }} }}",
        branches.join(", ")
    ))
}

#[test]
fn what_every_branch_has_is_a_field_and_the_rest_is_in_the_variants() {
    let api = thing(&[
        ["a", "at", "at: { type: string }, size: { type: integer }"],
        ["b", "at", "at: { type: string }"],
    ]);
    assert_eq!(
        properties(&api, "thing"),
        ["kind: a(size: Integer) | b()", "at: String"]
    );
}

#[test]
fn a_field_is_required_if_every_branch_requires_it_and_a_variant_knows_that_it_does() {
    let api = thing(&[
        ["a", "at", "at: { type: string }"],
        ["b", "", "at: { type: string }"],
    ]);
    let thing = object(&api, "thing");
    assert_eq!(names(thing), ["kind", "at?"]);
    let (_, _, variants) = thing.tag(&api.types).unwrap();
    assert_eq!(variants.variants[0].requires, ["at"]);
    assert!(variants.variants[1].requires.is_empty());
}

#[test]
fn a_property_of_several_variants_has_one_type_with_what_any_of_them_has() {
    let detail = |name: &str| {
        format!("detail: {{ type: object, properties: {{ {name}: {{ type: string }} }} }}")
    };
    let api = thing(&[
        ["a", "", &detail("x")],
        ["b", "", &detail("y")],
        ["c", "", ""],
    ]);
    assert_eq!(
        properties(&api, "thing"),
        ["kind: a(detail: object detail) | b(detail: object detail) | c()"]
    );
    assert_eq!(names(object(&api, "detail")), ["x?", "y?"]);
}

#[test]
fn branches_of_one_value_are_one_variant() {
    let api = thing(&[
        ["a", "", "x: { type: string }"],
        ["a", "", "y: { type: string }"],
        ["b", "", ""],
    ]);
    assert_eq!(
        properties(&api, "thing"),
        ["kind: a(x: String, y: String) | b()"]
    );
}

#[test]
fn the_branch_that_may_lack_the_tag_is_the_last_variant() {
    let api = received(
        "
thing:
  oneOf:
    - { type: object, properties: { kind: { enum: [a] }, x: { type: string } } }
    - { type: object, required: [kind], properties: { kind: { enum: [b] } } }",
    );
    assert_eq!(
        properties(&api, "thing"),
        ["kind: a(x: String) | b() | none(x: String)"]
    );
    assert_eq!(names(object(&api, "thing")), ["kind?"]);
}

#[test]
fn unions_with_a_tag_of_one_name_share_only_what_all_of_them_have() {
    let branch = |code: &str, more: &str| {
        format!(
            "{{ type: object, required: [code, text{more}], properties: {{ code: {{ enum: [{code}] }}, text: {{ type: string }}, at: {{ type: string }} }} }}"
        )
    };
    let union = |branches: [String; 2]| {
        format!(
            "{{ discriminator: {{ propertyName: code }}, oneOf: [{}] }}",
            branches.join(", ")
        )
    };
    let schemas = format!(
        "
door_error: {}
lock_error: {{ discriminator: {{ propertyName: code }}, oneOf: [{{ type: object, required: [code, text], properties: {{ code: {{ enum: [c] }}, text: {{ type: string }} }} }}] }}
door: {{ type: object, properties: {{ error: {{ $ref: '#/components/schemas/door_error' }}, lock_error: {{ $ref: '#/components/schemas/lock_error' }} }} }}",
        union([branch("a", ", at"), branch("b", ", at")])
    );
    let door = "{ $ref: '#/components/schemas/door' }";
    let api = model(&seam_call("post /doors/get", "", "door", door), &schemas).unwrap();
    assert_eq!(
        properties(&api, "door_error"),
        ["code: a(at: String) | b(at: String)", "text: String"]
    );
}
