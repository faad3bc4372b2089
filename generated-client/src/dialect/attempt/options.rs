//! What a call can set about waiting for its action.

use std::time::Duration;

use super::{ActionAttempt, ActionResult};
use crate::endpoint::Endpoint;
use crate::request::Request;

impl<E, S> Request<E>
where
    E: Endpoint<Output = ActionAttempt<S>>,
    S: ActionResult,
{
    /// Does not wait for the action to finish: gives the attempt as it starts.
    pub fn no_wait(mut self) -> Self {
        self.parts.dialect.wait = None;
        self
    }

    /// How long to wait for the action to finish, in place of the client's timeout for it. This time comes on top of the
    /// [total timeout](Self::total_timeout).
    pub fn wait_timeout(mut self, timeout: Duration) -> Self {
        self.parts.dialect.wait.get_or_insert_default().timeout = timeout;
        self
    }

    /// How often to look whether the action has finished. It cannot be zero.
    pub fn wait_interval(mut self, interval: Duration) -> Self {
        self.parts.dialect.wait.get_or_insert_default().interval = interval;
        self
    }
}
