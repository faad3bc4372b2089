//! Credentials and servers of this API, from its document: `generated/client_settings.rs` has the facts.

mod error_kind;
mod facts;
mod scheme;
mod settings;
mod sign_in;
mod signature;
#[cfg(any(test, feature = "test-util"))]
pub(crate) mod testing;
mod token;

use http::HeaderName;

use crate::endpoint::Reply;
use crate::error::Error;
use crate::request::Parts;
use crate::request::send::send;
use crate::response::RawReply;

pub use error_kind::ErrorKind;
pub(crate) use facts::ErrorDetails;
pub(crate) use facts::OperationFacts;
#[allow(unused_imports, reason = "a document may have no ways to sign in")]
pub(crate) use scheme::{Place, Scheme};
#[allow(unused_imports, reason = "a server may have no variables")]
pub(crate) use settings::Variable;
pub(crate) use settings::{
    BuilderSettings, ClientSettings, Connection, EXAMPLE_ENDPOINT, RequestSettings, endpoint_of,
};
pub(crate) use sign_in::Caller;
#[allow(unused_imports, reason = "a document may have no ways to sign in")]
pub(crate) use sign_in::Credential;
pub(crate) use signature::Signature;

/// Names this client to the server.
pub(crate) const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// The header of a reply that has the request's id.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The public items of this module, at the root of the crate.
pub(crate) mod exports {
    #[allow(unused_imports, reason = "an API may have no tokens")]
    #[doc(inline)]
    pub use super::facts::OperationFacts;
    pub use super::token::{TokenError, TokenProvider};
}

/// The steps of a call.
pub(crate) enum Task {
    /// Send the request.
    Send,
}

impl Task {
    /// Returns the steps of the call with these parts.
    pub(crate) fn of(parts: &Parts) -> Self {
        let RequestSettings = parts.dialect;
        Self::Send
    }
}

/// Runs a call. Returns the reply, and the place of the value in it.
pub(crate) async fn run_task(parts: &Parts, task: Task) -> Result<(RawReply, Reply), Error> {
    let Task::Send = task;
    Ok((send(parts).await?, parts.operation.reply))
}

/// Returns an error about a reply.
pub(crate) fn about(error: Error, _: &RawReply) -> Error {
    error
}
