//! The headers with credentials.

use bytes::Bytes;
use http::{HeaderMap, header};

use crate::error::Error;

/// The headers with credentials, which are added to every request.
#[derive(Clone)]
pub(crate) struct Signature {
    pub(super) headers: HeaderMap,
}

impl Signature {
    /// Adds the headers to a request that has none yet.
    pub(crate) fn sign(&self, request: &mut http::Request<Bytes>) {
        request.headers_mut().clone_from(&self.headers);
    }

    /// Returns true if both belong to the same session.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.headers.get(header::AUTHORIZATION) == other.headers.get(header::AUTHORIZATION)
    }

    /// Hides its credentials in the texts of the server.
    pub(crate) fn without_secrets(&self, error: Error) -> Error {
        let secrets = self.headers.values().filter(|value| value.is_sensitive());
        let texts = secrets.filter_map(|value| value.to_str().ok());
        texts.fold(error, |error, text| {
            error.without_secret(text.strip_prefix("Bearer ").unwrap_or(text))
        })
    }
}
