//! The client session that a publishable key is exchanged for.

use std::sync::Arc;

use http::{HeaderMap, header};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex;

use super::Seam;
use super::auth::{Credentials, Mode};
use super::caller::identify;
use crate::endpoint::{Operation, Output, Reply};
use crate::error::{Error, ErrorKind};
use crate::request::{Heard, Parts, transmit};

const GET_OR_CREATE_SESSION: Operation =
    Operation::post("/client_sessions/get_or_create").reply(Reply::Key("client_session"));

/// A session that is made at the first call, and anew after it has ended.
pub(crate) struct Session {
    key: HeaderMap,
    user: SecretString,
    current: Mutex<Option<Arc<HeaderMap>>>,
}

impl Session {
    pub(super) fn new(key: HeaderMap, user: SecretString) -> Self {
        Self {
            key,
            user,
            current: Mutex::new(None),
        }
    }

    /// The headers of the session, or of the one that follows one that has ended. Of the calls that need it, the first makes it
    /// and the others wait for that; when it fails, the next call tries again.
    pub(super) async fn headers(
        &self,
        seam: &Seam,
        ended: Option<&Arc<HeaderMap>>,
    ) -> Result<Arc<HeaderMap>, Error> {
        let mut current = self.current.lock().await;
        match &*current {
            Some(session) if ended.is_none_or(|ended| !Arc::ptr_eq(session, ended)) => {
                Ok(session.clone())
            }
            _ => {
                let session = Arc::new(exchange(seam, &self.key, &self.user).await?);
                *current = Some(session.clone());
                Ok(session)
            }
        }
    }

    /// Hides the key, its user and the token in what the server said. While the session is renewed, its token counts no more.
    pub(super) fn without_secrets(&self, error: Error) -> Error {
        let error = error
            .without_credentials(&self.key)
            .without_secret(self.user.expose_secret());
        match self
            .current
            .try_lock()
            .ok()
            .and_then(|current| current.clone())
        {
            Some(session) => error.without_credentials(&session),
            None => error,
        }
    }
}

/// Whether two sets of headers are of one session.
pub(crate) fn is_same(one: &HeaderMap, other: &HeaderMap) -> bool {
    one.get(header::AUTHORIZATION) == other.get(header::AUTHORIZATION)
}

/// Exchanges a publishable key for the headers of a client session.
async fn exchange(seam: &Seam, key: &HeaderMap, user: &SecretString) -> Result<HeaderMap, Error> {
    let mut parts = Parts::new(seam, GET_OR_CREATE_SESSION);
    let mut user = user.expose_secret().to_owned();
    parts.set_body("user_identifier_key", Some(&mut user));
    let heard = Heard::default();
    let call = transmit(&parts, key, &heard);
    let reply = heard.within(&parts, parts.attempt_timeout(), call).await;
    let reply = reply.map_err(|error| error.at(&parts))?;
    let (session, _) = serde_json::Value::from_reply(&reply, GET_OR_CREATE_SESSION.reply)?;
    let token = session["token"].as_str().unwrap_or_default().to_owned();
    // The reply holds the token: it is no part of the error.
    let mut headers = Credentials::new(Mode::ClientSession, token)
        .headers()
        .map_err(|_| {
            Error::new(
                ErrorKind::InvalidResponse,
                "the API answered the publishable key with something that is not a client session token",
            )
        })?;
    identify(&mut headers);
    Ok(headers)
}
