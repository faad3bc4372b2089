//! Bodies and files that are sent unchanged.

#[cfg(not(target_family = "wasm"))]
mod file;
mod source;
#[cfg(test)]
mod tests;

use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderValue;

use self::source::{ChunkBody, Once};
use super::super::Request;
use super::super::parts::{Body, Parts};
use super::RareBody;
use crate::endpoint::Endpoint;
use crate::transport::{Body as Streaming, MaybeSend};

pub(in crate::request) use source::Source;

/// Bytes to send as a body or as a file of a form, with their media type and file name.
///
/// Bytes and text convert into it. By default a body has the media type in the API's document, and a file has the name of its
/// field.
///
/// ```
/// use seam::request::Upload;
///
/// let photo = Upload::new(vec![0xff, 0xd8]).media_type("image/jpeg").file_name("door.jpg");
/// let video = Upload::file("door.mp4").media_type("video/mp4");
/// ```
///
/// # Large uploads
///
/// [`file`](Self::file), [`reader`](Self::reader) and [`stream`](Self::stream) are read while they are sent, and are never fully
/// in memory. The timeouts of a request include the time that sending takes: set [`timeout`](crate::Request::timeout) and
/// [`total_timeout`](crate::Request::total_timeout) for an upload that takes longer.
///
/// A file is opened each time it is sent, so it is retried like bytes. A reader or a stream can be read once: after its first
/// bytes were sent the request is never retried, with any [`RetryPolicy`](crate::RetryPolicy), and a second request with the same
/// upload is an error.
#[derive(Clone, Default)]
pub struct Upload {
    pub(super) source: Source,
    pub(super) media_type: Option<String>,
    pub(super) file_name: Option<String>,
}

impl Upload {
    /// Makes an upload of bytes or text.
    #[must_use]
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self {
            source: Source::Bytes(bytes.into()),
            ..Self::default()
        }
    }

    /// Makes an upload of a file by its path, which also gives the file name. It is opened when the request is sent; if that
    /// fails, the error is [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest). Needs a Tokio runtime.
    #[cfg(not(target_family = "wasm"))]
    #[must_use]
    pub fn file(path: impl AsRef<std::path::Path>) -> Self {
        let path = path.as_ref();
        let name = path.file_name().map(|name| name.to_string_lossy().into());
        Self {
            source: Source::File(file::SourceFile::new(path)),
            file_name: name,
            ..Self::default()
        }
    }

    /// Makes an upload of a reader, such as a pipe. It is read on the threads of a Tokio runtime for blocking work.
    #[cfg(not(target_family = "wasm"))]
    #[must_use]
    pub fn reader(reader: impl std::io::Read + Send + Unpin + 'static) -> Self {
        Self::once(Streaming::new(file::Reading::Idle(reader)))
    }

    /// Makes an upload of a stream of chunks, such as a [`Download`](super::Download). If the stream ends in an error, so does
    /// the request.
    #[must_use]
    pub fn stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + MaybeSend + 'static,
        B: Into<Bytes> + 'static,
        E: Into<Box<dyn StdError + Send + Sync>> + 'static,
    {
        Self::once(Streaming::new(ChunkBody::new(stream)))
    }

    fn once(body: Streaming) -> Self {
        Self {
            source: Source::Once(Once::new(body)),
            ..Self::default()
        }
    }

    /// States how many bytes a reader or a stream has. The request then has a `content-length`, which some servers require, and
    /// fails if the number is wrong.
    #[must_use]
    pub fn length(mut self, bytes: u64) -> Self {
        if let Source::Once(once) = &mut self.source {
            once.length = Some(bytes);
        }
        self
    }

    /// States the media type, such as `image/png`. An invalid one is refused when the request is sent.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// States the name of the file.
    #[must_use]
    pub fn file_name(mut self, file_name: impl Into<String>) -> Self {
        self.file_name = Some(file_name.into());
        self
    }
}

#[allow(dead_code, reason = "which of them are used depends on the document")]
impl<E: Endpoint> Request<E> {
    /// Sets a body of text.
    #[inline]
    pub(crate) fn with_text_body(mut self, text: String) -> Self {
        self.parts
            .set_raw_body(text.into(), "text/plain; charset=utf-8");
        self
    }

    /// Sets a body of bytes.
    #[inline]
    pub(crate) fn with_bytes_body(
        mut self,
        bytes: impl Into<Upload>,
        content_type: &'static str,
    ) -> Self {
        self.parts.set_raw_body(bytes.into(), content_type);
        self
    }
}

#[allow(dead_code, reason = "which of them are used depends on the document")]
impl Parts {
    pub(crate) fn set_raw_body(&mut self, upload: Upload, content_type: &'static str) {
        self.check_media_type(&upload);
        self.body = Body::Rare(RareBody::Raw(upload, content_type));
    }

    pub(super) fn check_media_type(&mut self, upload: &Upload) {
        if let Some(media) = &upload.media_type
            && HeaderValue::from_str(media).is_err()
        {
            self.refuse("a media type has characters that HTTP does not allow");
        }
    }
}

/// Leaves out the bytes.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("length", &self.source.length())
            .field("media_type", &self.media_type)
            .field("file_name", &self.file_name)
            .finish()
    }
}

macro_rules! from {
    ($($source:ty),+ $(,)?) => { $(
        impl From<$source> for Upload {
            fn from(bytes: $source) -> Self {
                Self::new(bytes)
            }
        }
    )+ };
}
from! { Bytes, Vec<u8>, String, Box<[u8]> }

macro_rules! from_borrowed {
    ($($source:ty),+ $(,)?) => { $(
        impl From<$source> for Upload {
            fn from(bytes: $source) -> Self {
                Self::new(Bytes::copy_from_slice(bytes.as_ref()))
            }
        }
    )+ };
}
from_borrowed! { &[u8], &str, &String, &Vec<u8> }

impl<const N: usize> From<[u8; N]> for Upload {
    fn from(bytes: [u8; N]) -> Self {
        Self::from(bytes.as_slice())
    }
}

impl<const N: usize> From<&[u8; N]> for Upload {
    fn from(bytes: &[u8; N]) -> Self {
        Self::from(bytes.as_slice())
    }
}
