//! The servers and the security schemes of an API.

/// The servers and the security of a document.
#[derive(Debug, Clone, Default)]
pub struct Connection {
    /// The first server, which is the default one.
    pub server: Option<Server>,
    /// The security schemes.
    pub schemes: Vec<Scheme>,
    /// The schemes that a call needs.
    pub security: Security,
}

/// Alternatives, each a list of schemes that are used together, by their index. A call needs no credentials if there are no
/// alternatives, or if one of them is empty.
pub type Security = Vec<Vec<usize>>;

/// A server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Server {
    /// Its URL, with `{variables}`.
    pub url: String,
    /// The variables in the URL.
    pub variables: Vec<ServerVariable>,
}

/// A variable of the URL of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerVariable {
    /// Its name in the URL.
    pub name: String,
    /// Its default value.
    pub default: Option<String>,
    /// The allowed values; any if the list is empty.
    pub values: Vec<String>,
    /// Its documentation, Markdown.
    pub description: Option<String>,
}

/// A security scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme {
    /// Its name in the document.
    pub name: String,
    /// Its kind.
    pub kind: SchemeKind,
    /// Its documentation, Markdown.
    pub description: Option<String>,
}

/// The kind of a security scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemeKind {
    /// A bearer token.
    Bearer,
    /// A user name and a password.
    Basic,
    /// Another scheme of the header `Authorization`.
    Other(String),
    /// A key at this place, under this name.
    Key(KeyPlace, String),
    /// A bearer token from OAuth 2.0 or OpenID Connect.
    OAuth,
}

/// The place of a key in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyPlace {
    /// A header.
    Header,
    /// A parameter of the query.
    Query,
    /// A cookie.
    Cookie,
}

/// The settings of an operation that differ from the API's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OperationConnection {
    /// The URL of its server, with the defaults of its variables.
    pub server: Option<String>,
    /// The security schemes.
    pub security: Option<Security>,
}
