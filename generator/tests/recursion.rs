//! Schemas that lead back to themselves end in files or in a message, never in an abort.

#![allow(missing_docs)]

mod support;

use fastrand::Rng;
use generator::{Errors, Generated};
use serde_json::{Map, Value, json};

use support::render;

/// A document of one call that sends and gets each of these components.
fn document(schemas: Value) -> String {
    let names = schemas.as_object().expect("it is an object").keys();
    let properties: Map<String, Value> = names
        .map(|name| {
            let reference = format!("#/components/schemas/{name}");
            (name.clone(), json!({"$ref": reference}))
        })
        .collect();
    let all = json!({"type": "object", "properties": properties});
    let content = json!({"content": {"application/json": {"schema": all}}});
    let mut reply = content.clone();
    reply["description"] = json!("OK");
    let operation = json!({"requestBody": content, "responses": {"200": reply}});
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Recursion", "version": "1"},
        "paths": {"/all": {"post": operation}},
        "components": {"schemas": schemas},
    })
    .to_string()
}

fn rendered(schemas: Value) -> Result<Generated, Errors> {
    render(&document(schemas), "recursion.json")
}

/// The text of all files of a document that has to render.
fn text(schemas: Value) -> String {
    let generated = rendered(schemas).expect("it renders");
    assert_eq!(generated.summary.coverage.lost, [""; 0]);
    let files: Vec<String> = generated.files.into_values().collect();
    files.concat()
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

#[test]
fn a_union_that_is_a_list_of_itself_renders() {
    let text = text(json!({"Rule": {"oneOf": [
        {"type": "array", "items": reference("Rule")}, {"type": "string"},
    ]}}));
    assert!(text.contains("pub enum Rule"), "{text}");
    assert!(text.contains("Vec<Rule>"), "{text}");
}

#[test]
fn unions_that_are_lists_and_maps_of_each_other_render() {
    let text = text(json!({
        "And": {"oneOf": [{"type": "array", "items": reference("Or")}, {"type": "string"}]},
        "Or": {"oneOf": [{"type": "object", "additionalProperties": reference("And")}, {"type": "integer"}]},
    }));
    assert!(
        text.contains("pub enum And") && text.contains("pub enum Or"),
        "{text}"
    );
}

#[test]
fn a_union_of_itself_in_an_object_renders() {
    let text = text(json!({
        "Term": {"oneOf": [reference("Group"), {"type": "string"}]},
        "Group": {"type": "object", "required": ["terms"], "properties": {
            "terms": {"type": "array", "items": reference("Term")}, "not": reference("Term"),
        }},
    }));
    assert!(
        text.contains("Option<Box<Term>>") || text.contains("Box<Option<Term>>"),
        "{text}"
    );
}

#[test]
fn branches_that_nothing_tells_apart_and_that_hold_each_other_render() {
    let side = |own: &str, name: &str| json!({"type": "object", "properties": {"next": reference(own), name: {"type": "string"}}});
    let text = text(json!({
        "Either": {"oneOf": [reference("Left"), reference("Right")]},
        "Left": side("Left", "a"),
        "Right": side("Right", "b"),
    }));
    assert!(text.contains("pub struct Either"), "{text}");
}

#[test]
fn a_tagged_union_of_one_union_renders() {
    let shape = |kind: &str| json!({"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string", "enum": [kind]}}});
    text(json!({
        "Outer": {"oneOf": [reference("Inner")], "discriminator": {"propertyName": "kind"}},
        "Inner": {"oneOf": [shape("a"), shape("b")]},
    }));
}

#[test]
fn choices_that_hold_at_once_and_are_each_other_render() {
    rendered(json!({
        "Both": {"oneOf": [reference("Both"), {"type": "object", "properties": {"a": {"type": "string"}}}],
            "anyOf": [reference("Both"), {"type": "object", "properties": {"b": {"type": "string"}}}]},
    }))
    .expect("it renders");
}

