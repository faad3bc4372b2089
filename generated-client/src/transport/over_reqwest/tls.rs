//! TLS by rustls and ring, with the certificates that the system trusts.

use std::sync::Arc;

use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

use crate::error::{Error, ErrorKind};
use crate::telemetry;

/// True if the verifier of the system reads `SSL_CERT_FILE` itself, as on Linux. On other systems we read it.
const READS_SSL_CERT_FILE: bool = cfg!(all(
    unix,
    not(any(target_vendor = "apple", target_os = "android"))
));

/// Returns a configuration that trusts the certificates of the system and `extra` root certificates, in PEM or DER.
pub(super) fn config(extra: &[Vec<u8>]) -> Result<ClientConfig, Error> {
    let mut roots = Vec::new();
    for bytes in extra {
        read(bytes, &mut roots)?;
    }
    if !READS_SSL_CERT_FILE && let Some(path) = std::env::var_os("SSL_CERT_FILE") {
        match CertificateDer::pem_file_iter(path) {
            Ok(certificates) => roots.extend(certificates.flatten()),
            Err(_) => telemetry::warn_of_setup("SSL_CERT_FILE cannot be read"),
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(|error| no_tls(&error))?;
    let builder = match verifier(&roots, provider) {
        Some(verifier) => builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier)),
        None => builder.with_root_certificates(built_in(roots)?),
    };
    #[allow(unused_mut, reason = "it is changed for HTTP/2")]
    let mut config = builder.with_no_client_auth();
    #[cfg(feature = "http2")]
    config
        .alpn_protocols
        .extend([b"h2".to_vec(), b"http/1.1".to_vec()]);
    Ok(config)
}

/// Returns the verifier of the system; `None` if the system has no certificates.
fn verifier(roots: &[CertificateDer<'static>], provider: Arc<CryptoProvider>) -> Option<Verifier> {
    #[cfg(not(target_os = "android"))]
    if !roots.is_empty() {
        // With extra roots it does not fail if the system has none, so it is made without them first.
        Verifier::new(provider.clone()).ok()?;
        return Verifier::new_with_extra_roots(roots.to_vec(), provider).ok();
    }
    let verifier = Verifier::new(provider).ok();
    if verifier.is_none() {
        telemetry::warn_of_setup(
            "the system has no root certificates: the built-in ones of Mozilla are used",
        );
    }
    verifier
}

/// Returns Mozilla's root certificates with extra ones.
fn built_in(extra: Vec<CertificateDer<'static>>) -> Result<RootCertStore, Error> {
    let mut store = RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    for root in extra {
        store.add(root).map_err(|error| unreadable(&error))?;
    }
    Ok(store)
}

/// Reads certificates in PEM, or one in DER.
fn read(bytes: &[u8], into: &mut Vec<CertificateDer<'static>>) -> Result<(), Error> {
    let before = into.len();
    if let Ok(text) = std::str::from_utf8(bytes) {
        for certificate in CertificateDer::pem_slice_iter(text.as_bytes()) {
            into.push(certificate.map_err(|error| unreadable(&error))?);
        }
    } else {
        into.push(CertificateDer::from(bytes.to_vec()));
    }
    let mut check = RootCertStore::empty();
    for certificate in &into[before..] {
        let added = check.add(certificate.clone());
        added.map_err(|error| unreadable(&error))?;
    }
    match check.is_empty() {
        true => Err(unreadable(&"there is no certificate in it")),
        false => Ok(()),
    }
}

/// Returns an error with the source as text, because the error type itself would take long to compile.
fn unreadable(error: &dyn std::fmt::Display) -> Error {
    Error::new(
        ErrorKind::Config,
        "`root_certificate(pem)` cannot be read: pass a certificate in PEM or DER",
    )
    .with_source(error.to_string())
}

fn no_tls(error: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorKind::Config, "TLS cannot be set up").with_source(error.to_string())
}

/// Ensures that a client of the caller's builder finds a provider of cryptography, because reqwest panics without one.
///
/// If the program turned on a feature of reqwest that includes aws-lc, reqwest would use that. It is not possible to see if
/// reqwest or another crate includes it, so it is installed.
pub(super) fn require_provider() -> Result<(), Error> {
    if CryptoProvider::get_default().is_some() {
        return Ok(());
    }
    let Some(provider) = aws_lc() else {
        return Err(Error::new(
            ErrorKind::Config,
            "`reqwest_builder(builder)` finds no cryptography for TLS: before it, call \
             `seam::rustls::crypto::ring::default_provider().install_default()`, or pass `tls_config(config)` as well",
        ));
    };
    // It fails if another thread was faster, which is fine.
    drop(provider.install_default());
    Ok(())
}

#[allow(clippy::useless_conversion, reason = "it is one in some programs")]
fn aws_lc() -> Option<CryptoProvider> {
    #[allow(unused_imports, reason = "it holds the module below in some programs")]
    use rustls::crypto::*;
    aws_lc_rs::default_provider().into()
}

/// Replaces the module of rustls in programs without aws-lc.
#[allow(dead_code, reason = "some programs have the real one")]
mod aws_lc_rs {
    pub(super) fn default_provider() -> Option<rustls::crypto::CryptoProvider> {
        None
    }
}
