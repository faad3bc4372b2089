//! What requests go through: HTTP, or whatever is put in its place.
//!
//! [`SeamBuilder::transport`](crate::SeamBuilder::transport) takes anything that turns an [`http::Request`] into an
//! [`http::Response`]: a recorder, a cache, a fake, or one that hands on to another after having done its part.
//!
//! ```
//! use std::sync::Arc;
//!
//! use seam::Bytes;
//! use seam::transport::{Body, BoxFuture, Transport, TransportError, http};
//!
//! /// Prints what is asked for, and hands it on.
//! struct Printing(Arc<dyn Transport>);
//!
//! impl Transport for Printing {
//!     fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
//!         println!("{} {}", request.method(), request.uri().path());
//!         self.0.send(request)
//!     }
//! }
//! ```

mod body;
mod error;
mod over_reqwest;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;

pub use body::Body;
pub use error::TransportError;
#[doc(no_inline)]
pub use http;
pub(crate) use over_reqwest::Reqwest;

/// A future that can be of any type.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends one request and gives its reply, once: retries, timeouts and what a status means are not its business.
///
/// The request is complete, credentials included: a transport must neither log its headers nor send it to another host, and so
/// must not follow redirects. Its extensions hold the [`Operation`](crate::Operation) it is made by. The future is dropped when
/// the call is cancelled or runs out of time.
pub trait Transport: Send + Sync + 'static {
    /// Sends `request`.
    ///
    /// # Errors
    ///
    /// [`TransportError`] where there is no reply. A reply of any status is no error.
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        T::send(self, request)
    }
}
