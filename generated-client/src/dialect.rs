//! What only Seam's API has: credentials, workspaces, action attempts and webhooks. The rest of the runtime fits any API.

pub mod attempt;
pub(crate) mod caller;
pub(crate) mod credentials;
mod session;
pub(crate) mod sign_in;
#[cfg(feature = "webhook")]
pub mod webhook;
mod workspace;
