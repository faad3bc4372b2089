//! The client session that a publishable key is exchanged for.

use std::sync::Arc;

use http::HeaderMap;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::RwLock;

use super::Seam;
use super::auth::{Credentials, Mode};
use super::caller::identify;
use crate::endpoint::{Operation, Output, Reply};
use crate::error::{Error, ErrorKind};
use crate::request::{Parts, ask};

const GET_OR_CREATE_SESSION: Operation =
    Operation::post("/client_sessions/get_or_create").reply(Reply::Key("client_session"));

/// A session that is made at the first call, and anew after it has ended.
pub(super) struct Session {
    key: HeaderMap,
    user: SecretString,
    current: RwLock<Option<Arc<HeaderMap>>>,
}

impl Session {
    pub(super) fn new(key: HeaderMap, user: SecretString) -> Self {
        Self {
            key,
            user,
            current: RwLock::new(None),
        }
    }

    /// The headers of the session. Of the calls that need it, the first makes it and the others wait for that; when it fails,
    /// the next call tries again.
    pub(super) async fn headers(&self, seam: &Seam) -> Result<Arc<HeaderMap>, Error> {
        self.other_than(None, seam).await
    }

    /// The headers of the session that follows one that has ended; nothing where the key still gives the same one.
    pub(super) async fn renewed(
        &self,
        seam: &Seam,
        ended: &Arc<HeaderMap>,
    ) -> Result<Option<Arc<HeaderMap>>, Error> {
        let session = self.other_than(Some(ended), seam).await?;
        Ok((session != *ended).then_some(session))
    }

    async fn other_than(
        &self,
        ended: Option<&Arc<HeaderMap>>,
        seam: &Seam,
    ) -> Result<Arc<HeaderMap>, Error> {
        let is_other =
            |session: &Arc<HeaderMap>| ended.is_none_or(|ended| !Arc::ptr_eq(session, ended));
        if let Some(session) = self.current.read().await.clone().filter(is_other) {
            return Ok(session);
        }
        let mut current = self.current.write().await;
        // Another call may have made it meanwhile.
        if let Some(session) = current.clone().filter(is_other) {
            return Ok(session);
        }
        let session = Arc::new(exchange(seam, &self.key, &self.user).await?);
        *current = Some(session.clone());
        Ok(session)
    }
}

/// Exchanges a publishable key for the headers of a client session.
async fn exchange(seam: &Seam, key: &HeaderMap, user: &SecretString) -> Result<HeaderMap, Error> {
    let mut parts = Parts::new(seam, GET_OR_CREATE_SESSION);
    parts.set_body("user_identifier_key", &mut user.expose_secret().to_owned());
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
