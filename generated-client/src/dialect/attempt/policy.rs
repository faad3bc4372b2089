use std::time::Duration;

use crate::client::Seam;
use crate::error::{Error, ErrorKind};

/// How long to wait for an action to finish, and how often to poll it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WaitPolicy {
    pub(crate) timeout: Duration,
    pub(crate) interval: Duration,
}

impl Default for WaitPolicy {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(10),
            interval: Duration::from_millis(500),
        }
    }
}

impl WaitPolicy {
    /// Refuses an interval that would poll without a pause.
    pub(crate) fn check(self) -> Result<(), Error> {
        if self.interval.is_zero() {
            return Err(Error::new(
                ErrorKind::InvalidRequest,
                "the wait interval must not be zero",
            ));
        }
        Ok(())
    }
}

impl Seam {
    /// Returns how calls wait by default.
    pub(crate) fn wait_policy(&self) -> WaitPolicy {
        self.dialect().wait
    }
}
