//! Bodies that are read while they are sent.

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};

use super::super::{Body, TransportError};

/// A body for reqwest, which asks for one that threads can share. The lock is never waited for.
struct SharedBody(Mutex<Body>);

pub(super) fn body(body: Body) -> reqwest::Body {
    reqwest::Body::wrap(SharedBody(Mutex::new(body)))
}

impl HttpBody for SharedBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let body = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        Pin::new(body).poll_frame(context)
    }

    fn size_hint(&self) -> SizeHint {
        let body = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        body.size_hint()
    }
}
