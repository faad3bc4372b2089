//! The document itself, and what stands beside its operations and schemas.

use super::Shape::{Data, Many, Named, One, Text, TextMap};
use super::{Keyword, Kind, used, waived};

const CALLER: &str = "the caller says where the API is and how to sign in";
const PROSE: &str = "says nothing about types or calls";

#[rustfmt::skip]
pub(super) const DOCUMENT: &[Keyword] = &[
    used("openapi", Data),
    used("info", One(Kind::Info)),
    used("paths", One(Kind::Paths)),
    used("components", One(Kind::Components)),
    waived("servers", Many(Kind::Server), CALLER),
    waived("security", Data, CALLER),
    used("tags", Many(Kind::Tag)),
    waived("externalDocs", One(Kind::ExternalDocs), PROSE),
    used("webhooks", Named(Kind::PathItem)),
    waived("jsonSchemaDialect", Text, "only its default is read"),
    waived("$schema", Text, "for editors"),
    waived("$id", Text, "the document is read where it is"),
];

#[rustfmt::skip]
pub(super) const INFO: &[Keyword] = &[
    used("title", Text),
    used("version", Text),
    used("description", Text),
    waived("summary", Text, "the description says more"),
    waived("termsOfService", Text, PROSE),
    waived("contact", One(Kind::Contact), PROSE),
    waived("license", One(Kind::Licence), "the licence of the document, not of the client"),
];

#[rustfmt::skip]
pub(super) const CONTACT: &[Keyword] = &[
    waived("name", Text, PROSE),
    waived("url", Text, PROSE),
    waived("email", Text, PROSE),
];

#[rustfmt::skip]
pub(super) const LICENCE: &[Keyword] = &[
    waived("name", Text, PROSE),
    waived("url", Text, PROSE),
    waived("identifier", Text, PROSE),
];

#[rustfmt::skip]
pub(super) const SERVER: &[Keyword] = &[
    waived("url", Text, CALLER),
    waived("description", Text, CALLER),
    waived("variables", Named(Kind::ServerVariable), CALLER),
];

#[rustfmt::skip]
pub(super) const SERVER_VARIABLE: &[Keyword] = &[
    waived("enum", Data, CALLER),
    waived("default", Data, CALLER),
    waived("description", Text, CALLER),
];

#[rustfmt::skip]
pub(super) const TAG: &[Keyword] = &[
    used("name", Text),
    used("description", Text),
    waived("externalDocs", One(Kind::ExternalDocs), PROSE),
];

#[rustfmt::skip]
pub(super) const EXTERNAL_DOCS: &[Keyword] = &[
    waived("url", Text, PROSE),
    waived("description", Text, PROSE),
];

#[rustfmt::skip]
pub(super) const COMPONENTS: &[Keyword] = &[
    used("schemas", Named(Kind::Schema)),
    used("responses", Named(Kind::Response)),
    used("parameters", Named(Kind::Parameter)),
    used("requestBodies", Named(Kind::RequestBody)),
    used("headers", Named(Kind::Header)),
    used("pathItems", Named(Kind::PathItem)),
    waived("examples", Named(Kind::Example), "examples are made from the types"),
    waived("securitySchemes", Named(Kind::SecurityScheme), CALLER),
    waived("links", Named(Kind::Link), "advice on which call may come next"),
    used("callbacks", Named(Kind::Callback)),
];

#[rustfmt::skip]
pub(super) const SECURITY_SCHEME: &[Keyword] = &[
    waived("type", Text, CALLER),
    waived("description", Text, CALLER),
    waived("name", Text, CALLER),
    waived("in", Text, CALLER),
    waived("scheme", Text, CALLER),
    waived("bearerFormat", Text, CALLER),
    waived("flows", One(Kind::Flows), CALLER),
    waived("openIdConnectUrl", Text, CALLER),
];

#[rustfmt::skip]
pub(super) const FLOWS: &[Keyword] = &[
    waived("implicit", One(Kind::Flow), CALLER),
    waived("password", One(Kind::Flow), CALLER),
    waived("clientCredentials", One(Kind::Flow), CALLER),
    waived("authorizationCode", One(Kind::Flow), CALLER),
];

#[rustfmt::skip]
pub(super) const FLOW: &[Keyword] = &[
    waived("authorizationUrl", Text, CALLER),
    waived("tokenUrl", Text, CALLER),
    waived("refreshUrl", Text, CALLER),
    waived("scopes", TextMap, CALLER),
];
