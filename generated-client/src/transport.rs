//! The one place that speaks HTTP.

use std::error::Error as StdError;
use std::future::Future;
use std::pin::Pin;

use bytes::{Bytes, BytesMut};

use crate::error::{Error, ErrorKind};

pub(crate) type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends one request and gives its reply, once. No retries, no redirects, no look at the status.
pub(crate) trait Transport: Send + Sync {
    /// Gives up where the reply's body is larger than `limit` bytes.
    fn send(
        &self,
        request: http::Request<Bytes>,
        limit: usize,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>>;
}

/// Why there is no reply.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TransportError {
    #[error("cannot connect to the server")]
    Connect(#[source] Box<dyn StdError + Send + Sync>),
    #[error("no reply in time")]
    Timeout,
    #[error("the reply is larger than the limit of {limit} bytes")]
    TooLarge { limit: usize },
    #[error("the request or its reply was cut off")]
    Other(#[source] Box<dyn StdError + Send + Sync>),
}

impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        let kind = match &error {
            TransportError::Connect(_) => ErrorKind::Connect,
            TransportError::Timeout => ErrorKind::Timeout,
            TransportError::TooLarge { .. } => ErrorKind::InvalidResponse,
            TransportError::Other(_) => ErrorKind::Transport,
        };
        Self::new(kind, error.to_string()).with_source(error)
    }
}

/// The transport by reqwest.
pub(crate) struct Reqwest(reqwest::Client);

impl Reqwest {
    pub(crate) fn new() -> Result<Self, Error> {
        // A redirect would carry the credentials elsewhere; the API has none.
        let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        #[cfg(feature = "rustls")]
        let builder = builder.tls_backend_preconfigured(tls()?);
        let client = builder.build().map_err(|error| {
            Error::new(ErrorKind::Config, "the HTTP client cannot be set up").with_source(error)
        })?;
        Ok(Self(client))
    }
}

/// TLS by rustls and ring, with Mozilla's roots: the same on every machine, with nothing to install.
#[cfg(feature = "rustls")]
fn tls() -> Result<rustls::ClientConfig, Error> {
    let roots = rustls::RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::new(ErrorKind::Config, "TLS cannot be set up").with_source(error))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}

impl Transport for Reqwest {
    fn send(
        &self,
        request: http::Request<Bytes>,
        limit: usize,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let request = reqwest::Request::try_from(request).map_err(failure)?;
            let response = self.0.execute(request).await.map_err(failure)?;
            let (status, headers) = (response.status(), response.headers().clone());
            let mut reply = http::Response::new(read_body(response, limit).await?);
            *reply.status_mut() = status;
            *reply.headers_mut() = headers;
            Ok(reply)
        })
    }
}

/// Reads a body, but never more than `limit` bytes.
async fn read_body(mut response: reqwest::Response, limit: usize) -> Result<Bytes, TransportError> {
    let announced = response
        .content_length()
        .and_then(|length| usize::try_from(length).ok())
        .unwrap_or(0);
    if announced > limit {
        return Err(TransportError::TooLarge { limit });
    }
    let mut body = BytesMut::with_capacity(announced);
    while let Some(chunk) = response.chunk().await.map_err(failure)? {
        if body.len() + chunk.len() > limit {
            return Err(TransportError::TooLarge { limit });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

fn failure(error: reqwest::Error) -> TransportError {
    let error = error.without_url(); // a URL may hold parameters that a log should not
    if error.is_timeout() {
        TransportError::Timeout
    } else if error.is_connect() {
        TransportError::Connect(error.into())
    } else {
        TransportError::Other(error.into())
    }
}
