//! Where an API is, and how its callers sign in.

/// What a document says about its servers and about signing in.
#[derive(Debug, Clone, Default)]
pub struct Connection {
    /// The first server, which is the default one.
    pub server: Option<Server>,
    /// The ways to sign in.
    pub schemes: Vec<Scheme>,
    /// Which of them a call needs.
    pub security: Security,
}

/// Alternatives, each a list of schemes that go together, by their index. A call needs no credentials where there are no
/// alternatives, or one of them is empty.
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
    /// Its name, as it stands in the URL.
    pub name: String,
    /// Its value, unless the caller gives another.
    pub default: Option<String>,
    /// The values that it may have; any where there are none.
    pub values: Vec<String>,
    /// Its documentation, Markdown.
    pub description: Option<String>,
}

/// A way to sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme {
    /// Its name in the document.
    pub name: String,
    /// What it is.
    pub kind: SchemeKind,
    /// Its documentation, Markdown.
    pub description: Option<String>,
}

/// What a way to sign in is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemeKind {
    /// A bearer token.
    Bearer,
    /// A user name and a password.
    Basic,
    /// Another scheme of the header `Authorization`.
    Other(String),
    /// A key at a place of its own, under this name.
    Key(KeyPlace, String),
    /// A bearer token from OAuth 2.0 or OpenID Connect.
    OAuth,
}

/// Where a key stands in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyPlace {
    /// A header.
    Header,
    /// A parameter of the query.
    Query,
    /// A cookie.
    Cookie,
}

/// What differs for an operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OperationConnection {
    /// The URL of its server, variables filled in.
    pub server: Option<String>,
    /// The ways to sign in.
    pub security: Option<Security>,
}
