//! The client: its server, its credentials and its settings.

mod builder;
pub(crate) mod config_error;
mod network;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;

use crate::dialect::{Caller, ClientSettings};
use crate::retry::RetryPolicy;
use crate::telemetry::Warned;
use crate::transport::Transport;
use crate::wire::Deviation;

pub use builder::SeamBuilder;

/// A client for Seam's API.
///
/// Cheap to clone: clones share one connection pool. Namespaces of the API are methods.
#[derive(Clone)]
pub struct Seam {
    inner: Arc<Inner>,
}

struct Inner {
    /// The URL without a slash at its end.
    endpoint: String,
    dialect: ClientSettings,
    transport: Box<dyn Transport>,
    timeout: Duration,
    total_timeout: Duration,
    retry: RetryPolicy,
    strict: bool,
    reply_limit: usize,
    warned: Warned,
    default_headers: HeaderMap,
}

impl Seam {
    /// Returns a builder for a client. Settings that you do not set come from the environment, as in
    /// [`from_env`](Self::from_env).
    pub fn builder() -> SeamBuilder {
        SeamBuilder::default()
    }

    pub(crate) fn endpoint(&self) -> &str {
        &self.inner.endpoint
    }

    pub(crate) fn caller(&self) -> &Caller {
        &self.inner.dialect.caller
    }

    pub(crate) fn dialect(&self) -> &ClientSettings {
        &self.inner.dialect
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

    /// Warns of deviations in a reply from `path`, each once.
    pub(crate) fn warn_of(&self, path: &str, deviations: &[Deviation]) {
        self.inner.warned.warn_of(path, deviations);
    }

    pub(crate) fn reply_limit(&self) -> usize {
        self.inner.reply_limit
    }
}

/// Shows the endpoint, but no credentials.
impl fmt::Debug for Seam {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Seam")
            .field("endpoint", &self.inner.endpoint)
            .finish_non_exhaustive()
    }
}
