use std::error::Error as StdError;

use crate::endpoint::Method;
use crate::error::{Error, ErrorKind};

type Source = Box<dyn StdError + Send + Sync>;

/// Why there is no reply.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TransportError {
    /// There was no connection, so that the request was not sent.
    #[error("cannot connect to the server")]
    Connect(#[source] Source),
    /// There was no reply in time. Whether the request has acted is not known.
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
    /// The connection failed midway, or anything else. Whether the request has acted is not known.
    #[error("the request or its reply was cut off")]
    Other(#[source] Source),
}

impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        let kind = match &error {
            TransportError::Connect(_) => ErrorKind::Connect,
            TransportError::Timeout => ErrorKind::Timeout,
            TransportError::TooLarge { .. } => ErrorKind::InvalidResponse,
            TransportError::NoFakeReply { .. } => ErrorKind::NoFakeReply,
            TransportError::Other(_) => ErrorKind::Transport,
        };
        Self::new(kind, error.to_string()).with_source(error)
    }
}
