//! The HTTP client of a Seam client, and the settings of the network.

#[cfg(feature = "reqwest")]
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::builder::SeamBuilder;
use super::config_error::ConfigError;
use crate::dialect::USER_AGENT;
#[cfg(feature = "reqwest")]
use crate::error::Error;
use crate::transport::Transport;
#[cfg(feature = "reqwest")]
use crate::transport::{Network, Reqwest, user_agent_of};

/// The HTTP client or transport that sends requests.
pub(super) enum HttpClient {
    /// The built-in HTTP client.
    Own,
    #[cfg(feature = "reqwest")]
    Client(reqwest::Client),
    #[cfg(feature = "reqwest")]
    Builder(Box<reqwest::ClientBuilder>),
    Transport(Box<dyn Transport>),
}

impl HttpClient {
    /// `sent_along` names credentials that an HTTP client would send to other hosts when it follows redirects.
    #[cfg(feature = "reqwest")]
    pub(super) fn transport(
        self,
        sent_along: Option<&'static str>,
        network: Network,
    ) -> Result<Box<dyn Transport>, Error> {
        Ok(match self {
            Self::Own => Box::new(Reqwest::new(network)?),
            Self::Builder(builder) => Box::new(Reqwest::built_by(*builder, &network)?),
            _ if network.is_set() => return Err(ConfigError::NetworkOfAnother.into()),
            Self::Client(client) => match sent_along {
                Some(credentials) => {
                    return Err(ConfigError::MayFollowRedirects(credentials).into());
                }
                None => Box::new(Reqwest::of(client)),
            },
            Self::Transport(transport) => transport,
        })
    }

    #[cfg(not(feature = "reqwest"))]
    pub(super) fn transport(self) -> Result<Box<dyn Transport>, ConfigError> {
        match self {
            Self::Own => Err(ConfigError::NoTransport),
            Self::Transport(transport) => Ok(transport),
        }
    }

    /// Returns the user agent that the HTTP client sends by default.
    fn user_agent(&self) -> Option<String> {
        match self {
            #[cfg(feature = "reqwest")]
            Self::Client(client) => user_agent_of(client),
            #[cfg(feature = "reqwest")]
            Self::Builder(builder) => user_agent_of(&**builder),
            _ => None,
        }
    }
}

impl SeamBuilder {
    /// Names your program in the `user-agent` of every request, such as `my-app/1.0`. The name of this client follows it.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// Adds a header to every request, or replaces the one of this name.
    pub fn default_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Returns the headers of every request, without credentials.
    pub(super) fn default_headers(&self) -> Result<HeaderMap, ConfigError> {
        let mut headers = HeaderMap::new();
        let mut set = |name: &str, value: &str| match (name.parse(), value.parse()) {
            (Ok::<HeaderName, _>(name), Ok::<HeaderValue, _>(value)) => {
                headers.insert(name, value);
                Ok(())
            }
            _ => Err(ConfigError::NoHeader(name.to_owned())),
        };
        let theirs = self.user_agent.clone();
        if let Some(theirs) = theirs.or_else(|| self.http_client.user_agent()) {
            let both = format!("{theirs} {USER_AGENT}");
            set(header::USER_AGENT.as_str(), &both)?;
        }
        for (name, value) in &self.headers {
            set(name, value)?;
        }
        Ok(headers)
    }

    /// Sends requests through a transport of your own instead of the built-in HTTP client: see
    /// [`transport`](crate::transport).
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.http_client = HttpClient::Transport(Box::new(transport));
        self
    }
}

