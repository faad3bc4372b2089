//! The settings of a call for waiting for its action.

use std::time::Duration;

use super::{ActionAttempt, ActionResult};
use crate::endpoint::Endpoint;
use crate::request::Request;

impl<E, S> Request<E>
where
    E: Endpoint<Output = ActionAttempt<S>>,
    S: ActionResult,
{
    /// Does not wait for the action to finish. The call returns the pending attempt.
    pub fn no_wait(mut self) -> Self {
        self.parts.dialect.wait = None;
        self
    }

    /// Sets how long to wait for the action to finish, in place of the client's timeout for it. This time is in addition to the
    /// [total timeout](Self::total_timeout).
    pub fn wait_timeout(mut self, timeout: Duration) -> Self {
        self.parts.dialect.wait.get_or_insert_default().timeout = timeout;
        self
    }

    /// Sets how often to poll the action. It cannot be zero.
    pub fn wait_interval(mut self, interval: Duration) -> Self {
        self.parts.dialect.wait.get_or_insert_default().interval = interval;
        self
    }
}
