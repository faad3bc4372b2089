use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use url::{Host, Url};

use super::config_error::ConfigError;
use super::network::HttpClient;
use super::{Inner, Seam};
use crate::attempt::WaitPolicy;
use crate::dialect::caller::Caller;
use crate::dialect::credentials::{Credentials, Mode};
use crate::error::Error;
use crate::retry::RetryPolicy;
use crate::telemetry::{self, Warned};
#[cfg(feature = "reqwest")]
use crate::transport::Network;

const DEFAULT_ENDPOINT: &str = "https://connect.getseam.com";
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);
const DEFAULT_TOTAL_TIMEOUT: Duration = Duration::from_secs(120);
const DEFAULT_REPLY_LIMIT: usize = 64 << 20;

/// Describes a [`Seam`] client. Made by [`Seam::builder`].
#[must_use = "a builder does nothing until `build` is called"]
pub struct SeamBuilder {
    /// The last one that was given of each mode.
    credentials: Vec<Credentials>,
    endpoint: Option<String>,
    allow_plain_http: bool,
    timeout: Duration,
    total_timeout: Duration,
    retry: RetryPolicy,
    wait: WaitPolicy,
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
            credentials: Vec::new(),
            endpoint: None,
            allow_plain_http: false,
            timeout: DEFAULT_TIMEOUT,
            total_timeout: DEFAULT_TOTAL_TIMEOUT,
            retry: RetryPolicy::default(),
            wait: WaitPolicy::default(),
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
    /// Calls with an API key, which belongs to one workspace.
    pub fn api_key(self, key: impl Into<String>) -> Self {
        self.credentials(Credentials::new(Mode::ApiKey, key.into()))
    }

    /// Calls with a personal access token, in the workspace of this id.
    pub fn personal_access_token(
        self,
        token: impl Into<String>,
        workspace_id: impl Into<String>,
    ) -> Self {
        self.credentials(
            Credentials::new(Mode::PersonalAccessToken, token.into())
                .in_workspace(workspace_id.into()),
        )
    }

    /// Calls with a personal access token, in no workspace: workspaces can be listed and created, and each other call has to name
    /// one by [`Request::workspace`](crate::Request::workspace), or is refused before it is sent.
    pub fn personal_access_token_without_workspace(self, token: impl Into<String>) -> Self {
        self.credentials(Credentials::new(Mode::PersonalAccessToken, token.into()))
    }

    /// Calls with the token of a client session.
    pub fn client_session_token(self, token: impl Into<String>) -> Self {
        self.credentials(Credentials::new(Mode::ClientSession, token.into()))
    }

    /// Calls with the token of a session of Seam's console, in the workspace of this id.
    pub fn console_session_token(
        self,
        token: impl Into<String>,
        workspace_id: impl Into<String>,
    ) -> Self {
        self.credentials(
            Credentials::new(Mode::ConsoleSession, token.into()).in_workspace(workspace_id.into()),
        )
    }

    /// Calls with the token of a session of Seam's console, in no workspace: see
    /// [`personal_access_token_without_workspace`](Self::personal_access_token_without_workspace).
    pub fn console_session_token_without_workspace(self, token: impl Into<String>) -> Self {
        self.credentials(Credentials::new(Mode::ConsoleSession, token.into()))
    }

    /// Calls as one of your users, by a publishable key and the key that identifies the user.
    ///
    /// The first call exchanges them for a client session, whose token this client and its clones go on with, and the first
    /// call after that session has ended for another one. Where that fails, the call fails, and the next one tries again. The
    /// identifier must be one that cannot be guessed, and so not an e-mail address.
    pub fn publishable_key(
        self,
        key: impl Into<String>,
        user_identifier_key: impl Into<String>,
    ) -> Self {
        self.credentials(
            Credentials::new(Mode::PublishableKey, key.into()).for_user(user_identifier_key.into()),
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

    /// How long each attempt may take, from the connection to the end of the reply. Default: 30 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long a request may take altogether, however often it is sent. Default: 2 minutes. Waiting for an action to finish
    /// comes on top: see [`wait_timeout`](Self::wait_timeout).
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.total_timeout = timeout;
        self
    }

    /// When to send a failed request again. Default: see [`RetryPolicy`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Whether calls fail where a reply departs from the API's document, with
    /// [`ErrorKind::InvalidResponse`](crate::ErrorKind::InvalidResponse) and the first
    /// [deviation](Error::deviation). Default: no.
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
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

    /// The largest reply to accept, in bytes after decompression. Default: 64 MiB.
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
        let default_headers = self.default_headers()?;
        let credentials = Credentials::resolve(self.credentials, environment)?;
        let endpoint = self
            .endpoint
            .or_else(|| environment("SEAM_ENDPOINT"))
            .or_else(|| deprecated_endpoint(environment))
            .unwrap_or_else(|| DEFAULT_ENDPOINT.to_owned());
        let url = check_endpoint(&endpoint, self.allow_plain_http)?;
        #[cfg(feature = "reqwest")]
        let transport = {
            let mut network = self.network;
            network.no_proxy = url.scheme() == "http" && is_loopback(&url);
            #[cfg(not(any(feature = "rustls", feature = "native-tls")))]
            if matches!(self.http_client, HttpClient::Own) && url.scheme() == "https" {
                return Err(ConfigError::NoTls(endpoint).into());
            }
            self.http_client.transport(credentials.mode, network)?
        };
        #[cfg(not(feature = "reqwest"))]
        let transport = self.http_client.transport()?;
        let inner = Inner {
            endpoint: url.as_str().trim_end_matches('/').to_owned(),
            caller: Caller::new(&credentials)?,
            transport,
            default_headers,
            timeout: self.timeout,
            total_timeout: self.total_timeout,
            retry: self.retry,
            wait: self.wait,
            strict: self.strict,
            reply_limit: self.reply_limit,
            warned: Warned::default(),
        };
        Ok(Seam {
            inner: Arc::new(inner),
        })
    }

    fn credentials(mut self, credentials: Credentials) -> Self {
        let is_it = |given: &Credentials| given.mode == credentials.mode;
        match self.credentials.iter().position(is_it) {
            Some(index) => self.credentials[index] = credentials,
            None => self.credentials.push(credentials),
        }
        self
    }
}

fn deprecated_endpoint(environment: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let endpoint = environment("SEAM_API_URL")?;
    telemetry::warn_of_setup("SEAM_API_URL is deprecated: set SEAM_ENDPOINT");
    Some(endpoint)
}

impl fmt::Debug for SeamBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SeamBuilder")
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// The endpoint, if it is one to send a key to.
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
