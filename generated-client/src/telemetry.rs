//! What is told of calls to the feature `tracing`; nothing without it.

use std::time::Duration;

use crate::error::Error;
use crate::response::RawReply;
use crate::wire::Deviation;

/// A reply came.
pub(crate) fn replied(reply: &RawReply) {
    let _ = reply;
}

/// The attempt of this number failed, and another follows.
pub(crate) fn will_retry(attempt: u32, error: &Error, wait: Duration) {
    let _ = (attempt, error, wait);
}

/// The client was set up in a way that is likely not meant.
pub(crate) fn doubtful(what: &'static str) {
    #[cfg(feature = "tracing")]
    tracing::warn!("{what}");
    #[cfg(not(feature = "tracing"))]
    let _ = what;
}

/// The deviations that were warned of.
#[derive(Default)]
pub(crate) struct Warned {
    #[cfg(feature = "tracing")]
    seen: std::sync::Mutex<std::collections::HashSet<String>>,
}

impl Warned {
    /// Warns of each deviation once.
    pub(crate) fn warn_of(&self, path: &str, deviations: &[Deviation]) {
        let _ = (path, deviations);
    }
}
