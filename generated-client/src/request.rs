//! Requests: values that you can inspect before you send them.

mod futures;
mod options;
mod pages;
mod pair;
mod parts;
mod path;
mod query;
#[cfg(any(test, feature = "_parts"))]
mod rare;
#[cfg(not(any(test, feature = "_parts")))]
#[path = "request/rare/none.rs"]
mod rare;
pub(crate) mod send;
mod settings;
#[cfg(test)]
mod tests;
pub(crate) mod transmit;

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

pub use futures::{ResponseFuture, ValueFuture};
pub(crate) use pages::Position;
pub use pages::{All, Items, Pages, Paginated, Paging};
pub(crate) use parts::Parts;
#[cfg(any(test, feature = "_parts"))]
pub use rare::{Download, DownloadFuture, Event, Eventful, Events, Upload};
#[cfg(any(test, feature = "_parts"))]
#[allow(
    unused_imports,
    reason = "which of them are named depends on the document"
)]
pub(crate) use rare::{PathStyle, Style};

/// A request to the endpoint `E`.
///
/// Made by the methods of the namespaces. It is sent when you await it, which gives the value alone, or when you await
/// [`send`](Self::send), which gives the whole reply. Dropping the future cancels the request.
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

    /// Sets a property of the JSON body.
    #[inline]
    pub(crate) fn with_body(mut self, name: &'static str, mut value: impl Sent) -> Self {
        self.parts.set_body(name, value.value());
        self
    }

    /// Sets a parameter of the URL's query.
    #[inline]
    pub(crate) fn with_query(mut self, name: &'static str, mut value: impl Sent) -> Self {
        self.parts.set_query(name, value.value());
        self
    }

    /// Sets a parameter of the path.
    #[inline]
    pub(crate) fn with_path(mut self, name: &'static str, mut value: impl Slot) -> Self {
        self.parts.set_path(name, &mut value);
        self
    }

    /// Refuses the request if the parameter with this name is an empty text or an empty list.
    #[inline]
    pub(crate) fn not_empty(mut self, name: &'static str) -> Self {
        self.parts.refuse_empty(name);
        self
    }

    /// Sets all properties of a value, whose JSON is an object, as properties of the body.
    #[inline]
    pub(crate) fn with_fields(mut self, mut value: impl Slot) -> Self {
        self.parts.set_fields(&mut value);
        self
    }

    /// Sets the whole JSON body.
    #[inline]
    pub(crate) fn with_whole_body(mut self, mut value: impl Slot) -> Self {
        self.parts.set_whole_body(&mut value);
        self
    }
}

impl<E: Endpoint> Request<E> {
    /// Returns the HTTP method that will be sent.
    #[must_use]
    pub fn method(&self) -> Method {
        self.parts.operation.method
    }

    /// Sends the request, and returns the whole reply.
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

/// Inspection of the request before it is sent.
impl<E> Request<E> {
    /// Returns the path that will be requested, with its parameters filled in.
    #[must_use]
    pub fn path(&self) -> String {
        self.parts.filled_path()
    }

    /// Returns the JSON body that will be sent, if it is one.
    #[must_use]
    pub fn body(&self) -> Option<Value> {
        self.parts.json_body()
    }

    /// Returns the query that will be sent, decoded.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest) if a parameter has a value that a query cannot contain,
    /// such as a list in a list.
    pub fn query_pairs(&self) -> Result<Vec<(String, String)>, Error> {
        self.parts.query_pairs()
    }
}

/// The type of a request also names its endpoint, so that tests can set replies by it.
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

/// Shows the destination of the request and the names of its parameters, without their values.
impl<E> fmt::Debug for Request<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts.fmt(f)
    }
}
