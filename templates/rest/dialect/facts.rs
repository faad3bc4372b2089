use crate::endpoint::Operation;

/// What only some operations have: another server, other ways to sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct OperationFacts {
    /// The server of this operation, where it has one of its own.
    pub server: Option<&'static str>,
    /// The ways to sign in, where they are not those of the API. Each is a list of schemes that go together.
    pub(crate) security: Option<&'static [&'static [usize]]>,
}

impl OperationFacts {
    pub(crate) const NONE: Self = Self {
        server: None,
        security: None,
    };
}

#[allow(
    dead_code,
    reason = "whether operations differ depends on the document"
)]
impl Operation {
    /// States the server of this operation.
    #[must_use]
    pub(crate) const fn server(mut self, url: &'static str) -> Self {
        self.dialect.server = Some(url);
        self
    }

    /// States the ways to sign in.
    #[must_use]
    pub(crate) const fn security(mut self, ways: &'static [&'static [usize]]) -> Self {
        self.dialect.security = Some(ways);
        self
    }
}

/// What this API adds to an error: nothing.
#[derive(Debug, Default)]
pub(crate) struct ErrorDetails {}

impl ErrorDetails {
    /// Returns true if the API has accepted something that it has yet to do.
    #[allow(clippy::unused_self, reason = "there is no such thing")]
    pub(crate) fn may_still_happen(&self) -> bool {
        false
    }

    /// The server's words.
    #[allow(clippy::unused_self, reason = "there are none")]
    pub(crate) fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        std::iter::empty()
    }
}
