//! From a request to its reply: the same code for all endpoints.

use std::future::Future;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, header};

use super::parts::Parts;
use crate::attempt::wait_for_reply;
use crate::endpoint::Reply;
use crate::error::{Error, ErrorKind, refusal};
use crate::response::RawReply;
use crate::transport::TransportError;

/// Sends a request; waits for the action to finish where its reply is an action attempt. Gives the last reply, and where
/// in it the value stands.
pub(super) async fn execute(
    parts: Parts,
    is_action_attempt: bool,
) -> Result<(RawReply, Reply), Error> {
    if is_action_attempt && let Some(policy) = parts.wait {
        policy.check()?;
        let reply = send_once(&parts).await?;
        return wait_for_reply(&parts, policy, reply).await;
    }
    Ok((send_once(&parts).await?, parts.operation.reply))
}

/// Sends a request one time; a reply without success is an error.
pub(crate) async fn send_once(parts: &Parts) -> Result<RawReply, Error> {
    parts.check()?;
    let request = build(parts)?;
    let seam = &parts.seam;
    let sending = seam.transport().send(request, seam.reply_limit());
    let response = within(parts.timeout.unwrap_or_else(|| seam.timeout()), sending).await?;
    let (head, body) = response.into_parts();
    let reply = RawReply {
        status: head.status,
        headers: head.headers,
        body,
    };
    if reply.status.is_success() {
        Ok(reply)
    } else {
        Err(refusal(&reply))
    }
}

fn build(parts: &Parts) -> Result<http::Request<Bytes>, Error> {
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
    let headers = request.headers_mut();
    headers.clone_from(parts.seam.headers());
    if let Some(content_type) = content_type {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    }
    for (name, value) in &parts.headers {
        headers.insert(name, value.clone());
    }
    Ok(request)
}

async fn within<T>(
    timeout: Duration,
    sending: impl Future<Output = Result<T, TransportError>>,
) -> Result<T, TransportError> {
    tokio::time::timeout(timeout, sending)
        .await
        .unwrap_or(Err(TransportError::Timeout))
}
