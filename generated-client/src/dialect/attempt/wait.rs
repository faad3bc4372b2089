use std::future::{IntoFuture, ready};
use std::time::Duration;

use super::{ActionAttempt, ActionAttemptId, ActionResult, Failure, Status, Task, WaitPolicy};
use crate::client::Seam;
use crate::endpoint::{Method, Operation, Reply};
use crate::error::{Error, ErrorKind};
use crate::request::send::send_once;
use crate::request::{Parts, ResponseFuture, ValueFuture};
use crate::response::{RawReply, read_reply};
use crate::retry::{jittered, random};
use crate::transport::{BoxFuture, Stopwatch};

/// The key of an attempt in a reply.
pub(crate) const KEY: &str = "action_attempt";
/// The place of an attempt in the reply to a poll.
pub(crate) const PLACE: Reply = Reply::Key(KEY);
const POLL: Operation = Operation::post("/action_attempts/get")
    .semantic(Method::Get)
    .reply(PLACE);

/// The timeout of the last poll, after the time to wait is over.
const LAST_POLL: Duration = Duration::from_secs(5);

/// Returns the attempt in a reply, unless it has succeeded; an error if it has failed.
pub(crate) fn unfinished(reply: &RawReply, place: Reply) -> Result<Option<ActionAttempt>, Error> {
    judge(read(reply, place)?, reply)
}

fn read(reply: &RawReply, place: Reply) -> Result<ActionAttempt, Error> {
    let mut attempt = ActionAttempt::default();
    read_reply(reply, place, &mut attempt)?;
    Ok(attempt)
}

fn judge(attempt: ActionAttempt, reply: &RawReply) -> Result<Option<ActionAttempt>, Error> {
    match &attempt.status {
        Status::Success(_) => Ok(None),
        Status::Error(failure) => Err(failed(failure.clone(), attempt).with_reply(reply)),
        Status::Pending | Status::Unknown(_) => Ok(Some(attempt)),
    }
}

/// Polls an attempt until it has succeeded, with the headers and the timeout of the request that started it. Returns the last
/// reply. Each error has the attempt.
pub(crate) async fn poll(
    parts: &Parts,
    policy: WaitPolicy,
    mut attempt: ActionAttempt,
    mut latest: Option<RawReply>,
) -> Result<RawReply, Error> {
    if let Err(error) = policy.check() {
        return Err(error.with_attempt(attempt));
    }
    if attempt.id().as_str().is_empty() {
        return Err(unnamed(attempt, latest));
    }
    let transport = parts.seam.transport();
    let began = Stopwatch::start(transport);
    let look = poll_request(parts, attempt.id());
    let mut last_error = None;
    loop {
        // Elapsed time is compared, because a deadline far in the future may overflow.
        let remaining = policy.timeout.saturating_sub(began.elapsed());
        if remaining.is_zero() {
            return Err(timed_out(policy, attempt, latest, last_error));
        }
        let pause = pause(policy, last_error.as_ref()).min(remaining);
        transport.sleep(pause).await;
        let left = policy.timeout.saturating_sub(began.elapsed());
        let longest = parts.attempt_timeout().min(left.max(LAST_POLL));
        let seen = match send_once(&look, longest).await {
            Ok(reply) => read_poll(&reply, attempt.id()).map(|seen| (seen, reply)),
            Err(error) => Err(error),
        };
        match seen {
            Ok((None, reply)) => return Ok(reply),
            Ok((Some(seen), reply)) => (attempt, latest, last_error) = (seen, Some(reply), None),
            // The action continues even if this poll failed.
            Err(error) if error.is_retryable() => last_error = Some(error),
            Err(error) => return Err(look.locate(error.with_attempt(attempt))),
        }
    }
}

/// Returns the attempt in the reply to a poll, unless it has succeeded.
fn read_poll(reply: &RawReply, id: &ActionAttemptId) -> Result<Option<ActionAttempt>, Error> {
    let seen = read(reply, PLACE)?;
    match seen.id() == id {
        true => judge(seen, reply),
        false => Err(reply.invalid(format!(
            "the reply is about another action attempt (`{}`)",
            seen.id()
        ))),
    }
}

/// Returns the pause before the next poll. It is longer if the last one failed and the API asks for it.
fn pause(policy: WaitPolicy, last_error: Option<&Error>) -> Duration {
    let asked = last_error.and_then(Error::retry_after).unwrap_or_default();
    policy.interval.max(jittered(asked, random()))
}

