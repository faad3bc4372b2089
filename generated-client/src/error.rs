//! What can go wrong: one error type, with a kind to match on.

mod acted;
mod api;
mod credentials;
mod description;
mod display;
mod retry_after;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::fmt;
use std::sync::OnceLock;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::dialect::ErrorDetails;
use crate::response::RawReply;
use crate::wire::{Deviation, without_mark};

pub use crate::dialect::ErrorKind;
pub(crate) use api::refusal;

/// The name of a parameter, and what the API says is wrong with it.
type Fault = (String, Vec<String>);

type Source = Box<dyn StdError + Send + Sync>;

/// The result of a call: [`std::result::Result`] with [`Error`] as its error.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The error of a call.
///
/// [`kind`](Error::kind) says what to do about it. The other methods give all that came with it: status, headers, request id
/// and body of the reply. Its `Display` is one line.
pub struct Error(pub(crate) Box<Inner>);

pub(crate) struct Inner {
    pub(crate) kind: ErrorKind,
    pub(crate) message: String,
    pub(crate) code: Option<String>,
    data: Option<Value>,
    faults: Vec<Fault>,
    /// The faults by name, made on request: few callers need them, and a map takes long to compile.
    validation_errors: OnceLock<BTreeMap<String, Vec<String>>>,
    retry_after: Option<Duration>,
    /// Host and path of the request.
    place: Option<(String, &'static str)>,
    reply: Option<RawReply>,
    pub(crate) dialect: ErrorDetails,
    deviation: Option<Deviation>,
    /// True if an earlier attempt of the same request may have acted.
    has_acted_before: bool,
    source: Option<Source>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            code: None,
            data: None,
            faults: Vec::new(),
            validation_errors: OnceLock::new(),
            retry_after: None,
            place: None,
            reply: None,
            dialect: ErrorDetails::default(),
            deviation: None,
            has_acted_before: false,
            source: None,
        }))
    }

    pub(crate) fn with_source(mut self, source: impl Into<Source>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Adds the reply, unless there is one already.
    pub(crate) fn with_reply(mut self, reply: &RawReply) -> Self {
        self.0.reply.get_or_insert_with(|| reply.clone());
        self
    }

    /// Adds the host and path of the request, unless the error has them already.
    pub(crate) fn at(mut self, endpoint: &str, path: &'static str) -> Self {
        if self.0.place.is_none() {
            let host = endpoint
                .split_once("://")
                .map_or(endpoint, |(_, host)| host);
            self.0.place = Some((host.to_owned(), path));
        }
        self
    }

    pub(crate) fn with_retry_after(mut self, wait: Duration) -> Self {
        self.0.retry_after = Some(wait);
        self
    }

    /// Adds the deviation that a strict call fails on, also to the message.
    pub(crate) fn with_deviation(mut self, deviation: Deviation) -> Self {
        self.0.message = format!("{}: {deviation}", self.0.message);
        self.0.deviation = Some(deviation);
        self
    }

    /// Returns the kind of error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns what happened, without kind, status and request id: the server's words where it said something.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Returns the API's code for the error, such as `invalid_input`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// Returns the HTTP status, if there was a reply.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        Some(self.0.reply.as_ref()?.status)
    }

    /// Returns the HTTP headers, if there was a reply.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        Some(&self.0.reply.as_ref()?.headers)
    }

    /// Returns the id that the API gave the request. Its support asks for it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.reply.as_ref()?.request_id()
    }

    /// Returns the body, if there was a reply: all bytes that arrived, up to the client's
    /// [limit](crate::SeamBuilder::reply_limit).
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        Some(&self.0.reply.as_ref()?.body)
    }

    /// Returns the body as text, if there was a reply.
    #[must_use]
    pub fn text(&self) -> Option<Cow<'_, str>> {
        self.body().map(|body| String::from_utf8_lossy(body))
    }

    /// Reads the body as JSON, as a type of the program's own.
    ///
    /// ```no_run
    /// # fn example(error: &seam::Error) -> Result<(), seam::Error> {
    /// let problem: seam::Value = error.json()?;
    /// println!("{}", problem["error"]["type"]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidResponse`] if there was no reply, or its body is not JSON of this type.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Self> {
        let body = self.0.reply.as_ref().map_or(&[][..], |reply| &reply.body);
        serde_json::from_slice(without_mark(body)).map_err(|error| self.not_json(error))
    }

    fn not_json(&self, source: serde_json::Error) -> Self {
        let error = match &self.0.reply {
            Some(reply) => reply.invalid("the body is not JSON of the expected type"),
            None => Self::new(ErrorKind::InvalidResponse, "there was no reply"),
        };
        error.with_source(source)
    }

    /// Returns further data that the API sent with the error.
    #[must_use]
    pub fn data(&self) -> Option<&Value> {
        self.0.data.as_ref()
    }

    /// Returns what the API says is wrong with each parameter. Dots separate the names of nested parameters; `""` is the
    /// request as a whole.
    #[must_use]
    #[inline]
    pub fn validation_errors(&self) -> &BTreeMap<String, Vec<String>> {
        let inner = &*self.0;
        inner
            .validation_errors
            .get_or_init(|| inner.faults.iter().cloned().collect())
    }

    /// Returns how long the API asks to wait before the next request.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Returns the deviation from the API's document, if a strict call failed because of it.
    #[must_use]
    pub fn deviation(&self) -> Option<&Deviation> {
        self.0.deviation.as_ref()
    }

    /// Returns true if the same request may succeed a little later: after 408, 429, 5xx, timeouts and failed connections. It says
    /// nothing about whether the request has acted.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        use ErrorKind::{Connect, RateLimited, Server, Timeout, Transport};
        matches!(
            self.0.kind,
            Connect | RateLimited | Server | Timeout | Transport
        ) || self.status() == Some(StatusCode::REQUEST_TIMEOUT)
    }
}

/// Leaves out the body, because it may contain secrets.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        f.debug_struct("Error")
            .field("kind", &inner.kind)
            .field("message", &inner.message)
            .field("code", &inner.code)
            .field("place", &inner.place)
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .field("validation_errors", &inner.faults)
            .field("details", &inner.dialect)
            .field("source", &inner.source)
            .finish_non_exhaustive()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source = self.0.source.as_deref()?;
        Some(source)
    }
}
