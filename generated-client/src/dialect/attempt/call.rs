//! Calls whose reply is an action attempt: they wait until the action has finished.

use super::wait::{KEY, PLACE, poll, unfinished};
use super::{ActionAttempt, WaitPolicy};
use crate::endpoint::Reply;
use crate::error::{Error, ErrorKind};
use crate::request::Parts;
use crate::request::send::send;
use crate::response::{RawReply, Response, read_field};

/// The steps of a call.
pub(crate) enum Task {
    /// Send the request.
    Send,
    /// Send the request, then wait for the action that the reply names.
    SendAndWait(WaitPolicy),
    /// Wait for an action that has already started.
    Wait(WaitPolicy, ActionAttempt),
}

impl Task {
    /// Returns the steps of the call with these parts.
    pub(crate) fn of(parts: &Parts) -> Self {
        let wait = parts.dialect.wait.filter(|_| parts.operation.dialect.waits);
        wait.map_or(Self::Send, Self::SendAndWait)
    }
}

/// Runs a call. Returns the last reply, and the place of the value in it.
pub(crate) async fn run_task(parts: &Parts, task: Task) -> Result<(RawReply, Reply), Error> {
    let place = parts.operation.reply;
    let (policy, attempt, reply) = match task {
        Task::Wait(policy, attempt) => (policy, attempt, None),
        Task::Send => return Ok((send(parts).await?, place)),
        Task::SendAndWait(policy) => {
            policy.check()?;
            let reply = send(parts).await.map_err(accepted)?;
            let attempt = unfinished(&reply, place);
            match attempt.map_err(|error| accepted(about(error, &reply)))? {
                Some(attempt) => (policy, attempt, Some(reply)),
                None => return Ok((reply, place)),
            }
        }
    };
    Ok((poll(parts, policy, attempt, reply).await?, PLACE))
}

/// Adds the action attempt in the reply to an error.
pub(crate) fn about(error: Error, reply: &RawReply) -> Error {
    let mut attempt = ActionAttempt::default();
    let is_there = error.action_attempt().is_none() && read_field(reply, KEY, &mut attempt);
    match is_there {
        true => error.with_attempt(attempt),
        false => error,
    }
}

/// Adds that the action may happen, if the API reports success but the reply cannot be used.
fn accepted(error: Error) -> Error {
    let is_success = error.status().is_some_and(|status| status.is_success());
    let is_unknown = matches!(
        error.kind(),
        ErrorKind::InvalidResponse | ErrorKind::Transport | ErrorKind::Timeout
    );
    match is_success && is_unknown && error.action_attempt().is_none() {
        true => error.may_still_happen(""),
        false => error,
    }
}

impl<T> Response<T> {
    /// Returns the action attempt that the reply has in addition to the value, such as the one that sets a new access code on its
    /// lock. The call has not waited for it.
    ///
    /// ```no_run
    /// # #[cfg(feature = "access_codes")]
    /// # async fn example(seam: seam::Seam) -> Result<(), seam::Error> {
    /// let reply = seam.access_codes().create("device_id").code("123456").send().await?;
    /// if let Some(attempt) = reply.action_attempt() {
    ///     attempt.wait(&seam).await?; // the code is on the lock
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// [`typed`](ActionAttempt::typed) gives its result a type: `attempt.typed::<action_attempt::CreateAccessCode>()`.
    #[must_use]
    pub fn action_attempt(&self) -> Option<ActionAttempt> {
        self.field(KEY)
    }
}
