use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use url::Url;

use super::{Body, BoxFuture, Transport, TransportError};
use crate::error::{Error, ErrorKind};

/// The transport by reqwest.
pub(crate) struct Reqwest {
    client: reqwest::Client,
    /// Whether the client may follow redirects: nobody can ask it.
    may_redirect: bool,
    /// For blocking calls, which have connections of their own: one that was opened by an async program is driven by a thread
    /// that the call may be blocking.
    #[cfg(feature = "blocking")]
    blocking: Option<std::sync::OnceLock<reqwest::Client>>,
}

impl Reqwest {
    pub(crate) fn new() -> Result<Self, Error> {
        Ok(Self {
            client: client()?,
            may_redirect: false,
            #[cfg(feature = "blocking")]
            blocking: Some(std::sync::OnceLock::new()),
        })
    }

    /// By a client of the caller's own, but for redirects.
    pub(crate) fn built_by(builder: reqwest::ClientBuilder) -> Result<Self, Error> {
        Ok(Self {
            may_redirect: false,
            ..Self::of(built(without_redirects(builder))?)
        })
    }

    /// By a client that the caller has set up.
    pub(crate) fn of(client: reqwest::Client) -> Self {
        Self {
            client,
            may_redirect: true,
            #[cfg(feature = "blocking")]
            blocking: None,
        }
    }

    /// The request in reqwest's terms.
    fn request(&self, request: http::Request<Bytes>) -> Result<reqwest::Request, TransportError> {
        let (head, body) = request.into_parts();
        let url = Url::parse(&head.uri.to_string())
            .map_err(|error| TransportError::Other(error.into()))?;
        let mut request = reqwest::Request::new(head.method, url);
        *request.headers_mut() = head.headers;
        *request.body_mut() = Some(match self.may_redirect && !body.is_empty() {
            true => reqwest::Body::wrap(Once(body)),
            false => body.into(),
        });
        Ok(request)
    }

    fn client(&self) -> &reqwest::Client {
        #[cfg(feature = "blocking")]
        if crate::blocking::is_own_thread()
            && let Some(blocking) = &self.blocking
        {
            return blocking.get_or_init(|| client().unwrap_or_else(|_| self.client.clone()));
        }
        &self.client
    }
}

fn client() -> Result<reqwest::Client, Error> {
    // Before the builder: what drops one, where this fails, would be compiled here.
    #[cfg(feature = "rustls")]
    let tls = tls()?;
    let builder = reqwest::Client::builder();
    #[cfg(feature = "rustls")]
    let builder = builder.tls_backend_preconfigured(tls);
    built(without_redirects(builder))
}

/// A redirect would carry the credentials elsewhere; the API has none.
fn without_redirects(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder.redirect(reqwest::redirect::Policy::none())
}

fn built(builder: reqwest::ClientBuilder) -> Result<reqwest::Client, Error> {
    builder.build().map_err(|error| {
        Error::new(ErrorKind::Config, "the HTTP client cannot be set up").with_source(error)
    })
}

/// TLS by rustls and ring, with Mozilla's roots: the same on every machine, with nothing to install.
#[cfg(feature = "rustls")]
fn tls() -> Result<rustls::ClientConfig, Error> {
    use hyper_rustls::ConfigBuilderExt;

    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| no_tls(&error))?
        .with_webpki_roots()
        .with_no_client_auth();
    Ok(config)
}

/// The source is text: for the error as it is, all that can go wrong in TLS would be compiled.
#[cfg(feature = "rustls")]
fn no_tls(error: &rustls::Error) -> Error {
    Error::new(ErrorKind::Config, "TLS cannot be set up").with_source(error.to_string())
}

impl Transport for Reqwest {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let request = self.request(request)?;
            let asked = request.url().origin();
            let response = self.client().execute(request).await.map_err(failure)?;
            if response.url().origin() != asked {
                return Err(TransportError::Other(
                    "the HTTP client followed a redirect to another host".into(),
                ));
            }
            Ok(http::Response::from(response).map(|body| Body::new(Incoming(body))))
        })
    }
}

/// A body that can be sent only once, so that no redirect carries it to another host.
struct Once(Bytes);

impl HttpBody for Once {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let body = std::mem::take(&mut self.0);
        Poll::Ready((!body.is_empty()).then(|| Ok(Frame::data(body))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.len() as u64)
    }
}

/// A body from reqwest, with a transport's errors.
struct Incoming(reqwest::Body);

impl HttpBody for Incoming {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Pin::new(&mut self.0).poll_frame(context).map_err(failure)
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
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
