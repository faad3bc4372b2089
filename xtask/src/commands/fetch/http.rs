//! Sends one conditional GET request with limits for size and time.
//!
//! The HTTP client is `ureq`: it is blocking, so a fresh clone need not build an asynchronous runtime before the first
//! command runs. TLS is rustls with the certificates of the system, so that certificates of a company are trusted.

use std::io::Read;
use std::time::Duration;

use anyhow::{Result, anyhow, bail, ensure};
use ureq::http::{StatusCode, header};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Error};
use url::{Host, Url};

use super::progress;

/// Limits of a download.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) bytes: u64,
    /// The time for the whole download, redirects included.
    pub(crate) time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // The document has grown from 1 to 4 MB in three years.
            bytes: 64 << 20,
            time: Duration::from_secs(120),
        }
    }
}

const REDIRECTS: u32 = 5;

#[derive(Debug)]
pub(crate) enum Reply {
    NotModified,
    Body { text: String, etag: Option<String> },
}

/// Gets `url`, unless the document still has the entity tag `etag`.
pub(crate) fn get(url: &Url, etag: Option<&str>, limits: Limits) -> Result<Reply> {
    let explain = |error| explain(url, error, limits);
    let mut request = agent(url, limits).get(url.as_str());
    if let Some(etag) = etag {
        request = request.header(header::IF_NONE_MATCH, etag);
    }
    let response = request.call().map_err(explain)?;

    let status = response.status();
    if status == StatusCode::NOT_MODIFIED && etag.is_some() {
        return Ok(Reply::NotModified);
    }
    let is_html = response
        .body()
        .mime_type()
        .is_some_and(|kind| kind.ends_with("html"));
    let etag = response
        .headers()
        .get(header::ETAG)
        .and_then(|etag| etag.to_str().ok())
        .map(str::to_owned);
    let declared = response.body().content_length();
    ensure!(
        status == StatusCode::OK,
        "the server answered {status}. {}",
        advice(status)
    );
    let too_large = || {
        anyhow!(
            "the reply is larger than the {} bytes that a document may have; check the address",
            limits.bytes
        )
    };
    ensure!(
        declared.is_none_or(|length| length <= limits.bytes),
        too_large()
    );

    let mut body = Vec::new();
    progress::download(declared)
        .wrap_read(response.into_body().into_reader())
        .take(limits.bytes + 1)
        .read_to_end(&mut body)
        .map_err(|error| explain(Error::from(error)))?;
    ensure!(body.len() as u64 <= limits.bytes, too_large());

    let text = String::from_utf8(body)
        .map_err(|_| anyhow!("the reply is not text (it is not UTF-8); check the address"))?;
    if is_html || text.trim_start().starts_with('<') {
        bail!("the reply is a web page (HTML), not a document; check the address");
    }
    Ok(Reply::Body { text, etag })
}

fn agent(url: &Url, limits: Limits) -> Agent {
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::PlatformVerifier)
        .build();
    let mut config = Agent::config_builder()
        .tls_config(tls)
        // The caller checks the status.
        .http_status_as_error(false)
        // A redirect must not lead from https to http.
        .https_only(url.scheme() == "https")
        .max_redirects(REDIRECTS)
        .timeout_global(Some(limits.time))
        .user_agent(concat!("seam-rust-xtask/", env!("CARGO_PKG_VERSION")))
        .accept("application/json, application/yaml;q=0.9, */*;q=0.1");
    let is_loopback = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    if is_loopback {
        config = config.proxy(None);
    }
    config.build().new_agent()
}

fn advice(status: StatusCode) -> &'static str {
    match status.as_u16() {
        401 | 403 => {
            "This command sends no credentials; download the document and pass the file to --from"
        }
        404 | 410 => "There is no document at that address; check it",
        429 | 500..=599 => {
            "Try again later, or take the document from npm: --from npm:@seamapi/types"
        }
        _ => "Check the address",
    }
}

/// Describes an error of the connection, and what to do about it.
fn explain(url: &Url, error: Error, limits: Limits) -> anyhow::Error {
    let host = url.host_str().unwrap_or_default();
    let message = match &error {
        Error::Timeout(_) => format!(
            "it took longer than {} s. Try again, or allow more with --timeout SECONDS",
            limits.time.as_secs_f32()
        ),
        Error::TooManyRedirects => {
            format!("it redirects more than {REDIRECTS} times; check the address")
        }
        Error::RequireHttpsOnly(_) => {
            "it redirects from https to http, which is not followed".into()
        }
        Error::HostNotFound => {
            format!("no host is called {host}; check the address and the network")
        }
        Error::Io(io) if io.kind() == std::io::ErrorKind::UnexpectedEof => {
            "the connection ended before the reply was complete. Try again".into()
        }
        Error::Io(_) | Error::ConnectionFailed => {
            format!("the connection to {host} failed; check the address and the network")
        }
        Error::Protocol(_) | Error::Decompress(..) => {
            "the reply is not valid HTTP. Try again".into()
        }
        Error::Rustls(_) | Error::Tls(_) => {
            format!(
                "the TLS connection to {host} failed: its certificate or its TLS version was refused"
            )
        }
        _ => "the request failed".into(),
    };
    anyhow::Error::new(error).context(message)
}
