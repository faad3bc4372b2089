#[cfg(any(test, feature = "_parts"))]
mod streaming;

use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use http_body::{Body as HttpBody, Frame, SizeHint};

use super::bounds::MaybeSend;
use super::error::TransportError;

/// A body, which may still be arriving.
///
/// Bytes and text convert with `From`; [`Body::new`] takes a body that streams.
pub struct Body(Source);

enum Source {
    Complete(Bytes),
    Streaming(Streaming),
}

#[cfg(not(target_family = "wasm"))]
type Streaming = Pin<Box<dyn HttpBody<Data = Bytes, Error = TransportError> + Send>>;
#[cfg(target_family = "wasm")]
type Streaming = Pin<Box<dyn HttpBody<Data = Bytes, Error = TransportError>>>;

impl Body {
    /// Makes a body that streams. An error of the stream ends the exchange; a [`TransportError`] is passed on unchanged.
    pub fn new<B>(body: B) -> Self
    where
        B: HttpBody<Data = Bytes> + MaybeSend + 'static,
        B::Error: Into<Box<dyn StdError + Send + Sync>>,
    {
        Self(Source::Streaming(Box::pin(Erased(Box::pin(body)))))
    }

    /// Reads the body, but never more than `limit` bytes. Returns the bytes, and an error if the body is incomplete.
    pub(crate) async fn collect(self, limit: usize) -> (Bytes, Result<(), TransportError>) {
        match self.0 {
            Source::Complete(bytes) if bytes.len() > limit => (
                bytes.slice(..limit),
                Err(TransportError::TooLarge { limit }),
            ),
            Source::Complete(bytes) => (bytes, Ok(())),
            Source::Streaming(mut body) => {
                let mut read = BytesMut::new();
                let end = read_into(&mut read, &mut body, limit).await;
                (read.freeze(), end)
            }
        }
    }
}

async fn read_into(
    read: &mut BytesMut,
    body: &mut Streaming,
    limit: usize,
) -> Result<(), TransportError> {
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if announced > limit {
        return Err(TransportError::TooLarge { limit });
    }
    read.reserve(announced);
    while let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        if let Ok(data) = frame?.into_data() {
            let fits = data.len().min(limit - read.len());
            read.extend_from_slice(&data[..fits]);
            if fits < data.len() {
                return Err(TransportError::TooLarge { limit });
            }
        }
    }
    Ok(())
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(Source::Complete(bytes))
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").finish_non_exhaustive()
    }
}

/// A body that converts its errors to [`TransportError`].
struct Erased<B>(Pin<Box<B>>);

impl<B> HttpBody for Erased<B>
where
    B: HttpBody<Data = Bytes>,
    B::Error: Into<Box<dyn StdError + Send + Sync>>,
{
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        self.0
            .as_mut()
            .poll_frame(context)
            .map_err(|error| match error.into().downcast() {
                Ok(error) => *error,
                Err(other) => TransportError::Other(other),
            })
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}
