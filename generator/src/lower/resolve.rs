//! References: to components, and to anything else in the document that has a place of its own.

use std::borrow::Cow;

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, Components, MediaType, Operation, Parameter, ParameterSchemaOrContent,
    PathItem, ReferenceOr, RequestBody, Response, Schema, SchemaKind, StatusCode, Type,
};

use super::Lowering;
use super::facts::SchemaRef;
use crate::document::Pointer;

/// No sane chain of references is longer; a cycle is.
const MAX_CHAIN: usize = 64;

/// What a reference can lead to.
#[derive(Clone, Copy)]
enum Node<'a> {
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

/// A schema that a reference names.
pub(super) struct Target<'a> {
    /// What tells it apart from others.
    pub(super) key: &'a str,
    /// What the document calls it, or the words of the way to it.
    pub(super) name: Cow<'a, str>,
    pub(super) schema: SchemaRef<'a>,
    pub(super) pointer: Pointer,
}

impl<'a> Lowering<'a> {
    /// The schema that a reference names, which may be a reference again.
    pub(super) fn target(&self, reference: &'a str) -> Option<Target<'a>> {
        let tokens = tokens(reference)?;
        if let [_, _, name] = tokens.as_slice()
            && let Some((key, schema)) = self.component(name).filter(|_| in_schemas(&tokens))
        {
            return Some(named_target(key, schema));
        }
        match self.node(&tokens, 0)? {
            Node::Schema(schema) => Some(Target {
                key: reference,
                name: Cow::Owned(name_of_way(&tokens)),
                schema,
                pointer: Pointer::root(reference.trim_start_matches('#')),
            }),
            _ => None,
        }
    }

    /// A component as the target of a reference.
    pub(super) fn component_target(&self, name: &str) -> Option<Target<'a>> {
        self.component(name)
            .map(|(key, schema)| named_target(key, schema))
    }

    /// A component by its name.
    pub(super) fn component(&self, name: &str) -> Option<(&'a str, &'a ReferenceOr<Schema>)> {
        let schemas = &self.document.components.as_ref()?.schemas;
        schemas
            .get_key_value(name)
            .map(|(name, schema)| (name.as_str(), schema))
    }

    pub(super) fn path_item(
        &self,
        item: &'a ReferenceOr<PathItem>,
        pointer: &Pointer,
    ) -> Option<&'a PathItem> {
        self.item(item, pointer, "a path item", |node| match node {
            Node::PathItem(item) => Some(item),
            _ => None,
        })
    }

    pub(super) fn parameter_item(
        &self,
        parameter: &'a ReferenceOr<Parameter>,
        pointer: &Pointer,
    ) -> Option<&'a Parameter> {
        self.item(parameter, pointer, "a parameter", |node| match node {
            Node::Parameter(parameter) => Some(parameter),
            _ => None,
        })
    }

    pub(super) fn request_body(
        &self,
        body: &'a ReferenceOr<RequestBody>,
        pointer: &Pointer,
    ) -> Option<&'a RequestBody> {
        self.item(body, pointer, "a request body", |node| match node {
            Node::RequestBody(body) => Some(body),
            _ => None,
        })
    }

    pub(super) fn response(
        &self,
        response: &'a ReferenceOr<Response>,
        pointer: &Pointer,
    ) -> Option<&'a Response> {
        self.item(response, pointer, "a response", |node| match node {
            Node::Response(response) => Some(response),
            _ => None,
        })
    }

    /// The item itself, or the one that its reference leads to.
    fn item<T>(
        &self,
        start: &'a ReferenceOr<T>,
        pointer: &Pointer,
        expected: &str,
        pick: impl Fn(Node<'a>) -> Option<&'a ReferenceOr<T>>,
    ) -> Option<&'a T> {
        let found = self.chain(start, &pick);
        if let (None, ReferenceOr::Reference { reference }) = (found, start) {
            self.unresolved(pointer, reference, expected);
        }
        found
    }

    fn chain<T>(
        &self,
        start: &'a ReferenceOr<T>,
        pick: &impl Fn(Node<'a>) -> Option<&'a ReferenceOr<T>>,
    ) -> Option<&'a T> {
        let mut current = start;
        for _ in 0..MAX_CHAIN {
            match current {
                ReferenceOr::Item(item) => return Some(item),
                ReferenceOr::Reference { reference } => {
                    current = pick(self.node(&tokens(reference)?, 0)?)?;
                }
            }
        }
        None
    }

    /// Reports a reference that leads nowhere.
    pub(super) fn unresolved(&self, pointer: &Pointer, reference: &str, expected: &str) {
        let (expected, advice) = if reference.starts_with('#') {
            (
                format!("the place of {expected} in the document"),
                "Add what it names, or correct the reference with an entry in spec/overlay.yaml.",
            )
        } else {
            (
                format!("a reference to {expected} within the document, `#/…`"),
                "Bundle the documents into one first: other files and addresses are not read.",
            )
        };
        self.report(
            pointer,
            format!("a reference to {reference}"),
            expected,
            advice,
        );
    }

    fn node(&self, tokens: &[String], depth: usize) -> Option<Node<'a>> {
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

fn named_target<'a>(key: &'a str, schema: &'a ReferenceOr<Schema>) -> Target<'a> {
    Target {
        key,
        name: Cow::Borrowed(key),
        schema: schema.into(),
        pointer: Pointer::root("/components/schemas").key(key),
    }
}

fn in_schemas(tokens: &[String]) -> bool {
    matches!(tokens, [components, schemas, _] if components == "components" && schemas == "schemas")
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

fn index(token: &str) -> Option<usize> {
    token.parse().ok()
}

/// The parts of a reference within the document, as they are spelled there.
fn tokens(reference: &str) -> Option<Vec<String>> {
    let pointer = reference.strip_prefix("#/")?;
    Some(
        pointer
            .split('/')
            .map(|token| {
                let token = percent_decoded(token);
                token.replace("~1", "/").replace("~0", "~")
            })
            .collect(),
    )
}

/// A reference is part of a URL, so that it may spell any character by its bytes.
fn percent_decoded(token: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = token.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'%');
        let code = code.and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| token.to_owned())
}

/// What is reached by `#/components/schemas/Pet/properties/status` is a `Pet status`.
fn name_of_way(tokens: &[String]) -> String {
    const STRUCTURE: [&str; 14] = [
        "components",
        "schemas",
        "properties",
        "paths",
        "content",
        "schema",
        "items",
        "responses",
        "parameters",
        "allOf",
        "oneOf",
        "anyOf",
        "headers",
        "additionalProperties",
    ];
    let telling = tokens
        .iter()
        .map(String::as_str)
        .filter(|token| !STRUCTURE.contains(token));
    telling.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn escapes_of_pointers_and_of_urls_are_undone() {
        let found = tokens("#/paths/~1pets~1{id}/a~01b%20c%zz");
        let expected = ["paths", "/pets/{id}", "a~1b c%zz"];
        assert_eq!(
            found.as_deref(),
            Some(expected.map(str::to_owned).as_slice())
        );
        assert_eq!(tokens("other.yaml#/a"), None);
    }
}
