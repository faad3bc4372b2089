//! The parts of the fake transport that only Seam's API has.

use serde_json::json;

use super::attempt::{ActionAttempt, Failure, Status};
use crate::client::SeamBuilder;
use crate::test::FakeTransport;

/// The id of every attempt that is made here.
const ATTEMPT: &str = "b43d4cbe-90a5-4a12-8f0f-1c5fd5f3bd2e";

/// The public items of this module, in `seam::test`.
pub(crate) mod exports {
    #[cfg(feature = "webhook")]
    pub use crate::dialect::webhook::delivery::{Delivery, sign, sign_at};

    pub use super::{failed, pending, succeeded};
}

/// Returns an action attempt whose action has not finished.
///
/// ```
/// # #[cfg(feature = "locks")]
/// # fn example() {
/// use seam::action_attempt;
/// use seam::action_attempts::Get;
/// use seam::locks::UnlockDoor;
/// use seam::test::{FakeTransport, pending, succeeded};
///
/// let fake = FakeTransport::new();
/// fake.reply::<UnlockDoor>(pending());
/// fake.reply::<Get>(succeeded(action_attempt::UnlockDoor::default()));
/// # }
/// ```
#[must_use]
pub fn pending<S>() -> ActionAttempt<S> {
    attempt(Status::Pending)
}

/// Returns an action attempt whose action is done, with this result: `Default::default()` where a test does not read it.
#[must_use]
pub fn succeeded<S>(result: S) -> ActionAttempt<S> {
    attempt(Status::Success(result))
}

/// Returns an action attempt whose action has failed.
#[must_use]
pub fn failed<S>(code: impl Into<String>, message: impl Into<String>) -> ActionAttempt<S> {
    attempt(Status::Error(Failure {
        code: code.into(),
        message: message.into(),
    }))
}

fn attempt<S>(status: Status<S>) -> ActionAttempt<S> {
    ActionAttempt {
        action_attempt_id: ATTEMPT.into(),
        status,
        ..ActionAttempt::default()
    }
}

/// Sets credentials for a client with the fake.
pub(crate) fn sign_in(builder: SeamBuilder) -> SeamBuilder {
    builder.api_key("seam_fake")
}

/// Returns true if the parameter of this name in a query holds credentials.
pub(crate) fn is_credential(_: &str) -> bool {
    false
}

impl FakeTransport {
    /// Answers this path with one of the API's errors.
    ///
    /// # Panics
    ///
    /// If there is no such status.
    pub fn refuse(&self, path: &str, status: u16, code: &str, message: &str) -> &Self {
        let error = json!({"error": {"type": code, "message": message}, "ok": false});
        self.reply_json(path, status, &error)
    }
}
