//! The client session that a publishable key is exchanged for.

use std::sync::Arc;

use http::HeaderMap;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex;

use crate::error::Error;

/// A session that is made at the first call, and anew after it has ended.
pub(crate) struct Session {
    pub(super) key: HeaderMap,
    pub(super) user: SecretString,
    pub(super) current: Mutex<Option<Arc<HeaderMap>>>,
}

impl Session {
    pub(super) fn new(key: HeaderMap, user: SecretString) -> Self {
        Self {
            key,
            user,
            current: Mutex::new(None),
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
