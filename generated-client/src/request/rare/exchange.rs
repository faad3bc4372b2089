//! The exchange of requests with streams or cookies.

use bytes::Bytes;
use http::{HeaderMap, Response, header};

use super::super::parts::Parts;
use super::super::transmit::set_header;
use crate::error::Error;
use crate::transport::Body;

/// Sends a request. Its body is a stream if it has an upload that streams.
pub(in crate::request) async fn exchange(
    parts: &Parts,
    request: http::Request<Bytes>,
) -> Result<Response<Body>, Error> {
    let transport = parts.seam.transport();
    Ok(match parts.outgoing().await? {
        Some(body) => transport.send_streaming(request.map(|_| body)).await?,
        None => transport.send(request).await?,
    })
}

/// Adds the cookies that are set.
pub(in crate::request) fn add_cookies(parts: &Parts, headers: &mut HeaderMap) {
    if let Some(cookies) = parts.cookies() {
        set_header(headers, &header::COOKIE, &cookies);
    }
}
