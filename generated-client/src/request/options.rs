//! Settings of a request, in place of those of the client.

use std::time::Duration;

use super::Request;
use super::parts::Parts;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::retry::RetryPolicy;

impl<E: Endpoint> Request<E> {
    /// Adds a header, or replaces the one of this name. If HTTP does not allow it, the request is refused when it is sent.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.parts.set_header(name, value);
        self
    }

    /// Sets the timeout of each attempt, in place of the client's timeout.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.parts.timeout = Some(timeout);
        self
    }

    /// Sets the timeout of all attempts together, in place of the client's total timeout.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.parts.total_timeout = Some(timeout);
        self
    }

    /// Sets when this request is sent again, in place of the client's policy.
    ///
    /// The client's policy sends a request that acts again only if it has certainly not acted. This policy applies to all
    /// requests alike: if the request creates something or acts, and the reply is lost, that may happen twice.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.parts.retry = Some(policy);
        self
    }

    /// Makes the request fail on the first deviation of the reply from the API's document, with
    /// [`ErrorKind::InvalidResponse`](crate::ErrorKind::InvalidResponse) and the [deviation](crate::Error::deviation).
    pub fn strict(mut self) -> Self {
        self.parts.strict = true;
        self
    }
}

impl Parts {
    /// Returns the timeout of one attempt.
    pub(crate) fn attempt_timeout(&self) -> Duration {
        self.timeout.unwrap_or_else(|| self.seam.timeout())
    }

    /// Returns the timeout of all attempts together.
    pub(super) fn total_timeout(&self) -> Duration {
        self.total_timeout
            .unwrap_or_else(|| self.seam.total_timeout())
    }

    /// Returns how long to wait before this request is sent again; `None` to give up. The request's own policy replaces the
    /// client's.
    pub(super) fn wait_after(&self, attempt: u32, error: &Error, random: f64) -> Option<Duration> {
        if self.is_spent() {
            return None;
        }
        match &self.retry {
            Some(policy) => policy.wait_after(attempt, error, random),
            None if self.operation.is_repeatable() || !error.may_have_acted() => {
                let policy = self.seam.retry_policy();
                policy.wait_after(attempt, error, random)
            }
            None => None,
        }
    }
}
