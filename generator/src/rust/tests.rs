//! Helpers for the tests of the plan.

use super::Plan;
use super::items::TypeItem;
use crate::generate::{Model, model_with_trace};
use crate::lower::tests::short_document;
use crate::source::{Companion, Options, Source};

/// Calls `see` with the plan of a document with these paths and schemas, which are lines of YAML in flow style.
pub(crate) fn plan<T>(paths: &[&str], schemas: &[&str], see: impl FnOnce(&Plan<'_>) -> T) -> T {
    named_plan(paths, schemas, None, see)
}

/// Does the same with `names.yaml`.
pub(super) fn named_plan<T>(
    paths: &[&str],
    schemas: &[&str],
    names: Option<&str>,
    see: impl FnOnce(&Plan<'_>) -> T,
) -> T {
    let document = short_document(&paths.join("\n"), &schemas.join("\n"));
    let source = Source {
        document: &document,
        name: "garden.yaml",
        names: names.map(|text| Companion {
            text,
            name: "names.yaml",
        }),
        ..Source::default()
    };
    let Model { api, client, .. } =
        model_with_trace(&source, Options::default()).expect("it has a model");
    see(&Plan::new(&api, &client))
}

/// Returns a path with one call, `plant`, in the namespace `plants`, which takes an object with these properties.
pub(crate) fn plant(properties: &str) -> String {
    format!(
        "/plants: {{ post: {{ tags: [plants], operationId: plant, requestBody: {{ required: true, content: {{ application/json: {{ schema: {{ type: object, properties: {{ {properties} }} }} }} }} }}, responses: {{ '204': {{ description: OK }} }} }} }}"
    )
}

/// Returns the type of a name.
pub(crate) fn item<'p, 'a>(plan: &'p Plan<'a>, name: &str) -> &'p TypeItem<'a> {
    let found = plan.live().find(|item| item.path.name == name);
    found.expect("the type is there")
}

/// Returns a path with one call, `get`, in the namespace of a tag, which returns a component.
pub(crate) fn get(tag: &str, component: &str) -> String {
    format!(
        "/{tag}/{component}: {{ get: {{ tags: [{tag}], operationId: get_{component}, responses: {{ '200': {{ description: OK, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/{component}' }} }} }} }} }} }} }}"
    )
}

/// Returns the paths of all types that are part of the client.
pub(super) fn paths(plan: &Plan<'_>) -> Vec<String> {
    plan.live().map(|item| item.path.to_string()).collect()
}
