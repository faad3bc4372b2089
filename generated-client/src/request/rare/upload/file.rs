//! Uploads of files and readers, which are read on threads that may block.

use std::fs;
use std::future::Future;
use std::io;

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame};
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

use crate::error::{Error, ErrorKind};
use crate::transport::Body;

/// The size of a chunk, in bytes.
const CHUNK: usize = 64 * 1024;

/// A file by its path.
#[derive(Clone)]
pub(in crate::request) struct SourceFile(Arc<std::path::Path>);

impl SourceFile {
    pub(super) fn new(path: &std::path::Path) -> Self {
        Self(path.into())
    }

    /// Opens the file; returns its bytes and their number.
    pub(super) async fn open(&self) -> Result<(Body, Option<u64>), Error> {
        let path = self.0.clone();
        let opened = async {
            let opened = run_blocking(move || {
                let file = fs::File::open(path)?;
                let length = file.metadata()?.len();
                Ok((file, length))
            });
            opened?.await?
        };
        let (file, length) = opened.await.map_err(|error: io::Error| {
            let path = self.0.display();
            let message = format!("the file {path} cannot be read: {error}");
            Error::new(ErrorKind::InvalidRequest, message).with_source(error)
        })?;
        Ok((Body::new(Reading::Idle(file)), Some(length)))
    }
}

/// A body that is read chunk by chunk.
pub(super) enum Reading<R> {
    Idle(R),
    Busy(JoinHandle<(R, io::Result<Bytes>)>),
    Done,
}

impl<R: io::Read + Send + Unpin + 'static> HttpBody for Reading<R> {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if let Self::Idle(_) = *self
            && let Self::Idle(reader) = std::mem::replace(&mut *self, Self::Done)
        {
            *self = Self::Busy(run_blocking(move || next_chunk(reader))?);
        }
        let Self::Busy(task) = &mut *self else {
            return Poll::Ready(None);
        };
        let read = ready!(Pin::new(task).poll(context));
        *self = Self::Done;
        let (reader, chunk) = read?;
        let chunk = chunk?;
        if chunk.is_empty() {
            return Poll::Ready(None);
        }
        *self = Self::Idle(reader);
        Poll::Ready(Some(Ok(Frame::data(chunk))))
    }
}

/// Reads the next bytes; empty at the end.
fn next_chunk<R: io::Read>(mut reader: R) -> (R, io::Result<Bytes>) {
    let mut chunk = vec![0; CHUNK];
    loop {
        match reader.read(&mut chunk) {
            Ok(length) => {
                chunk.truncate(length);
                return (reader, Ok(chunk.into()));
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return (reader, Err(error)),
        }
    }
}

/// Runs work on a thread that may block.
fn run_blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> io::Result<JoinHandle<T>> {
    let runtime = Handle::try_current().map_err(io::Error::other)?;
    Ok(runtime.spawn_blocking(work))
}
