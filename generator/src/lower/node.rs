//! Resolves the path of a reference, step by step through the document.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, Components, MediaType, Operation, Parameter, ParameterSchemaOrContent,
    PathItem, ReferenceOr, RequestBody, Response, Schema, SchemaKind, StatusCode, Type,
};

use super::Lowering;
use super::facts::SchemaRef;
use super::resolve::{MAX_CHAIN, tokens};

/// The target of a reference.
#[derive(Clone, Copy)]
pub(super) enum Node<'a> {
    PathItem(&'a ReferenceOr<PathItem>),
    Operation(&'a Operation),
    Parameter(&'a ReferenceOr<Parameter>),
    RequestBody(&'a ReferenceOr<RequestBody>),
    Response(&'a ReferenceOr<Response>),
    Header(&'a ReferenceOr<openapiv3::Header>),
    Content(&'a IndexMap<String, MediaType>),
    Media(&'a MediaType),
    Schema(SchemaRef<'a>),
}

impl<'a> Lowering<'a> {
    /// Returns the node at the end of a path through the document.
    pub(super) fn node(&self, tokens: &[String], depth: usize) -> Option<Node<'a>> {
        let mut tokens = tokens.iter().map(String::as_str);
        let mut node = match tokens.next()? {
            "paths" => Node::PathItem(self.document.paths.paths.get(tokens.next()?)?),
            "components" => {
                let components = self.document.components.as_ref()?;
                component_node(components, tokens.next()?, tokens.next()?)?
            }
            _ => return None,
        };
        while let Some(token) = tokens.next() {
            node = self.step(node, token, &mut tokens, depth)?;
        }
        Some(node)
    }

    fn step<'t>(
        &self,
        node: Node<'a>,
        token: &str,
        rest: &mut impl Iterator<Item = &'t str>,
        depth: usize,
    ) -> Option<Node<'a>> {
        match node {
            Node::PathItem(item) => {
                let item = self.chain(item, &|node| match node {
                    Node::PathItem(item) => Some(item),
                    _ => None,
                })?;
                if token == "parameters" {
                    return Some(Node::Parameter(item.parameters.get(index(rest.next()?)?)?));
                }
                let mut operations = item.iter();
                operations
                    .find(|(method, _)| *method == token)
                    .map(|(_, operation)| Node::Operation(operation))
            }
            Node::Operation(operation) => match token {
                "parameters" => operation
                    .parameters
                    .get(index(rest.next()?)?)
                    .map(Node::Parameter),
                "requestBody" => operation.request_body.as_ref().map(Node::RequestBody),
                "responses" => response_of(operation, rest.next()?).map(Node::Response),
                _ => None,
            },
            Node::Parameter(parameter) => {
                let parameter = self.chain(parameter, &|node| match node {
                    Node::Parameter(parameter) => Some(parameter),
                    _ => None,
                })?;
                format_node(&parameter.parameter_data_ref().format, token)
            }
            Node::Header(ReferenceOr::Item(header)) => format_node(&header.format, token),
            Node::Header(ReferenceOr::Reference { .. }) => None,
            Node::RequestBody(body) => {
                let body = self.chain(body, &|node| match node {
                    Node::RequestBody(body) => Some(body),
                    _ => None,
                })?;
                (token == "content").then_some(Node::Content(&body.content))
            }
            Node::Response(response) => {
                let response = self.chain(response, &|node| match node {
                    Node::Response(response) => Some(response),
                    _ => None,
                })?;
                match token {
                    "content" => Some(Node::Content(&response.content)),
                    "headers" => response.headers.get(rest.next()?).map(Node::Header),
                    _ => None,
                }
            }
            Node::Content(content) => content.get(token).map(Node::Media),
            Node::Media(media) => {
                let schema = media.schema.as_ref().filter(|_| token == "schema")?;
                Some(Node::Schema(schema.into()))
            }
            Node::Schema(schema) => {
                let schema = self.schema_behind(schema, depth)?;
                below_schema(schema, token, rest).map(Node::Schema)
            }
        }
    }

    fn schema_behind(&self, schema: SchemaRef<'a>, depth: usize) -> Option<&'a Schema> {
        let mut schema = schema;
        for _ in depth..MAX_CHAIN {
            schema = match schema {
                SchemaRef::Inline(schema) => return Some(schema),
                SchemaRef::Component(name) => self.component(name)?.1.into(),
                SchemaRef::Reference(reference) => {
                    match self.node(&tokens(reference)?, depth + 1)? {
                        Node::Schema(schema) => schema,
                        _ => return None,
                    }
                }
            };
        }
        None
    }
}

fn component_node<'a>(components: &'a Components, section: &str, name: &str) -> Option<Node<'a>> {
    match section {
        "schemas" => {
            let schema = components.schemas.get(name)?;
            Some(Node::Schema(schema.into()))
        }
        "parameters" => components.parameters.get(name).map(Node::Parameter),
        "requestBodies" => components.request_bodies.get(name).map(Node::RequestBody),
        "responses" => components.responses.get(name).map(Node::Response),
        "headers" => components.headers.get(name).map(Node::Header),
        _ => None,
    }
}

fn format_node<'a>(format: &'a ParameterSchemaOrContent, token: &str) -> Option<Node<'a>> {
    match (format, token) {
        (ParameterSchemaOrContent::Schema(schema), "schema") => Some(Node::Schema(schema.into())),
        (ParameterSchemaOrContent::Content(content), "content") => Some(Node::Content(content)),
        _ => None,
    }
}

fn response_of<'a>(operation: &'a Operation, status: &str) -> Option<&'a ReferenceOr<Response>> {
    if status == "default" {
        return operation.responses.default.as_ref();
    }
    let named = |known: &StatusCode| known.to_string().eq_ignore_ascii_case(status);
    let mut responses = operation.responses.responses.iter();
    responses
        .find(|(known, _)| named(known))
        .map(|(_, response)| response)
}

