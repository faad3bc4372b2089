//! From a request to its reply: the same code for all endpoints.

#[cfg(test)]
mod tests;

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header};
use tokio::time::error::Elapsed;
use tokio::time::{Instant, sleep, timeout};

use super::parts::Parts;
use crate::attempt::{ActionAttempt, PLACE, WaitPolicy, pending, poll};
use crate::client::is_same;
use crate::endpoint::{JSON, Reply};
use crate::error::{Error, ErrorKind, refusal};
use crate::response::RawReply;
use crate::retry::random;
use crate::transport::TransportError;

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
    let (policy, attempt) = match course {
        Course::Wait(policy, attempt) => (policy, attempt),
        Course::Send => return Ok((send(parts).await?, parts.operation.reply)),
        Course::SendAndWait(policy) => {
            policy.check()?;
            let reply = send(parts).await?;
            match pending(parts, &reply)? {
                Some(attempt) => (policy, attempt),
                None => return Ok((reply, parts.operation.reply)),
            }
        }
    };
    Ok((poll(parts, policy, attempt).await?, PLACE))
}

/// Sends a request, and again after a failure that may pass, as its policy for that says.
async fn send(parts: &Parts) -> Result<RawReply, Error> {
    parts.check()?;
    let policy = parts.retry_policy();
    let total = parts.total_timeout();
    let began = Instant::now();
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
        let wait = policy.wait_after(attempt, &error, random());
        let remaining = total.saturating_sub(began.elapsed());
        let Some(wait) = wait.filter(|wait| *wait < remaining) else {
            return Err(error);
        };
        parts.span.will_retry(attempt, &error, wait);
        sleep(wait).await;
        attempt += 1;
    }
}

/// Sends a request one time, and waits no longer than `longest`; a reply without success is an error.
pub(crate) async fn send_once(parts: &Parts, longest: Duration) -> Result<RawReply, Error> {
    parts.check()?;
    timeout(longest, transmit_as_caller(parts))
        .await
        .unwrap_or_else(too_late)
}

pub(crate) fn too_late<T>(_: Elapsed) -> Result<T, Error> {
    Err(TransportError::Timeout.into())
}

/// Sends a request as whoever is calling.
async fn transmit_as_caller(parts: &Parts) -> Result<RawReply, Error> {
    let caller = parts.seam.caller();
    let headers = caller.headers(parts, None).await?;
    let refusal = match transmit(parts, &headers).await {
        Err(refusal) if caller.may_renew(&refusal) => refusal,
        result => return result,
    };
    let renewed = caller.headers(parts, Some(&headers)).await?;
    if is_same(&renewed, &headers) {
        return Err(refusal);
    }
    // Whoever is refused has not acted, so it is safe to ask again, whatever the request.
    transmit(parts, &renewed).await
}

/// Sends a request with the headers that say who is calling.
pub(crate) async fn transmit(parts: &Parts, caller: &HeaderMap) -> Result<RawReply, Error> {
    let seam = &parts.seam;
    let response = seam.transport().send(build(parts, caller)?).await?;
    let (head, body) = response.into_parts();
    let reply = RawReply {
        status: head.status,
        headers: head.headers,
        body: body.collect(seam.reply_limit()).await?,
    };
    parts.span.replied(&reply);
    if reply.status.is_success() {
        refuse_compressed(reply)
    } else {
        Err(refusal(&reply).without_credentials(caller))
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
            Error::new(ErrorKind::InvalidRequest, "the path and query make no URL")
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
    for (name, value) in &parts.headers {
        headers.insert(name.clone(), value.clone());
    }
    Ok(request)
}

/// No compression is asked for, so a compressed body cannot be read.
fn refuse_compressed(reply: RawReply) -> Result<RawReply, Error> {
    match reply.compression() {
        Some(encoding) => Err(reply.invalid(format!(
            "the body is compressed ({encoding}), which was not asked for: something between here and the API does that"
        ))),
        None => Ok(reply),
    }
}
