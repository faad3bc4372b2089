//! Every schema of a document, and which components callers send.

use std::collections::HashSet;

use openapiv3::{
    MediaType, OpenAPI, Parameter, ParameterSchemaOrContent, ReferenceOr, RequestBody, Schema,
};

use super::facts::{Additional, Facts, Located, SchemaRef};
use crate::document::Pointer;

/// Calls `visit` with a schema and all schemas inside of it. References are not followed.
pub(super) fn each<'a>(
    located: &Located<'a>,
    visit: &mut impl FnMut(&Located<'a>, Option<&Facts<'a>>),
) {
    let SchemaRef::Inline(schema) = located.schema else {
        visit(located, None);
        return;
    };
    let (facts, parts) = Facts::bare(schema, &located.pointer);
    visit(located, Some(&facts));
    let properties = facts.properties.iter().map(|property| &property.value);
    let additional = match &facts.additional {
        Some(Additional::Schema(values)) => Some(values),
        _ => None,
    };
    let within = properties
        .chain(&facts.items)
        .chain(additional)
        .chain(&facts.alternatives)
        .chain(facts.also.iter().flatten())
        .chain(&parts);
    for inner in within {
        each(inner, visit);
    }
}

/// Returns the components that requests refer to.
pub(super) fn sent(document: &OpenAPI) -> HashSet<&str> {
    let mut found = HashSet::new();
    let mut open: Vec<&str> = request_schemas(document)
        .into_iter()
        .flat_map(components_in)
        .collect();
    while let Some(name) = open.pop() {
        let components = document.components.as_ref();
        let schema = components.and_then(|all| all.schemas.get_key_value(name));
        if let Some((name, schema)) = schema
            && found.insert(name.as_str())
        {
            open.extend(components_in(schema));
        }
    }
    found
}

/// Returns the names of the components that a schema refers to, at any depth.
fn components_in(schema: &ReferenceOr<Schema>) -> Vec<&str> {
    let mut names = Vec::new();
    let located = Located::new(schema, Pointer::root(""));
    each(&located, &mut |located, _| {
        if let SchemaRef::Reference(reference) = located.schema {
            names.extend(reference.strip_prefix("#/components/schemas/"));
        }
    });
    names
}

/// Returns the schemas of all parameters and request bodies.
fn request_schemas(document: &OpenAPI) -> Vec<&ReferenceOr<Schema>> {
    let components = document.components.as_ref();
    let shared_parameters = components
        .into_iter()
        .flat_map(|all| all.parameters.values());
    let shared_bodies = components
        .into_iter()
        .flat_map(|all| all.request_bodies.values());
    let items = document
        .paths
        .paths
        .values()
        .filter_map(ReferenceOr::as_item);
    let operations = || {
        items
            .clone()
            .flat_map(openapiv3::PathItem::iter)
            .map(|(_, operation)| operation)
    };
    let parameters = items
        .clone()
        .flat_map(|item| &item.parameters)
        .chain(operations().flat_map(|operation| &operation.parameters))
        .chain(shared_parameters);
    let bodies = operations()
        .filter_map(|operation| operation.request_body.as_ref())
        .chain(shared_bodies);
    let of_parameters = parameters
        .filter_map(ReferenceOr::as_item)
        .flat_map(parameter_schemas);
    let of_bodies = bodies
        .filter_map(ReferenceOr::as_item)
        .flat_map(|body: &RequestBody| media_schemas(body.content.values()));
    of_parameters.chain(of_bodies).collect()
}

fn parameter_schemas(parameter: &Parameter) -> Vec<&ReferenceOr<Schema>> {
    match &parameter.parameter_data_ref().format {
        ParameterSchemaOrContent::Schema(schema) => vec![schema],
        ParameterSchemaOrContent::Content(content) => media_schemas(content.values()),
    }
}

fn media_schemas<'a>(content: impl Iterator<Item = &'a MediaType>) -> Vec<&'a ReferenceOr<Schema>> {
    content.filter_map(|media| media.schema.as_ref()).collect()
}
