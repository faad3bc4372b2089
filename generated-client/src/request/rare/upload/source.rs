//! The sources of uploads.

use std::error::Error as StdError;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Body as HttpBody, Frame};

#[cfg(not(target_family = "wasm"))]
use super::file::SourceFile;
use crate::error::{Error, ErrorKind};
use crate::transport::{Body, MaybeSend};

/// The source of an upload.
#[derive(Clone)]
pub(in crate::request) enum Source {
    /// Bytes in memory.
    Bytes(Bytes),
    /// A stream, which can be read once.
    Once(Once),
    /// A file, which is opened each time it is sent.
    #[cfg(not(target_family = "wasm"))]
    File(SourceFile),
}

impl Source {
    /// Returns true if the source cannot be sent again, because a part of its stream was sent.
    pub(in crate::request) fn is_spent(&self) -> bool {
        matches!(self, Self::Once(once) if once.body().is_none())
    }

    /// Returns the bytes in memory; empty for streams.
    pub(in crate::request) fn bytes(&self) -> Bytes {
        match self {
            Self::Bytes(bytes) => bytes.clone(),
            _ => Bytes::new(),
        }
    }

    /// Returns the number of bytes, if it is known before they are sent.
    pub(super) fn length(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => Some(bytes.len() as u64),
            Self::Once(once) => once.length,
            #[cfg(not(target_family = "wasm"))]
            Self::File(_) => None,
        }
    }

    pub(in crate::request) fn streams(&self) -> bool {
        !matches!(self, Self::Bytes(_))
    }

    /// Returns the bytes to send, and their number if it is known.
    pub(in crate::request) async fn open(&self) -> Result<(Body, Option<u64>), Error> {
        match self {
            Self::Bytes(bytes) => Ok((bytes.clone().into(), Some(bytes.len() as u64))),
            Self::Once(_) if self.is_spent() => Err(Error::new(
                ErrorKind::InvalidRequest,
                "the upload is a stream that was sent before: make a new one for each request",
            )),
            Self::Once(once) => Ok((Body::new(FirstRead(once.clone(), None)), once.length)),
            #[cfg(not(target_family = "wasm"))]
            Self::File(file) => file.open().await,
        }
    }
}

impl Default for Source {
    fn default() -> Self {
        Self::Bytes(Bytes::new())
    }
}

/// A body that can be taken once, when its first bytes are read.
#[derive(Clone)]
pub(in crate::request) struct Once {
    body: Arc<Mutex<Option<Body>>>,
    /// The number of its bytes.
    pub(super) length: Option<u64>,
}

impl Once {
    pub(super) fn new(body: Body) -> Self {
        Self {
            body: Arc::new(Mutex::new(Some(body))),
            length: None,
        }
    }

    fn body(&self) -> MutexGuard<'_, Option<Body>> {
        self.body.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes the body when its first bytes are read. A request that fails earlier can be sent again.
struct FirstRead(Once, Option<Body>);

impl HttpBody for FirstRead {
    type Data = Bytes;
    type Error = Box<dyn StdError + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if self.1.is_none() {
            let body = self.0.body().take();
            self.1 = body;
        }
        match &mut self.1 {
            Some(body) => Pin::new(body).poll_frame(context).map_err(Into::into),
            None => Poll::Ready(Some(Err("another request has sent the stream".into()))),
        }
    }
}

/// A body made of a stream of chunks.
pub(super) struct ChunkBody<S>(Pin<Box<S>>);

impl<S> ChunkBody<S> {
    pub(super) fn new(stream: S) -> Self {
        Self(Box::pin(stream))
    }
}

impl<S, B, E> HttpBody for ChunkBody<S>
where
    S: Stream<Item = Result<B, E>> + MaybeSend,
    B: Into<Bytes>,
{
    type Data = Bytes;
    type Error = E;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, E>>> {
        let chunk = self.0.as_mut().poll_next(context);
        chunk.map_ok(|chunk| Frame::data(chunk.into()))
    }
}
