//! Bodies that are sent as they are: bytes, and what they are.

use std::fmt;

use bytes::Bytes;
use http::HeaderValue;

use super::super::Request;
use super::super::parts::{Body, Parts};
use super::RareBody;
use crate::endpoint::Endpoint;

/// Bytes to send as a body or as a file of a form, with their media type and file name.
///
/// Bytes and text convert into it. Where nothing else is said, a body has the media type that the API's document names, and a
/// file is called like its field.
///
/// ```
/// use seam::request::Upload;
///
/// let photo = Upload::new(vec![0xff, 0xd8]).media_type("image/jpeg").file_name("door.jpg");
/// ```
#[derive(Clone, Default)]
pub struct Upload {
    pub(super) bytes: Bytes,
    pub(super) media_type: Option<String>,
    pub(super) file_name: Option<String>,
}

impl Upload {
    /// Bytes, or text.
    #[must_use]
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self {
            bytes: bytes.into(),
            ..Self::default()
        }
    }

    /// States the media type, such as `image/png`. One that a header cannot hold is refused when the request is sent.
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
    /// A body of text.
    #[inline]
    pub(crate) fn with_text_body(mut self, text: String) -> Self {
        self.parts
            .set_raw_body(text.into(), "text/plain; charset=utf-8");
        self
    }

    /// A body of bytes.
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
            self.refuse("a media type holds characters that HTTP cannot carry");
        }
    }
}

/// Leaves out the bytes.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("length", &self.bytes.len())
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
