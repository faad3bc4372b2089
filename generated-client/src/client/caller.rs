//! Who is calling, as the headers of requests.

use std::sync::Arc;

use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::auth::{Credentials, Mode, secret_header};
use super::config_error::ConfigError;
use super::session::Session;
use crate::error::{Error, ErrorKind};
use crate::request::{Parts, WORKSPACE};

const NAME: &str = env!("CARGO_PKG_NAME");
const VERSION: &str = env!("CARGO_PKG_VERSION");
pub(super) const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// What can be called without a workspace.
const WITHOUT_WORKSPACE: [&str; 2] = ["/workspaces/list", "/workspaces/create"];

/// Who is calling.
pub(crate) enum Caller {
    /// One whose credentials are sent with every request.
    Known {
        headers: Arc<HeaderMap>,
        has_workspace: bool,
    },
    /// One whose key is exchanged for the token of a client session.
    Publishable(Session),
}

impl Caller {
    pub(super) fn new(credentials: &Credentials) -> Result<Self, ConfigError> {
        let mut headers = credentials.headers()?;
        identify(&mut headers);
        Ok(match &credentials.user {
            Some(user) => Self::Publishable(Session::new(headers, user.clone())),
            None => Self::Known {
                headers: Arc::new(headers),
                has_workspace: credentials.mode.knows_its_workspace()
                    || credentials.workspace.is_some(),
            },
        })
    }

    /// The headers of a request, of another session than one that has ended.
    pub(crate) async fn headers(
        &self,
        parts: &Parts,
        ended: Option<&Arc<HeaderMap>>,
    ) -> Result<Arc<HeaderMap>, Error> {
        match self {
            Self::Known {
                headers,
                has_workspace,
            } => {
                let has_workspace = *has_workspace
                    || parts.headers.contains_key(&WORKSPACE)
                    || parts.seam.default_headers().contains_key(&WORKSPACE);
                if has_workspace || WITHOUT_WORKSPACE.contains(&parts.operation.path) {
                    Ok(headers.clone())
                } else {
                    Err(needs_workspace(parts.operation.path))
                }
            }
            Self::Publishable(session) => session.headers(&parts.seam, ended).await,
        }
    }

    /// Hides all that the caller keeps secret in what the server said.
    pub(crate) fn without_secrets(&self, error: Error) -> Error {
        match self {
            Self::Known { headers, .. } => error.without_credentials(headers),
            Self::Publishable(session) => session.without_secrets(error),
        }
    }

    /// Whether other headers may be had for a request that was refused with these, because they no longer count.
    pub(crate) fn may_renew(&self, refusal: &Error) -> bool {
        matches!(self, Self::Publishable(_)) && has_ended(refusal)
    }
}

/// Whether a request was refused because its session is over: `client_session_expired`, `_revoked`, `_not_found`.
fn has_ended(refusal: &Error) -> bool {
    let of_session = |code: &str| code.starts_with("client_session_");
    refusal.kind() == ErrorKind::Unauthorized && refusal.code().is_some_and(of_session)
}

fn needs_workspace(path: &str) -> Error {
    Error::new(
        ErrorKind::InvalidRequest,
        format!(
            "`{path}` needs a workspace, and this client has none: name one by `.workspace(id)` on the call, or make the \
             client with one"
        ),
    )
}

/// Adds the headers that say which client is calling.
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

/// Whether text looks like an e-mail address, which is no good as the key of a user: it can be guessed.
pub(super) fn looks_like_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, domain)| {
        let domain_has_dot = domain
            .split_once('.')
            .is_some_and(|(host, rest)| !host.is_empty() && !rest.is_empty());
        !name.is_empty() && domain_has_dot && !text.contains(char::is_whitespace)
    })
}

/// The header by which a publishable key is sent.
pub(super) fn publishable(secret: &str) -> Result<(HeaderName, HeaderValue), ConfigError> {
    Ok((
        HeaderName::from_static("seam-publishable-key"),
        secret_header(Mode::PublishableKey, secret)?,
    ))
}
