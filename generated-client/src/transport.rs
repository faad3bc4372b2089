//! Sends requests: over HTTP, or by a transport of your own.
//!
//! [`SeamBuilder::transport`](crate::SeamBuilder::transport) takes anything that turns an [`http::Request`] into an
//! [`http::Response`]: a recorder, a cache, a fake, or a wrapper of another transport.
//!
//! ```
//! use std::sync::Arc;
//!
//! use seam::Bytes;
//! use seam::transport::{Body, BoxFuture, Transport, TransportError, http};
//!
//! /// Prints each request and passes it on.
//! struct Printing(Arc<dyn Transport>);
//!
//! impl Transport for Printing {
//!     fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
//!         println!("{} {}", request.method(), request.uri().path());
//!         self.0.send(request)
//!     }
//! }
//! ```

//!
//! # Without the feature `reqwest`, and on wasm
//!
//! Without `reqwest` there is no built-in HTTP client: give the builder a transport. Programs without a Tokio runtime also
//! implement [`Transport::sleep`] and [`Transport::now`]. On wasm both are required, futures need not be `Send`, and the
//! default features must be off:
//!
//! ```toml
//! generated-client = { version = "0.1", default-features = false, features = ["documented"] }
//! ```

mod body;
mod bounds;
mod clock;
mod error;
#[cfg(feature = "reqwest")]
mod over_reqwest;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

pub use body::Body;
pub use bounds::{MaybeSend, MaybeSync};
pub(crate) use clock::{Stopwatch, limited};
pub use error::TransportError;
#[doc(no_inline)]
pub use http;
#[cfg(feature = "reqwest")]
pub(crate) use over_reqwest::{Network, Reqwest, user_agent_of};

/// A boxed future. It is `Send`, except on wasm.
#[cfg(not(target_family = "wasm"))]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A boxed future. It is `Send`, except on wasm.
#[cfg(target_family = "wasm")]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Sends one request once and returns its reply. The client does the rest: retries, timeouts, and errors by status.
///
/// The request is complete, credentials included: a transport must neither log its headers nor send it to another host, and so
/// must not follow redirects. Its extensions hold the [`Operation`](crate::Operation) that it belongs to. The future is dropped
/// when the call is cancelled or times out.
pub trait Transport: MaybeSend + MaybeSync + 'static {
    /// Sends `request`.
    ///
    /// # Errors
    ///
    /// [`TransportError`] if there is no reply. A reply of any status is not an error.
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;

    /// Sends `request`, and reads its body while it is sent. Only calls with an upload that streams use this. By default the
    /// whole body is read first, and passed to [`send`](Self::send).
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send); [`TransportError`] if the body ends in an error.
    #[cfg(any(test, feature = "_parts"))]
    fn send_streaming(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let (bytes, end) = body.collect(usize::MAX).await;
            end?;
            self.send(http::Request::from_parts(head, bytes)).await
        })
    }

    /// Waits: for a timeout, before a retry, and between polls. By default with Tokio's timer.
    #[cfg(not(target_family = "wasm"))]
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }

    /// Waits: for a timeout, before a retry, and between polls.
    #[cfg(target_family = "wasm")]
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;

    /// Returns the time since some fixed moment, by the clock that [`sleep`](Self::sleep) follows. It never goes back. By
    /// default Tokio's clock.
    #[cfg(not(target_family = "wasm"))]
    fn now(&self) -> Duration {
        clock::tokio_now()
    }

    /// Returns the time since some fixed moment, by the clock that [`sleep`](Self::sleep) follows. It never goes back. In a
    /// browser this is `performance.now()`.
    #[cfg(target_family = "wasm")]
    fn now(&self) -> Duration;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        T::send(self, request)
    }

    #[cfg(any(test, feature = "_parts"))]
    fn send_streaming(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        T::send_streaming(self, request)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        T::sleep(self, duration)
    }

    fn now(&self) -> Duration {
        T::now(self)
    }
}
