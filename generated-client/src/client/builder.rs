use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, header};
use url::{Host, Url};

use super::auth::{Credentials, Mode};
use super::config_error::ConfigError;
use super::{Inner, Seam};
use crate::attempt::WaitPolicy;
use crate::error::Error;
use crate::transport::Reqwest;

const DEFAULT_ENDPOINT: &str = "https://connect.getseam.com";
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);
const DEFAULT_REPLY_LIMIT: usize = 64 << 20;
const NAME: &str = env!("CARGO_PKG_NAME");
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Describes a [`Seam`] client. Made by [`Seam::builder`].
#[must_use = "a builder does nothing until `build` is called"]
pub struct SeamBuilder {
    credentials: Vec<Credentials>,
    endpoint: Option<String>,
    allow_plain_http: bool,
    timeout: Duration,
    wait: WaitPolicy,
    reply_limit: usize,
}

impl Default for SeamBuilder {
    fn default() -> Self {
        Self {
            credentials: Vec::new(),
            endpoint: None,
            allow_plain_http: false,
            timeout: DEFAULT_TIMEOUT,
            wait: WaitPolicy::default(),
            reply_limit: DEFAULT_REPLY_LIMIT,
        }
    }
}

impl SeamBuilder {
    /// Calls with an API key, which belongs to one workspace.
    pub fn api_key(self, key: impl Into<String>) -> Self {
        self.credentials(Mode::ApiKey, key.into(), None)
    }

    /// Calls with a personal access token, in the workspace of this id.
    pub fn personal_access_token(
        self,
        token: impl Into<String>,
        workspace_id: impl Into<String>,
    ) -> Self {
        self.credentials(
            Mode::PersonalAccessToken,
            token.into(),
            Some(workspace_id.into()),
        )
    }

    /// Calls with the token of a client session.
    pub fn client_session_token(self, token: impl Into<String>) -> Self {
        self.credentials(Mode::ClientSession, token.into(), None)
    }

    /// Calls with the token of a session of Seam's console, in the workspace of this id.
    pub fn console_session_token(
        self,
        token: impl Into<String>,
        workspace_id: impl Into<String>,
    ) -> Self {
        self.credentials(
            Mode::ConsoleSession,
            token.into(),
            Some(workspace_id.into()),
        )
    }

    /// Where requests go. Default: `SEAM_ENDPOINT`, else Seam itself.
    pub fn endpoint(mut self, url: impl Into<String>) -> Self {
        self.endpoint = Some(url.into());
        self
    }

    /// Allows an endpoint of plain `http` that is not on this machine. It shows the key to everybody on the way.
    pub fn allow_plain_http(mut self, allow: bool) -> Self {
        self.allow_plain_http = allow;
        self
    }

    /// How long to wait for a reply. Default: 30 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long calls wait for an action to finish. Default: 10 seconds.
    pub fn wait_timeout(mut self, timeout: Duration) -> Self {
        self.wait.timeout = timeout;
        self
    }

    /// How often calls look whether an action has finished. Default: every 500 milliseconds. It cannot be zero.
    pub fn wait_interval(mut self, interval: Duration) -> Self {
        self.wait.interval = interval;
        self
    }

    /// The largest reply to accept, in bytes. Default: 64 MiB.
    pub fn reply_limit(mut self, bytes: usize) -> Self {
        self.reply_limit = bytes;
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config), with a message that says what to pass instead.
    pub fn build(self) -> Result<Seam, Error> {
        self.build_in(&|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
    }

    /// Makes the client in an environment that may be a test's.
    pub(super) fn build_in(
        self,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Seam, Error> {
        if self.wait.interval.is_zero() {
            return Err(ConfigError::ZeroInterval.into());
        }
        let mut headers = Credentials::resolve(self.credentials, environment)?.headers()?;
        identify(&mut headers);
        let endpoint = self
            .endpoint
            .or_else(|| environment("SEAM_ENDPOINT"))
            .or_else(|| environment("SEAM_API_URL"))
            .unwrap_or_else(|| DEFAULT_ENDPOINT.to_owned());
        let inner = Inner {
            endpoint: check_endpoint(&endpoint, self.allow_plain_http)?,
            headers,
            transport: Box::new(Reqwest::new()?),
            timeout: self.timeout,
            wait: self.wait,
            reply_limit: self.reply_limit,
        };
        Ok(Seam {
            inner: Arc::new(inner),
        })
    }

    fn credentials(mut self, mode: Mode, secret: String, workspace: Option<String>) -> Self {
        self.credentials.retain(|given| given.mode != mode); // the last one given of a mode counts
        self.credentials
            .push(Credentials::new(mode, secret, workspace));
        self
    }
}

impl fmt::Debug for SeamBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SeamBuilder")
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// Adds the headers that say which client is calling.
fn identify(headers: &mut HeaderMap) {
    headers.insert(
        HeaderName::from_static("seam-sdk-name"),
        HeaderValue::from_static(NAME),
    );
    headers.insert(
        HeaderName::from_static("seam-sdk-version"),
        HeaderValue::from_static(VERSION),
    );
    headers.insert(
        header::USER_AGENT,
        HeaderValue::from_static(concat!(
            env!("CARGO_PKG_NAME"),
            "/",
            env!("CARGO_PKG_VERSION")
        )),
    );
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
}

/// The endpoint without a slash at its end, if it is one to send a key to.
fn check_endpoint(endpoint: &str, allow_plain_http: bool) -> Result<String, ConfigError> {
    let url = Url::parse(endpoint).map_err(|_| ConfigError::EndpointNotAUrl)?;
    if !url.username().is_empty()
        || url.password().is_some()
        || url.query().is_some()
        || url.fragment().is_some()
    {
        return Err(ConfigError::EndpointNotPlain); // not shown: it may hold a password
    }
    match url.scheme() {
        #[cfg(not(feature = "rustls"))]
        "https" => return Err(ConfigError::NoTls(endpoint.to_owned())),
        #[cfg(feature = "rustls")]
        "https" => {}
        "http" if allow_plain_http || is_loopback(&url) => {}
        "http" => return Err(ConfigError::EndpointUnencrypted(endpoint.to_owned())),
        _ => return Err(ConfigError::EndpointScheme(endpoint.to_owned())),
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
