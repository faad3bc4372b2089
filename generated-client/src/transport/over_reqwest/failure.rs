//! Converts errors of reqwest to errors of a transport.

use std::error::Error as StdError;
use std::io;

use super::super::TransportError;

const CLOCK: &str =
    "check the clock of this machine, then have the certificate renewed on the server";
const HOST: &str =
    "check the endpoint, and whether something between here and the API answers in its place";
const ROOT: &str = "if a proxy inspects TLS here, or the server has a private authority, add its root certificate to the \
                    system's store, name its file in SSL_CERT_FILE, or pass it to `root_certificate(pem)` of the builder";

/// Returns the reason why there is no reply from `host`.
pub(super) fn failure(error: reqwest::Error, host: &str) -> TransportError {
    let error = error.without_url(); // a URL may contain secrets
    if !error.is_connect() {
        return match error.is_timeout() {
            true => TransportError::Timeout,
            false => TransportError::Other(error.into()),
        };
    }
    match certificate_fault(&error) {
        Some(reason) => TransportError::Certificate {
            host: host.to_owned(),
            reason,
            source: error.into(),
        },
        None => TransportError::Connect(error.into()),
    }
}

/// Returns the problem of the server's certificate, if that is the reason for the failure.
fn certificate_fault(error: &(dyn StdError + 'static)) -> Option<String> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(reason) = reason(error) {
            return Some(reason);
        }
        // `source` of an I/O error skips its inner error.
        next = match error.downcast_ref().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    None
}

fn reason(error: &(dyn StdError + 'static)) -> Option<String> {
    #[cfg(feature = "rustls")]
    if let Some(rustls::Error::InvalidCertificate(fault)) = error.downcast_ref() {
        return Some(by_rustls(fault));
    }
    // The TLS of the system has no types for it.
    #[cfg(all(feature = "native-tls", not(feature = "rustls")))]
    if error.source().is_none() && !error.is::<io::Error>() {
        let message = error.to_string();
        let is_fault = message.to_lowercase().contains("certificate");
        return is_fault.then(|| format!("{message}; {CLOCK}; {HOST}; {ROOT}"));
    }
    let _ = (error, CLOCK, HOST, ROOT);
    None
}

#[cfg(feature = "rustls")]
fn by_rustls(fault: &rustls::CertificateError) -> String {
    use rustls::CertificateError as Fault;
    match fault {
        Fault::Expired | Fault::ExpiredContext { .. } => format!("it has expired; {CLOCK}"),
        Fault::NotValidYet | Fault::NotValidYetContext { .. } => {
            format!("it is not valid yet; {CLOCK}")
        }
        Fault::NotValidForName | Fault::NotValidForNameContext { .. } => {
            format!("it is for another host; {HOST}")
        }
        // Another authority with the name of a trusted one causes a bad signature.
        Fault::UnknownIssuer | Fault::BadSignature => format!("its issuer is unknown; {ROOT}"),
        Fault::Revoked => format!("it was revoked; {HOST}"),
        other => format!("{other}; {HOST}"),
    }
}
