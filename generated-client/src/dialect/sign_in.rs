//! The headers with credentials, and the exchange of a publishable key for a client session.

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};

use super::caller::{Caller, identify};
use super::credentials::{Credentials, Mode};
use super::session::Session;
use super::signature::Signature;
use crate::client::Seam;
use crate::endpoint::{Operation, Output, Reply};
use crate::error::{Error, ErrorKind};
use crate::request::Parts;
use crate::request::transmit::{PartialReply, transmit};

const GET_OR_CREATE_SESSION: Operation =
    Operation::post("/client_sessions/get_or_create").reply(Reply::Key("client_session"));

impl Caller {
    /// Returns the signature for a request, of a session that has not ended.
    pub(crate) async fn signature(
        &self,
        parts: &Parts,
        ended: Option<&Arc<Signature>>,
    ) -> Result<Arc<Signature>, Error> {
        match self {
            Self::Known {
                signature,
                has_workspace,
            } => {
                parts.check_workspace(*has_workspace)?;
                Ok(signature.clone())
            }
            Self::Publishable(session) => session.signature(&parts.seam, ended).await,
        }
    }
}

impl Session {
    /// Returns the signature of the session, or of a new one if it has ended. If several calls need a new session, the first one
    /// makes it and the others wait. If that fails, the next call tries again.
    async fn signature(
        &self,
        seam: &Seam,
        ended: Option<&Arc<Signature>>,
    ) -> Result<Arc<Signature>, Error> {
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
}

/// Exchanges a publishable key for the headers of a client session.
async fn exchange(seam: &Seam, key: &Signature, user: &SecretString) -> Result<Signature, Error> {
    let mut parts = Parts::new(seam, GET_OR_CREATE_SESSION);
    let mut user = user.expose_secret().to_owned();
    parts.set_body("user_identifier_key", Some(&mut user));
    let partial = PartialReply::default();
    let call = transmit(&parts, key, &partial);
    let reply = partial.within(&parts, parts.attempt_timeout(), call).await;
    let reply = reply.map_err(|error| parts.locate(error))?;
    let (session, _) = serde_json::Value::from_reply(&reply, GET_OR_CREATE_SESSION.reply)?;
    let token = session["token"].as_str().unwrap_or_default().to_owned();
    // The reply contains the token, so it is not added to the error.
    let mut headers = Credentials::new(Mode::ClientSession, token)
        .headers()
        .map_err(|_| {
            Error::new(
                ErrorKind::InvalidResponse,
                "the API answered the publishable key with something that is not a client session token",
            )
        })?;
    identify(&mut headers);
    Ok(Signature { headers })
}
