use std::future::IntoFuture;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::{ActionAttempt, ActionAttemptId, ActionResult, Failure, Status};
use crate::client::Seam;
use crate::endpoint::{Method, Operation, Output, Reply};
use crate::error::{Error, ErrorKind};
use crate::request::{Parts, Reading, decode, send_once};
use crate::response::{RawReply, Response};
use crate::telemetry::CallSpan;
use crate::transport::BoxFuture;

/// Where an attempt stands in a reply.
const PLACE: Reply = Reply::Key("action_attempt");
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

/// Waits until the attempt in `reply` has finished; gives the reply that says so, and where in it the attempt stands. Looks
/// are made with the headers and the timeout of the request that began it.
pub(crate) async fn wait_for_reply(
    parts: &Parts,
    policy: WaitPolicy,
    reply: RawReply,
) -> Result<(RawReply, Reply), Error> {
    let place = parts.operation.reply;
    let (attempt, _) = ActionAttempt::from_reply(&reply, place)?;
    match outcome(&attempt) {
        Some(outcome) => outcome
            .map(|()| (reply, place))
            .map_err(|failure| failed(failure, attempt)),
        None => Ok((poll(parts, policy, attempt).await?, PLACE)),
    }
}

/// Asks for a pending attempt until it is so no longer.
async fn poll(
    parts: &Parts,
    policy: WaitPolicy,
    mut attempt: ActionAttempt,
) -> Result<RawReply, Error> {
    let began = Instant::now();
    let mut trouble = None;
    loop {
        // Measured from the start: a deadline that lies too far away cannot be computed.
        let remaining = policy.timeout.saturating_sub(began.elapsed());
        if remaining.is_zero() {
            return Err(timed_out(policy, attempt, trouble));
        }
        sleep(pause(policy, trouble.as_ref()).min(remaining)).await;
        let left = policy.timeout.saturating_sub(began.elapsed());
        match look(parts, attempt.id(), left.max(LAST_LOOK)).await {
            Ok((reply, seen)) => match outcome(&seen) {
                Some(outcome) => {
                    return outcome
                        .map(|()| reply)
                        .map_err(|failure| failed(failure, seen));
                }
                None => (attempt, trouble) = (seen, None),
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

/// Asks once how far the attempt is.
async fn look(
    parts: &Parts,
    id: &ActionAttemptId,
    longest: Duration,
) -> Result<(RawReply, ActionAttempt), Error> {
    let mut request = Parts::new(&parts.seam, POLL);
    request.headers = parts.headers.clone();
    request.span = parts.span.clone();
    request.set_body("action_attempt_id", &mut id.clone());
    let reply = send_once(&request, parts.attempt_timeout().min(longest)).await?;
    let (attempt, _) = ActionAttempt::from_reply(&reply, PLACE)?;
    Ok((reply, attempt))
}

/// How it ended; `None` while it goes on. A status that is not known ends the wait too: nothing says that it will change.
fn outcome<S>(attempt: &ActionAttempt<S>) -> Option<Result<(), Failure>> {
    match &attempt.status {
        Status::Pending => None,
        Status::Success(_) | Status::Unknown(_) => Some(Ok(())),
        Status::Error(failure) => Some(Err(failure.clone())),
    }
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
#[derive(Debug, Clone)]
#[must_use = "nothing is waited for until this is awaited"]
pub struct Wait<S> {
    seam: Seam,
    attempt: ActionAttempt<S>,
    policy: WaitPolicy,
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
        let Self {
            seam,
            attempt,
            policy,
        } = self;
        Box::pin(async move {
            policy.check()?;
            match attempt.status {
                Status::Pending => {}
                Status::Error(failure) => {
                    let status = Status::Error(failure.clone());
                    let ActionAttempt {
                        action_attempt_id,
                        action_type,
                        ..
                    } = attempt;
                    return Err(failed(
                        failure,
                        ActionAttempt {
                            action_attempt_id,
                            action_type,
                            status,
                        },
                    ));
                }
                Status::Success(_) | Status::Unknown(_) => return Ok(attempt),
            }
            let reading = wait_for(seam, policy, attempt.action_attempt_id, attempt.action_type);
            decode(reading.await?).map(Response::into_value)
        })
    }
}

/// Waits for a pending attempt. Boxed here, where nothing is generic, as a call is.
fn wait_for(
    seam: Seam,
    policy: WaitPolicy,
    action_attempt_id: ActionAttemptId,
    action_type: String,
) -> BoxFuture<'static, Result<Reading, Error>> {
    let pending = ActionAttempt {
        action_attempt_id,
        action_type,
        status: Status::Pending,
    };
    Box::pin(async move {
        let mut parts = Parts::new(&seam, POLL);
        parts.span = CallSpan::of(&parts);
        let reply = parts.span.within(poll(&parts, policy, pending)).await?;
        Ok(Reading::new(reply, PLACE, parts))
    })
}
