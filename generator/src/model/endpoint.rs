//! The endpoints of a model.

use std::fmt;

use serde_json::Value;

use super::{Docs, OperationConnection, Presence, Type};

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
    /// `HEAD`
    Head,
    /// `OPTIONS`
    Options,
    /// `TRACE`
    Trace,
}

impl Method {
    /// All methods, in the order of OpenAPI.
    pub const ALL: [Self; 8] = [
        Self::Get,
        Self::Put,
        Self::Post,
        Self::Delete,
        Self::Options,
        Self::Head,
        Self::Patch,
        Self::Trace,
    ];

    /// Returns the method of the operation with this key.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.key() == key)
    }

    /// Returns the key of its operation in a path item.
    pub fn key(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Post => "post",
            Self::Put => "put",
            Self::Patch => "patch",
            Self::Delete => "delete",
            Self::Head => "head",
            Self::Options => "options",
            Self::Trace => "trace",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.key().to_uppercase())
    }
}

/// One call of the API.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// The path, as the document writes it.
    pub path: String,
    /// The last word of its name, for the method.
    pub name: String,
    /// The method on the wire.
    pub wire: Method,
    /// The meaning of the call: `GET` reads, even if another method is sent.
    pub semantic: Method,
    /// Its documentation.
    pub docs: Docs,
    /// The page about it on the vendor's site.
    pub page: Option<String>,
    /// The overloads: one plain method, or one for each key.
    pub overloads: Vec<Overload>,
    /// The optional parameters.
    pub options: Vec<Param>,
    /// The parameters that the client sends by itself: they are required and have one value.
    pub constants: Vec<Param>,
    /// The output.
    pub output: Output,
    /// The type of an event's data, if the reply can be a stream of server-sent events.
    pub events: Option<Type>,
    /// The bodies that the document declares for failures.
    pub failures: Vec<Failure>,
    /// The media type of the request's body, unless it is `application/json`.
    pub sends: Option<String>,
    /// The media type for the header `Accept`, unless it is `application/json`.
    pub accepts: Option<String>,
    /// Remarks for callers: what is left out, how a body is sent.
    pub remarks: Vec<String>,
    /// The pagination, if the call returns a paginated list.
    pub paging: Option<Paging>,
    /// True if it refuses a request without any parameter, although none is required.
    pub needs_parameter: bool,
    /// The server and the security schemes, if they differ from those of the API.
    pub connection: OperationConnection,
    /// The JSON pointer of the operation.
    pub pointer: String,
}

impl Endpoint {
    /// Returns all parameters that callers give. One that several overloads require is repeated.
    pub fn params(&self) -> impl Iterator<Item = &Param> {
        let required = self.overloads.iter();
        let required = required.flat_map(|overload| &overload.required);
        required.chain(&self.options)
    }

    /// Returns all its parameters as mutable references.
    pub fn params_mut(&mut self) -> impl Iterator<Item = &mut Param> {
        let required = self.overloads.iter_mut();
        let required = required.flat_map(|overload| &mut overload.required);
        required.chain(&mut self.options)
    }
}

impl Endpoint {
    /// Returns true if repeating the call creates another resource: `create`, `create_multiple`, `get_or_create`.
    pub fn creates(&self) -> bool {
        self.name.split('_').any(|word| word == "create") && !matches!(self.semantic, Method::Get)
    }
}

/// One method by which an endpoint is called.
#[derive(Debug, Clone)]
pub struct Overload {
    /// The suffix after the endpoint's name: `by_name`; `None` for the plain method.
    pub suffix: Option<String>,
    /// The arguments.
    pub required: Vec<Param>,
}

/// A parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Param {
    /// The name on the wire.
    pub name: String,
    /// Its location.
    pub location: Location,
    /// Its type.
    pub ty: Type,
    /// Required or optional, nullable or not.
    pub presence: Presence,
    /// The only value, if the document allows but one.
    pub only: Option<Value>,
    /// The media type as a part of a form, if the document states one.
    pub media: Option<String>,
    /// Its documentation.
    pub docs: Docs,
    /// The JSON pointer of its schema, or of the path that names it.
    pub pointer: String,
}

/// The location of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Location {
    /// A property of the JSON body.
    Body,
    /// All properties of the value become properties of the JSON body.
    Flat,
    /// The value is the JSON body.
    WholeBody,
    /// The query, in the format of APIs whose calls are named by their paths.
    Query,
    /// The query, in a style of OpenAPI.
    Styled(Style),
    /// A placeholder in the path.
    Path,
    /// A placeholder in the path, in another style of OpenAPI than the default.
    StyledPath(PathStyle),
    /// A header.
    Header,
    /// A cookie, in a style of OpenAPI.
    Cookie(Style),
    /// A header that names each property of an object with its value.
    ExplodedHeader,
    /// A field of a urlencoded form.
    Form,
    /// A field of a urlencoded form, in a style of OpenAPI.
    StyledForm(Style),
    /// A part of a multipart form that is text.
    Part,
    /// A part of a multipart form that is a file.
    File,
    /// Parts of a multipart form, of one name, that are files.
    Files,
    /// The value is the body, text.
    Text,
    /// The value is the body, bytes.
    Bytes,
}

