//! The client session that a publishable key is exchanged for.

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex;

use super::signature::Signature;
use crate::error::Error;

/// A session that is made by the first call, and again after it has ended.
pub(crate) struct Session {
    pub(super) key: Signature,
    pub(super) user: SecretString,
    pub(super) current: Mutex<Option<Arc<Signature>>>,
}

impl Session {
    pub(super) fn new(key: Signature, user: SecretString) -> Self {
        Self {
            key,
            user,
            current: Mutex::new(None),
        }
    }

    /// Hides the key, its user and the token in the texts of the server. While the session is renewed, its token is not valid.
    pub(super) fn without_secrets(&self, error: Error) -> Error {
        let error = self.key.without_secrets(error);
        let error = error.without_secret(self.user.expose_secret());
        match self
            .current
            .try_lock()
            .ok()
            .and_then(|current| current.clone())
        {
            Some(session) => session.without_secrets(error),
            None => error,
        }
    }
}
