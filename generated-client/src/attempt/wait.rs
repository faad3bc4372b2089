use std::future::{IntoFuture, ready};
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::{ActionAttempt, ActionAttemptId, ActionResult, Failure, Status};
use crate::client::Seam;
use crate::endpoint::{Method, Operation, Output, Reply};
use crate::error::{Error, ErrorKind};
use crate::request::{Awaiting, Course, Parts, Sending, send_once};
use crate::response::RawReply;
use crate::transport::BoxFuture;

/// Where an attempt stands in the reply to a look at it.
pub(crate) const PLACE: Reply = Reply::Key("action_attempt");
const POLL: Operation = Operation::post("/action_attempts/get")
    .semantic(Method::Get)
    .reply(PLACE);

/// What the last look at an attempt may take, at most, when the time to wait is over.
const LAST_LOOK: Duration = Duration::from_secs(5);

/// How long to wait for an action to finish, and how often to look.
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
    /// Refuses an interval that would ask without a pause.
    pub(crate) fn check(self) -> Result<(), Error> {
        if self.interval.is_zero() {
            return Err(Error::new(
                ErrorKind::InvalidRequest,
                "the interval to wait cannot be zero",
            ));
        }
        Ok(())
    }
}

/// The attempt in the reply to a request, if there is something to wait for; an error where it failed.
pub(crate) fn pending(parts: &Parts, reply: &RawReply) -> Result<Option<ActionAttempt>, Error> {
    let (attempt, _) = ActionAttempt::from_reply(reply, parts.operation.reply)?;
    match &attempt.status {
        Status::Pending => Ok(Some(attempt)),
        // One that is not known ends the wait: nothing says that it will change.
        Status::Success(_) | Status::Unknown(_) => Ok(None),
        Status::Error(failure) => Err(failed(failure.clone(), attempt)),
    }
}

/// Asks for a pending attempt until it is so no longer, with the headers and the timeout of the request that began it. Gives
/// the last reply.
pub(crate) async fn poll(
    parts: &Parts,
    policy: WaitPolicy,
    mut attempt: ActionAttempt,
) -> Result<RawReply, Error> {
    let began = Instant::now();
    let look = look(parts, attempt.id());
    let mut trouble = None;
    loop {
        // Measured from the start: a deadline that lies too far away cannot be computed.
        let remaining = policy.timeout.saturating_sub(began.elapsed());
        if remaining.is_zero() {
            return Err(timed_out(policy, attempt, trouble));
        }
        sleep(pause(policy, trouble.as_ref()).min(remaining)).await;
        let left = policy.timeout.saturating_sub(began.elapsed());
        let longest = parts.attempt_timeout().min(left.max(LAST_LOOK));
        match send_once(&look, longest).await {
            Ok(reply) => match pending(&look, &reply)? {
                Some(seen) => (attempt, trouble) = (seen, None),
                None => return Ok(reply),
            },
            // The action goes on, whether or not this look at it worked.
            Err(error) if error.is_retryable() => trouble = Some(error),
            Err(error) => return Err(error),
        }
    }
}

/// The pause before the next look: longer where the last one failed and the API asks for it.
fn pause(policy: WaitPolicy, trouble: Option<&Error>) -> Duration {
    let asked = trouble.and_then(Error::retry_after).unwrap_or_default();
    policy.interval.max(asked)
}

/// The request for how far the attempt is.
fn look(parts: &Parts, id: &ActionAttemptId) -> Parts {
    let mut request = Parts::new(&parts.seam, POLL);
    request.headers = parts.headers.clone();
    request.span = parts.span.clone();
    request.set_body("action_attempt_id", &mut id.clone());
    request
}

fn failed(failure: Failure, attempt: ActionAttempt) -> Error {
    let message = format!(
        "{} ({}): {}",
        attempt.action_type, failure.code, failure.message
    );
    Error::new(ErrorKind::ActionAttemptFailed, message)
        .with_code(failure.code)
        .with_attempt(attempt)
}

fn timed_out(policy: WaitPolicy, attempt: ActionAttempt, trouble: Option<Error>) -> Error {
    let message = format!(
        "{} is still pending after {:?}",
        attempt.action_type, policy.timeout
    );
    let error = Error::new(ErrorKind::ActionAttemptTimedOut, message).with_attempt(attempt);
    match trouble {
        Some(trouble) => error.with_source(trouble),
        None => error,
    }
}

/// Waits for an action attempt. Made by [`ActionAttempt::wait`]; awaiting it gives the finished attempt.
#[derive(Clone)]
#[must_use = "nothing is waited for until this is awaited"]
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
    /// Waits until the action has finished; one that already has is given back without a request.
    ///
    /// # Errors
    ///
    /// Awaiting it fails with [`ErrorKind::ActionAttemptFailed`] or [`ErrorKind::ActionAttemptTimedOut`], which carry the
    /// attempt, and with those of any call.
    pub fn wait(self, seam: &Seam) -> Wait<S> {
        Wait {
            seam: seam.clone(),
            attempt: self,
            policy: seam.wait_policy(),
        }
    }
}

impl<S> Wait<S> {
    /// How long to wait, in place of the client's timeout for it.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.policy.timeout = timeout;
        self
    }

    /// How often to look. It cannot be zero.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.policy.interval = interval;
        self
    }
}

impl<S: ActionResult> IntoFuture for Wait<S> {
    type Output = Result<ActionAttempt<S>, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        if let Err(error) = self.policy.check() {
            return Box::pin(ready(Err(error)));
        }
        let attempt = self.attempt;
        match &attempt.status {
            Status::Pending => {
                let pending = attempt.with_status(Status::Pending);
                let course = Course::Wait(self.policy, pending);
                let sending = Sending::new(Parts::new(&self.seam, POLL), course);
                Box::pin(Awaiting::new(sending))
            }
            Status::Error(failure) => {
                let attempt = attempt.with_status(Status::Error(failure.clone()));
                Box::pin(ready(Err(failed(failure.clone(), attempt))))
            }
            Status::Success(_) | Status::Unknown(_) => Box::pin(ready(Ok(attempt))),
        }
    }
}

impl<S> ActionAttempt<S> {
    /// It, where the type of its result does not matter.
    fn with_status(&self, status: Status) -> ActionAttempt {
        ActionAttempt {
            action_attempt_id: self.action_attempt_id.clone(),
            action_type: self.action_type.clone(),
            status,
            additional_properties: self.additional_properties.clone(),
        }
    }
}
