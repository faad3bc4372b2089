//! Replies: the value, and everything else that came with it.

mod read;
#[cfg(any(test, feature = "_parts"))]
#[allow(
    dead_code,
    unused_macros,
    reason = "whether a call has several replies depends on the document"
)]
mod replies;

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};

use crate::dialect::REQUEST_ID;
use crate::error::{Error, ErrorKind};
use crate::request::Position;
use crate::wire::{Deviation, Slot};

#[cfg(any(test, feature = "_parts"))]
pub(crate) use read::read_whole;
pub(crate) use read::{read_field, read_reply};
#[cfg(any(test, feature = "_parts"))]
#[doc(hidden)]
pub use replies::Case;
#[cfg(any(test, all(feature = "_parts", feature = "test-util")))]
#[allow(
    unused_imports,
    reason = "whether a call has several replies depends on the document"
)]
pub(crate) use replies::of_case;
#[cfg(any(test, feature = "_parts"))]
#[allow(
    unused_imports,
    reason = "whether a call has several replies depends on the document"
)]
pub(crate) use replies::{choose, essence, is_json, replies};

/// A reply before it is read.
#[derive(Clone, Default)]
#[doc(hidden)]
pub struct RawReply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl RawReply {
    pub(crate) fn request_id(&self) -> Option<&str> {
        self.headers.get(REQUEST_ID)?.to_str().ok()
    }

    /// Returns the body's compression, if it has one. The transport decodes compression that it asked for, so the client cannot
    /// read this body.
    pub(crate) fn compression(&self) -> Option<Compressed<'_>> {
        self.stated_compression().filter(|_| !self.body.is_empty())
    }

    /// Returns the compression in the headers, with or without a body.
    pub(crate) fn stated_compression(&self) -> Option<Compressed<'_>> {
        let encoding = self.headers.get(header::CONTENT_ENCODING)?;
        let encoding = encoding.to_str().unwrap_or("unknown").trim();
        (!encoding.eq_ignore_ascii_case("identity")).then_some(Compressed(encoding))
    }

    /// Returns an error about a successful reply that cannot be used.
    pub(crate) fn invalid(&self, message: impl Into<String>) -> Error {
        Error::new(ErrorKind::InvalidResponse, message).with_reply(self)
    }
}

/// Unexpected compression of a body. Its `Display` is the text for messages.
pub(crate) struct Compressed<'a>(&'a str);

impl fmt::Display for Compressed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(encoding) = self;
        write!(
            f,
            "the body is compressed ({encoding}), which the client did not ask for; check the proxies between here and the API"
        )
    }
}

/// The whole reply to a request: the value, status, headers and body.
#[derive(Clone)]
pub struct Response<T> {
    /// The value of the call.
    pub value: T,
    reply: RawReply,
    deviations: Vec<Deviation>,
    /// The position in the list, if this is a page.
    position: Option<Position>,
}

impl<T> Response<T> {
    pub(crate) fn new(
        value: T,
        reply: RawReply,
        deviations: Vec<Deviation>,
        position: Option<Position>,
    ) -> Self {
        Self {
            value,
            reply,
            deviations,
            position,
        }
    }

    /// Returns the value alone.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }

    /// Returns the HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.reply.status
    }

    /// Returns the HTTP headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.reply.headers
    }

    /// Returns the id that the API gave the request. Its support asks for it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.reply.request_id()
    }

    /// Returns the body as it was received.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.reply.body
    }

    /// Returns the body as text.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.reply.body)
    }

    /// Returns the first 10,000 deviations of the reply from the API's document. Such a place has its zero value, or is kept as
    /// JSON. A list that exceeds the memory limit of a reply is truncated; that deviation comes first.
    #[must_use]
    pub fn deviations(&self) -> &[Deviation] {
        &self.deviations
    }

    /// Returns another key of the body, because some replies have more than the value, such as a warning. `None` if it is
    /// missing, or has another JSON type than `F`.
    #[must_use]
    pub fn field<F: Slot + Default>(&self, key: &str) -> Option<F> {
        let mut value = F::default();
        read_field(&self.reply, key, &mut value).then_some(value)
    }
}

impl<T> Response<T> {
    /// Returns true if this is a page of a list, and more pages follow.
    ///
    /// ```no_run
    /// # async fn example<E: seam::request::Paginated>(request: seam::Request<E>) -> Result<(), seam::Error> {
    /// let page = request.send().await?;
    /// if page.has_next_page() {
    ///     println!("there is more");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// [`stream`](crate::Request::stream) and [`all`](crate::Request::all) read all pages.
    #[must_use]
    pub fn has_next_page(&self) -> bool {
        let position = self.position.as_ref();
        position.is_some_and(|position| position.has_next(&self.reply))
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("value", &self.value)
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .field("deviations", &self.deviations)
            .finish_non_exhaustive()
    }
}
