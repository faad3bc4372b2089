//! What a request adds to its exchange with the server.

use bytes::Bytes;
use http::{HeaderMap, Response, header};

use super::super::parts::Parts;
use super::super::transmit::set_header;
use crate::transport::{Body, TransportError};

/// Sends a request that is complete but for a body that streams.
pub(in crate::request) async fn exchange(
    parts: &Parts,
    request: http::Request<Bytes>,
) -> Result<Response<Body>, TransportError> {
    parts.seam.transport().send(request).await
}

/// Adds the cookies that are set.
pub(in crate::request) fn add_cookies(parts: &Parts, headers: &mut HeaderMap) {
    if let Some(cookies) = parts.cookies() {
        set_header(headers, &header::COOKIE, &cookies);
    }
}
