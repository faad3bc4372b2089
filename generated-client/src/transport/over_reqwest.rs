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
    /// Whether the client may follow redirects: nobody can ask it.
    may_redirect: bool,
    /// For blocking calls, which have connections of their own: one that was opened by an async program is driven by a thread
    /// that the call may be blocking.
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

    /// By a client of the caller's own, but for redirects.
    pub(crate) fn built_by(
        builder: reqwest::ClientBuilder,
        network: &Network,
    ) -> Result<Self, Error> {
        Ok(Self {
            may_redirect: false,
            ..Self::of(network.complete(builder)?)
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

    /// A body that is there, in reqwest's terms.
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
        let request = translated(request)?;
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

/// The request in reqwest's terms.
fn translated(request: http::Request<reqwest::Body>) -> Result<reqwest::Request, TransportError> {
    let (head, body) = request.into_parts();
    let url =
        Url::parse(&head.uri.to_string()).map_err(|error| TransportError::Other(error.into()))?;
    let mut request = reqwest::Request::new(head.method, url);
    *request.headers_mut() = head.headers;
    *request.body_mut() = Some(body);
    Ok(request)
}

/// The `user-agent` that a client or its builder sends by default. There is no other way to ask for it than `Debug`.
pub(crate) fn user_agent_of(client: &dyn fmt::Debug) -> Option<String> {
    const NAME: &str = "\"user-agent\": \"";
    let debug = format!("{client:?}");
    let (_, after) = debug.split_once(NAME)?;
    let (value, _) = after.split_once('"')?;
    (!value.contains('\\')).then(|| value.to_owned())
}

/// Lets the runtime see which idle connections the server has closed. On one thread it otherwise looks only when a call waits,
/// which is after it has chosen a connection, and what was written to a closed one may have acted.
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

/// A body from reqwest, with a transport's errors.
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
