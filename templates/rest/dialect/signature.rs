//! Credentials in a request.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Uri, header};

use crate::error::Error;

/// The credentials that are added to a request.
#[derive(Clone, Default)]
pub(crate) struct Signature {
    pub(super) headers: HeaderMap,
    /// Encoded pairs of the query.
    pub(super) query: String,
    /// The secrets, which must not be shown.
    pub(super) secrets: Vec<String>,
}

impl Signature {
    /// Adds the credentials to a request that has no headers yet.
    pub(crate) fn sign(&self, request: &mut http::Request<Bytes>) {
        let headers = request.headers_mut();
        headers.insert(
            header::USER_AGENT,
            HeaderValue::from_static(super::USER_AGENT),
        );
        headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        headers.extend(self.headers.clone());
        if !self.query.is_empty() {
            // A valid URL stays valid, because the pairs are encoded.
            if let Some(signed) = with_query(request.uri(), &self.query) {
                *request.uri_mut() = signed;
            }
        }
    }

    /// Returns true if both have the same credentials.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.headers == other.headers && self.query == other.query
    }

    /// Hides its credentials in the texts of the server.
    pub(crate) fn without_secrets(&self, error: Error) -> Error {
        let secrets = self.secrets.iter();
        secrets.fold(error, |error, secret| error.without_secret(secret))
    }
}

fn with_query(uri: &Uri, pairs: &str) -> Option<Uri> {
    let separator = if uri.query().is_some() { '&' } else { '?' };
    format!("{uri}{separator}{pairs}").parse().ok()
}
