//! The action attempt that an error is about.

use super::ActionAttempt;
use crate::error::Error;

/// What only Seam's API adds to an error.
#[derive(Debug, Default)]
pub(crate) struct ErrorDetails {
    attempt: Option<ActionAttempt>,
}

impl ErrorDetails {
    /// Returns true if the API has accepted an action that is not known to have finished.
    pub(crate) fn may_still_happen(&self) -> bool {
        let attempt = self.attempt.as_ref();
        attempt.is_some_and(|attempt| !attempt.is_finished())
    }

    /// The server's words.
    pub(crate) fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let attempt = self.attempt.iter_mut();
        attempt.flat_map(|attempt| attempt.status.texts())
    }
}

impl Error {
    /// Returns the action attempt that the error is about: one that failed, or one that the API accepted before something
    /// else went wrong, and that may still happen. [`typed`](ActionAttempt::typed) gives its result a type.
    #[must_use]
    pub fn action_attempt(&self) -> Option<&ActionAttempt> {
        self.0.dialect.attempt.as_ref()
    }

    /// Keeps the action attempt, unless there is one already. Where the action may still happen, the message says so.
    pub(crate) fn with_attempt(self, attempt: ActionAttempt) -> Self {
        if self.action_attempt().is_some() {
            return self;
        }
        let mut error = match attempt.is_finished() {
            true => self,
            false => self.may_still_happen(attempt.id().as_str()),
        };
        error.0.dialect.attempt = Some(attempt);
        error
    }

    /// Says that the API accepted the action.
    pub(crate) fn may_still_happen(mut self, attempt: &str) -> Self {
        let attempt = match attempt {
            "" => String::new(),
            id => format!(" (action attempt {id})"),
        };
        self.0.message = format!("the action may still happen{attempt}: {}", self.0.message);
        self
    }

    /// Keeps the code of a failed action.
    pub(crate) fn with_code(mut self, code: String) -> Self {
        self.0.code = Some(code);
        self
    }
}
