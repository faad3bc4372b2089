use super::super::tests::{names, object, received, shape};
use super::merge_docs;
use crate::model::{Api, Docs};

/// A thing of two kinds that both have the property `it`, each with a schema of its own.
fn joined(one: &str, other: &str) -> Api {
    let branch = |kind: &str, it: &str| {
        format!(
            "{{ type: object, required: [kind, it], properties: {{ kind: {{ enum: [{kind}] }}, it: {it} }} }}"
        )
    };
    received(&format!(
        "thing: {{ oneOf: [{}, {}] }}",
        branch("a", one),
        branch("b", other)
    ))
}

/// The type of the property, in a few words.
fn it(one: &str, other: &str) -> String {
    let api = joined(one, other);
    shape(&api, &object(&api, "thing").fields[1].ty)
}

#[test]
fn objects_together_have_all_properties_and_require_what_all_require() {
    let api = joined(
        "{ type: object, required: [a, b], properties: { a: { type: string }, b: { type: string } } }",
        "{ type: object, required: [a], properties: { a: { type: string }, c: { type: string } } }",
    );
    assert_eq!(names(object(&api, "it")), ["a", "b?", "c?"]);
}

#[test]
fn enums_together_list_the_values_of_all_unless_one_takes_any_text() {
    let x = "{ type: string, enum: [x] }";
    assert_eq!(it(x, "{ type: string, enum: [y, x] }"), "one of x, y");
    assert_eq!(it(x, "{ type: string }"), "String");
}

#[test]
fn lists_and_maps_together_hold_what_any_of_them_holds() {
    let list = |of: &str| format!("{{ type: array, items: {of} }}");
    let map = |of: &str| format!("{{ type: object, additionalProperties: {of} }}");
    let [x, y] = ["x", "y"].map(|value| format!("{{ type: string, enum: [{value}] }}"));
    assert_eq!(it(&list(&x), &list(&y)), "list of one of x, y");
    assert_eq!(it(&map(&x), &map(&y)), "map of one of x, y");
}

#[test]
fn what_is_of_different_json_types_is_told_by_them() {
    let text = "{ type: string }";
    assert_eq!(
        it(text, "{ type: array, items: { type: integer } }"),
        "by type: String, list of Integer"
    );
}

#[test]
fn null_in_one_place_makes_all_of_them_nullable() {
    let api = joined("{ enum: [null] }", "{ type: string }");
    let field = &object(&api, "thing").fields[1];
    assert_eq!(shape(&api, &field.ty), "String");
    assert!(field.presence.nullable);
}

#[test]
fn unions_that_one_tag_tells_are_one_union_with_all_their_values() {
    let union = |kinds: [&str; 2]| {
        let branches = kinds.map(|kind| {
            format!("{{ type: object, required: [kind], properties: {{ kind: {{ enum: [{kind}] }}, {kind}: {{ type: string }} }} }}")
        });
        format!("{{ oneOf: [{}] }}", branches.join(", "))
    };
    let api = joined(&union(["x", "y"]), &union(["y", "z"]));
    let it = object(&api, "it");
    assert_eq!(
        shape(&api, &it.fields[0].ty),
        "x(x: String) | y(y: String) | z(z: String)"
    );
}

#[test]
fn a_description_is_what_most_places_say_and_a_mark_is_what_all_have() {
    let docs = |description: &str, deprecated: Option<&str>| Docs {
        description: Some(description.to_owned()),
        deprecated: deprecated.map(str::to_owned),
        ..Docs::default()
    };
    let some = merge_docs(vec![
        docs("One.", Some("Old.")),
        docs("Another.", None),
        docs("Another.", Some("Old.")),
    ]);
    assert_eq!(some.description.as_deref(), Some("Another."));
    assert_eq!(some.deprecated, None);
    let all = merge_docs(vec![
        docs("One.", Some("Old.")),
        docs("One.", Some("Gone.")),
    ]);
    assert_eq!(all.deprecated.as_deref(), Some("Old."));
}
