//! Helpers for the tests of the plan.

use super::Plan;
use crate::generate::{Model, model_with_trace};
use crate::lower::tests::short_document;
use crate::source::{Options, Source};

/// Calls `see` with the plan of a document with these paths and schemas, which are lines of YAML in flow style.
pub(super) fn plan<T>(paths: &[&str], schemas: &[&str], see: impl FnOnce(&Plan<'_>) -> T) -> T {
    let document = short_document(&paths.join("\n"), &schemas.join("\n"));
    let source = Source {
        document: &document,
        name: "garden.yaml",
        ..Source::default()
    };
    let Model { api, client, .. } =
        model_with_trace(&source, Options::default()).expect("it has a model");
    see(&Plan::new(&api, &client))
}

/// Returns a path with one call, `get`, in the namespace of a tag, which returns a component.
pub(super) fn get(tag: &str, component: &str) -> String {
    format!(
        "/{tag}/{component}: {{ get: {{ tags: [{tag}], operationId: get_{component}, responses: {{ '200': {{ description: OK, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/{component}' }} }} }} }} }} }} }}"
    )
}

/// Returns the paths of all types that are part of the client.
pub(super) fn paths(plan: &Plan<'_>) -> Vec<String> {
    plan.live().map(|item| item.path.to_string()).collect()
}
