//! Who is calling, as the headers of requests.

use http::{HeaderMap, HeaderName, HeaderValue, header};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::OnceCell;

use super::Seam;
use super::auth::{Credentials, Mode, secret_header};
use super::config_error::ConfigError;
use crate::endpoint::{Operation, Output, Reply};
use crate::error::{Error, ErrorKind};
use crate::request::{Parts, WORKSPACE, ask};

const NAME: &str = env!("CARGO_PKG_NAME");
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What can be called without a workspace.
const WITHOUT_WORKSPACE: [&str; 2] = ["/workspaces/list", "/workspaces/create"];
const GET_OR_CREATE_SESSION: Operation =
    Operation::post("/client_sessions/get_or_create").reply(Reply::Key("client_session"));

/// Who is calling.
pub(super) enum Caller {
    /// One whose credentials are sent with every request.
    Known {
        headers: HeaderMap,
        has_workspace: bool,
    },
    /// One whose key is exchanged for the token of a client session, at the first call.
    Publishable {
        headers: HeaderMap,
        user: SecretString,
        session: OnceCell<HeaderMap>,
    },
}

impl Caller {
    pub(super) fn new(credentials: &Credentials) -> Result<Self, ConfigError> {
        let mut headers = credentials.headers()?;
        identify(&mut headers);
        Ok(match &credentials.user {
            Some(user) => Self::Publishable {
                headers,
                user: user.clone(),
                session: OnceCell::new(),
            },
            None => Self::Known {
                headers,
                has_workspace: credentials.mode.knows_its_workspace()
                    || credentials.workspace.is_some(),
            },
        })
    }

    /// The headers of a request. Of the calls that need the session of a publishable key, the first makes it and the others
    /// wait for that; when it fails, the next call tries again.
    pub(super) async fn headers(&self, seam: &Seam, parts: &Parts) -> Result<&HeaderMap, Error> {
        match self {
            Self::Known {
                headers,
                has_workspace,
            } => {
                let has_workspace = *has_workspace || parts.headers.contains_key(WORKSPACE);
                if has_workspace || WITHOUT_WORKSPACE.contains(&parts.operation.path) {
                    Ok(headers)
                } else {
                    Err(needs_workspace(parts.operation.path))
                }
            }
            Self::Publishable {
                headers,
                user,
                session,
            } => {
                session
                    .get_or_try_init(|| exchange(seam, headers, user))
                    .await
            }
        }
    }
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

/// Exchanges a publishable key for the headers of a client session.
async fn exchange(seam: &Seam, key: &HeaderMap, user: &SecretString) -> Result<HeaderMap, Error> {
    let mut parts = Parts::new(seam, GET_OR_CREATE_SESSION);
    parts.set_body("user_identifier_key", &user.expose_secret().to_owned());
    let reply = ask(&parts, key).await?;
    let (session, _) = serde_json::Value::from_reply(&reply, GET_OR_CREATE_SESSION.reply)?;
    let token = session["token"].as_str().unwrap_or_default().to_owned();
    // The reply holds the token: it is no part of the error.
    let mut headers = Credentials::new(Mode::ClientSession, token)
        .headers()
        .map_err(|_| {
            Error::new(
                ErrorKind::InvalidResponse,
                "the publishable key was exchanged for something that is no token of a client session",
            )
        })?;
    identify(&mut headers);
    Ok(headers)
}

/// Adds the headers that say which client is calling.
fn identify(headers: &mut HeaderMap) {
    for (name, value) in [
        ("seam-sdk-name", NAME),
        ("seam-sdk-version", VERSION),
        (
            "user-agent",
            concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
        ),
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
