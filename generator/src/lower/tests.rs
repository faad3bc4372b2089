//! Helpers for the tests of lowering.

use super::lower;
use crate::document;
use crate::error::Errors;
use crate::model::{Api, Endpoint, Field, Kind, Object, Tag, Type, Union, Variant, Variants};
use crate::source::{Companion, Options, Source};

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
    named(paths, schemas, None)
}

/// Returns the same with `names.yaml`.
pub(super) fn named(paths: &str, schemas: &str, names: Option<&str>) -> Result<Api, Errors> {
    let document = short_document(paths, schemas);
    let source = Source {
        document: &document,
        name: "things.yaml",
        names: names.map(|text| Companion {
            text,
            name: "names.yaml",
        }),
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

/// Returns a path with one call of Seam's dialect. It takes a body, if there is one, and its reply has a schema under a key.
pub(crate) fn seam_call(call: &str, body: &str, key: &str, reply: &str) -> String {
    let (method, path) = call.split_once(' ').expect("a method and a path");
    let body = match body {
        "" => String::new(),
        body => {
            format!("requestBody: {{ content: {{ application/json: {{ schema: {body} }} }} }}, ")
        }
    };
    format!(
        "{path}: {{ {method}: {{ summary: {path}, {body}x-response-key: {key}, responses: {{ '200': {{ description: OK, content: {{ application/json: {{ schema: {{ type: object, required: [ok, {key}], properties: {{ ok: {{ type: boolean }}, {key}: {reply} }} }} }} }} }} }} }} }}\n"
    )
}

/// Returns the one call of a model.
pub(super) fn only_call(api: &Api) -> &Endpoint {
    let [(_, endpoint)] = api.endpoints()[..] else {
        panic!("the model has several calls");
    };
    endpoint
}

/// Returns the properties of a component, each with its type.
pub(crate) fn properties(api: &Api, component: &str) -> Vec<String> {
    let mut types = api.types.iter();
    let found = types.find(|ty| ty.component.as_deref() == Some(component));
    match &found.expect("the component is there").kind {
        Kind::Object(object) => listed(api, &object.fields),
        other => panic!("{component} is no object: {other:?}"),
    }
}

fn listed(api: &Api, fields: &[Field]) -> Vec<String> {
    let field = |field: &Field| format!("{}: {}", field.name, shape(api, &field.ty));
    fields.iter().map(field).collect()
}

/// Returns the one object that is called so.
pub(crate) fn object<'a>(api: &'a Api, name: &str) -> &'a Object {
    let types = api.types.iter().filter(|ty| ty.place.name == name);
    let objects = types.filter_map(|ty| match &ty.kind {
        Kind::Object(object) => Some(object),
        _ => None,
    });
    let objects: Vec<&Object> = objects.collect();
    let [object] = objects[..] else {
        panic!("{} objects are called {name}", objects.len());
    };
    object
}

/// Returns the names of the properties of an object. Those that it may lack end with `?`.
pub(crate) fn names(object: &Object) -> Vec<String> {
    let fields = object.fields.iter();
    let mark = |required| if required { "" } else { "?" };
    let name = |field: &Field| format!("{}{}", field.name, mark(field.presence.required));
    fields.map(name).collect()
}

/// Returns a type in a few words.
pub(crate) fn shape(api: &Api, ty: &Type) -> String {
    let id = match ty {
        Type::Named(id) => *id,
        Type::List(of) => return format!("list of {}", shape(api, of)),
        Type::Map(of) => return format!("map of {}", shape(api, of)),
        Type::Nullable(of) => return format!("{} or null", shape(api, of)),
        other => return format!("{other:?}"),
    };
    let definition = api.type_def(id);
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
        Kind::Union(Union::Variants(Variants { variants, .. })) => {
            let one = |variant: &Variant| {
                let fields = listed(api, &variant.fields).join(", ");
                format!("{}({fields})", told(&variant.tag))
            };
            variants.iter().map(one).collect::<Vec<_>>().join(" | ")
        }
        Kind::Union(Union::Keyed(branches)) => {
            let keys = branches.iter().map(|branch| branch.key.as_deref());
            let keys = keys.map(|key| key.unwrap_or("the rest"));
            format!("by key: {}", keys.collect::<Vec<_>>().join(", "))
        }
        Kind::Union(Union::Kinds(branches)) => {
            let types = branches.iter().map(|branch| shape(api, &branch.payload));
            format!("by type: {}", types.collect::<Vec<_>>().join(", "))
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
