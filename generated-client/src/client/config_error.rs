use super::auth::Mode;
use crate::error::{Error, ErrorKind};

/// Why a client cannot be made. No message shows a key or token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ConfigError {
    #[error(
        "no credentials: pass an API key to `api_key(…)`, or set SEAM_API_KEY, or set SEAM_PERSONAL_ACCESS_TOKEN and \
         SEAM_WORKSPACE_ID"
    )]
    NoCredentials,
    #[error(
        "both SEAM_API_KEY and SEAM_PERSONAL_ACCESS_TOKEN are set: unset one, or say in code which to use"
    )]
    BothInEnvironment,
    #[error("both {first} and {second} were given: a client has one of them", first = .0.name(), second = .1.name())]
    TwoModes(Mode, Mode),
    #[error(
        "{} needs a workspace: pass its id to `{}`, or set SEAM_WORKSPACE_ID beside SEAM_PERSONAL_ACCESS_TOKEN",
        .0.name(),
        .0.slot()
    )]
    NoWorkspace(Mode),
    #[error(
        "a publishable key needs a user: pass the `user_identifier_key` to `publishable_key(key, user_identifier_key)`"
    )]
    NoUser,
    #[error("the {given} is {is}: pass it to `{slot}` instead", given = .given.noun(), is = .is.name(), slot = .is.slot())]
    WrongSlot { given: Mode, is: Mode },
    #[error("the {} is none: it does not start with `{}`", .0.noun(), .0.prefix())]
    NotOne(Mode),
    #[error("the {0} holds characters that an HTTP header cannot carry")]
    NotAHeader(&'static str),
    /// The text is not shown: it may be a key that was put in the wrong place.
    #[error("the endpoint is no URL such as `https://connect.getseam.com`")]
    EndpointNotAUrl,
    #[error(
        "the endpoint must be a plain base URL: it cannot hold a user name, a password, a query or a fragment"
    )]
    EndpointNotPlain,
    #[error("the endpoint `{0}` is neither https nor http")]
    EndpointScheme(String),
    #[error(
        "the endpoint `{0}` would send the key unencrypted: use https (plain http is for this machine alone)"
    )]
    EndpointUnencrypted(String),
    #[cfg(not(feature = "rustls"))]
    #[error("the endpoint `{0}` needs TLS: enable the feature `rustls`")]
    NoTls(String),
    #[error(
        "an HTTP client that follows redirects would carry {} to other hosts, and whether this one does cannot be seen: pass its \
         builder to `reqwest_builder(builder)` instead",
        .0.name()
    )]
    MayFollowRedirects(Mode),
    #[error("the interval at which an action attempt is looked at cannot be zero")]
    ZeroInterval,
}

impl From<ConfigError> for Error {
    fn from(error: ConfigError) -> Self {
        Self::new(ErrorKind::Config, error.to_string())
    }
}