impl Location {
    /// Returns true if it is a placeholder in the path.
    pub fn is_path(self) -> bool {
        matches!(self, Self::Path | Self::StyledPath(_))
    }

    /// Returns true if a parameter at this location is in the query or the body.
    pub fn counts(self) -> bool {
        !self.is_path() && !matches!(self, Self::Header | Self::ExplodedHeader | Self::Cookie(_))
    }
}

/// The style of a value in a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PathStyle {
    /// Joined by commas, each property of an object with its value.
    SimpleExploded,
    /// After a dot, joined by commas.
    Label,
    /// After a dot, joined by dots.
    LabelExploded,
    /// After `;name=`, joined by commas.
    Matrix,
    /// Each after `;name=`.
    MatrixExploded,
}

/// The style of a list or an object in a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// Lists repeat their name, properties of objects become parameters.
    Form,
    /// Joined by commas.
    Comma,
    /// Joined by blanks.
    Space,
    /// Joined by `|`.
    Pipe,
    /// `name[property]`.
    Deep,
    /// JSON text.
    Json,
}

/// The output of an endpoint.
#[derive(Debug, Clone)]
pub struct Output {
    /// The place of the payload in the reply.
    pub reply: Reply,
    /// The key of the body that repeats the HTTP status.
    pub status: Option<String>,
    /// The payload; `None` if the reply has none.
    pub ty: Option<Type>,
    /// Further keys of the body, which callers can read.
    pub others: Vec<(String, Type)>,
}

/// The place of the payload in a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// There is none.
    Empty,
    /// Under a key of the JSON body.
    Key(String),
    /// The JSON body is the payload.
    Body,
    /// The body is text.
    Text,
    /// The body is text, or JSON with a string.
    TextOrJson,
    /// The body is bytes.
    Bytes,
    /// The header `Location` of a redirect.
    Location,
    /// One of several replies, selected by status and media type.
    Told,
}

/// The statuses for which the document declares a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// One status.
    Code(u16),
    /// All statuses that start with this digit.
    Range(u16),
    /// Any status without another reply.
    Default,
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(range) => write!(f, "{range}XX"),
            Self::Default => f.write_str("any other status"),
        }
    }
}

/// The JSON body of a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Its statuses.
    pub status: Status,
    /// Its type.
    pub ty: Type,
}

/// The pagination of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paging {
    /// The rule for the next page.
    pub rule: PageRule,
    /// True if the parameter for the page is a property of the JSON body.
    pub in_body: bool,
    /// The keys of the items; empty if the reply is the list.
    pub items: Vec<String>,
    /// The type of the items.
    pub item: Type,
    /// The keys of the boolean that says if there are more pages; empty if there is none.
    pub more: Vec<String>,
    /// The keys of the total number of pages or items; empty if there is none.
    pub total: Vec<String>,
}

/// The rule for the next page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageRule {
    /// The rule of the dialect. This key of the reply says whether there is more.
    Dialect {
        /// The key.
        key: String,
    },
    /// By a token of the reply.
    Token {
        /// The parameter for it.
        parameter: String,
        /// Its keys.
        next: Vec<String>,
    },
    /// By a property of the last item.
    Last {
        /// The parameter for it.
        parameter: String,
        /// The property.
        id: String,
    },
    /// By the number of the page.
    Page {
        /// The parameter for it.
        parameter: String,
        /// The number of the first page.
        first: u64,
    },
    /// By the number of items to skip.
    Offset {
        /// The parameter for it.
        parameter: String,
    },
    /// By the header `Link`.
    Link,
    /// By a URL in the reply.
    Url {
        /// Its keys.
        next: Vec<String>,
    },
}

impl Paging {
    /// Returns the key of a reply that only describes the pages.
    pub fn key(&self) -> Option<&str> {
        match &self.rule {
            PageRule::Dialect { key } => Some(key),
            _ => None,
        }
    }

    /// Returns the parameter for the page.
    pub fn parameter(&self) -> Option<&str> {
        match &self.rule {
            PageRule::Token { parameter, .. }
            | PageRule::Last { parameter, .. }
            | PageRule::Page { parameter, .. }
            | PageRule::Offset { parameter } => Some(parameter),
            PageRule::Dialect { .. } | PageRule::Link | PageRule::Url { .. } => None,
        }
    }
}
