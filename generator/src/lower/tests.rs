//! Helpers for the tests of lowering.

use super::lower;
use crate::document;
use crate::error::Errors;
use crate::model::{Api, Endpoint, Kind, Tag, Type, Union};
use crate::source::{Options, Source};

/// Returns a document with these paths and schemas, both YAML.
pub(crate) fn short_document(paths: &str, schemas: &str) -> String {
    let indented = |text: &str, by: &str| -> String {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        lines.map(|line| format!("{by}{line}\n")).collect()
    };
    format!(
        "openapi: 3.0.0\ninfo: {{ title: Garden, version: '1' }}\npaths:\n{}components:\n  schemas:\n{}",
        indented(paths, "  "),
        indented(schemas, "    ")
    )
}

/// Returns the model of a document with these paths and schemas, both YAML.
pub(super) fn model(paths: &str, schemas: &str) -> Result<Api, Errors> {
    let document = short_document(paths, schemas);
    let source = Source {
        document: &document,
        name: "things.yaml",
        ..Source::default()
    };
    let read = document::read(&source, Options::default())?;
    let input = super::Input {
        document: &read.document,
        deliveries: &read.deliveries,
        dialect: read.dialect,
        names: &read.names,
        connection: read.connection,
    };
    lower(input, source.name).map(|lowered| lowered.api)
}

/// Returns the model of a document with one call that returns the schema `thing`.
pub(super) fn received(schemas: &str) -> Api {
    let path = "/things: { get: { operationId: get, responses: { '200': { description: OK, content: { application/json: { schema: { $ref: '#/components/schemas/thing' } } } } } } }";
    model(path, schemas).expect("it has a model")
}

/// Returns the model of a document with one call that takes the schema `thing` as a body.
pub(super) fn sent(schemas: &str) -> Api {
    let path = "/things: { post: { operationId: create, requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/thing' } } } }, responses: { '204': { description: OK } } } }";
    model(path, schemas).expect("it has a model")
}

/// Returns the one call of a model.
pub(super) fn only_call(api: &Api) -> &Endpoint {
    let [(_, endpoint)] = api.endpoints()[..] else {
        panic!("the model has several calls");
    };
    endpoint
}

/// Returns the properties of a component, each with its type.
pub(super) fn properties(api: &Api, component: &str) -> Vec<String> {
    let mut types = api.types.iter();
    let found = types.find(|ty| ty.component.as_deref() == Some(component));
    match &found.expect("the component is there").kind {
        Kind::Object(object) => object
            .fields
            .iter()
            .map(|field| format!("{}: {}", field.name, shape(api, &field.ty)))
            .collect(),
        other => panic!("{component} is no object: {other:?}"),
    }
}

/// Returns a type in a few words.
pub(super) fn shape(api: &Api, ty: &Type) -> String {
    let Type::Named(id) = ty else {
        return format!("{ty:?}");
    };
    let definition = api.type_def(*id);
    match &definition.kind {
        Kind::Object(_) => format!("object {}", definition.place.name),
        Kind::Enumeration(of) => {
            let values = of.values.iter().map(|value| value.value.as_str());
            format!("one of {}", values.collect::<Vec<_>>().join(", "))
        }
        Kind::Union(Union::Tagged { tag, branches, .. }) => {
            let tags = branches.iter().map(|branch| told(&branch.tag));
            format!("by {tag}: {}", tags.collect::<Vec<_>>().join(", "))
        }
        Kind::Union(union) => format!("{union:?}"),
        Kind::Unnamed => "unnamed".to_owned(),
    }
}

fn told(tag: &Tag) -> String {
    match tag {
        Tag::String(text) => text.clone(),
        Tag::Boolean(flag) => flag.to_string(),
        Tag::Integer(number) => number.to_string(),
        Tag::Missing => "none".to_owned(),
    }
}
