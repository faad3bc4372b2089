//! Resolves references to components and to other places of the document.

use std::borrow::Cow;

use openapiv3::{Parameter, PathItem, ReferenceOr, RequestBody, Response, Schema};

use super::Lowering;
use super::facts::SchemaRef;
use super::node::{Node, index};
use crate::document::Pointer;
pub(super) use crate::document::tokens;

/// The longest chain of references. A longer one is a cycle.
pub(super) const MAX_CHAIN: usize = 64;

/// The target of a reference to a schema.
pub(super) struct Target<'a> {
    /// A unique key.
    pub(super) key: &'a str,
    /// Its name in the document, or else the words of the path to it.
    pub(super) name: Cow<'a, str>,
    pub(super) schema: SchemaRef<'a>,
    pub(super) pointer: Pointer,
}

impl<'a> Lowering<'a> {
    /// Returns the schema that a reference points to, which may be a reference again.
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
                name: Cow::Owned(name_of_path(&tokens)),
                schema,
                pointer: Pointer::root(reference.trim_start_matches('#')),
            }),
            _ => None,
        }
    }

    /// Returns a component as the target of a reference.
    pub(super) fn component_target(&self, name: &str) -> Option<Target<'a>> {
        self.component(name)
            .map(|(key, schema)| named_target(key, schema))
    }

    /// Returns a component by its name.
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
        self.item(item, pointer, "a path item", None, |node| match node {
            Node::PathItem(item) => Some(item),
            _ => None,
        })
    }

    pub(super) fn parameter_item(
        &self,
        parameter: &'a ReferenceOr<Parameter>,
        pointer: &Pointer,
    ) -> Option<&'a Parameter> {
        self.item(
            parameter,
            pointer,
            "a parameter",
            Some("no parameter"),
            |node| match node {
                Node::Parameter(parameter) => Some(parameter),
                _ => None,
            },
        )
    }

    pub(super) fn request_body(
        &self,
        body: &'a ReferenceOr<RequestBody>,
        pointer: &Pointer,
    ) -> Option<&'a RequestBody> {
        self.item(body, pointer, "a request body", None, |node| match node {
            Node::RequestBody(body) => Some(body),
            _ => None,
        })
    }

    pub(super) fn response(
        &self,
        response: &'a ReferenceOr<Response>,
        pointer: &Pointer,
    ) -> Option<&'a Response> {
        self.item(
            response,
            pointer,
            "a response",
            Some("a reply of which nothing is known"),
            |node| match node {
                Node::Response(response) => Some(response),
                _ => None,
            },
        )
    }

    /// Returns the item itself, or the target of its reference.
    fn item<T>(
        &self,
        start: &'a ReferenceOr<T>,
        pointer: &Pointer,
        expected: &str,
        instead: Option<&str>,
        pick: impl Fn(Node<'a>) -> Option<&'a ReferenceOr<T>>,
    ) -> Option<&'a T> {
        let found = self.chain(start, &pick);
        if let (None, ReferenceOr::Reference { reference }) = (found, start) {
            self.unresolved(pointer, reference, expected, instead);
        }
        found
    }

    pub(super) fn chain<T>(
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
                    if let Some(place) = Pointer::of_reference(reference) {
                        self.components.follow(&place.to_string());
                    }
                }
            }
        }
        None
    }

    /// Reports a reference whose target does not exist or has the wrong kind. It is a warning if the target is in the document
    /// and can be read as `instead`, and a problem otherwise.
    pub(super) fn unresolved(
        &self,
        pointer: &Pointer,
        reference: &str,
        expected: &str,
        instead: Option<&str>,
    ) {
        let found = format!("a reference to {reference}");
        let is_within = reference.starts_with('#');
        if let (Some(instead), true) = (instead, is_within) {
            return self.report.warning(
                pointer,
                format!("{found}, which is not the place of {expected}"),
                instead,
            );
        }
        let (expected, advice) = if is_within {
            (
                format!("the place of {expected} in the document"),
                "Add the target, or correct the reference with an entry in spec/overlay.yaml.",
            )
        } else {
            (
                format!("a reference to {expected} within the document, `#/…`"),
                "Bundle the documents into one first, for example with `npx @redocly/cli bundle`.",
            )
        };
        self.report.problem(pointer, found, expected, advice);
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

/// Returns a name for a schema that is not a component: `Pet status` for `#/components/schemas/Pet/properties/status`.
fn name_of_path(tokens: &[String]) -> String {
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
        .filter(|token| !STRUCTURE.contains(token) && index(token).is_none());
    telling.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::tests::{properties, received};
    use super::name_of_path;

    #[test]
    fn a_reference_leads_through_others_to_a_component() {
        let api = received(
            "
thing: { type: object, properties: { it: { $ref: '#/components/schemas/alias' } } }
alias: { $ref: '#/components/schemas/real' }
real: { type: object, properties: { a: { type: string } } }",
        );
        assert_eq!(properties(&api, "thing"), ["it: object real"]);
    }

    #[test]
    fn a_reference_may_lead_to_a_schema_within_another() {
        let api = received(
            "
thing: { type: object, properties: { it: { $ref: '#/components/schemas/other/properties/part' } } }
other: { type: object, properties: { part: { type: object, properties: { a: { type: string } } } } }",
        );
        assert_eq!(properties(&api, "thing"), ["it: object other part"]);
    }

    #[test]
    fn what_a_reference_to_nothing_names_is_any_json_and_a_warning() {
        let api = received(
            "thing: { type: object, properties: { it: { $ref: '#/components/schemas/missing' } } }",
        );
        assert_eq!(properties(&api, "thing"), ["it: Json"]);
        assert_eq!(api.warnings.len(), 1);
    }

    #[test]
    fn a_schema_without_a_name_is_called_by_the_way_to_it() {
        let way = [
            "components",
            "schemas",
            "Pet",
            "properties",
            "tags",
            "items",
        ];
        let way = way.map(str::to_owned);
        assert_eq!(name_of_path(&way), "Pet tags");
        let branch = ["components", "schemas", "Pet", "oneOf", "1"].map(str::to_owned);
        assert_eq!(name_of_path(&branch), "Pet");
    }
}
