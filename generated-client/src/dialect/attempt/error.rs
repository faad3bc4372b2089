//! The action attempt that an error is about.

use super::ActionAttempt;
use crate::error::Error;

/// The details of an error that only Seam's API has.
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

    /// Returns the server's texts.
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

    /// Adds the action attempt, unless there is one already. If the action may still happen, the message says so.
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

    /// Adds to the message that the action may still happen.
    pub(crate) fn may_still_happen(mut self, attempt: &str) -> Self {
        let attempt = match attempt {
            "" => String::new(),
            id => format!(" (action attempt {id})"),
        };
        self.0.message = format!("the action may still happen{attempt}: {}", self.0.message);
        self
    }

    /// Sets the code of a failed action.
    pub(crate) fn with_code(mut self, code: String) -> Self {
        self.0.code = Some(code);
        self
    }
}
