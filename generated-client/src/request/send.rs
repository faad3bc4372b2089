//! From a request to its reply: the same code for all endpoints.

#[cfg(test)]
mod tests;

use std::future::Future;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header};

use super::parts::Parts;
use crate::attempt::{ActionAttempt, KEY, PLACE, WaitPolicy, poll, unfinished};
use crate::client::is_same;
use crate::endpoint::{JSON, Reply};
use crate::error::{Error, ErrorKind, refusal};
use crate::response::{RawReply, read_field};
use crate::retry::random;
use crate::transport::{Stopwatch, TransportError, limited};

/// What a call does.
pub(crate) enum Course {
    /// It sends the request.
    Send,
    /// It sends the request, and waits for the action that the reply says has begun.
    SendAndWait(WaitPolicy),
    /// It waits for an action that has begun.
    Wait(WaitPolicy, ActionAttempt),
}

/// Carries out a call. Gives the last reply, and where in it the value stands.
pub(super) async fn carry_out(parts: &Parts, course: Course) -> Result<(RawReply, Reply), Error> {
    let place = parts.operation.reply;
    let (policy, attempt, reply) = match course {
        Course::Wait(policy, attempt) => (policy, attempt, None),
        Course::Send => return Ok((send(parts).await?, place)),
        Course::SendAndWait(policy) => {
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

/// Keeps with an error the action attempt that the reply holds.
pub(super) fn about(error: Error, reply: &RawReply) -> Error {
    let mut attempt = ActionAttempt::default();
    let is_there = error.action_attempt().is_none() && read_field(reply, KEY, &mut attempt);
    match is_there {
        true => error.with_attempt(attempt),
        false => error,
    }
}

/// Says that the action may happen, where the API reports success and the reply cannot be used.
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

/// Sends a request, and again after a failure that may pass, as its policy for that says.
async fn send(parts: &Parts) -> Result<RawReply, Error> {
    parts.check()?;
    let transport = parts.seam.transport();
    let total = parts.total_timeout();
    let began = Stopwatch::start(transport);
    let mut attempt = 1;
    loop {
        // Measured from the start: a deadline that lies too far away cannot be computed.
        let longest = parts
            .attempt_timeout()
            .min(total.saturating_sub(began.elapsed()));
        let error = match send_once(parts, longest).await {
            Ok(reply) => return Ok(reply),
            Err(error) => error,
        };
        let wait = parts.wait_after(attempt, &error, random());
        let remaining = total.saturating_sub(began.elapsed());
        let Some(wait) = wait.filter(|wait| *wait < remaining) else {
            return Err(error);
        };
        parts.span.will_retry(attempt, &error, wait);
        transport.sleep(wait).await;
        attempt += 1;
    }
}

/// Sends a request one time, and waits no longer than `longest`; a reply without success is an error.
pub(crate) async fn send_once(parts: &Parts, longest: Duration) -> Result<RawReply, Error> {
    parts.check().map_err(|error| error.at(parts))?;
    let heard = Heard::default();
    let call = transmit_as_caller(parts, &heard);
    heard
        .within(parts, longest, call)
        .await
        .map_err(|error| error.at(parts))
}

/// Sends a request as whoever is calling.
async fn transmit_as_caller(parts: &Parts, heard: &Heard) -> Result<RawReply, Error> {
    let caller = parts.seam.caller();
    let headers = caller.headers(parts, None).await?;
    let refusal = match transmit(parts, &headers, heard).await {
        Err(refusal) if caller.may_renew(&refusal) => refusal,
        result => return result,
    };
    let renewed = caller.headers(parts, Some(&headers)).await?;
    if is_same(&renewed, &headers) {
        return Err(refusal);
    }
    // Whoever is refused has not acted, so it is safe to ask again, whatever the request.
    transmit(parts, &renewed, heard).await
}

/// Sends a request with the headers that say who is calling.
pub(crate) async fn transmit(
    parts: &Parts,
    caller: &HeaderMap,
    heard: &Heard,
) -> Result<RawReply, Error> {
    let seam = &parts.seam;
    let response = seam.transport().send(build(parts, caller)?).await?;
    let (head, body) = response.into_parts();
    heard.note(RawReply {
        status: head.status,
        headers: head.headers,
        body: Bytes::new(),
    });
    let (body, end) = body.collect(seam.reply_limit()).await;
    let mut reply = heard.take().unwrap_or_default();
    reply.body = body;
    parts.span.replied(&reply);
    match end {
        Err(end) => Err(cut_off(&reply, end)),
        Ok(()) if reply.status.is_success() => refuse_compressed(reply),
        Ok(()) => Err(refusal(&reply)),
    }
    .map_err(|error| {
        let error = error.without_credentials(caller);
        seam.caller().without_secrets(error)
    })
}

/// The head of a reply whose body is still on its way.
#[derive(Default)]
pub(crate) struct Heard(Mutex<Option<RawReply>>);

impl Heard {
    fn note(&self, head: RawReply) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(head);
    }

    fn take(&self) -> Option<RawReply> {
        let mut head = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        head.take()
    }

    /// Waits for a call no longer than `longest`. A call that is cut off then keeps what was heard of its reply.
    pub(crate) async fn within(
        &self,
        parts: &Parts,
        longest: Duration,
        call: impl Future<Output = Result<RawReply, Error>>,
    ) -> Result<RawReply, Error> {
        let reply = limited(parts.seam.transport(), longest, call).await;
        reply.unwrap_or_else(|| {
            Err(match self.take() {
                Some(head) => cut_off(&head, TransportError::Timeout),
                None => TransportError::Timeout.into(),
            })
        })
    }
}

/// The error about a reply whose body did not come to its end. What its head says stays true.
fn cut_off(reply: &RawReply, end: TransportError) -> Error {
    match reply.status.is_success() {
        true => Error::from(end).with_reply(reply),
        false => refusal(reply).with_source(end),
    }
}

fn build(parts: &Parts, caller: &HeaderMap) -> Result<http::Request<Bytes>, Error> {
    let (body, content_type) = parts.encoded_body().unzip();
    let mut request = http::Request::new(Bytes::from(body.unwrap_or_default()));
    *request.method_mut() = parts.operation.method.into();
    *request.uri_mut() = parts
        .url()?
        .parse()
        .map_err(|error: http::uri::InvalidUri| {
            Error::new(
                ErrorKind::InvalidRequest,
                "path and query do not make a valid URL",
            )
            .with_source(error)
        })?;
    request.extensions_mut().insert(parts.operation);
    let headers = request.headers_mut();
    headers.clone_from(caller);
    if parts.operation.accepts != JSON {
        headers.insert(
            header::ACCEPT,
            HeaderValue::from_static(parts.operation.accepts),
        );
    }
    if let Some(content_type) = content_type {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    }
    for (name, value) in parts.seam.default_headers().iter().chain(&parts.headers) {
        headers.insert(name.clone(), value.clone());
    }
    Ok(request)
}

/// A compressed body cannot be read.
fn refuse_compressed(reply: RawReply) -> Result<RawReply, Error> {
    match reply.compression() {
        Some(compressed) => Err(reply.invalid(compressed.to_string())),
        None => Ok(reply),
    }
}
