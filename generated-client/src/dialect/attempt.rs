//! Action attempts: the API returns one if a device has to act, which takes time.

mod call;
mod decode;
mod error;
mod facts;
mod options;
mod policy;
mod results;
mod wait;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use serde_json::Value;

use crate::id::{Id, Identified};
use crate::wire::{self, Reader, Slot, read_value};

pub(crate) use call::{Task, about, run_task};
pub(crate) use error::ErrorDetails;
pub use facts::OperationFacts;
pub(crate) use policy::WaitPolicy;
#[allow(unused_imports, reason = "a document may have no actions")]
pub(crate) use results::results;
pub use wait::Wait;

crate::id::ids! {
    /// ID of an action attempt.
    ActionAttemptId,
}

/// An action that Seam has started: pending, succeeded or failed. `S` is the type of its result.
///
/// Calls that return one wait until the action has succeeded. `.no_wait()` gives the attempt as it starts, and
/// [`wait`](ActionAttempt::wait) waits for it later.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ActionAttempt<S = Value> {
    /// ID of the action attempt.
    pub action_attempt_id: ActionAttemptId,
    /// The kind of action, such as `LOCK_DOOR`.
    pub action_type: String,
    /// The state: pending, succeeded or failed.
    pub status: Status<S>,
    /// Further properties of the attempt.
    pub additional_properties: BTreeMap<String, Value>,
}

/// The state of an action attempt. Only [`Success`](Status::Success) says that the action is done.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Status<S = Value> {
    /// The action has not finished.
    Pending,
    /// The action is done, with this result.
    Success(S),
    /// The action failed.
    Error(Failure),
    /// A status that this version does not know; empty if the API sent none. The action may still happen.
    Unknown(String),
}

/// The reason why an action failed.
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
    /// Returns the zero value for attempts of this `action_type`.
    #[doc(hidden)]
    #[must_use]
    fn of(action_type: &str) -> Self {
        let _ = action_type;
        Self::default()
    }
}

// Results are objects, but a document may allow anything else.
impl ActionResult for Value {}
impl ActionResult for String {}
impl ActionResult for bool {}
impl ActionResult for i64 {}
impl ActionResult for u64 {}
impl ActionResult for f64 {}
impl ActionResult for Timestamp {}
impl<K: 'static> ActionResult for Id<K> {}
impl<T: Slot + Clone + Default + Send + 'static> ActionResult for Vec<T> {}
impl<T: Slot + Clone + Default + Send + 'static> ActionResult for BTreeMap<String, T> {}

impl<S> Status<S> {
    /// Returns the server's texts about an action that has not succeeded.
    pub(crate) fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let (first, second) = match self {
            Self::Error(failure) => (Some(&mut failure.code), Some(&mut failure.message)),
            Self::Unknown(status) => (Some(status), None),
            Self::Pending | Self::Success(_) => (None, None),
        };
        first.into_iter().chain(second)
    }
}

impl<S> ActionAttempt<S> {
    /// Returns the id of the attempt.
    #[must_use]
    pub fn id(&self) -> &ActionAttemptId {
        &self.action_attempt_id
    }

    /// Returns true if the status is pending.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        matches!(self.status, Status::Pending)
    }

    /// Returns true if the action has succeeded or failed. An unknown status says neither.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        matches!(self.status, Status::Success(_) | Status::Error(_))
    }

    /// Returns the result if the action has succeeded.
    #[must_use]
    pub fn result(&self) -> Option<&S> {
        match &self.status {
            Status::Success(result) => Some(result),
            _ => None,
        }
    }

    /// Returns the failure if the action has failed.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        match &self.status {
            Status::Error(failure) => Some(failure),
            _ => None,
        }
    }
}

impl<S: ActionResult> ActionAttempt<S> {
    /// Returns the same attempt with a result of another type, which is read from the JSON of this one.
    ///
    /// Errors and replies contain attempts of any action. This method gives an attempt the type of its action:
    ///
    /// ```no_run
    /// # #[cfg(feature = "locks")]
    /// # fn example(error: &seam::Error) {
    /// use seam::action_attempt::LockDoor;
    ///
    /// if let Some(attempt) = error.action_attempt() {
    ///     let attempt = attempt.typed::<LockDoor>();
    ///     println!("{}: {:?}", attempt.id(), attempt.status);
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn typed<T: ActionResult>(&self) -> ActionAttempt<T> {
        let status = match &self.status {
            Status::Pending => Status::Pending,
            Status::Error(failure) => Status::Error(failure.clone()),
            Status::Unknown(status) => Status::Unknown(status.clone()),
            Status::Success(result) => {
                let mut read = T::of(&self.action_type);
                let value = (wire::CODEC.to_value)(&mut result.clone());
                read_value(value, &mut read, &mut Reader::unbounded());
                Status::Success(read)
            }
        };
        ActionAttempt {
            action_attempt_id: self.action_attempt_id.clone(),
            action_type: self.action_type.clone(),
            status,
            additional_properties: self.additional_properties.clone(),
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

/// Returns an attempt without an action, whose status is unknown.
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
    type Kind = id_markers::ActionAttemptId;

    fn id(&self) -> &ActionAttemptId {
        &self.action_attempt_id
    }
}
