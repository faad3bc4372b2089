//! One exchange with the server: sends a request, and reads its reply to the end.

use std::future::Future;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::parts::Parts;
use super::rare::{add_cookies, exchange};
use crate::dialect::Signature;
use crate::endpoint::{JSON, Reply};
use crate::error::{Error, ErrorKind, refusal};
use crate::response::RawReply;
use crate::transport::{TransportError, limited};

/// Sends a signed request.
pub(crate) async fn transmit(
    parts: &Parts,
    signature: &Signature,
    partial: &PartialReply,
) -> Result<RawReply, Error> {
    let seam = &parts.seam;
    let response = exchange(parts, build(parts, signature)?).await?;
    let (head, body) = response.into_parts();
    let status = head.status;
    partial.note(RawReply {
        status,
        headers: head.headers,
        body: Bytes::new(),
    });
    let body = match status.is_success() {
        true => parts.open_body.keep(body),
        false => Some(body),
    };
    let Some(body) = body else {
        let reply = partial.take().unwrap_or_default();
        parts.span.replied(&reply);
        return match reply.stated_compression() {
            Some(compressed) => Err(reply.invalid(compressed.to_string())),
            None => Ok(reply),
        };
    };
    let (body, end) = body.collect(seam.reply_limit()).await;
    let mut reply = partial.take().unwrap_or_default();
    reply.body = body;
    parts.span.replied(&reply);
    match end {
        Err(end) => Err(cut_off(&reply, end)),
        Ok(()) if is_success(parts, &reply) => refuse_compressed(reply),
        Ok(()) => Err(refusal(&reply)),
    }
    .map_err(|error| {
        let error = signature.without_secrets(error);
        seam.caller().without_secrets(error)
    })
}

/// Returns true if a reply is successful.
fn is_success(parts: &Parts, reply: &RawReply) -> bool {
    let gives_location = parts.operation.reply == Reply::Location;
    reply.status.is_success() || gives_location && reply.status.is_redirection()
}

/// The head of a reply whose body is still arriving.
#[derive(Default)]
pub(crate) struct PartialReply(Mutex<Option<RawReply>>);

impl PartialReply {
    fn note(&self, head: RawReply) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(head);
    }

    fn take(&self) -> Option<RawReply> {
        let mut head = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        head.take()
    }

    /// Waits for a call no longer than `longest`. If it takes longer, the error has the part of the reply that has arrived.
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

/// Returns the error about a reply whose body is incomplete. The head of the reply is still valid.
fn cut_off(reply: &RawReply, end: TransportError) -> Error {
    match reply.status.is_success() {
        true => Error::from(end).with_reply(reply),
        false => refusal(reply).with_source(end),
    }
}

fn build(parts: &Parts, signature: &Signature) -> Result<http::Request<Bytes>, Error> {
    let (body, content_type) = parts.encoded_body().unzip();
    let mut request = http::Request::new(body.unwrap_or_default());
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
    signature.sign(&mut request);
    let headers = request.headers_mut();
    if parts.operation.accepts != JSON {
        headers.insert(
            header::ACCEPT,
            HeaderValue::from_static(parts.operation.accepts),
        );
    }
    if let Some(content_type) = content_type {
        let content_type = HeaderValue::from_str(content_type).map_err(|error| {
            Error::new(ErrorKind::InvalidRequest, "the media type is not valid").with_source(error)
        })?;
        headers.insert(header::CONTENT_TYPE, content_type);
    }
    add_cookies(parts, headers);
    for (name, value) in parts.seam.default_headers().iter().chain(&parts.headers) {
        set_header(headers, name, value);
    }
    Ok(request)
}

/// Sets a header in place of an earlier one. Cookies join those that are there.
pub(super) fn set_header(headers: &mut HeaderMap, name: &HeaderName, value: &HeaderValue) {
    let value = match headers.get(header::COOKIE) {
        Some(cookies) if name == header::COOKIE => joined(cookies, value),
        _ => value.clone(),
    };
    headers.insert(name.clone(), value);
}

/// Fails if the body is compressed, because it cannot be read.
fn refuse_compressed(reply: RawReply) -> Result<RawReply, Error> {
    match reply.compression() {
        Some(compressed) => Err(reply.invalid(compressed.to_string())),
        None => Ok(reply),
    }
}

/// Joins two lists of cookies.
fn joined(first: &HeaderValue, second: &HeaderValue) -> HeaderValue {
    let bytes = [first.as_bytes(), b"; ", second.as_bytes()].concat();
    let mut cookies = HeaderValue::from_bytes(&bytes).unwrap_or_else(|_| second.clone());
    cookies.set_sensitive(first.is_sensitive() || second.is_sensitive());
    cookies
}
