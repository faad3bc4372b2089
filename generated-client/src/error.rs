//! What can go wrong: one error type, with a kind to match on.

mod api;
mod credentials;
mod retry_after;

use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::fmt;
use std::sync::OnceLock;
use std::time::Duration;

use http::StatusCode;
use serde_json::Value;

use crate::attempt::ActionAttempt;
use crate::response::RawReply;
use crate::wire::Deviation;

pub(crate) use api::refusal;

/// How much of a body that cannot be used an error keeps, in bytes.
const BODY_START: usize = 1024;

/// The name of a parameter, and what the API has against it.
type Fault = (String, Vec<String>);

type Source = Box<dyn StdError + Send + Sync>;

/// The result of a call: [`std::result::Result`] with [`Error`] as its error.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call failed.
///
/// [`kind`](Error::kind) says what to do about it; the other methods give what is known. Its `Display` is one line.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    message: String,
    code: Option<String>,
    status: Option<StatusCode>,
    request_id: Option<String>,
    data: Option<Value>,
    faults: Vec<Fault>,
    /// The faults by name, made when they are asked for: few ask, and a map is much to compile.
    validation_errors: OnceLock<BTreeMap<String, Vec<String>>>,
    retry_after: Option<Duration>,
    body: Option<String>,
    attempt: Option<ActionAttempt>,
    deviation: Option<Deviation>,
    source: Option<Source>,
}

/// The kinds of [`Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client cannot be made from what it was given: key, workspace, endpoint, environment.
    Config,
    /// The request was refused before it was sent; the message says why.
    InvalidRequest,
    /// The key or token is not accepted (401).
    Unauthorized,
    /// The API refuses the parameters; see [`Error::validation_errors`].
    InvalidInput,
    /// There is no such thing (404); [`Error::code`] says which.
    NotFound,
    /// It clashes with what is there (409), such as a code that the lock already has.
    Conflict,
    /// Too many requests (429); see [`Error::retry_after`].
    RateLimited,
    /// The API failed (5xx).
    Server,
    /// The API refuses the request for another reason; see [`Error::code`].
    Api,
    /// The API reports success, with a body that cannot be used; see [`Error::body_start`].
    InvalidResponse,
    /// No reply in time. Whether the request has acted is not known.
    Timeout,
    /// No connection: the request was not sent.
    Connect,
    /// The connection failed midway. Whether the request has acted is not known.
    Transport,
    /// A `FakeTransport` (feature `test-util`) has no reply for the path; the message says how to set one.
    NoFakeReply,
    /// The action was tried and failed; see [`Error::action_attempt`].
    ActionAttemptFailed,
    /// The action had not finished in the time that the call waits; see [`Error::action_attempt`].
    ActionAttemptTimedOut,
    /// A delivery to a webhook that is not signed with its secret.
    WebhookForged,
    /// A delivery to a webhook that is too old, or comes from the future.
    WebhookStale,
    /// A genuine delivery to a webhook that cannot be read.
    WebhookUnreadable,
}

