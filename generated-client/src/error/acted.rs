//! Decides if a failed call may have acted.

use super::{Error, ErrorKind};

impl Error {
    /// Returns true unless it is certain that the call did nothing.
    ///
    /// Ask this about calls that create, change or delete something: if it is true, look at what the call was for before you
    /// repeat it.
    ///
    /// - True after 408, 5xx, [`Timeout`](ErrorKind::Timeout), [`Transport`](ErrorKind::Transport) and
    ///   [`InvalidResponse`](ErrorKind::InvalidResponse), after a reply that is neither a success nor a refusal (4xx), and while
    ///   an action that the API has accepted is unfinished.
    /// - False if the request was not sent, if the API refused it, and if the API reports that the action failed.
    ///
    /// If a request was sent several times, this is true if any attempt may have acted.
    #[must_use]
    pub fn may_have_acted(&self) -> bool {
        if self.0.has_acted_before || self.0.dialect.may_still_happen() {
            return true;
        }
        match (self.0.kind, self.status().map(|status| status.as_u16())) {
            (_, Some(408 | 500..)) => true,
            (ErrorKind::Server | ErrorKind::Timeout | ErrorKind::Transport, _) => true,
            (ErrorKind::InvalidResponse, _) => true,
            (ErrorKind::Api, status) => !matches!(status, Some(400..500)),
            _ => false,
        }
    }

    /// Notes that an earlier attempt of the same request may have acted.
    pub(crate) fn after_one_that_may_have_acted(mut self) -> Self {
        self.0.has_acted_before = true;
        self
    }
}
