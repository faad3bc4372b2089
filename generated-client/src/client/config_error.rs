use crate::dialect::EXAMPLE_ENDPOINT;
use crate::error::{Error, ErrorKind};

/// The reason why a client cannot be made. No message shows a key or token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ConfigError {
    /// The text is not shown: it may be a key that was put in the wrong place.
    #[error("invalid endpoint: it must be a URL such as `{EXAMPLE_ENDPOINT}`")]
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
        .0
    )]
    MayFollowRedirects(&'static str),
}

impl From<ConfigError> for Error {
    fn from(error: ConfigError) -> Self {
        Self::new(ErrorKind::Config, error.to_string())
    }
}
