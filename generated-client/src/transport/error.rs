use std::error::Error as StdError;

use crate::endpoint::Method;
use crate::error::{Error, ErrorKind};

type Source = Box<dyn StdError + Send + Sync>;

/// The reason why there is no reply.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TransportError {
    /// There was no connection, so the request was not sent.
    #[error("cannot connect to the server")]
    Connect(#[source] Source),
    /// The server's certificate is not trusted, so the request was not sent.
    #[error("the certificate of {host} is not trusted: {reason}")]
    Certificate {
        /// The host of the certificate.
        host: String,
        /// The problem, and what to do.
        reason: String,
        /// The error of the TLS library.
        #[source]
        source: Source,
    },
    /// There was no reply in time. It is not known if the request has acted.
    #[error("no reply in time")]
    Timeout,
    /// The reply's body is larger than the client accepts; see
    /// [`SeamBuilder::reply_limit`](crate::SeamBuilder::reply_limit).
    #[error("the reply is larger than the limit of {limit} bytes")]
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// A fake has no reply for the request.
    #[error(
        "`FakeTransport` has no reply for {method} {path}: set one by `fake.reply_json(\"{path}\", 200, &json)`, or by \
         `fake.reply::<E>(value)` with the type of the call"
    )]
    NoFakeReply {
        /// The method of the request.
        method: Method,
        /// Its path.
        path: String,
    },
    /// The connection failed during the exchange, or another error. It is not known if the request has acted.
    #[error("the request or its reply was cut off")]
    Other(#[source] Source),
}

impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        match error {
            TransportError::Connect(source) => caused(ErrorKind::Connect, source),
            TransportError::Other(source) => caused(ErrorKind::Transport, source),
            TransportError::Certificate { .. } => {
                Self::new(ErrorKind::Certificate, error.to_string()).with_source(error)
            }
            TransportError::Timeout => Self::new(ErrorKind::Timeout, error.to_string()),
            TransportError::NoFakeReply { .. } => {
                Self::new(ErrorKind::NoFakeReply, error.to_string())
            }
            TransportError::TooLarge { .. } => {
                Self::new(ErrorKind::InvalidResponse, error.to_string())
            }
        }
    }
}

/// Returns an error with the message of its root cause. The causes in between are its sources.
fn caused(kind: ErrorKind, source: Source) -> Error {
    let mut first: &dyn StdError = &*source;
    while let Some(cause) = first.source() {
        first = cause;
    }
    Error::new(kind, first.to_string()).with_source(source)
}
