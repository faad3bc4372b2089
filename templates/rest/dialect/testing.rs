//! The parts of the fake transport that only this API has.

use serde_json::json;

use super::{Credential, Place};
use crate::client::SeamBuilder;
use crate::generated::CONNECTION;
use crate::test::FakeTransport;

/// The public items of this module, in `seam::test`.
pub(crate) mod exports {}

/// Sets credentials of each kind for a client with the fake.
pub(crate) fn sign_in(mut builder: SeamBuilder) -> SeamBuilder {
    for (index, scheme) in CONNECTION.schemes.iter().enumerate() {
        let credential = match scheme.place {
            Place::Basic => Credential::basic("fake".to_owned(), "fake".to_owned()),
            _ => Credential::text("fake".to_owned()),
        };
        builder = builder.credential(index, credential);
    }
    builder
}

/// Returns true if the parameter of this name in a query holds credentials.
pub(crate) fn is_credential(name: &str) -> bool {
    let mut schemes = CONNECTION.schemes.iter();
    schemes.any(|scheme| matches!(scheme.place, Place::Query(of) if of == name))
}

impl FakeTransport {
    /// Answers this path with an error.
    ///
    /// # Panics
    ///
    /// If there is no such status.
    pub fn refuse(&self, path: &str, status: u16, code: &str, message: &str) -> &Self {
        let error = json!({"error": {"code": code, "message": message}});
        self.reply_json(path, status, &error)
    }
}
