mod failure;
mod network;
#[cfg(any(test, feature = "_parts"))]
mod streaming;
#[cfg(feature = "rustls")]
mod tls;

use std::convert::Infallible;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use url::Url;

use self::failure::failure;
pub(crate) use self::network::Network;
use super::{Body, BoxFuture, Transport, TransportError};
use crate::endpoint::Operation;
use crate::error::Error;

/// The transport by reqwest.
pub(crate) struct Reqwest {
    client: reqwest::Client,
    /// True if the client may follow redirects. reqwest has no way to ask for this.
    may_redirect: bool,
    /// The client for blocking calls, with its own connections. A connection of an async program may need the thread that the
    /// call blocks.
    #[cfg(feature = "blocking")]
    blocking: Option<(std::sync::OnceLock<reqwest::Client>, Network)>,
}

impl Reqwest {
    pub(crate) fn new(mut network: Network) -> Result<Self, Error> {
        network.prepare()?;
        Ok(Self {
            client: network.client()?,
            may_redirect: false,
            #[cfg(feature = "blocking")]
            blocking: Some((std::sync::OnceLock::new(), network)),
        })
    }

    /// Makes the transport with a builder of the caller, without redirects.
    pub(crate) fn built_by(
        builder: reqwest::ClientBuilder,
        network: &Network,
    ) -> Result<Self, Error> {
        Ok(Self {
            may_redirect: false,
            ..Self::of(network.complete(builder)?)
        })
    }

    /// Makes the transport with a client of the caller.
    pub(crate) fn of(client: reqwest::Client) -> Self {
        Self {
            client,
            may_redirect: true,
            #[cfg(feature = "blocking")]
            blocking: None,
        }
    }

    /// Converts a body in memory for reqwest.
    fn body(&self, body: Bytes) -> reqwest::Body {
        match self.may_redirect && !body.is_empty() {
            true => reqwest::Body::wrap(Once(body)),
            false => body.into(),
        }
    }

    async fn exchange(
        &self,
        request: http::Request<reqwest::Body>,
    ) -> Result<http::Response<Body>, TransportError> {
        let reads = (request.extensions().get::<Operation>())
            .is_some_and(|operation| operation.is_repeatable());
        let request = to_reqwest(request)?;
        let asked = request.url().origin();
        let host = request.url().host_str().unwrap_or_default().to_owned();
        if !reads {
            notice_closed_connections().await;
        }
        let sent = self.client().execute(request).await;
        let response = sent.map_err(|error| failure(error, &host))?;
        if response.url().origin() != asked {
            return Err(TransportError::Other(
                "the HTTP client followed a redirect to another host".into(),
            ));
        }
        Ok(http::Response::from(response).map(|body| Body::new(Incoming(body))))
    }

    fn client(&self) -> &reqwest::Client {
        #[cfg(feature = "blocking")]
        if crate::blocking::is_own_thread()
            && let Some((client, network)) = &self.blocking
        {
            return client.get_or_init(|| network.client().unwrap_or_else(|_| self.client.clone()));
        }
        &self.client
    }
}

/// Converts a request for reqwest.
fn to_reqwest(request: http::Request<reqwest::Body>) -> Result<reqwest::Request, TransportError> {
    let (head, body) = request.into_parts();
    let url =
        Url::parse(&head.uri.to_string()).map_err(|error| TransportError::Other(error.into()))?;
    let mut request = reqwest::Request::new(head.method, url);
    *request.headers_mut() = head.headers;
    *request.body_mut() = Some(body);
    Ok(request)
}

/// Returns the `user-agent` that a client or its builder sends by default. `Debug` is the only way to get it.
pub(crate) fn user_agent_of(client: &dyn fmt::Debug) -> Option<String> {
    const NAME: &str = "\"user-agent\": \"";
    let debug = format!("{client:?}");
    let (_, after) = debug.split_once(NAME)?;
    let (value, _) = after.split_once('"')?;
    (!value.contains('\\')).then(|| value.to_owned())
}

/// Lets the runtime notice idle connections that the server has closed. On one thread it would otherwise look only when a call
/// waits, after a connection was chosen. A request on a closed connection fails, and it is not known if it has acted.
async fn notice_closed_connections() {
    // The first turn wakes the tasks of the connections, the others run them.
    for _ in 0..3 {
        tokio::task::yield_now().await;
    }
}

impl Transport for Reqwest {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(self.exchange(request.map(|body| self.body(body))))
    }

    #[cfg(any(test, feature = "_parts"))]
    fn send_streaming(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(self.exchange(request.map(streaming::body)))
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

/// A body from reqwest, with errors of a transport.
struct Incoming(reqwest::Body);

impl HttpBody for Incoming {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Pin::new(&mut self.0)
            .poll_frame(context)
            .map_err(|error| failure(error, ""))
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}
