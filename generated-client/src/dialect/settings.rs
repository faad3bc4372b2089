//! The settings of builder, client and request that belong to this module.

use super::attempt::WaitPolicy;
use super::caller::Caller;
use super::credentials::{Credentials, CredentialsError, Mode};
use crate::client::Seam;
use crate::endpoint::Operation;
use crate::error::Error;
use crate::telemetry;

/// The default endpoint.
const DEFAULT_ENDPOINT: &str = "https://connect.getseam.com";
/// An endpoint, for messages.
pub(crate) const EXAMPLE_ENDPOINT: &str = DEFAULT_ENDPOINT;

/// The settings of the builder.
#[derive(Default)]
pub(crate) struct BuilderSettings {
    /// The last credentials that were set for each kind.
    pub(super) credentials: Vec<Credentials>,
    pub(super) wait: WaitPolicy,
}

impl BuilderSettings {
    /// Returns the endpoint and the settings of the client, after checking them. `given` is the endpoint set on the builder.
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

/// The settings of the client.
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
    /// Returns the name of the credentials that an HTTP client would send along when it follows a redirect to another host.
    #[cfg(feature = "reqwest")]
    pub(crate) fn sent_along_by_redirects(&self) -> Option<&'static str> {
        self.mode
            .has_a_header_of_its_own()
            .then(|| self.mode.name())
    }
}

/// Returns the endpoint for an operation. There is one server for all.
pub(crate) fn endpoint_of<'a>(seam: &'a Seam, _: &Operation) -> &'a str {
    seam.endpoint()
}

/// The settings of a request.
#[derive(Clone)]
pub(crate) struct RequestSettings {
    /// How to wait for an action attempt; `None` not to wait.
    pub(super) wait: Option<WaitPolicy>,
}

impl RequestSettings {
    pub(crate) fn of(seam: &Seam) -> Self {
        Self {
            wait: Some(seam.wait_policy()),
        }
    }
}
