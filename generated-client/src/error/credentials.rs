//! Servers may repeat a secret in their messages; an error shows none.

use http::HeaderMap;

use super::Error;
use crate::wire::HIDDEN;

impl Error {
    /// Hides the credentials that a request was sent with in what the server said.
    pub(crate) fn without_credentials(mut self, sent: &HeaderMap) -> Self {
        for header in sent.values().filter(|header| header.is_sensitive()) {
            let text = header.to_str().unwrap_or_default();
            self = self.without_secret(text.strip_prefix("Bearer ").unwrap_or(text));
        }
        self
    }

    /// Hides a secret in what the server said.
    pub(crate) fn without_secret(mut self, secret: &str) -> Self {
        if secret.is_empty() {
            return self;
        }
        let inner = &mut *self.0;
        let faults = inner.faults.iter_mut();
        let texts = faults.flat_map(|(name, texts)| std::iter::once(name).chain(texts));
        let texts = texts.chain([&mut inner.message]).chain(&mut inner.code);
        let attempt = inner.attempt.iter_mut();
        for text in texts.chain(attempt.flat_map(|attempt| attempt.status.texts())) {
            if text.contains(secret) {
                *text = text.replace(secret, HIDDEN);
            }
        }
        self
    }
}
