use http::StatusCode;

#[allow(unused_imports, reason = "for the links")]
use crate::error::Error;

/// The kinds of [`Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client cannot be made from these credentials, this endpoint or this environment.
    Config,
    /// The client refused the request and did not send it. The message says why.
    InvalidRequest,
    /// The API does not accept the credentials (401).
    Unauthorized,
    /// The API refuses the parameters (400 or 422).
    InvalidInput,
    /// Something does not exist (404).
    NotFound,
    /// It conflicts with something that exists (409).
    Conflict,
    /// Too many requests (429); see [`Error::retry_after`].
    RateLimited,
    /// The API failed (5xx). The request may have been carried out.
    Server,
    /// The API refuses the request for another reason; see [`Error::status`] and [`Error::code`]. After
    /// 408 the request may have been carried out.
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
    /// A list has more pages than [`All::page_limit`](crate::request::All::page_limit) allows.
    PageLimit,
}

impl ErrorKind {
    /// Returns the kind of error for a failed reply.
    pub(crate) fn of(status: StatusCode, _: Option<&str>) -> Self {
        match status.as_u16() {
            401 => Self::Unauthorized,
            400 | 422 => Self::InvalidInput,
            404 => Self::NotFound,
            409 => Self::Conflict,
            429 => Self::RateLimited,
            500.. => Self::Server,
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
        }
    }
}
