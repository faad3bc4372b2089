//! The parts that only Seam's API has: credentials, workspaces, action attempts and webhooks.
//!
//! The rest of the runtime works for any API. It uses only the items that are named here. A client of another API has another
//! module with the same items.

pub mod attempt;
mod builder;
mod caller;
mod credentials;
mod error_kind;
mod paging;
mod session;
mod settings;
mod sign_in;
mod signature;
#[cfg(any(test, feature = "test-util"))]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
#[cfg(feature = "webhook")]
pub mod webhook;
mod workspace;

use http::HeaderName;

pub(crate) use attempt::OperationFacts;
pub(crate) use attempt::{ErrorDetails, Task, about, run_task};
pub(crate) use caller::{Caller, USER_AGENT};
pub use error_kind::ErrorKind;
#[allow(
    unused_imports,
    reason = "whether there are lists depends on the document"
)]
pub(crate) use paging::PAGING;
pub(crate) use settings::{
    BuilderSettings, ClientSettings, EXAMPLE_ENDPOINT, RequestSettings, endpoint_of,
};
pub(crate) use signature::Signature;

/// The header of a reply with the request's id.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("seam-request-id");

/// The public items of this module, at the root of the crate.
pub(crate) mod exports {
    #[doc(inline)]
    pub use super::attempt;
    pub use super::attempt::OperationFacts;
    #[doc(inline)]
    pub use super::attempt::{ActionAttempt, ActionAttemptId};
    #[cfg(feature = "webhook")]
    #[doc(inline)]
    pub use super::webhook;
}
