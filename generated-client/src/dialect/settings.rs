//! What builder, client and request hold for this module.

use super::attempt::WaitPolicy;
use super::caller::Caller;
use super::credentials::{Credentials, CredentialsError, Mode};
use crate::client::Seam;
use crate::endpoint::Operation;
use crate::error::Error;
use crate::telemetry;

/// Where requests go by default.
const DEFAULT_ENDPOINT: &str = "https://connect.getseam.com";
/// An endpoint, for messages.
pub(crate) const EXAMPLE_ENDPOINT: &str = DEFAULT_ENDPOINT;

/// What the builder is given.
#[derive(Default)]
pub(crate) struct BuilderSettings {
    /// The last credentials that were given of each mode.
    pub(super) credentials: Vec<Credentials>,
    pub(super) wait: WaitPolicy,
}

impl BuilderSettings {
    /// Where requests go, and the settings of the client, once they have been checked. `given` is the builder's own endpoint.
    pub(crate) fn resolve(
        self,
        given: Option<String>,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<(String, ClientSettings), Error> {
        if self.wait.interval.is_zero() {
            return Err(CredentialsError::ZeroInterval.into());
        }
        let credentials = Credentials::resolve(self.credentials, environment)?;
        let endpoint = given
            .or_else(|| environment("SEAM_ENDPOINT"))
            .or_else(|| deprecated_endpoint(environment))
            .unwrap_or_else(|| DEFAULT_ENDPOINT.to_owned());
        let settings = ClientSettings {
            caller: Caller::new(&credentials)?,
            mode: credentials.mode,
            wait: self.wait,
        };
        Ok((endpoint, settings))
    }
}

fn deprecated_endpoint(environment: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let endpoint = environment("SEAM_API_URL")?;
    telemetry::warn_of_setup("SEAM_API_URL is deprecated: set SEAM_ENDPOINT");
    Some(endpoint)
}

/// What the client holds.
pub(crate) struct ClientSettings {
    pub(crate) caller: Caller,
    #[cfg_attr(
        not(feature = "reqwest"),
        allow(dead_code, reason = "only the built-in HTTP client follows redirects")
    )]
    mode: Mode,
    pub(super) wait: WaitPolicy,
}

impl ClientSettings {
    /// The credentials that an HTTP client would send along when it follows a redirect to another host.
    #[cfg(feature = "reqwest")]
    pub(crate) fn sent_along_by_redirects(&self) -> Option<&'static str> {
        self.mode
            .has_a_header_of_its_own()
            .then(|| self.mode.name())
    }
}

/// Where the requests of an operation go: there is one server.
pub(crate) fn endpoint_of<'a>(seam: &'a Seam, _: &Operation) -> &'a str {
    seam.endpoint()
}

/// What a request holds.
#[derive(Clone)]
pub(crate) struct RequestSettings {
    /// How to wait where the reply is an action attempt; `None` not to.
    pub(super) wait: Option<WaitPolicy>,
}

impl RequestSettings {
    pub(crate) fn of(seam: &Seam) -> Self {
        Self {
            wait: Some(seam.wait_policy()),
        }
    }
}
