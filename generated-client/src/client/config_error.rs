use crate::dialect::credentials::Mode;
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
        "both SEAM_API_KEY and SEAM_PERSONAL_ACCESS_TOKEN are set: unset one, or set the credentials in code"
    )]
    BothInEnvironment,
    #[error("both {first} and {second} were given: pass only one of them", first = .0.name(), second = .1.name())]
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
    #[error("invalid {}: it must start with `{}`", .0.noun(), .0.prefix())]
    NotOne(Mode),
    #[error("invalid {0}: it has characters that an HTTP header cannot carry")]
    NotAHeader(&'static str),
    /// The text is not shown: it may be a key that was put in the wrong place.
    #[error("invalid endpoint: it must be a URL such as `https://connect.getseam.com`")]
    EndpointNotAUrl,
    #[error(
        "invalid endpoint: it must be a base URL without user name, password, query and fragment"
    )]
    EndpointNotPlain,
    #[error("invalid endpoint `{0}`: it must start with `https://`")]
    EndpointScheme(String),
    #[error(
        "the endpoint `{0}` would send the key unencrypted: use https (plain http is only allowed to this machine)"
    )]
    EndpointUnencrypted(String),
    #[cfg(all(
        feature = "reqwest",
        not(any(feature = "rustls", feature = "native-tls"))
    ))]
    #[error("the endpoint `{0}` needs TLS: enable the feature `rustls` or `native-tls`")]
    NoTls(String),
    #[cfg(not(feature = "reqwest"))]
    #[error(
        "this build has no HTTP client: enable the feature `reqwest`, or pass a transport to `transport(transport)`"
    )]
    NoTransport,
    #[cfg(feature = "reqwest")]
    #[error(
        "timeouts of connections and certificates are settings of the built-in HTTP client: set them on the client or transport \
         that you pass"
    )]
    NetworkOfAnother,
    #[error("the header `{name}` cannot be sent: its name or value holds characters that HTTP does not allow", name = .0.escape_debug())]
    NoHeader(String),
    #[cfg(feature = "reqwest")]
    #[error(
        "this HTTP client may follow redirects, and would then send {} to other hosts: pass its builder to \
         `reqwest_builder(builder)` instead",
        .0.name()
    )]
    MayFollowRedirects(Mode),
    #[error("the wait interval must not be zero")]
    ZeroInterval,
}

impl From<ConfigError> for Error {
    fn from(error: ConfigError) -> Self {
        Self::new(ErrorKind::Config, error.to_string())
    }
}
