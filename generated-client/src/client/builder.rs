use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use url::{Host, Url};

use super::config_error::ConfigError;
use super::network::HttpClient;
use super::{Inner, Seam};
use crate::dialect::BuilderSettings;
use crate::error::Error;
use crate::retry::RetryPolicy;
use crate::telemetry::Warned;
#[cfg(feature = "reqwest")]
use crate::transport::Network;

const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);
const DEFAULT_TOTAL_TIMEOUT: Duration = Duration::from_secs(120);
const DEFAULT_REPLY_LIMIT: usize = 64 << 20;

/// Builds a [`Seam`] client. Made by [`Seam::builder`].
#[must_use = "a builder does nothing until `build` is called"]
pub struct SeamBuilder {
    pub(crate) dialect: BuilderSettings,
    endpoint: Option<String>,
    allow_plain_http: bool,
    timeout: Duration,
    total_timeout: Duration,
    retry: RetryPolicy,
    strict: bool,
    reply_limit: usize,
    pub(super) http_client: HttpClient,
    pub(super) headers: Vec<(String, String)>,
    pub(super) user_agent: Option<String>,
    #[cfg(feature = "reqwest")]
    pub(super) network: Network,
}

impl Default for SeamBuilder {
    fn default() -> Self {
        Self {
            dialect: BuilderSettings::default(),
            endpoint: None,
            allow_plain_http: false,
            timeout: DEFAULT_TIMEOUT,
            total_timeout: DEFAULT_TOTAL_TIMEOUT,
            retry: RetryPolicy::default(),
            strict: false,
            reply_limit: DEFAULT_REPLY_LIMIT,
            http_client: HttpClient::Own,
            headers: Vec::new(),
            user_agent: None,
            #[cfg(feature = "reqwest")]
            network: Network::default(),
        }
    }
}

impl SeamBuilder {
    /// Sets the URL of the server. Default: `SEAM_ENDPOINT`, else the API's own server.
    pub fn endpoint(mut self, url: impl Into<String>) -> Self {
        self.endpoint = Some(url.into());
        self
    }

    /// Allows plain `http` to other machines. Everybody on the network path can then read the key.
    pub fn allow_plain_http(mut self, allow: bool) -> Self {
        self.allow_plain_http = allow;
        self
    }

    /// Sets the timeout of each attempt, from the connection to the end of the reply. Default: 30 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the timeout of all attempts of a request together. Default: 2 minutes.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.total_timeout = timeout;
        self
    }

    /// Sets when a failed request is sent again. Default: see [`RetryPolicy`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// If true, calls fail on the first deviation of a reply from the API's document, with
    /// [`ErrorKind::InvalidResponse`](crate::ErrorKind::InvalidResponse) and the [deviation](Error::deviation). Default: false.
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// Sets the size of the largest reply to accept, in bytes after decompression. Default: 64 MiB.
    pub fn reply_limit(mut self, bytes: usize) -> Self {
        self.reply_limit = bytes;
        self
    }

    /// Makes the client. This sends nothing.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config), with a message that says what to pass instead.
    pub fn build(self) -> Result<Seam, Error> {
        self.build_in(&|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
    }

    /// Makes the client with these environment variables, which tests can set.
    pub(crate) fn build_in(
        self,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Seam, Error> {
        let default_headers = self.default_headers()?;
        let (endpoint, dialect) = self.dialect.resolve(self.endpoint, environment)?;
        let url = check_endpoint(&endpoint, self.allow_plain_http)?;
        #[cfg(feature = "reqwest")]
        let transport = {
            let mut network = self.network;
            network.no_proxy = url.scheme() == "http" && is_loopback(&url);
            #[cfg(not(any(feature = "rustls", feature = "native-tls")))]
            if matches!(self.http_client, HttpClient::Own) && url.scheme() == "https" {
                return Err(ConfigError::NoTls(endpoint).into());
            }
            self.http_client
                .transport(dialect.sent_along_by_redirects(), network)?
        };
        #[cfg(not(feature = "reqwest"))]
        let transport = self.http_client.transport()?;
        let inner = Inner {
            endpoint: url.as_str().trim_end_matches('/').to_owned(),
            dialect,
            transport,
            default_headers,
            timeout: self.timeout,
            total_timeout: self.total_timeout,
            retry: self.retry,
            strict: self.strict,
            reply_limit: self.reply_limit,
            warned: Warned::default(),
        };
        Ok(Seam {
            inner: Arc::new(inner),
        })
    }
}

impl fmt::Debug for SeamBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SeamBuilder")
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// Returns the endpoint if it is safe to send a key to it.
fn check_endpoint(endpoint: &str, allow_plain_http: bool) -> Result<Url, ConfigError> {
    let url = Url::parse(endpoint).map_err(|_| ConfigError::EndpointNotAUrl)?;
    if !url.username().is_empty()
        || url.password().is_some()
        || url.query().is_some()
        || url.fragment().is_some()
    {
        return Err(ConfigError::EndpointNotPlain); // not shown: it may hold a password
    }
    match url.scheme() {
        "https" => {}
        "http" if allow_plain_http || is_loopback(&url) => {}
        "http" => return Err(ConfigError::EndpointUnencrypted(endpoint.to_owned())),
        _ => return Err(ConfigError::EndpointScheme(endpoint.to_owned())),
    }
    Ok(url)
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
