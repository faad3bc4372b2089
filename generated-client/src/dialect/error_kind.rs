use http::StatusCode;

#[allow(unused_imports, reason = "for the links")]
use crate::error::Error;

/// The kinds of [`Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client cannot be made from this key, workspace, endpoint or environment.
    Config,
    /// The client refused the request and did not send it. The message says why.
    InvalidRequest,
    /// The API does not accept the key or token (401).
    Unauthorized,
    /// The API refuses the parameters; see [`Error::validation_errors`].
    InvalidInput,
    /// Something does not exist (404); [`Error::code`] says what.
    NotFound,
    /// It conflicts with something that exists (409), such as a code that the lock already has.
    Conflict,
    /// Too many requests (429); see [`Error::retry_after`].
    RateLimited,
    /// The API failed (5xx). The request may have been carried out.
    Server,
    /// The API refuses the request for another reason; see [`Error::code`]. After 408 the request may have been carried out.
    Api,
    /// The API reports success, but the reply cannot be used; see [`Error::body`]. The request has probably been carried out.
    InvalidResponse,
    /// There was no reply in time. The request may have been carried out.
    Timeout,
    /// There was no connection, so the request was not sent.
    Connect,
    /// The server's certificate is not trusted, so the request was not sent. The message says why and what to do.
    Certificate,
    /// The connection failed midway. The request may have been carried out.
    Transport,
    /// A `FakeTransport` (feature `test-util`) has no reply for the path; the message says how to set one.
    NoFakeReply,
    /// The action was tried and failed; see [`Error::action_attempt`].
    ActionAttemptFailed,
    /// The action did not finish in the time that the call waits. It may still happen; see
    /// [`Error::action_attempt`].
    ActionAttemptTimedOut,
    /// A list has more pages than [`All::page_limit`](crate::request::All::page_limit) allows.
    PageLimit,
    /// A webhook delivery that is not signed with the webhook's secret.
    WebhookForged,
    /// A webhook delivery that is too old, or comes from the future.
    WebhookStale,
    /// A genuine webhook delivery that cannot be read.
    WebhookUnreadable,
}

impl ErrorKind {
    /// Returns the kind of error for a failed reply.
    pub(crate) fn of(status: StatusCode, code: Option<&str>) -> Self {
        match (status.as_u16(), code) {
            (401, _) => Self::Unauthorized,
            (_, Some("invalid_input")) => Self::InvalidInput,
            (404, _) => Self::NotFound,
            (409, _) => Self::Conflict,
            (429, _) => Self::RateLimited,
            (500.., _) => Self::Server,
            _ => Self::Api,
        }
    }

    /// Returns the start of the error's line; empty if the message is enough.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Config | Self::InvalidRequest | Self::PageLimit => "",
            Self::Unauthorized => "unauthorized",
            Self::InvalidInput => "invalid input",
            Self::NotFound => "not found",
            Self::Conflict => "conflict",
            Self::RateLimited => "rate limited",
            Self::Server => "server error",
            Self::Api => "refused",
            Self::InvalidResponse => "invalid response",
            Self::Timeout => "timed out",
            Self::Connect => "cannot connect",
            Self::Certificate => "no secure connection",
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
