use super::super::tests::{model, only_call, seam_call, shape};
use crate::model::{Api, Endpoint, Location};

/// A call of Seam's dialect that takes this body.
fn call(method: &str, body: &str) -> Api {
    let path = seam_call(
        &format!("{method} /things/change"),
        body,
        "thing",
        "{ $ref: '#/components/schemas/thing' }",
    );
    let thing = "thing: { type: object, properties: { thing_id: { type: string } } }";
    model(&path, thing).unwrap()
}

/// What a call takes: the arguments of its first method, and its options, which end with `?`.
fn taken(api: &Api) -> Vec<String> {
    let Endpoint {
        overloads, options, ..
    } = only_call(api);
    let arguments = overloads[0].required.iter();
    let arguments = arguments.map(|param| format!("{}: {}", param.name, shape(api, &param.ty)));
    let options = options.iter();
    let options = options.map(|param| format!("{}?: {}", param.name, shape(api, &param.ty)));
    arguments.chain(options).collect()
}

#[test]
fn the_properties_of_a_body_are_parameters() {
    let body = "{ type: object, required: [a], properties: { b: { type: integer }, a: { type: string } } }";
    let api = call("post", body);
    assert_eq!(taken(&api), ["a: String", "b?: Integer"]);
    let places = only_call(&api).params().map(|param| param.location);
    assert!(places.into_iter().all(|place| place == Location::Body));
}

#[test]
fn the_body_of_a_get_is_sent_as_a_query() {
    let api = call(
        "get",
        "{ type: object, properties: { a: { type: string } } }",
    );
    assert_eq!(only_call(&api).options[0].location, Location::Query);
}

#[test]
fn a_body_that_is_no_object_is_one_argument() {
    let api = call("post", "{ type: array, items: { type: string } }");
    assert_eq!(taken(&api), ["body: list of String"]);
    let body = &only_call(&api).overloads[0].required[0];
    assert_eq!(body.location, Location::WholeBody);
}

#[test]
fn every_key_is_optional_where_one_branch_requires_none() {
    let api = call(
        "post",
        "{ oneOf: [{ type: object, required: [a], properties: { a: { type: string } } }, { type: object, properties: { b: { type: string } } }] }",
    );
    assert_eq!(taken(&api), ["a?: String", "b?: String"]);
}

#[test]
fn what_all_branches_have_are_parameters_and_a_tag_tells_the_rest() {
    let branch = |kind: &str| {
        format!(
            "{{ type: object, required: [kind, name, {kind}], properties: {{ kind: {{ enum: [{kind}] }}, name: {{ type: string }}, {kind}: {{ type: string }} }} }}"
        )
    };
    let api = call(
        "post",
        &format!("{{ oneOf: [{}, {}] }}", branch("x"), branch("y")),
    );
    assert_eq!(taken(&api), ["name: String", "kind: by kind: x, y"]);
}

#[test]
fn further_properties_are_a_map_that_takes_no_name_of_a_property() {
    let with = |name: &str| {
        format!(
            "{{ type: object, properties: {{ {name}: {{ type: string }} }}, additionalProperties: {{ type: integer }} }}"
        )
    };
    assert_eq!(
        taken(&call("post", &with("a"))),
        ["a?: String", "additional_properties?: map of Integer"]
    );
    assert_eq!(
        taken(&call("post", &with("additional_properties")))[1],
        "other_properties?: map of Integer"
    );
}
