//! Hides secrets in errors, because servers may repeat them in their messages.

use super::Error;
use crate::wire::HIDDEN;

impl Error {
    /// Hides a secret in the texts of the server.
    pub(crate) fn without_secret(mut self, secret: &str) -> Self {
        if secret.is_empty() {
            return self;
        }
        let inner = &mut *self.0;
        let faults = inner.faults.iter_mut();
        let texts = faults.flat_map(|(name, texts)| std::iter::once(name).chain(texts));
        let texts = texts.chain([&mut inner.message]).chain(&mut inner.code);
        for text in texts.chain(inner.dialect.texts()) {
            if text.contains(secret) {
                *text = text.replace(secret, HIDDEN);
            }
        }
        self
    }
}