impl ErrorKind {
    /// How the error's line begins.
    fn label(self) -> &'static str {
        match self {
            Self::Config => "configuration",
            Self::InvalidRequest => "request not sent",
            Self::Unauthorized => "unauthorized",
            Self::InvalidInput => "invalid input",
            Self::NotFound => "not found",
            Self::Conflict => "conflict",
            Self::RateLimited => "rate limited",
            Self::Server => "server error",
            Self::Api => "refused",
            Self::InvalidResponse => "invalid response",
            Self::Timeout => "timed out",
            Self::Connect => "no connection",
            Self::Transport => "connection failed",
            Self::NoFakeReply => "no fake reply",
            Self::ActionAttemptFailed => "action failed",
            Self::ActionAttemptTimedOut => "action not finished",
            Self::WebhookForged => "webhook forged",
            Self::WebhookStale => "webhook stale",
            Self::WebhookUnreadable => "webhook unreadable",
        }
    }
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            code: None,
            status: None,
            request_id: None,
            data: None,
            faults: Vec::new(),
            validation_errors: OnceLock::new(),
            retry_after: None,
            body: None,
            attempt: None,
            deviation: None,
            source: None,
        }))
    }

    pub(crate) fn with_source(mut self, source: impl Into<Source>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Adds what the reply's head says, and the start of its body.
    pub(crate) fn with_reply(mut self, reply: &RawReply) -> Self {
        let start = reply.body.get(..BODY_START).unwrap_or(&reply.body);
        self.0.status = Some(reply.status);
        self.0.request_id = reply.request_id().map(str::to_owned);
        self.0.body = Some(String::from_utf8_lossy(start).into_owned());
        self
    }

    pub(crate) fn with_code(mut self, code: String) -> Self {
        self.0.code = Some(code);
        self
    }

    pub(crate) fn with_retry_after(mut self, wait: Duration) -> Self {
        self.0.retry_after = Some(wait);
        self
    }

    pub(crate) fn with_attempt(mut self, attempt: ActionAttempt) -> Self {
        self.0.attempt = Some(attempt);
        self
    }

    /// Adds the deviation that a strict call fails on, to the message too.
    pub(crate) fn with_deviation(mut self, deviation: Deviation) -> Self {
        self.0.message = format!("{}: {deviation}", self.0.message);
        self.0.deviation = Some(deviation);
        self
    }

    /// What kind of error it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// What happened, without kind, status and request id: the server's words where it said something.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The API's code for the error, such as `device_not_found`; of a failed action, the failure's code.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// The HTTP status, where there was a reply.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The id that Seam gave the request, where it gave one; name it to Seam's support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// Further data that the API sent with the error.
    #[must_use]
    pub fn data(&self) -> Option<&Value> {
        self.0.data.as_ref()
    }

    /// What the API has against each parameter. Parameters within others are named with dots, `""` is the request as a
    /// whole.
    #[must_use]
    #[inline]
    pub fn validation_errors(&self) -> &BTreeMap<String, Vec<String>> {
        let inner = &*self.0;
        inner
            .validation_errors
            .get_or_init(|| inner.faults.iter().cloned().collect())
    }

    /// How long the API asks to wait before the next request.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// The start of the reply's body, where there was a reply.
    #[must_use]
    pub fn body_start(&self) -> Option<&str> {
        self.0.body.as_deref()
    }

    /// The action attempt that failed, or had not finished.
    #[must_use]
    pub fn action_attempt(&self) -> Option<&ActionAttempt> {
        self.0.attempt.as_ref()
    }

    /// Where the reply departed from the API's document, of a strict call.
    #[must_use]
    pub fn deviation(&self) -> Option<&Deviation> {
        self.0.deviation.as_ref()
    }

    /// Whether the same request may well succeed a little later: after 429, 5xx, timeouts and failed connections. It says
    /// nothing of whether the request has acted.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        use ErrorKind::{Connect, RateLimited, Server, Timeout, Transport};
        matches!(
            self.0.kind,
            Connect | RateLimited | Server | Timeout | Transport
        )
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            kind,
            message,
            status,
            request_id,
            ..
        } = &*self.0;
        write!(f, "{}: {}", kind.label(), OneLine(message))?;
        match (status, request_id) {
            (Some(status), Some(id)) => write!(
                f,
                " (status {}, request id {})",
                status.as_u16(),
                OneLine(id)
            ),
            (Some(status), None) => write!(f, " (status {})", status.as_u16()),
            (None, _) => Ok(()),
        }
    }
}

/// Shows text on one line.
struct OneLine<'a>(&'a str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, line) in self
            .0
            .split(char::is_control)
            .filter(|line| !line.trim().is_empty())
            .enumerate()
        {
            let space = if index == 0 { "" } else { " " };
            write!(f, "{space}{}", line.trim())?;
        }
        Ok(())
    }
}

/// Leaves out the body: it may hold what a log should not.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        f.debug_struct("Error")
            .field("kind", &inner.kind)
            .field("message", &inner.message)
            .field("code", &inner.code)
            .field("status", &inner.status)
            .field("request_id", &inner.request_id)
            .field("validation_errors", &inner.faults)
            .field("action_attempt", &inner.attempt)
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
