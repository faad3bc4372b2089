//! What the fake transport knows of Seam's API.

use serde_json::json;

use crate::client::SeamBuilder;
use crate::test::FakeTransport;

/// What callers see of this module, in `seam::test`.
pub(crate) mod exports {
    #[cfg(feature = "webhook")]
    pub use crate::dialect::webhook::delivery::{Delivery, sign, sign_at};
}

/// Gives a client over the fake its credentials.
pub(crate) fn sign_in(builder: SeamBuilder) -> SeamBuilder {
    builder.api_key("seam_fake")
}

/// Returns true if the parameter of this name in a query holds credentials.
pub(crate) fn is_credential(_: &str) -> bool {
    false
}

impl FakeTransport {
    /// Answers this path with one of the API's errors.
    ///
    /// # Panics
    ///
    /// If there is no such status.
    pub fn refuse(&self, path: &str, status: u16, code: &str, message: &str) -> &Self {
        let error = json!({"error": {"type": code, "message": message}, "ok": false});
        self.reply_json(path, status, &error)
    }
}
