use std::fmt;

use bytes::Bytes;
use http::HeaderMap;
use serde_json::Value;

use crate::dialect::testing::is_credential;
use crate::endpoint::Method;
use crate::wire::value_in;
use url::form_urlencoded;

/// A request that was sent.
#[derive(Clone)]
#[non_exhaustive]
pub struct Sent {
    /// The HTTP method.
    pub method: Method,
    /// The path, its parameters filled in.
    pub path: String,
    /// The query, decoded; credentials in it do not show in `Debug`.
    pub query: Vec<(String, String)>,
    /// The headers; those that hold credentials do not show in `Debug`.
    pub headers: HeaderMap,
    /// The JSON body; null where there is none, or it is something else.
    pub body: Value,
    /// The body as it was sent.
    pub raw_body: Bytes,
}

impl Sent {
    pub(super) fn new(method: Method, request: http::Request<Bytes>) -> Self {
        let (head, raw_body) = request.into_parts();
        let query = head.uri.query().unwrap_or_default();
        Self {
            path: head.uri.path().to_owned(),
            query: form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
            method,
            headers: head.headers,
            body: value_in(&raw_body).unwrap_or_default(),
            raw_body,
        }
    }

    /// Returns a header's text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |(name, value): &(String, String)| match is_credential(name) {
            true => (name.clone(), "…".to_owned()),
            false => (name.clone(), value.clone()),
        };
        let query: Vec<(String, String)> = self.query.iter().map(shown).collect();
        f.debug_struct("Sent")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query", &query)
            .field("headers", &self.headers)
            .field("body", &self.body)
            .field("raw_body", &self.raw_body)
            .finish()
    }
}
