//! Action attempts: what the API answers where something has to happen on a device, which takes its time.

mod decode;
mod results;
mod wait;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use serde_json::Value;

use crate::id::{Id, Identified};
use crate::wire::{self, Slot};

#[allow(unused_imports, reason = "a document may have no actions")]
pub(crate) use results::results;
pub use wait::Wait;
pub(crate) use wait::{PLACE, WaitPolicy, pending, poll};

crate::id::ids! {
    /// ID of an action attempt.
    ActionAttemptId,
}

/// An action on a device: asked for, and done, failed or on its way. `S` is what it gives once it is done.
///
/// Calls that return one wait until it has finished, unless told otherwise: `.no_wait()` gives the attempt as it starts,
/// and [`wait`](ActionAttempt::wait) waits for it later.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ActionAttempt<S = Value> {
    /// ID of the action attempt.
    pub action_attempt_id: ActionAttemptId,
    /// Which action it is, such as `LOCK_DOOR`.
    pub action_type: String,
    /// How far it is.
    pub status: Status<S>,
    /// What else the API says of it.
    pub additional_properties: BTreeMap<String, Value>,
}

/// How far an action attempt is.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Status<S = Value> {
    /// It has not finished.
    Pending,
    /// It is done, with this result.
    Success(S),
    /// It failed.
    Error(Failure),
    /// A status that this version of the client does not know.
    Unknown(String),
}

/// Why an action failed.
#[derive(Clone, Default, Eq)]
#[non_exhaustive]
pub struct Failure {
    /// The kind of failure, for programs.
    pub code: String,
    /// What happened, for people.
    pub message: String,
}

crate::wire::object! { Failure { code = "type", message } }

/// What an action gives once it is done. Not for implementing outside of this crate.
pub trait ActionResult: Slot + Clone + Default + Send + 'static {
    /// The zero value for attempts of this `action_type`.
    #[doc(hidden)]
    #[must_use]
    fn of(action_type: &str) -> Self {
        let _ = action_type;
        Self::default()
    }
}

// Actions give objects; a document may let them give anything else.
impl ActionResult for Value {}
impl ActionResult for String {}
impl ActionResult for bool {}
impl ActionResult for i64 {}
impl ActionResult for f64 {}
impl ActionResult for Timestamp {}
impl<K: 'static> ActionResult for Id<K> {}
impl<T: Slot + Clone + Default + Send + 'static> ActionResult for Vec<T> {}
impl<T: Slot + Clone + Default + Send + 'static> ActionResult for BTreeMap<String, T> {}

impl<S> ActionAttempt<S> {
    /// The attempt's id.
    #[must_use]
    pub fn id(&self) -> &ActionAttemptId {
        &self.action_attempt_id
    }

    /// Whether it has not finished yet.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        matches!(self.status, Status::Pending)
    }

    /// The result, once it is done.
    #[must_use]
    pub fn result(&self) -> Option<&S> {
        match &self.status {
            Status::Success(result) => Some(result),
            _ => None,
        }
    }

    /// Why it failed, if it did.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        match &self.status {
            Status::Error(failure) => Some(failure),
            _ => None,
        }
    }
}

// Derived, these would show the secrets of a result that is JSON.

impl<S: ActionResult> fmt::Debug for ActionAttempt<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        wire::debug("ActionAttempt", self, f)
    }
}

impl<S: Slot + Clone> fmt::Debug for Status<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pending => f.write_str("Pending"),
            Self::Success(result) => wire::debug("Success", result, f),
            Self::Error(failure) => f.debug_tuple("Error").field(failure).finish(),
            Self::Unknown(status) => f.debug_tuple("Unknown").field(status).finish(),
        }
    }
}

impl<S> Default for ActionAttempt<S> {
    fn default() -> Self {
        Self {
            action_attempt_id: ActionAttemptId::default(),
            action_type: String::new(),
            status: Status::Unknown(String::new()),
            additional_properties: BTreeMap::new(),
        }
    }
}

impl<S> Identified for ActionAttempt<S> {
    type Kind = kinds::ActionAttemptId;

    fn id(&self) -> &ActionAttemptId {
        &self.action_attempt_id
    }
}
