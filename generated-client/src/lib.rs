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
//! println!("{} is being set on {}", code.access_code_id, lock.display_name);
//! # Ok(())
//! # }
//! ```
//!
//! # Start
//!
//! [`Seam::from_env`] reads `SEAM_API_KEY`, or `SEAM_PERSONAL_ACCESS_TOKEN` with `SEAM_WORKSPACE_ID`. [`Seam::builder`] also takes
//! the tokens of client and console sessions and publishable keys. A key in the wrong place is refused before any request, and
//! the error says where it belongs. Make one client and clone it: clones share its connections. It needs a Tokio runtime; without
//! one, use the feature `blocking` and `.call()` in place of `.await`. The crate needs Rust 1.88 or later.
//!
//! # Call
//!
//! Each namespace of the API is a method of [`Seam`], and each endpoint a method of its namespace: `/access_codes/create` is
//! `seam.access_codes().create(…)`. Required parameters are arguments; optional ones are methods of the request. Each call has a
//! page with all of them, such as `seam::access_codes::Create`; the method links to it.
//!
//! - An argument that names a device or another resource takes the resource, its id, or text.
//! - A time is a [`Timestamp`], a `SystemTime`, or text. Pass a time of the crates `chrono` and `time` as `SystemTime::from(t)`.
//! - Where a call changes something, [`Null`] clears a value, and leaving the parameter out keeps it.
//! - An optional text, id, time or number takes an `Option` as well. `None` leaves the parameter out; it never clears a value.
//! - `.await` gives the value alone. `.send().await` gives a [`Response`], which also has the status, headers, request id, and the
//!   other keys of the body.
//! - A [`Request`] is a value: look at its `.method()`, `.path()` and `.body()` before you send it. Dropping the future cancels it.
//!
//! # Where things are
//!
//! - **Calls**: a module for each namespace, such as `seam::locks`, with a page for each call. `API.md` and `calls.html`, beside the
//!   sources, list all calls.
//! - **Resources**: types at the root, such as `seam::Device` and its id `seam::DeviceId`. What belongs to a resource is in its module:
//!   `seam::device::Properties`.
//! - **The rest** is the same for all calls: [`request`], [`response`], [`error`], [`param`] (what arguments take), [`id`],
//!   [`attempt`], [`transport`], [`strict`], and by their features `blocking`, `test` and `webhook`.
//!
//! # Wait
//!
//! Calls that make a device act wait until it has done so, and fail if it does not. `.no_wait()` gives the pending
//! [`ActionAttempt`] instead; its [`wait`](ActionAttempt::wait) waits later.
//!
//! Other calls that act return when the API has accepted them. Creating, updating and deleting an access code are such calls: the
//! code is on the lock, or gone from it, some time later. If the reply names the action, [`Response::action_attempt`] gives it to
//! wait for. The page of a call says whether it waits.
//!
//! A wait ends after 10 seconds with [`ErrorKind::ActionAttemptTimedOut`]. [`wait_timeout`](Request::wait_timeout) sets another
//! limit, for one request or [for the client](SeamBuilder::wait_timeout). The wait begins after the request and comes on top of its
//! [`total_timeout`](Request::total_timeout). To bound a call as a whole, set both:
//!
//! ```no_run
//! # async fn example(seam: seam::Seam) -> seam::Result<()> {
//! use std::time::Duration;
//!
//! let (request, wait) = (Duration::from_secs(10), Duration::from_secs(20));
//! // 30 seconds, and at most 5 more for the last poll.
//! seam.locks().unlock_door("device_id").total_timeout(request).wait_timeout(wait).await?;
//! # Ok(()) }
//! ```
//!
//! This starts an action and waits for it later:
//!
//! ```no_run
//! # async fn example(seam: seam::Seam) -> seam::Result<()> {
//! let attempt = seam.locks().unlock_door("device_id").no_wait().await?;
//! println!("Seam has started {}", attempt.action_attempt_id);
//! attempt.wait(&seam).timeout(std::time::Duration::from_secs(30)).await?;
//! # Ok(()) }
//! ```
//!
//! # List
//!
//! `.await` on a list gives its first page; the response of `.send()` tells by [`has_next_page`](Response::has_next_page) whether
//! more follow. [`.all()`](Request::all) gives all pages in one list and fails after 1,000 pages
//! ([`page_limit`](request::All::page_limit) sets another limit), [`.stream()`](Request::stream) gives item by item, and
//! [`.pages()`](Request::pages) page by page.
//!
//! ```no_run
//! # async fn example(seam: seam::Seam) -> seam::Result<()> {
//! let mut devices = seam.devices().list().limit(100).stream();
//! while let Some(device) = devices.next().await {
//!     println!("{}", device?.display_name);
//! }
//! # Ok(()) }
//! ```
//!
//! # Values
//!
//! Seam's API changes several times a day, and a program goes on working: unknown values are kept in variants called `Unknown`,
//! and below the payload a value that is missing or of another type is read as empty, `None` or zero. [`Response::deviations`]
//! lists each such place. `.strict()` on a call, or `Seam::builder().strict(true)`, makes the first one an error; [`strict::from_str`] parses your
//! own JSON with the same strictness. A payload that is missing, null or of the wrong JSON type is always an error.
//!
//! Properties that this version does not know are in [`Extra`]: `device.extra().get("brand_new")`.
//!
//! Something of several kinds, such as a warning, is a struct with the fields that all kinds have and an enum for the rest. The
//! message needs no `match`:
//!
//! ```no_run
//! # async fn example(seam: seam::Seam) -> seam::Result<()> {
//! let device = seam.devices().get("device_id").await?;
//! for warning in &device.warnings {
//!     println!("{}: {}", warning.warning_code.as_str(), warning.message);
//! }
//! # Ok(()) }
//! ```
//!
//! # Errors
//!
//! There is one type, [`Error`]; match on its [`kind`](Error::kind). Every error keeps what came with it: the server's
//! [`code`](Error::code) and [`message`](Error::message), the [`request_id`](Error::request_id), status, headers and
//! [`body`](Error::body), and the [`action_attempt`](Error::action_attempt) that it is about.
//!
//! ```no_run
//! # async fn example(seam: seam::Seam) -> seam::Result<()> {
//! use seam::ErrorKind;
//!
//! match seam.locks().unlock_door("device_id").await {
//!     Ok(_) => println!("unlocked"),
//!     Err(error) if error.kind() == ErrorKind::NotFound => println!("no such lock"),
//!     Err(error) if error.may_have_acted() => println!("not known: it may have unlocked, or may still do so: {error}"),
//!     Err(error) => return Err(error),
//! }
//! # Ok(()) }
//! ```
//!
//! After a timeout, a connection that broke or a server error, it is not known whether a call has acted.
//! [`may_have_acted`](Error::may_have_acted) covers all such cases: it is true unless it is certain that the call did nothing.
//!
//! # Retries and timeouts
//!
//! Each attempt times out after 30 seconds, and all attempts of a request together after 2 minutes. A call that reads is sent up
//! to three times if the connection, the server or a rate limit fails it. A call that acts is sent again only if it never reached
//! the server or a rate limit refused it, so an unlock never happens twice. [`RetryPolicy`] has the table. If a poll of an action
//! attempt fails, the client polls again until the [wait](ActionAttempt::wait) times out. You can set each of these on the client or
//! on one request.
//!
//! # Webhooks
//!
//! With the feature `webhook`, `seam::webhook::Webhook::new(secret)?.verify(&headers, &body)?` verifies a delivery and gives its
//! event. A forged, a stale and an unreadable delivery are errors of different kinds. `seam::test::sign` (feature `test-util`) signs
//! deliveries to test a receiver with.
//!
//! # Testing
//!
//! With the feature `test-util`, `seam::test::FakeTransport` gives the replies that you set and records the requests. It names a
//! call by its request: `fake.reply::<seam::devices::Get>(device)`. See `examples/testing_your_application.rs`. To replace the
//! HTTP client altogether, see [`transport`].
//!
//! `seam::test::example::<seam::Device>()` gives a whole device to start a test from, and so for every resource: change what the
//! test is about. With `webhook`, `seam::test::sign(secret, &event)` makes a signed delivery of an event.
//!
//! # Networks
//!
//! The built-in HTTP client is [`reqwest`]. You set the following on [`SeamBuilder`].
//! [`reqwest_builder`](SeamBuilder::reqwest_builder) and [`reqwest_client`](SeamBuilder::reqwest_client) say what applies to an HTTP
//! client of your own. A transport of your own has only its own settings.
//!
//! - **Certificates**: what the system trusts, or the file that `SSL_CERT_FILE` names; Mozilla's roots where the system has
//!   none. [`root_certificate`](SeamBuilder::root_certificate) adds one, [`tls_config`](SeamBuilder::tls_config) replaces all of
//!   it. A certificate that is not trusted is [`ErrorKind::Certificate`], with the host, the reason and what to do.
//! - **Proxies**: `HTTPS_PROXY` or `ALL_PROXY` names a proxy (`http://user:password@host:port`), `NO_PROXY` the hosts to reach
//!   without it. `HTTP_PROXY` is only for plain `http` to other machines, which has to be allowed. Plain `http` to this machine
//!   never goes through a proxy.
//! - **Connections**: 10 seconds to [connect](SeamBuilder::connect_timeout), which is apart from the timeout of the reply; idle ones are
//!   [closed](SeamBuilder::idle_timeout) after 15 seconds and [checked](SeamBuilder::tcp_keepalive) by TCP keep-alive.
//!
//! # Safety
//!
//! Keys, tokens, PIN codes and links that open something do not show in `Debug`, errors, spans or panics: `Debug` of a
//! resource is its JSON without them. `Serialize` writes them. Plain http to other machines is refused unless you allow it.
//! Redirects are not followed. Replies end at a limit of size, which counts decompressed bytes. Without the feature `gzip`,
//! compressed replies are refused.
//!
//! # Features
//!
//! If the compiler finds no method or module that is documented here, the feature that it needs is probably off.
//!
//! - `reqwest` (default): the built-in HTTP client. Without it the crate takes a [`transport`] of your own, and builds for
//!   `wasm32-unknown-unknown`.
//! - `rustls` (default): TLS by rustls and ring. It turns on reqwest's feature `rustls-no-provider` for your whole program. If your
//!   program also calls `reqwest::Client::new()`, and no crate turns on a TLS feature of reqwest that brings a provider, that call
//!   panics. To prevent it, install the provider at the start of `main`:
//!
//!   ```
//!   # #[cfg(feature = "rustls")]
//!   seam::rustls::crypto::ring::default_provider().install_default().ok();
//!   ```
//! - `native-tls`: TLS by the system's library instead, if `rustls` is off: `default-features = false, features = ["native-tls",
//!   "documented"]`.
//! - `http2`: HTTP/2 where the server offers it. Off by default: it costs compile time, and a client that makes one call at a time
//!   gains nothing.
//! - `gzip`: replies compressed by gzip. Off by default for the same reason; worth it for long lists on slow networks.
//! - `documented` (default): all documented namespaces. Each is a feature of its own; choose some to compile less.
//! - `undocumented`: the endpoints, parameters and properties that Seam uses itself, and may change or take away at any time.
//! - `blocking`: `.call()` in place of `.await`, for programs that are not async.
//! - `webhook`: `seam::webhook`, which verifies deliveries and reads their events. It brings the feature of the events with it.
//! - `tracing`: a span for each call, by OpenTelemetry's names for HTTP clients, with its attempts as events; warnings of replies
//!   that depart from the document.
//! - `test-util`: a fake transport and a whole value of each resource; with `webhook`, signed deliveries.
//!
//! # Coming from another SDK
//!
//! | there | here |
//! |---|---|
//! | `new Seam()`, `Seam()` | [`Seam::from_env`] |
//! | `seam.locks.unlockDoor({ device_id })`, `seam.locks.unlock_door(device_id=…)` | `seam.locks().unlock_door(device_id).await?` |
//! | optional parameters by name | methods of the request: `.name("Front desk")` |
//! | `waitForActionAttempt: false`, `wait_for_action_attempt=False` | `.no_wait()` |
//! | `null`, `None` to clear a value | [`Null`] |
//! | `createPaginator`, `create_paginator` | `.stream()`, `.all()` or `.pages()` on the request |
//! | `SeamHttpApiError`, `SeamActionAttemptFailedError`, … | [`Error`] and its [`ErrorKind`] |
//!
//! From the crate `seamapi-rs`: its calls were blocking and took every parameter by its position. Here they are async (or `.call()` with
//! the feature `blocking`), required parameters are arguments, ids are types of their own, and calls that make a device act wait
//! until it has done so.

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

#[cfg(feature = "blocking")]
pub mod blocking;
mod client;
mod dialect;
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

pub use client::{Seam, SeamBuilder};
pub use dialect::exports::*;
#[doc(inline)]
pub use endpoint::{Endpoint, Method, Operation, Reply};
#[doc(inline)]
pub use error::{Error, ErrorKind, Result};
pub use generated::*;
#[doc(inline)]
pub use param::{DateTime, IntoParam, Null, Nullable, Number, Optional};
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
pub(crate) use id::resource_id;

/// The code in the README, which is tested with that of the documentation.
#[cfg(all(doctest, feature = "documented"))]
#[doc = include_str!("../README.md")]
struct Readme;
