//! What is known of an endpoint: the constants that a request is made by, and what its reply becomes.

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
    /// What `.await` gives.
    type Output: Output;
    /// How the reply is a page of a list, if it is one.
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
    /// The method as HTTP writes it.
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

    /// Whether a request by this method has a body even when nothing is set in it.
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

/// Where in a reply the value stands that a call gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reply {
    /// Nowhere: the reply says that it is done, and no more.
    Empty,
    /// Under this key of a JSON object.
    Key(&'static str),
    /// Under the first key of a JSON object; where that is missing, under the second, which says the same.
    EitherKey(&'static str, &'static str),
    /// The whole JSON body is the value.
    Body,
    /// The body is text.
    Text,
    /// The body is text, or JSON that holds a text; its media type tells.
    TextOrJson,
    /// The body is bytes of any kind.
    Bytes,
    /// The header `Location`, where the reply is a redirect.
    Location,
    /// Status and media type tell which of several it is.
    Told,
}

/// The constants of an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// The path, with a leading slash; parameters in it stand in `{braces}` or `[brackets]`.
    pub path: &'static str,
    /// The method that is sent.
    pub method: Method,
    /// The method that says what the request means: whether it only reads, and whether it may be repeated.
    pub semantic: Method,
    /// Whether it creates something, so that repeating it creates another.
    pub creates: bool,
    /// Whether it is refused without any parameter.
    pub requires_parameters: bool,
    /// Where in the reply the value stands.
    pub reply: Reply,
    /// The media type of the body that is sent, unless that is text or bytes.
    pub sends: &'static str,
    /// The media type that is asked for.
    pub accepts: &'static str,
    /// What only this API says of an operation.
    pub dialect: OperationFacts,
}

/// What is sent and asked for where a document does not say otherwise.
pub(crate) const JSON: &str = "application/json";

impl Operation {
    /// An operation whose reply is empty and whose method means what it says.
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

    /// An operation sent by POST.
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

    /// States the media type to ask for.
    #[must_use]
    pub const fn accepts(mut self, media: &'static str) -> Self {
        self.accepts = media;
        self
    }

    /// States where in the reply the value stands.
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

/// How a list comes in pages: the dialect's way, where none is stated.
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

/// The items of a page: the page itself, where nothing else is stated.
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

/// What a reply can become. Implemented for everything that is read from JSON, for `()` and for [`Bytes`].
pub trait Output: Sized + Send + 'static {
    /// Makes the value, and lists where the reply departed from the document.
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
