//! Endpoints: their constants, and the types of their replies.

use std::fmt;

use bytes::Bytes;

use crate::dialect::OperationFacts;
use crate::error::Error;
use crate::request::Paging;
use crate::response::{RawReply, read_reply};
use crate::wire::{Deviation, Slot};

/// One endpoint of the API, named by the type of its request. Implemented by generated code.
pub trait Endpoint {
    /// Path, method and the shape of the reply.
    const OPERATION: Operation;
    /// The value that `.await` gives.
    type Output: Output;
    /// The pagination, if the reply is a page of a list.
    #[doc(hidden)]
    const PAGING: Option<&'static Paging> = None;
}

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the names are HTTP's own")]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
    Head,
    Options,
    Trace,
}

impl Method {
    /// Returns the name of the method in HTTP.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
            Self::Trace => "TRACE",
        }
    }

    /// Returns true if a request with this method has a body even if nothing is set in it.
    pub(crate) const fn has_body(self) -> bool {
        matches!(self, Self::Post | Self::Put | Self::Patch)
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl PartialEq<str> for Method {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Method {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<http::Method> for Method {
    fn eq(&self, other: &http::Method) -> bool {
        self.as_str() == other.as_str()
    }
}

impl From<Method> for http::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Post => Self::POST,
            Method::Put => Self::PUT,
            Method::Patch => Self::PATCH,
            Method::Delete => Self::DELETE,
            Method::Head => Self::HEAD,
            Method::Options => Self::OPTIONS,
            Method::Trace => Self::TRACE,
        }
    }
}

/// The place of a call's value in the reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reply {
    /// Nowhere: the reply has no value.
    Empty,
    /// Under this key of a JSON object.
    Key(&'static str),
    /// Under the first key of a JSON object, or under the second one if the first is missing.
    EitherKey(&'static str, &'static str),
    /// The whole JSON body is the value.
    Body,
    /// The body is text.
    Text,
    /// The body is text, or JSON with a string; the media type decides.
    TextOrJson,
    /// The body is bytes of any kind.
    Bytes,
    /// The header `Location`, where the reply is a redirect.
    Location,
    /// One of several replies, selected by status and media type.
    Told,
}

/// The constants of an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// The path, with a leading slash. Its parameters are in `{braces}` or `[brackets]`.
    pub path: &'static str,
    /// The method that is sent.
    pub method: Method,
    /// The method that says what the request means: whether it only reads, and whether it may be repeated.
    pub semantic: Method,
    /// True if it creates something, so that repeating it creates another.
    pub creates: bool,
    /// True if the API refuses it without any parameter.
    pub requires_parameters: bool,
    /// The place of the value in the reply.
    pub reply: Reply,
    /// The media type of the request's body, unless it is text or bytes.
    pub sends: &'static str,
    /// The media type for the header `accept`.
    pub accepts: &'static str,
    /// The facts that only this API has.
    pub dialect: OperationFacts,
}

/// The default media type of requests and replies.
pub(crate) const JSON: &str = "application/json";

impl Operation {
    /// Returns an operation with an empty reply, whose method has its usual meaning.
    #[must_use]
    pub const fn new(method: Method, path: &'static str) -> Self {
        Self {
            path,
            method,
            semantic: method,
            creates: false,
            requires_parameters: false,
            reply: Reply::Empty,
            sends: JSON,
            accepts: JSON,
            dialect: OperationFacts::NONE,
        }
    }

    /// Returns an operation that is sent by POST.
    #[must_use]
    pub const fn post(path: &'static str) -> Self {
        Self::new(Method::Post, path)
    }

    /// States the method that says what the request means.
    #[must_use]
    pub const fn semantic(mut self, method: Method) -> Self {
        self.semantic = method;
        self
    }

    /// States that it creates something.
    #[must_use]
    pub const fn creates(mut self) -> Self {
        self.creates = true;
        self
    }

    /// States that a request has to set at least one parameter.
    #[must_use]
    pub const fn requires_parameters(mut self) -> Self {
        self.requires_parameters = true;
        self
    }

    /// Returns true if the operation only reads, by its meaning and not by the method that is sent.
    #[must_use]
    pub const fn is_repeatable(&self) -> bool {
        !self.creates
            && matches!(
                self.semantic,
                Method::Get | Method::Head | Method::Options | Method::Trace
            )
    }

