//! The keywords of paths and operations.

use super::Shape::{Data, Location, Many, Named, One, Text, Texts, Truth};
use super::{Keyword, Kind, read_early, used, waived, widened};

const EXAMPLES: &str = "examples are made from the types";
const PROSE: &str = "the operation's own description is the one that is shown";
const SERVER_CHECKS: &str = "the server checks it";

#[rustfmt::skip]
pub(super) const PATH_ITEM: &[Keyword] = &[
    used("get", One(Kind::Operation)),
    used("post", One(Kind::Operation)),
    used("put", One(Kind::Operation)),
    used("patch", One(Kind::Operation)),
    used("delete", One(Kind::Operation)),
    used("head", One(Kind::Operation)),
    used("options", One(Kind::Operation)),
    used("trace", One(Kind::Operation)),
    used("parameters", Many(Kind::Parameter)),
    waived("summary", Text, PROSE),
    waived("description", Text, PROSE),
    read_early("servers", Many(Kind::Server)),
];

#[rustfmt::skip]
pub(super) const OPERATION: &[Keyword] = &[
    used("tags", Texts),
    used("summary", Text),
    used("description", Text),
    used("operationId", Text),
    used("parameters", Many(Kind::Parameter)),
    used("requestBody", One(Kind::RequestBody)),
    used("responses", One(Kind::Responses)),
    used("deprecated", Truth),
    read_early("security", Data),
    read_early("servers", Many(Kind::Server)),
    waived("externalDocs", One(Kind::ExternalDocs), "the description has the links that matter"),
    used("callbacks", Named(Kind::Callback)),
];

#[rustfmt::skip]
pub(super) const PARAMETER: &[Keyword] = &[
    used("name", Text),
    used("in", Location),
    used("description", Text),
    used("required", Truth),
    used("schema", One(Kind::Schema)),
    used("content", Named(Kind::MediaType)),
    used("style", Text),
    used("explode", Truth),
    used("deprecated", Truth),
    waived("allowEmptyValue", Truth, SERVER_CHECKS),
    waived("allowReserved", Truth, "everything that could be mistaken is escaped"),
    waived("example", Data, EXAMPLES),
    waived("examples", Named(Kind::Example), EXAMPLES),
];

/// A header of a reply, or of a part of a form.
#[rustfmt::skip]
pub(super) const HEADER: &[Keyword] = &[
    used("schema", One(Kind::Schema)),
    used("content", Named(Kind::MediaType)),
    waived("description", Text, "all headers of a reply come as they are"),
    waived("required", Truth, "all headers of a reply come as they are"),
    waived("deprecated", Truth, "all headers of a reply come as they are"),
    waived("allowEmptyValue", Truth, SERVER_CHECKS),
    waived("allowReserved", Truth, SERVER_CHECKS),
    waived("style", Text, "headers have but one style"),
    waived("explode", Truth, "all headers of a reply come as they are"),
    waived("example", Data, EXAMPLES),
    waived("examples", Named(Kind::Example), EXAMPLES),
];

#[rustfmt::skip]
pub(super) const REQUEST_BODY: &[Keyword] = &[
    used("content", Named(Kind::MediaType)),
    waived("required", Truth, "its required parts are marked themselves"),
    waived("description", Text, "its properties are described one by one"),
];

#[rustfmt::skip]
pub(super) const MEDIA_TYPE: &[Keyword] = &[
    used("schema", One(Kind::Schema)),
    used("encoding", Named(Kind::Encoding)),
    waived("prefixEncoding", Many(Kind::Encoding), "only forms have encodings"),
    waived("itemEncoding", One(Kind::Encoding), "only forms have encodings"),
    widened("itemSchema", "a body of which nothing is known"),
    waived("example", Data, EXAMPLES),
    waived("examples", Named(Kind::Example), EXAMPLES),
];

#[rustfmt::skip]
pub(super) const ENCODING: &[Keyword] = &[
    used("contentType", Text),
    used("style", Text),
    used("explode", Truth),
    waived("headers", Named(Kind::Header), "a part of a form is sent without headers of its own"),
    waived("allowReserved", Truth, "everything that could be mistaken is escaped"),
];

#[rustfmt::skip]
pub(super) const RESPONSE: &[Keyword] = &[
    used("content", Named(Kind::MediaType)),
    used("headers", Named(Kind::Header)),
    used("description", Text),
    waived("summary", Text, "the type of the reply is described"),
    waived("links", Named(Kind::Link), "advice on which call may come next"),
];

#[rustfmt::skip]
pub(super) const EXAMPLE: &[Keyword] = &[
    waived("summary", Text, EXAMPLES),
    waived("description", Text, EXAMPLES),
    waived("value", Data, EXAMPLES),
    waived("externalValue", Text, EXAMPLES),
    waived("dataValue", Data, EXAMPLES),
    waived("serializedValue", Text, EXAMPLES),
];

#[rustfmt::skip]
pub(super) const LINK: &[Keyword] = &[
    waived("operationRef", Text, "advice on which call may come next"),
    waived("operationId", Text, "advice on which call may come next"),
    waived("parameters", Data, "advice on which call may come next"),
    waived("requestBody", Data, "advice on which call may come next"),
    waived("description", Text, "advice on which call may come next"),
    waived("server", One(Kind::Server), "advice on which call may come next"),
];
