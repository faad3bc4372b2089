//! The keywords of schemas: OpenAPI 3.0, JSON Schema 2020-12 as in OpenAPI 3.1, and older drafts.

use super::Shape::{
    Data, Definitions, Many, Named, One, SchemaOrMany, SchemaOrTruth, Start, Text, TextMap, Texts,
    Truth, Type, Values,
};
use super::{Keyword, Kind, used, waived, widened};

const CHECKED: &str = "only checks values; the server does that";
const ANYTHING: &str = "any JSON, because what it means depends on who refers to it";
const CONDITION: &str = "a schema without conditions, which allows more";

/// Frequent keywords come first, because this table is searched for each keyword of each schema.
#[rustfmt::skip]
pub(super) const SCHEMA: &[Keyword] = &[
    used("type", Type),
    used("description", Text),
    used("properties", Named(Kind::Schema)),
    used("required", Texts),
    used("format", Text),
    used("nullable", Truth),
    used("enum", Values),
    used("items", SchemaOrMany),
    used("oneOf", Many(Kind::Schema)),
    waived("default", Start, "the server puts it in"),
    waived("minLength", Data, CHECKED),
    used("additionalProperties", SchemaOrTruth),
    waived("pattern", Data, CHECKED),
    waived("maxLength", Data, CHECKED),
    waived("minimum", Start, CHECKED),
    waived("maximum", Data, CHECKED),
    used("deprecated", Truth),
    used("discriminator", One(Kind::Discriminator)),
    used("allOf", Many(Kind::Schema)),
    used("anyOf", Many(Kind::Schema)),
    used("title", Text),
    waived("minItems", Data, CHECKED),
    waived("maxItems", Data, CHECKED),
    waived("uniqueItems", Data, CHECKED),
    waived("minProperties", Data, CHECKED),
    waived("maxProperties", Data, CHECKED),
    waived("multipleOf", Data, CHECKED),
    waived("exclusiveMinimum", Data, CHECKED),
    waived("exclusiveMaximum", Data, CHECKED),
    waived("not", SchemaOrTruth, "a schema that values must not fit makes no type"),
    used("readOnly", Truth),
    used("writeOnly", Truth),
    waived("example", Data, "examples are made from the types"),
    waived("examples", Data, "examples are made from the types"),
    waived("externalDocs", One(Kind::ExternalDocs), "the description has the links that matter"),
    waived("xml", One(Kind::Xml), "only JSON is read and written"),
    // OpenAPI 3.1, converted to the form of 3.0.
    used("const", Data),
    used("prefixItems", Many(Kind::Schema)),
    used("patternProperties", Named(Kind::Schema)),
    used("contentEncoding", Text),
    used("contentMediaType", Text),
    used("$defs", Definitions),
    used("definitions", Definitions),
    // OpenAPI 3.1, only for validation.
    waived("contentSchema", SchemaOrTruth, "callers read the content of a text themselves"),
    waived("contains", SchemaOrTruth, CHECKED),
    waived("minContains", Data, CHECKED),
    waived("maxContains", Data, CHECKED),
    waived("propertyNames", SchemaOrTruth, CHECKED),
    waived("dependentRequired", Data, CHECKED),
    waived("additionalItems", SchemaOrTruth, "a list has items of one type"),
    waived("$comment", Text, "for readers of the document"),
    waived("$schema", Text, "for editors"),
    waived("$id", Text, "references are read within the document"),
    waived("$anchor", Text, "references to it are pointers by then"),
    waived("$vocabulary", Data, "only the vocabulary of OpenAPI is read"),
    waived("$dynamicAnchor", Text, "references to it are pointers by then"),
    waived("unevaluatedItems", SchemaOrTruth, "a list has items of one type"),
    // Keywords that only narrow a type.
    used("unevaluatedProperties", SchemaOrTruth),
    widened("if", CONDITION),
    widened("then", CONDITION),
    widened("else", CONDITION),
    widened("dependentSchemas", CONDITION),
    widened("dependencies", CONDITION),
    widened("$dynamicRef", ANYTHING),
    widened("$recursiveRef", ANYTHING),
];

#[rustfmt::skip]
pub(super) const DISCRIMINATOR: &[Keyword] = &[
    used("propertyName", Text),
    used("mapping", TextMap),
    waived("defaultMapping", Text, "what no tag tells is kept as an unknown branch"),
];

#[rustfmt::skip]
pub(super) const XML: &[Keyword] = &[
    waived("name", Text, "only JSON is read and written"),
    waived("namespace", Text, "only JSON is read and written"),
    waived("prefix", Text, "only JSON is read and written"),
    waived("attribute", Truth, "only JSON is read and written"),
    waived("wrapped", Truth, "only JSON is read and written"),
    waived("nodeType", Text, "only JSON is read and written"),
];
