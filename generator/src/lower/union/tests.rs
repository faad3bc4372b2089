use super::super::tests::{names, object, properties, received, shape};
use crate::model::{Api, Field};

/// A received thing whose property `it` is one of these.
fn thing(branches: &[&str]) -> Api {
    received(&format!(
        "thing: {{ type: object, properties: {{ it: {{ oneOf: [{}] }} }} }}",
        branches.join(", ")
    ))
}

/// Returns the property `it` with its type, if it is one of these.
pub(super) fn property_of(branches: &[&str]) -> String {
    properties(&thing(branches), "thing").swap_remove(0)
}

fn property(api: &Api) -> &Field {
    &object(api, "thing").fields[0]
}

fn it(branches: &[&str]) -> String {
    let api = thing(branches);
    shape(&api, &property(&api).ty)
}

#[test]
fn null_among_the_branches_makes_the_property_nullable() {
    for null in ["{ nullable: true }", "{ enum: [null] }"] {
        let api = thing(&["{ type: integer }", null]);
        assert_eq!(shape(&api, &property(&api).ty), "Integer", "{null}");
        assert!(property(&api).presence.nullable, "{null}");
    }
}

#[test]
fn texts_are_an_enum_only_where_every_branch_lists_its_values() {
    let [x, y] = [
        "{ type: string, enum: [x] }",
        "{ type: string, enum: [x, y] }",
    ];
    assert_eq!(it(&[x, y]), "one of x, y");
    assert_eq!(it(&[x, "{ type: string }"]), "String");
}

#[test]
fn texts_have_a_format_only_where_every_branch_has_it() {
    let time = "{ type: string, format: date-time }";
    assert_eq!(it(&[time, time]), "DateTime");
    assert_eq!(it(&[time, "{ type: string }"]), "String");
}

#[test]
fn numbers_are_whole_only_where_every_branch_is() {
    let whole = "{ type: integer, minimum: 1 }";
    assert_eq!(it(&[whole, "{ type: integer }"]), "Integer");
    assert_eq!(it(&[whole, "{ type: number }"]), "Number");
}

#[test]
fn objects_that_nothing_tells_apart_are_one() {
    let of =
        |name: &str| format!("{{ type: object, properties: {{ {name}: {{ type: string }} }} }}");
    let api = thing(&[&of("a"), &of("b")]);
    assert_eq!(shape(&api, &property(&api).ty), "object it");
    assert_eq!(names(object(&api, "it")), ["a?", "b?"]);
}
