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

    /// The method of an operation that stands under this key.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.key() == key)
    }

    /// The key of its operation in a path item.
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
    /// The path, as the document spells it.
    pub path: String,
    /// The last word of its name: the method a caller calls.
    pub name: String,
    /// The method on the wire.
    pub wire: Method,
    /// What the call means: `GET` reads, whatever the wire says.
    pub semantic: Method,
    /// Its documentation.
    pub docs: Docs,
    /// The page about it on the vendor's site.
    pub page: Option<String>,
    /// The methods by which it is called: one plain method, or one for each key.
    pub overloads: Vec<Overload>,
    /// What may be given besides.
    pub options: Vec<Param>,
    /// What is always sent with it: parameters that must be given and have one value.
    pub constants: Vec<Param>,
    /// What comes back.
    pub output: Output,
    /// What the data of each event holds, where the reply can be a stream of server-sent events.
    pub events: Option<Type>,
    /// The bodies that the document declares for failures.
    pub failures: Vec<Failure>,
    /// The media type of the body that is sent, where it is not the usual one of JSON.
    pub sends: Option<String>,
    /// The media type that is asked for, where it is not the usual one of JSON.
    pub accepts: Option<String>,
    /// Remarks for callers: what is left out, how a body is sent.
    pub remarks: Vec<String>,
    /// How a list comes in pages, if it does.
    pub paging: Option<Paging>,
    /// It refuses a request without any parameter, though none in particular is required.
    pub needs_parameter: bool,
    /// The server and the ways to sign in, where they are not those of the API.
    pub connection: OperationConnection,
    /// The JSON pointer of the operation.
    pub pointer: String,
}

impl Endpoint {
    /// All parameters that callers give. One that several overloads require comes as often.
    pub fn params(&self) -> impl Iterator<Item = &Param> {
        let required = self.overloads.iter();
        let required = required.flat_map(|overload| &overload.required);
        required.chain(&self.options)
    }

    /// The same parameters, to change them.
    pub fn params_mut(&mut self) -> impl Iterator<Item = &mut Param> {
        let required = self.overloads.iter_mut();
        let required = required.flat_map(|overload| &mut overload.required);
        required.chain(&mut self.options)
    }
}

impl Endpoint {
    /// Returns true if repeating the call makes another thing: `create`, `create_multiple`, `get_or_create`.
    pub fn creates(&self) -> bool {
        self.name.split('_').any(|word| word == "create") && !matches!(self.semantic, Method::Get)
    }
}

/// One method by which an endpoint is called.
#[derive(Debug, Clone)]
pub struct Overload {
    /// What follows the endpoint's name: `by_name`; nothing on the plain one.
    pub suffix: Option<String>,
    /// The arguments.
    pub required: Vec<Param>,
}

/// A parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Param {
    /// The name on the wire.
    pub name: String,
    /// Where it goes.
    pub location: Location,
    /// Its type.
    pub ty: Type,
    /// When it must be given and whether it may be null.
    pub presence: Presence,
    /// The only value that it may have, where the document allows but one.
    pub only: Option<Value>,
    /// The media type that it has as a part of a form, where the document states one.
    pub media: Option<String>,
    /// Its documentation.
    pub docs: Docs,
    /// The JSON pointer of its schema, or of the path that names it.
    pub pointer: String,
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Location {
    /// A property of the JSON body.
    Body,
    /// All properties of the value become properties of the JSON body.
    Flat,
    /// The value is the JSON body.
    WholeBody,
    /// The query, as servers of calls by path read it.
    Query,
    /// The query, in a style of OpenAPI.
    Styled(Style),
    /// A placeholder in the path.
    Path,
    /// A placeholder in the path, in a style of OpenAPI that is not the usual one.
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

    /// Returns true if a parameter that stands here makes a request one with parameters: it is in the query or the body.
    pub fn counts(self) -> bool {
        !self.is_path() && !matches!(self, Self::Header | Self::ExplodedHeader | Self::Cookie(_))
    }
}

/// How a value stands in a path.
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

/// How a list or an object stands in a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// Lists repeat their name, properties of objects stand for themselves.
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

/// What an endpoint returns.
#[derive(Debug, Clone)]
pub struct Output {
    /// Where in the reply the payload stands.
    pub reply: Reply,
    /// The key of the body that repeats the HTTP status.
    pub status: Option<String>,
    /// The payload; nothing when the call only succeeds.
    pub ty: Option<Type>,
    /// Further keys of the body, which a caller can ask for.
    pub others: Vec<(String, Type)>,
}

/// Where in a reply the payload stands.
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
    /// The body is text, which may stand in JSON.
    TextOrJson,
    /// The body is bytes.
    Bytes,
    /// The header `Location`, where the reply is a redirect.
    Location,
    /// The status and the media type say which of several replies it is.
    Told,
}

/// The statuses for which the document declares a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// One status.
    Code(u16),
    /// All statuses that start with this digit.
    Range(u16),
    /// Any status that nothing else is declared for.
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
    /// When it comes.
    pub status: Status,
    /// Its type.
    pub ty: Type,
}

/// How a list comes in pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paging {
    /// How the next page is asked for.
    pub rule: PageRule,
    /// Whether the parameter that asks for a page is a property of the JSON body.
    pub in_body: bool,
    /// The keys that lead to the items; none where the reply is the list.
    pub items: Vec<String>,
    /// What the list holds.
    pub item: Type,
    /// The keys that lead to whether there is more; none where nothing says so.
    pub more: Vec<String>,
    /// The keys that lead to how many pages or items there are; none where nothing says so.
    pub total: Vec<String>,
}

/// How the next page is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageRule {
    /// The rule of the dialect. This key of the reply says whether there is more.
    Dialect {
        /// The key.
        key: String,
    },
    /// By a token of the reply.
    Token {
        /// The parameter that takes it.
        parameter: String,
        /// The keys that lead to it.
        next: Vec<String>,
    },
    /// By a property of the last item.
    Last {
        /// The parameter that takes it.
        parameter: String,
        /// The property.
        id: String,
    },
    /// By the number of the page.
    Page {
        /// The parameter that takes it.
        parameter: String,
        /// The number of the first page.
        first: u64,
    },
    /// By the number of items to skip.
    Offset {
        /// The parameter that takes it.
        parameter: String,
    },
    /// By the header `Link`.
    Link,
    /// By a URL in the reply.
    Url {
        /// The keys that lead to it.
        next: Vec<String>,
    },
}

impl Paging {
    /// The key of a reply that only tells whether there are more pages, and what they are.
    pub fn key(&self) -> Option<&str> {
        match &self.rule {
            PageRule::Dialect { key } => Some(key),
            _ => None,
        }
    }

    /// The parameter that asks for a page.
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
