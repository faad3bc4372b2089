//! The keywords of the document, except those of operations and schemas.

use super::Shape::{Data, Many, Named, One, Text, TextMap, Truth};
use super::{Keyword, Kind, read_early, used, waived};

const TOKEN: &str = "the program gives the token";
const PROSE: &str = "says nothing about types or calls";

#[rustfmt::skip]
pub(super) const DOCUMENT: &[Keyword] = &[
    used("openapi", Data),
    used("info", One(Kind::Info)),
    used("paths", One(Kind::Paths)),
    used("components", One(Kind::Components)),
    read_early("servers", Many(Kind::Server)),
    read_early("security", Data),
    used("tags", Many(Kind::Tag)),
    waived("externalDocs", One(Kind::ExternalDocs), PROSE),
    used("webhooks", Named(Kind::PathItem)),
    waived("jsonSchemaDialect", Text, "only its default is read"),
    waived("$schema", Text, "for editors"),
    waived("$self", Text, "the document is read where it is"),
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
    read_early("url", Text),
    read_early("description", Text),
    waived("name", Text, PROSE),
    read_early("variables", Named(Kind::ServerVariable)),
];

#[rustfmt::skip]
pub(super) const SERVER_VARIABLE: &[Keyword] = &[
    read_early("enum", Data),
    read_early("default", Data),
    read_early("description", Text),
];

#[rustfmt::skip]
pub(super) const TAG: &[Keyword] = &[
    used("name", Text),
    used("description", Text),
    waived("externalDocs", One(Kind::ExternalDocs), PROSE),
    waived("summary", Text, "the description says more"),
    waived("parent", Text, "for pages about the API"),
    waived("kind", Text, "for pages about the API"),
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
    read_early("securitySchemes", Named(Kind::SecurityScheme)),
    waived("links", Named(Kind::Link), "advice on which call may come next"),
    used("callbacks", Named(Kind::Callback)),
];

#[rustfmt::skip]
pub(super) const SECURITY_SCHEME: &[Keyword] = &[
    read_early("type", Text),
    read_early("description", Text),
    read_early("name", Text),
    read_early("in", Text),
    read_early("scheme", Text),
    waived("bearerFormat", Text, TOKEN),
    waived("flows", One(Kind::Flows), TOKEN),
    waived("openIdConnectUrl", Text, TOKEN),
    waived("oauth2MetadataUrl", Text, TOKEN),
    waived("deprecated", Truth, "the document still lists it"),
];

#[rustfmt::skip]
pub(super) const FLOWS: &[Keyword] = &[
    waived("implicit", One(Kind::Flow), TOKEN),
    waived("password", One(Kind::Flow), TOKEN),
    waived("clientCredentials", One(Kind::Flow), TOKEN),
    waived("authorizationCode", One(Kind::Flow), TOKEN),
    waived("deviceAuthorization", One(Kind::Flow), TOKEN),
];

#[rustfmt::skip]
pub(super) const FLOW: &[Keyword] = &[
    waived("authorizationUrl", Text, TOKEN),
    waived("deviceAuthorizationUrl", Text, TOKEN),
    waived("tokenUrl", Text, TOKEN),
    waived("refreshUrl", Text, TOKEN),
    waived("scopes", TextMap, TOKEN),
];
