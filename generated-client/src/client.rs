//! The client itself: where requests go, and as whom.

mod builder;
pub(crate) mod config_error;
mod network;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;

use crate::attempt::WaitPolicy;
use crate::dialect::caller::Caller;
use crate::error::Error;
use crate::retry::RetryPolicy;
use crate::telemetry::Warned;
use crate::transport::Transport;
use crate::wire::Deviation;

pub use builder::SeamBuilder;

/// A client for Seam's API.
///
/// Cheap to clone: clones share one connection pool. Namespaces of the API are methods:
/// `seam.locks().lock_door(&lock).await?`.
#[derive(Clone)]
pub struct Seam {
    inner: Arc<Inner>,
}

struct Inner {
    /// Without a slash at its end.
    endpoint: String,
    caller: Caller,
    transport: Box<dyn Transport>,
    timeout: Duration,
    total_timeout: Duration,
    retry: RetryPolicy,
    wait: WaitPolicy,
    strict: bool,
    reply_limit: usize,
    warned: Warned,
    default_headers: HeaderMap,
}

impl Seam {
    /// A client as the environment describes it.
    ///
    /// Reads `SEAM_API_KEY`, or `SEAM_PERSONAL_ACCESS_TOKEN` together with `SEAM_WORKSPACE_ID`; and `SEAM_ENDPOINT`, if it
    /// is set.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) where none or both of key and token are set, where one of them is
    /// something else by its prefix, and where the endpoint cannot be used; the message says what to pass.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().build()
    }

    /// A client described in code; what is left out is taken from the environment, as [`from_env`](Self::from_env) does.
    pub fn builder() -> SeamBuilder {
        SeamBuilder::default()
    }

    pub(crate) fn endpoint(&self) -> &str {
        &self.inner.endpoint
    }

    pub(crate) fn caller(&self) -> &Caller {
        &self.inner.caller
    }

    pub(crate) fn transport(&self) -> &dyn Transport {
        &*self.inner.transport
    }

    pub(crate) fn default_headers(&self) -> &HeaderMap {
        &self.inner.default_headers
    }

    pub(crate) fn timeout(&self) -> Duration {
        self.inner.timeout
    }

    pub(crate) fn total_timeout(&self) -> Duration {
        self.inner.total_timeout
    }

    pub(crate) fn retry_policy(&self) -> &RetryPolicy {
        &self.inner.retry
    }

    pub(crate) fn is_strict(&self) -> bool {
        self.inner.strict
    }

    /// Warns of what departs from the document in a reply from `path`, unless it was warned of before.
    pub(crate) fn warn_of(&self, path: &str, deviations: &[Deviation]) {
        self.inner.warned.warn_of(path, deviations);
    }

    pub(crate) fn wait_policy(&self) -> WaitPolicy {
        self.inner.wait
    }

    pub(crate) fn reply_limit(&self) -> usize {
        self.inner.reply_limit
    }
}

/// Shows where requests go, and not as whom.
impl fmt::Debug for Seam {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Seam")
            .field("endpoint", &self.inner.endpoint)
            .finish_non_exhaustive()
    }
}
