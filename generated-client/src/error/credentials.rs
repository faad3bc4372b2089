//! Servers may repeat a key in their messages; an error shows none.

use http::HeaderMap;

use super::Error;
use crate::wire::HIDDEN;

impl Error {
    /// Hides the credentials that a request was sent with in what the server said.
    pub(crate) fn without_credentials(mut self, sent: &HeaderMap) -> Self {
        for header in sent.values().filter(|header| header.is_sensitive()) {
            let text = header.to_str().unwrap_or_default();
            let secret = text.strip_prefix("Bearer ").unwrap_or(text);
            if !secret.is_empty() {
                self.hide(secret);
            }
        }
        self
    }

    fn hide(&mut self, secret: &str) {
        let inner = &mut *self.0;
        let faults = inner.faults.iter_mut();
        let texts = faults.flat_map(|(name, texts)| std::iter::once(name).chain(texts));
        let texts = texts.chain([&mut inner.message]).chain(&mut inner.code);
        for text in texts {
            if text.contains(secret) {
                *text = text.replace(secret, HIDDEN);
            }
        }
    }
}
