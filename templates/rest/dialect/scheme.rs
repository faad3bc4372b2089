//! The security schemes of the document.

/// A security scheme.
#[derive(Debug)]
pub(crate) struct Scheme {
    /// Its name in messages, with an article.
    pub(crate) name: &'static str,
    /// The builder's method that takes its credentials.
    pub(crate) method: &'static str,
    /// The environment variables that hold them: one, or user name and password.
    pub(crate) variables: &'static [&'static str],
    /// Their place in a request.
    pub(crate) place: Place,
}

/// The place of credentials in a request.
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