#[test]
fn a_component_that_may_be_null_may_be_so_within_itself() {
    let text = text(json!({
        "MaybeNode": {"anyOf": [reference("Node"), {"nullable": true, "enum": [null]}]},
        "Node": {"type": "object", "required": ["next", "value"], "properties": {
            "value": {"type": "integer"}, "next": reference("MaybeNode"),
        }},
    }));
    assert!(text.contains("pub next: Option<Box<Node>>"), "{text}");
}

#[test]
fn alternatives_of_what_is_required_beside_a_name_that_is_no_property_render() {
    let text = text(json!({"Contact": {
        "type": "object",
        "required": ["unheard_of"],
        "properties": {"mail": {"type": "string"}, "phone": {"type": "string"}},
        "anyOf": [{"required": ["mail"]}, {"required": ["phone"]}],
    }}));
    assert!(text.contains("pub struct Contact"), "{text}");
}

#[test]
fn a_long_chain_of_components_renders_or_is_refused_with_its_place() {
    let chain = |length: usize| -> Value {
        let link = |at: usize| {
            let next = match at + 1 < length {
                true => reference(&format!("Link{}", at + 1)),
                false => json!({"type": "string"}),
            };
            (
                format!("Link{at}"),
                json!({"type": "object", "properties": {"next": next}}),
            )
        };
        (0..length).map(link).collect::<Map<_, _>>().into()
    };
    rendered(chain(300)).expect("it renders");
    let errors = rendered(chain(3000)).expect_err("it is too long");
    assert!(!errors.problems.is_empty());
    assert!(
        errors
            .problems
            .iter()
            .all(|problem| problem.pointer.starts_with("/components/schemas/Link"))
    );
}

/// A schema that refers to any of so many components.
fn schema(rng: &mut Rng, components: usize, depth: usize) -> Value {
    let name = format!("C{}", rng.usize(0..components));
    let kind = rng.usize(0..if depth == 0 { 4 } else { 12 });
    let mut inner = || schema(rng, components, depth.saturating_sub(1));
    match kind {
        0 => json!({"type": "string"}),
        1 => json!({"type": "integer", "nullable": true}),
        2 | 3 => reference(&name),
        4 => json!({"type": "array", "items": inner()}),
        5 => json!({"type": "object", "additionalProperties": inner()}),
        6 => json!({"oneOf": [inner(), inner()]}),
        7 => json!({"anyOf": [inner(), inner(), inner()], "nullable": true}),
        8 => json!({"allOf": [inner(), {"type": "object", "properties": {"extra": inner()}}]}),
        9 => {
            json!({"type": "object", "required": ["a", name], "properties": {"a": inner(), "b": inner()}})
        }
        10 => json!({"oneOf": [inner(), inner()], "discriminator": {"propertyName": "kind"}}),
        _ => {
            json!({"type": "object", "properties": {"kind": {"type": "string", "enum": [name]}, "c": inner()},
            "anyOf": [{"required": ["kind"]}, inner()]})
        }
    }
}

#[test]
fn random_recursive_documents_end_in_files_or_in_problems_with_a_place() {
    let mut rendered_ones = 0;
    for seed in 0..150 {
        let mut rng = Rng::with_seed(seed);
        let components = rng.usize(1..6);
        let schemas: Map<String, Value> = (0..components)
            .map(|at| (format!("C{at}"), schema(&mut rng, components, 3)))
            .collect();
        match rendered(schemas.clone().into()) {
            Ok(_) => rendered_ones += 1,
            Err(errors) => {
                assert!(!errors.problems.is_empty(), "seed {seed}");
                for problem in &errors.problems {
                    let place = &problem.pointer;
                    assert!(
                        place.starts_with('/'),
                        "seed {seed}: {problem}\n{}",
                        Value::from(schemas.clone())
                    );
                }
            }
        }
    }
    assert!(rendered_ones > 40, "{rendered_ones} documents rendered");
}