#[cfg(feature = "reqwest")]
impl SeamBuilder {
    /// Sends requests through an HTTP client that this builder makes, with its proxies, TLS and pool.
    ///
    /// ```no_run
    /// # fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// use seam::{Seam, reqwest};
    ///
    /// # #[cfg(feature = "rustls")]
    /// seam::rustls::crypto::ring::default_provider().install_default().ok();
    /// let proxy = reqwest::Proxy::https("http://proxy.example.com:3128")?;
    /// let seam = Seam::builder().reqwest_builder(reqwest::Client::builder().proxy(proxy)).build()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// All settings of the [`SeamBuilder`] still apply. If you set them, [`connect_timeout`](Self::connect_timeout),
    /// [`idle_timeout`](Self::idle_timeout), [`tcp_keepalive`](Self::tcp_keepalive) and `tls_config` replace what the builder
    /// says, and `root_certificate` adds to its roots. If you do not, the builder's settings hold, and not the defaults of this
    /// client.
    ///
    /// Take the type from [`seam::reqwest`](crate::reqwest), which is the version that this client uses. The user agent of the
    /// builder is kept, and the name of this client follows it. Redirects are never followed, and plain `http` to this machine
    /// never goes through a proxy, even if the builder sets one.
    ///
    /// The builder's own TLS needs a provider of cryptography. Unless the program turns on a feature of reqwest that brings one
    /// (such as reqwest's own `rustls`), install one before or pass [`tls_config`](Self::tls_config) as well; otherwise
    /// [`build`](Self::build) fails:
    ///
    /// ```
    /// # #[cfg(feature = "rustls")]
    /// seam::rustls::crypto::ring::default_provider().install_default().ok();
    /// ```
    pub fn reqwest_builder(mut self, builder: reqwest::ClientBuilder) -> Self {
        self.http_client = HttpClient::Builder(Box::new(builder));
        self
    }

    /// Sends requests through this HTTP client, which other parts of the program may use too.
    ///
    /// Timeouts of requests, retries, headers and all other settings of the [`SeamBuilder`] still apply, except those of
    /// connections: with [`connect_timeout`](Self::connect_timeout), [`idle_timeout`](Self::idle_timeout),
    /// [`tcp_keepalive`](Self::tcp_keepalive), a root certificate or a TLS configuration, [`build`](Self::build) fails. Set these
    /// on the client itself. [`reqwest_builder`](Self::reqwest_builder) has an example with a proxy.
    ///
    /// Take the type from [`seam::reqwest`](crate::reqwest), which is the version that this client uses. The user agent of the
    /// client is kept, and the name of this client follows it. The client may follow redirects, though the API has none: what it
    /// follows to another host carries neither key nor body, and its reply is an error. With client sessions and publishable
    /// keys it is refused, because reqwest would send their headers along; pass the builder instead.
    ///
    /// Its proxies are its own: build it with `no_proxy()` for an endpoint of plain `http` on this machine. Blocking calls share
    /// its connections: a call that blocks the very thread that drives them runs into its timeout. Programs that mix both should
    /// pass a builder or nothing.
    pub fn reqwest_client(mut self, client: reqwest::Client) -> Self {
        self.http_client = HttpClient::Client(client);
        self
    }

    /// Sets the timeout of a connection, TLS included. Default: 10 seconds. A request that runs into it was not sent, so it is
    /// retried even if it acts.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.network.connect_timeout = Some(timeout);
        self
    }

    /// Sets how long to keep an idle connection for the next request; `None` is forever. Default: 15 seconds. It should be
    /// shorter than the timeout of the server, because a request on a connection that the server is closing fails.
    pub fn idle_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.network.idle_timeout = Some(timeout.into());
        self
    }

    /// Sets how often the system checks an idle connection (TCP keep-alive); `None` is never. Default: every 15 seconds.
    pub fn tcp_keepalive(mut self, interval: impl Into<Option<Duration>>) -> Self {
        self.network.tcp_keepalive = Some(interval.into());
        self
    }

    /// Trusts one more root certificate, such as that of a proxy that inspects TLS, in PEM or DER. A PEM file may contain
    /// several.
    ///
    /// The certificates that the system trusts, or those in the file that `SSL_CERT_FILE` names, stay trusted.
    #[cfg(any(feature = "native-tls", feature = "rustls"))]
    pub fn root_certificate(mut self, certificate: impl Into<Vec<u8>>) -> Self {
        self.network.root_certificates.push(certificate.into());
        self
    }

    /// Sets the TLS configuration: your own roots, a client certificate, or another provider of cryptography. It is complete, so
    /// [`root_certificate`](Self::root_certificate) does not change it.
    ///
    /// Take the type from [`seam::rustls`](crate::rustls), which is the version that this client uses.
    #[cfg(feature = "rustls")]
    pub fn tls_config(mut self, config: rustls::ClientConfig) -> Self {
        self.network.tls = Some(config);
        self
    }
}
