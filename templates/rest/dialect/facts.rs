use crate::endpoint::Operation;

/// Facts that only some operations have: another server, other credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct OperationFacts {
    /// The server of this operation, if it has its own.
    pub server: Option<&'static str>,
    /// The alternative credentials, if they differ from those of the API. Each is a list of schemes that are used together.
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

    /// States the alternative credentials.
    #[must_use]
    pub(crate) const fn security(mut self, ways: &'static [&'static [usize]]) -> Self {
        self.dialect.security = Some(ways);
        self
    }
}

/// The details of an error that only this API has: none.
#[derive(Debug, Default)]
pub(crate) struct ErrorDetails {}

impl ErrorDetails {
    /// Returns true if the API has accepted an action that is not known to have finished.
    #[allow(clippy::unused_self, reason = "there is no such thing")]
    pub(crate) fn may_still_happen(&self) -> bool {
        false
    }

    /// Returns the server's texts.
    #[allow(clippy::unused_self, reason = "there are none")]
    pub(crate) fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        std::iter::empty()
    }
}