    /// States the media type of the body.
    #[must_use]
    pub const fn sends(mut self, media: &'static str) -> Self {
        self.sends = media;
        self
    }

    /// States the media type for the header `accept`.
    #[must_use]
    pub const fn accepts(mut self, media: &'static str) -> Self {
        self.accepts = media;
        self
    }

    /// States the place of the value in the reply.
    #[must_use]
    pub const fn reply(mut self, reply: Reply) -> Self {
        self.reply = reply;
        self
    }
}

/// The endpoints of a namespace: a marker type for each, and its constants. Callers name its request instead.
#[allow(
    unused_macros,
    reason = "whether there are endpoints depends on features and document"
)]
macro_rules! endpoints {
    ($(
        $(#[$gate:meta])*
        $name:ident -> $output:ty
            $(, pages $(#[$paged:meta])* of $item:ty $(as |$page:ident| $items:expr, by $paging:expr)?)?
            $(, events $(#[$eventful:meta])* of $data:ty as $place:ident)?;
        $operation:expr;
    )+) => {
        #[doc(hidden)]
        pub mod markers {
            $(
                $(#[$gate])*
                pub enum $name {}
            )+
        }
        $(
            $(#[$gate])*
            impl crate::Endpoint for markers::$name {
                const OPERATION: crate::Operation = $operation;
                type Output = $output;
                $(
                    const PAGING: Option<&'static crate::request::Paging> =
                        Some(crate::endpoint::paging!($item $(, $paging)?));
                )?
            }
            $(
                $(#[$paged])*
                impl crate::request::Paginated for markers::$name {
                    type Item = $item;

                    fn items(page: Self::Output) -> Vec<$item> {
                        crate::endpoint::items!(page $(, $page, $items)?)
                    }
                }
            )?
            $(
                $(#[$eventful])*
                impl crate::request::Eventful for markers::$name {
                    type Data = $data;
                    const DATA: crate::Reply = crate::Reply::$place;
                }
            )?
        )+
    };
}
#[allow(
    unused_imports,
    reason = "whether there are endpoints depends on the document"
)]
pub(crate) use endpoints;

/// The pagination of a list: that of the dialect by default.
#[allow(
    unused_macros,
    reason = "whether there are lists depends on the document"
)]
macro_rules! paging {
    ($item:ty) => {
        &crate::dialect::PAGING
    };
    ($item:ty, $paging:expr) => {
        &const { $paging }
    };
}
#[allow(
    unused_imports,
    reason = "whether there are lists depends on the document"
)]
pub(crate) use paging;

/// The items of a page: the page itself by default.
#[allow(
    unused_macros,
    reason = "whether there are lists depends on the document"
)]
macro_rules! items {
    ($value:ident) => {
        $value
    };
    ($value:ident, $page:ident, $items:expr) => {{
        let $page = $value;
        $items
    }};
}
#[allow(
    unused_imports,
    reason = "whether there are lists depends on the document"
)]
pub(crate) use items;

/// The type of a reply. Implemented for everything that is read from JSON, for `()` and for [`Bytes`].
pub trait Output: Sized + Send + 'static {
    /// Makes the value, and lists the deviations of the reply from the document.
    #[doc(hidden)]
    fn from_reply(reply: &RawReply, place: Reply) -> Result<(Self, Vec<Deviation>), Error>;

    /// Makes the reply that this value is read from.
    #[cfg(any(test, feature = "test-util"))]
    #[doc(hidden)]
    fn to_reply(&mut self, place: Reply) -> http::Response<Bytes>;
}

impl<T: Slot + Default + Send + 'static> Output for T {
    fn from_reply(reply: &RawReply, place: Reply) -> Result<(Self, Vec<Deviation>), Error> {
        let mut value = T::default();
        let deviations = read_reply(reply, place, &mut value)?;
        Ok((value, deviations))
    }

    #[cfg(any(test, feature = "test-util"))]
    fn to_reply(&mut self, place: Reply) -> http::Response<Bytes> {
        crate::test::success(place, self)
    }
}

impl Output for Bytes {
    fn from_reply(reply: &RawReply, _: Reply) -> Result<(Self, Vec<Deviation>), Error> {
        Ok((reply.body.clone(), Vec::new()))
    }

    #[cfg(any(test, feature = "test-util"))]
    fn to_reply(&mut self, _: Reply) -> http::Response<Bytes> {
        http::Response::new(self.clone())
    }
}
