//! A client for [Seam](https://docs.seam.co)'s API: locks, access codes, thermostats and access systems of every brand.
//!
//! ```no_run
//! use seam::Seam;
//!
//! # async fn guide() -> Result<(), seam::Error> {
//! let seam = Seam::from_env()?; // reads SEAM_API_KEY
//!
//! let locks = seam.locks().list().await?;
//! let lock = &locks[0];
//!
//! seam.locks().unlock_door(lock).await?; // waits until the lock has unlocked
//! let code = seam.access_codes().create(lock).name("Front desk").code("123456").await?;
//! println!("{} works on {}", code.access_code_id, lock.display_name);
//! # Ok(())
//! # }
//! ```
//!
//! # Calls
//!
//! Each namespace of the API is a method of [`Seam`], each endpoint a method of its namespace. What an endpoint requires is
//! an argument, what it takes besides is a method of the [`Request`]. A request is a value: look at it (`.method()`,
//! `.path()`, `.body()`), then await it, which gives what the endpoint is asked for, or await `.send()`, which gives the whole
//! [`Response`] with status, headers, request id and the other keys of the body. It needs a Tokio runtime.
//!
//! Where an argument names a device, an access code and the like, it takes the object, its id or text. [`Null`] clears a value;
//! leaving the parameter out keeps it.
//!
//! Calls that make a device act wait until it has done so. `.no_wait()` gives the pending [`ActionAttempt`] instead; its
//! [`wait`](ActionAttempt::wait) waits for it later.
//!
//! # Who is calling
//!
//! [`Seam::from_env`] reads `SEAM_API_KEY`, or `SEAM_PERSONAL_ACCESS_TOKEN` with `SEAM_WORKSPACE_ID`. [`Seam::builder`] also takes
//! the tokens of client and console sessions and publishable keys; a key in the wrong place is refused with the name of the
//! right one. Clones of a client share its connections: make one, and clone it.
//!
//! # Lists in pages
//!
//! ```no_run
//! # #[cfg(feature = "documented")]
//! # async fn example<E>(request: seam::Request<E>) -> Result<(), seam::Error>
//! # where E: seam::request::Paginated<Item = seam::Device> {
//! // let request = seam.devices().list().limit(100);
//! let mut devices = request.stream();
//! while let Some(device) = devices.next().await {
//!     println!("{}", device?.display_name);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! `.all().await?` gives them in one list, `.pages()` page by page with their replies.
//!
//! # Replies that depart from the document
//!
//! Seam's API changes several times a day. Replies are read so that a program goes on working: what is unknown is kept raw (the
//! variants called `Unknown`), and what is missing or of another type is empty, `None` or zero. Nothing of this is silent:
//! [`Response::deviations`] lists it.
//!
//! `.strict()` on a call, or `Seam::builder().strict(true)`, makes the first deviation an error. [`strict::from_str`] holds JSON
//! of your own to the same.
//!
//! # Errors, timeouts, retries
//!
//! There is one type, [`Error`]; match on its [`kind`](Error::kind).
//!
//! A reply is waited for 30 seconds. Requests that are safe to repeat are sent up to three times when the connection, the server
//! or a rate limit stands in the way: see [`RetryPolicy`]. Others are sent once, unless the call asks for more by
//! `.retry(policy)`: an unlock, or a new access code, never happens twice. All attempts together may take 2 minutes. Each of
//! this can be set for the client and for a call. Dropping a future cancels its request.
//!
//! # Safety
//!
//! Keys, tokens, PIN codes and links that open something do not show in `Debug`, errors, spans or panics: `Debug` of a
//! resource is its JSON without them. `Serialize` writes them. Plain http is refused but to this machine, redirects are not
//! followed, and replies end at a limit of size. Compressed replies are not asked for, and refused.
//!
//! # Tests of your application
//!
//! With the feature `test-util`, `seam::test::FakeTransport` answers what it is told to and remembers what was sent:
//! see `examples/testing_your_application.rs`. What requests go through can be replaced altogether: see [`transport`].
//!
//! # Features
//!
//! - `rustls` (default): TLS.
//! - `documented` (default): all documented namespaces. Each is a feature of its own; choose some to compile less.
//! - `undocumented`: the endpoints, parameters and properties that Seam uses itself, and may change or take away at any time.
//! - `blocking`: `.call()` in place of `.await`, for programs that are not async.
//! - `webhook`: `seam::webhook`, which verifies deliveries and reads their events. It brings the feature of the events with it.
//! - `tracing`: a span for each call, by OpenTelemetry's names for HTTP clients, with its attempts as events; warnings of replies
//!   that depart from the document.
//! - `test-util`: a fake transport; with `webhook`, signed deliveries.

// Says at each item which feature it needs; docs.rs has the toolchain for it.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![allow(
    mixed_script_confusables,
    uncommon_codepoints,
    confusable_idents,
    reason = "names are the document's, in whatever script it is written"
)]

#[cfg(all(feature = "reqwest", target_family = "wasm"))]
compile_error!(
    "the feature `reqwest`, which is on by default and which `rustls` and `native-tls` turn on, does not work on wasm: set \
     `default-features = false` and pass a transport of your own to the builder"
);

pub mod attempt;
#[cfg(feature = "blocking")]
pub mod blocking;
mod client;
pub mod endpoint;
pub mod error;
#[cfg(test)]
mod fuzz;
#[allow(
    unused_macros,
    unused_imports,
    reason = "which macros are called depends on the document"
)]
pub mod id;
pub mod param;
pub mod request;
pub mod response;
mod retry;
pub mod strict;
mod telemetry;
#[cfg(any(test, feature = "test-util"))]
pub mod test;
pub mod transport;
#[cfg(feature = "webhook")]
pub mod webhook;
#[doc(hidden)]
pub mod wire;

#[rustfmt::skip]
#[allow(deprecated, reason = "what the document deprecates is still read and sent")]
#[allow(missing_docs, reason = "the document does not describe everything")]
#[allow(clippy::large_enum_variant, reason = "a box would be in every caller's way, and values are decoded in place")]
#[allow(
    clippy::disallowed_names,
    clippy::module_inception,
    clippy::new_ret_no_self,
    clippy::self_named_constructors,
    clippy::should_implement_trait,
    clippy::too_many_arguments,
    clippy::wrong_self_convention,
    reason = "names, and how much a call asks for, are the document's"
)]
mod generated;

#[doc(inline)]
pub use attempt::{ActionAttempt, ActionAttemptId};
pub use client::{Seam, SeamBuilder};
#[doc(inline)]
pub use endpoint::{Endpoint, Method, Operation, Reply};
#[doc(inline)]
pub use error::{Error, ErrorKind, Result};
pub use generated::*;
#[doc(inline)]
pub use param::{DateTime, Null, Nullable, Number};
#[doc(inline)]
pub use request::Request;
#[doc(inline)]
pub use response::Response;
pub use retry::RetryPolicy;
#[doc(inline)]
pub use wire::{Deviation, Extra, UnknownVariant};

#[doc(no_inline)]
pub use bytes::Bytes;
#[doc(no_inline)]
pub use jiff::Timestamp;
#[cfg(feature = "reqwest")]
#[doc(no_inline)]
pub use reqwest;
#[cfg(feature = "rustls")]
#[doc(no_inline)]
pub use rustls;
#[doc(no_inline)]
pub use serde_json::Value;

#[allow(
    unused_imports,
    reason = "which macros are called depends on the document"
)]
pub(crate) use id::identifies;

/// The code in the README, which is tested with that of the documentation.
#[cfg(all(doctest, feature = "documented"))]
#[doc = include_str!("../README.md")]
struct Readme;
