//! Requests: values that can be looked at before they are sent.

#[cfg(any(test, feature = "_parts"))]
mod cookies;
#[cfg(any(test, feature = "_parts"))]
mod download;
#[cfg(any(test, feature = "_parts"))]
mod events;
#[cfg(any(test, feature = "_parts"))]
mod follow;
#[cfg(any(test, feature = "_parts"))]
mod form;
mod futures;
#[cfg(any(test, feature = "_parts"))]
mod multipart;
mod options;
mod pages;
mod pair;
mod parts;
mod path_style;
mod query;
pub(crate) mod send;
mod settings;
mod style;
#[cfg(test)]
mod tests;
pub(crate) mod transmit;
#[cfg(any(test, feature = "_parts"))]
mod upload;

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;

use serde_json::Value;

use crate::client::Seam;
use crate::dialect::Task;
use crate::endpoint::{Endpoint, Method, Operation};
use crate::error::Error;
use crate::param::Sent;
use crate::wire::Slot;

#[cfg(any(test, feature = "_parts"))]
pub use download::Download;
#[cfg(any(test, feature = "_parts"))]
pub use events::{Event, Eventful, Events};
pub use futures::{ResponseFuture, ValueFuture};
pub(crate) use pages::Position;
pub use pages::{All, Items, Pages, Paginated, Paging};
pub(crate) use parts::Parts;
#[allow(unused_imports, reason = "whether it is named depends on the document")]
pub(crate) use path_style::PathStyle;
pub(crate) use style::Style;
#[cfg(any(test, feature = "_parts"))]
pub use upload::Upload;

/// A request to the endpoint `E`.
///
/// Made by the methods of the namespaces. Nothing is sent until it is awaited, which gives
/// the value alone, or [`send`](Self::send) is awaited, which gives the whole reply. Dropping the future cancels.
#[must_use = "a request does nothing until it is awaited"]
pub struct Request<E> {
    pub(crate) parts: Parts,
    endpoint: PhantomData<fn() -> E>,
}

/// Setters for generated code. Each replaces an earlier value of the same name, and a missing optional value removes it. Their
/// names do not clash with those of parameters.
#[allow(dead_code, reason = "which of them are used depends on the document")]
impl<E: Endpoint> Request<E> {
    #[inline]
    pub(crate) fn new(seam: &Seam) -> Self {
        Self {
            parts: Parts::new(seam, E::OPERATION),
            endpoint: PhantomData,
        }
    }

    /// A property of the JSON body.
    #[inline]
    pub(crate) fn with_body(mut self, name: &'static str, mut value: impl Sent) -> Self {
        self.parts.set_body(name, value.value());
        self
    }

    /// A parameter of the URL's query.
    #[inline]
    pub(crate) fn with_query(mut self, name: &'static str, mut value: impl Sent) -> Self {
        self.parts.set_query(name, value.value());
        self
    }

    /// A parameter of the URL's query, written in a style of OpenAPI.
    #[inline]
    pub(crate) fn with_styled_query(
        mut self,
        name: &'static str,
        mut value: impl Sent,
        style: Style,
    ) -> Self {
        self.parts.set_styled_query(name, value.value(), style);
        self
    }

    /// A parameter of the path.
    #[inline]
    pub(crate) fn with_path(mut self, name: &'static str, mut value: impl Slot) -> Self {
        self.parts.set_path(name, &mut value, PathStyle::Simple);
        self
    }

    /// A parameter of the path, in a style of OpenAPI.
    #[inline]
    pub(crate) fn with_styled_path(
        mut self,
        name: &'static str,
        mut value: impl Slot,
        style: PathStyle,
    ) -> Self {
        self.parts.set_path(name, &mut value, style);
        self
    }

    /// A parameter that is a header.
    #[inline]
    pub(crate) fn with_header(mut self, name: &'static str, mut value: impl Sent) -> Self {
        self.parts
            .set_header_param(name, value.value(), style::simple);
        self
    }

    /// A parameter that is a header, with the names of an object's properties before their values.
    #[inline]
    pub(crate) fn with_exploded_header(mut self, name: &'static str, mut value: impl Sent) -> Self {
        self.parts
            .set_header_param(name, value.value(), style::exploded);
        self
    }

    /// A parameter that is a cookie, written in a style of OpenAPI.
    #[cfg(any(test, feature = "_parts"))]
    #[inline]
    pub(crate) fn with_cookie(
        mut self,
        name: &'static str,
        mut value: impl Sent,
        style: Style,
    ) -> Self {
        self.parts.set_cookie(name, value.value(), style);
        self
    }

    /// Refuses the request where the parameter that was set under this name is empty text, or an empty list.
    #[inline]
    pub(crate) fn not_empty(mut self, name: &'static str) -> Self {
        self.parts.refuse_empty(name);
        self
    }

    /// All properties of a value whose JSON is an object, as properties of the body.
    #[inline]
    pub(crate) fn with_fields(mut self, mut value: impl Slot) -> Self {
        self.parts.set_fields(&mut value);
        self
    }

    /// The JSON body as a whole.
    #[inline]
    pub(crate) fn with_whole_body(mut self, mut value: impl Slot) -> Self {
        self.parts.set_whole_body(&mut value);
        self
    }
}

impl<E: Endpoint> Request<E> {
    /// The HTTP method that will be sent.
    #[must_use]
    pub fn method(&self) -> Method {
        self.parts.operation.method
    }

    /// Sends the request; gives the whole reply.
    ///
    /// # Errors
    ///
    /// Every [`ErrorKind`](crate::ErrorKind) but `Config`.
    pub fn send(mut self) -> ResponseFuture<E::Output> {
        self.parts.paging = E::PAGING;
        let task = Task::of(&self.parts);
        ResponseFuture::new(self.parts, task)
    }
}

/// A look at what will be sent.
impl<E> Request<E> {
    /// The path that will be asked for, its parameters filled in.
    #[must_use]
    pub fn path(&self) -> String {
        self.parts.filled_path()
    }

    /// The JSON body that will be sent, if it is one.
    #[must_use]
    pub fn body(&self) -> Option<Value> {
        self.parts.json_body()
    }

    /// The query that will be sent, decoded.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest) where a parameter has a value that a query cannot
    /// carry, such as a list within a list.
    pub fn query_pairs(&self) -> Result<Vec<(String, String)>, Error> {
        self.parts.query_pairs()
    }
}

/// A request stands for its endpoint where a test answers it.
impl<E: Endpoint> Endpoint for Request<E> {
    const OPERATION: Operation = E::OPERATION;
    type Output = E::Output;
}

impl<E: Endpoint> IntoFuture for Request<E> {
    type Output = Result<E::Output, Error>;
    type IntoFuture = ValueFuture<E::Output>;

    fn into_future(self) -> Self::IntoFuture {
        ValueFuture::new(self.send())
    }
}

impl<E> Clone for Request<E> {
    fn clone(&self) -> Self {
        Self {
            parts: self.parts.clone(),
            endpoint: PhantomData,
        }
    }
}

/// Shows where the request goes, and the names of what is set.
impl<E> fmt::Debug for Request<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts.fmt(f)
    }
}
