//! Replies whose bodies are read while they arrive.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};

use super::super::Request;
use super::super::futures::read;
use super::super::parts::Parts;
use crate::dialect::Task;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::response::RawReply;
use crate::transport::{Body, BoxFuture};

/// The place for the body of a reply that is not read at once.
#[derive(Clone, Default)]
pub(in crate::request) struct OpenBody(Option<Arc<Mutex<Option<Body>>>>);

impl OpenBody {
    /// Stores the body for the download, or returns it, to be read at once.
    pub(in crate::request) fn keep(&self, body: Body) -> Option<Body> {
        let Some(kept) = &self.0 else {
            return Some(body);
        };
        *kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(body);
        None
    }
}

impl<E: Endpoint<Output = Bytes>> Request<E> {
    /// Sends the request, and returns the body of the reply as a stream, without a limit of its size.
    ///
    /// Timeouts and retries apply until the body starts.
    ///
    /// ```
    /// # async fn example<E: seam::Endpoint<Output = seam::Bytes>>(request: seam::Request<E>) -> seam::Result<()> {
    /// let mut download = request.download().await?;
    /// while let Some(chunk) = download.next().await {
    ///     println!("{} bytes", chunk?.len());
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub fn download(self) -> DownloadFuture {
        DownloadFuture(open(self.parts))
    }
}

/// The future of a request whose reply is read while it arrives: gives the [`Download`]. Made by [`Request::download`].
#[must_use = "a request does nothing until it is awaited"]
pub struct DownloadFuture(pub(crate) BoxFuture<'static, Result<Download, Error>>);

impl Future for DownloadFuture {
    type Output = Result<Download, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl fmt::Debug for DownloadFuture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DownloadFuture").finish_non_exhaustive()
    }
}

/// Sends a request, and does not read the body of its reply.
pub(super) fn open(mut parts: Parts) -> BoxFuture<'static, Result<Download, Error>> {
    let open = Arc::<Mutex<Option<Body>>>::default();
    parts.open_body = OpenBody(Some(open.clone()));
    Box::pin(async move {
        let head = read(parts.clone(), Task::Send).await?.reply;
        let body = open.lock().unwrap_or_else(PoisonError::into_inner).take();
        Ok(Download {
            head,
            unread: Bytes::new(),
            body: body.unwrap_or_else(|| Bytes::new().into()),
            parts,
        })
    })
}

/// The body of a reply that is still arriving: a [`Stream`] of its bytes. Made by [`Request::download`].
#[must_use = "nothing is read until a chunk is awaited"]
pub struct Download {
    head: RawReply,
    /// Bytes that were put back. They come before the rest of the body.
    unread: Bytes,
    body: Body,
    parts: Parts,
}

impl Download {
    /// Returns the HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// Returns the HTTP headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// Returns the next bytes; `None` at the end. If you drop the future before it is done, no bytes are lost.
    ///
    /// # Errors
    ///
    /// If the connection breaks. The stream ends after an error.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| self.poll_chunk(context)).await
    }

    pub(super) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Error>>> {
        if !self.unread.is_empty() {
            return Poll::Ready(Some(Ok(std::mem::take(&mut self.unread))));
        }
        let chunk = ready!(self.body.poll_chunk(context));
        let fail = |error| self.fail(Error::from(error));
        let chunk = chunk.map(|chunk| chunk.map_err(fail));
        if let Some(Err(_)) = chunk {
            self.body = Bytes::new().into();
        }
        Poll::Ready(chunk)
    }

    /// Makes these bytes the next ones again.
    #[cfg(feature = "blocking")]
    pub(crate) fn put_back(&mut self, bytes: Bytes) {
        self.unread = bytes;
    }

    /// Adds this reply to an error.
    pub(super) fn fail(&self, error: Error) -> Error {
        self.parts.locate(error.with_reply(&self.head))
    }

    /// Returns a reply like this one with another body.
    pub(super) fn with_body(&self, body: Bytes) -> RawReply {
        RawReply {
            body,
            ..self.head.clone()
        }
    }

    pub(super) fn parts(&self) -> &Parts {
        &self.parts
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_chunk(context)
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("status", &self.head.status)
            .finish_non_exhaustive()
    }
}