/// Returns the request of a poll.
fn poll_request(parts: &Parts, id: &ActionAttemptId) -> Parts {
    let mut request = Parts::new(&parts.seam, POLL);
    request.headers = parts.headers.clone();
    request.span = parts.span.clone();
    request.set_body("action_attempt_id", Some(&mut id.clone()));
    request
}

fn failed(failure: Failure, attempt: ActionAttempt) -> Error {
    let message = match failure.message.trim() {
        "" => format!("{} ({})", attempt.action_type, failure.code),
        message => format!("{} ({}): {message}", attempt.action_type, failure.code),
    };
    Error::new(ErrorKind::ActionAttemptFailed, message)
        .with_code(failure.code)
        .with_attempt(attempt)
}

/// Returns the error about an attempt without an id, which cannot be polled.
fn unnamed(attempt: ActionAttempt, latest: Option<RawReply>) -> Error {
    let message = "the action attempt has no id, so the client cannot wait for it";
    keep(
        Error::new(ErrorKind::InvalidResponse, message).with_attempt(attempt),
        latest,
    )
}

fn timed_out(
    policy: WaitPolicy,
    attempt: ActionAttempt,
    latest: Option<RawReply>,
    last_error: Option<Error>,
) -> Error {
    let status = match &attempt.status {
        Status::Unknown(status) if status.is_empty() => "has no status".to_owned(),
        Status::Unknown(status) => format!("is `{status}`"),
        _ => "is still pending".to_owned(),
    };
    let message = format!(
        "{} {status} after {:?}",
        attempt.action_type, policy.timeout
    );
    let error = Error::new(ErrorKind::ActionAttemptTimedOut, message).with_attempt(attempt);
    let error = keep(error, latest);
    match last_error {
        Some(last_error) => error.with_source(last_error),
        None => error,
    }
}

fn keep(error: Error, latest: Option<RawReply>) -> Error {
    match latest {
        Some(reply) => error.with_reply(&reply),
        None => error,
    }
}

/// Waits for an action attempt. Made by [`ActionAttempt::wait`]; awaiting it gives the finished attempt.
#[derive(Clone)]
#[must_use = "the wait does not start until this is awaited"]
pub struct Wait<S> {
    seam: Seam,
    attempt: ActionAttempt<S>,
    policy: WaitPolicy,
}

impl<S: ActionResult> std::fmt::Debug for Wait<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Wait")
            .field("attempt", &self.attempt)
            .finish_non_exhaustive()
    }
}

impl<S: ActionResult> ActionAttempt<S> {
    /// Waits until the action has succeeded. An attempt that has succeeded already is returned without a request.
    ///
    /// If a poll fails for a reason that a read is retried after, it is followed by another poll: after the interval, or after a
    /// longer `retry-after`. The retry policy does not limit the number of polls.
    ///
    /// # Errors
    ///
    /// Awaiting it fails with [`ErrorKind::ActionAttemptFailed`], with [`ErrorKind::ActionAttemptTimedOut`], and with the errors
    /// of any call. Each error has the [attempt](Error::action_attempt).
    pub fn wait(self, seam: &Seam) -> Wait<S> {
        Wait {
            seam: seam.clone(),
            attempt: self,
            policy: seam.wait_policy(),
        }
    }
}

impl<S> Wait<S> {
    /// Sets how long to wait, in place of the client's timeout for it.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.policy.timeout = timeout;
        self
    }

    /// Sets how often to poll. It cannot be zero.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.policy.interval = interval;
        self
    }
}

impl<S: ActionResult> IntoFuture for Wait<S> {
    type Output = Result<ActionAttempt<S>, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let attempt = self.attempt;
        match &attempt.status {
            Status::Success(_) => Box::pin(ready(Ok(attempt))),
            Status::Error(failure) => {
                let error = failed(failure.clone(), attempt.typed());
                let error = self.seam.caller().without_secrets(error);
                Box::pin(ready(Err(error)))
            }
            Status::Pending | Status::Unknown(_) => {
                let task = Task::Wait(self.policy, attempt.typed());
                let response = ResponseFuture::new(Parts::new(&self.seam, POLL), task);
                Box::pin(ValueFuture::new(response))
            }
        }
    }
}

#[cfg(feature = "blocking")]
impl<S: ActionResult> Wait<S> {
    /// Blocks until the action has finished.
    ///
    /// # Errors
    ///
    /// As awaiting it.
    pub fn call(self) -> Result<ActionAttempt<S>, Error> {
        crate::blocking::run(self.into_future())?
    }
}
