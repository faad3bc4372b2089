//! The network settings of the built-in HTTP client, and the clients made with them.

use std::time::Duration;

use crate::error::{Error, ErrorKind};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Shorter than the idle timeout of servers and proxies.
const IDLE_TIMEOUT: Duration = Duration::from_secs(15);

/// The network settings; `None` if not set.
#[derive(Clone, Default)]
pub(crate) struct Network {
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) idle_timeout: Option<Option<Duration>>,
    pub(crate) tcp_keepalive: Option<Option<Duration>>,
    /// In PEM or DER.
    pub(crate) root_certificates: Vec<Vec<u8>>,
    #[cfg(feature = "rustls")]
    pub(crate) tls: Option<rustls::ClientConfig>,
    /// True if no proxy is used, because proxies must not see plain http to this machine.
    pub(crate) no_proxy: bool,
}

impl Network {
    /// Returns true if there are settings that cannot be applied to a client of the caller.
    pub(crate) fn is_set(&self) -> bool {
        self.connect_timeout.is_some()
            || self.idle_timeout.is_some()
            || self.tcp_keepalive.is_some()
            || !self.root_certificates.is_empty()
            || self.has_tls_config()
    }

    fn has_tls_config(&self) -> bool {
        #[cfg(feature = "rustls")]
        return self.tls.is_some();
        #[cfg(not(feature = "rustls"))]
        false
    }

    /// Prepares TLS, once for all clients.
    pub(super) fn prepare(&mut self) -> Result<(), Error> {
        #[cfg(feature = "rustls")]
        if self.tls.is_none() {
            self.tls = Some(super::tls::config(&self.root_certificates)?);
        }
        Ok(())
    }

    /// Builds a client from the caller's builder.
    pub(super) fn complete(
        &self,
        builder: reqwest::ClientBuilder,
    ) -> Result<reqwest::Client, Error> {
        #[cfg(feature = "rustls")]
        if let Some(tls) = &self.tls {
            return self.build(builder.tls_backend_preconfigured(tls.clone()));
        }
        #[cfg(feature = "rustls")]
        super::tls::require_provider()?;
        #[cfg(any(feature = "native-tls", feature = "rustls"))]
        let builder = self.with_root_certificates(builder)?;
        self.build(builder)
    }

    /// Builds the built-in client.
    pub(super) fn client(&self) -> Result<reqwest::Client, Error> {
        let builder = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .pool_idle_timeout(IDLE_TIMEOUT);
        #[cfg(feature = "rustls")]
        let builder = match &self.tls {
            Some(tls) => builder.tls_backend_preconfigured(tls.clone()),
            None => builder,
        };
        #[cfg(all(feature = "native-tls", not(feature = "rustls")))]
        let builder = self.with_root_certificates(builder.tls_backend_native())?;
        self.build(builder)
    }

    fn build(&self, mut builder: reqwest::ClientBuilder) -> Result<reqwest::Client, Error> {
        if let Some(timeout) = self.connect_timeout {
            builder = builder.connect_timeout(timeout);
        }
        if let Some(timeout) = self.idle_timeout {
            builder = builder.pool_idle_timeout(timeout);
        }
        if let Some(pause) = self.tcp_keepalive {
            builder = builder.tcp_keepalive(pause).tcp_keepalive_interval(pause);
            if pause.is_none() {
                // A number of retries would enable reqwest's own retries.
                builder = builder.tcp_keepalive_retries(None);
            }
        }
        if self.no_proxy {
            builder = builder.no_proxy();
        }
        // A redirect would send the credentials to another place, and the API has no redirects.
        let builder = builder.redirect(reqwest::redirect::Policy::none());
        builder.build().map_err(|error| {
            Error::new(ErrorKind::Config, "the HTTP client cannot be set up").with_source(error)
        })
    }

    /// Adds the root certificates to the TLS of a builder.
    #[cfg(any(feature = "native-tls", feature = "rustls"))]
    fn with_root_certificates(
        &self,
        mut builder: reqwest::ClientBuilder,
    ) -> Result<reqwest::ClientBuilder, Error> {
        for bytes in &self.root_certificates {
            let certificates = match bytes.starts_with(b"-----") {
                true => reqwest::Certificate::from_pem_bundle(bytes),
                false => reqwest::Certificate::from_der(bytes).map(|one| vec![one]),
            };
            let certificates = certificates.map_err(|error| {
                Error::new(
                    ErrorKind::Config,
                    "`root_certificate(pem)` cannot be read: pass a certificate in PEM or DER",
                )
                .with_source(error)
            })?;
            builder = builder.tls_certs_merge(certificates);
        }
        Ok(builder)
    }
}
