//! The credentials of a client, as headers of requests.

use std::sync::Arc;

use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::credentials::{Credentials, CredentialsError};
use super::session::Session;
use super::signature::Signature;
use crate::error::{Error, ErrorKind};

const NAME: &str = env!("CARGO_PKG_NAME");
const VERSION: &str = env!("CARGO_PKG_VERSION");
pub(crate) const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// The credentials of a client.
pub(crate) enum Caller {
    /// Credentials that are sent with every request.
    Known {
        signature: Arc<Signature>,
        has_workspace: bool,
    },
    /// A key that is exchanged for the token of a client session.
    Publishable(Session),
}

impl Caller {
    pub(crate) fn new(credentials: &Credentials) -> Result<Self, CredentialsError> {
        let mut headers = credentials.headers()?;
        identify(&mut headers);
        Ok(match &credentials.user {
            Some(user) => Self::Publishable(Session::new(Signature { headers }, user.clone())),
            None => Self::Known {
                signature: Arc::new(Signature { headers }),
                has_workspace: credentials.mode.knows_its_workspace()
                    || credentials.workspace.is_some(),
            },
        })
    }

    /// Hides the credentials in the texts of the server.
    pub(crate) fn without_secrets(&self, error: Error) -> Error {
        match self {
            Self::Known { signature, .. } => signature.without_secrets(error),
            Self::Publishable(session) => session.without_secrets(error),
        }
    }

    /// Returns true if new credentials can be obtained for a request that was refused because these have expired.
    pub(crate) fn may_renew(&self, refusal: &Error) -> bool {
        matches!(self, Self::Publishable(_)) && has_ended(refusal)
    }
}

/// Returns true if a request was refused because its session has ended: `client_session_expired`, `_revoked`, `_not_found`.
fn has_ended(refusal: &Error) -> bool {
    let of_session = |code: &str| code.starts_with("client_session_");
    refusal.kind() == ErrorKind::Unauthorized && refusal.code().is_some_and(of_session)
}

/// Adds the headers that identify this client library.
pub(super) fn identify(headers: &mut HeaderMap) {
    for (name, value) in [
        ("seam-sdk-name", NAME),
        ("seam-sdk-version", VERSION),
        ("user-agent", USER_AGENT),
    ] {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
}