fn below_schema<'a, 't>(
    schema: &'a Schema,
    token: &str,
    rest: &mut impl Iterator<Item = &'t str>,
) -> Option<SchemaRef<'a>> {
    match (&schema.schema_kind, token) {
        (SchemaKind::Type(Type::Object(object)), "properties") => {
            object.properties.get(rest.next()?).map(Into::into)
        }
        (SchemaKind::Any(any), "properties") => any.properties.get(rest.next()?).map(Into::into),
        (SchemaKind::Type(Type::Object(object)), "additionalProperties") => {
            additional(object.additional_properties.as_ref())
        }
        (SchemaKind::Any(any), "additionalProperties") => {
            additional(any.additional_properties.as_ref())
        }
        (SchemaKind::Type(Type::Array(array)), "items") => array.items.as_ref().map(Into::into),
        (SchemaKind::Any(any), "items") => any.items.as_ref().map(Into::into),
        (SchemaKind::OneOf { one_of }, "oneOf") => nth(one_of, rest.next()?),
        (SchemaKind::AnyOf { any_of }, "anyOf") => nth(any_of, rest.next()?),
        (SchemaKind::AllOf { all_of }, "allOf") => nth(all_of, rest.next()?),
        (SchemaKind::Any(any), "oneOf") => nth(&any.one_of, rest.next()?),
        (SchemaKind::Any(any), "anyOf") => nth(&any.any_of, rest.next()?),
        (SchemaKind::Any(any), "allOf") => nth(&any.all_of, rest.next()?),
        _ => None,
    }
}

fn additional(additional: Option<&AdditionalProperties>) -> Option<SchemaRef<'_>> {
    match additional? {
        AdditionalProperties::Schema(schema) => Some((&**schema).into()),
        AdditionalProperties::Any(_) => None,
    }
}

fn nth<'a>(schemas: &'a [ReferenceOr<Schema>], token: &str) -> Option<SchemaRef<'a>> {
    schemas.get(index(token)?).map(Into::into)
}

pub(super) fn index(token: &str) -> Option<usize> {
    token.parse().ok()
}
