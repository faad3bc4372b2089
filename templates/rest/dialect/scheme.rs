//! The ways to sign in that the document declares.

/// One way to sign in.
#[derive(Debug)]
pub(crate) struct Scheme {
    /// What messages call it, with its article.
    pub(crate) name: &'static str,
    /// The builder's method that takes its credentials.
    pub(crate) method: &'static str,
    /// The environment variables that hold them: one, or user name and password.
    pub(crate) variables: &'static [&'static str],
    /// Where they stand in a request.
    pub(crate) place: Place,
}

/// Where credentials stand in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(dead_code, reason = "which of them there are depends on the document")]
pub(crate) enum Place {
    /// `Authorization`, after the name of a scheme such as `Bearer`.
    Authorization(&'static str),
    /// `Authorization: Basic`, user name and password.
    Basic,
    /// A header of its own.
    Header(&'static str),
    /// A parameter of the query.
    Query(&'static str),
    /// A cookie.
    Cookie(&'static str),
}
