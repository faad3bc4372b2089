//! One GET, conditional and bounded in size and time.
//!
//! The client is `ureq`: blocking is all that a command needs, and without an asynchronous runtime below it a fresh
//! clone has less to build before the first command runs. TLS is rustls; the certificates are the system's, so that
//! those of a company's own authority count.

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
    /// From the first to the last byte, redirects included.
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

/// Gets `url`, unless what is there still has the entity tag `etag`.
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
            "what is there is larger than the {} bytes that a document may have; check the address",
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
        .map_err(|_| anyhow!("what is there is not text (it is not UTF-8); check the address"))?;
    if is_html || text.trim_start().starts_with('<') {
        bail!("what is there is a web page (HTML), not a document; check the address");
    }
    Ok(Reply::Body { text, etag })
}

fn agent(url: &Url, limits: Limits) -> Agent {
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::PlatformVerifier)
        .build();
    let mut config = Agent::config_builder()
        .tls_config(tls)
        // Statuses are read below.
        .http_status_as_error(false)
        // A redirect must not lead from a safe connection to one that anybody can change.
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
            "This command has no credentials to offer; download the document and pass the file to --from"
        }
        404 | 410 => "There is no document at that address; check it",
        429 | 500..=599 => {
            "Try again later, or take the document from npm: --from npm:@seamapi/types"
        }
        _ => "Check the address",
    }
}

/// What went wrong with the connection, and what to do about it.
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
            "the connection ended before the whole answer was there. Try again".into()
        }
        Error::Io(_) | Error::ConnectionFailed => {
            format!("the connection to {host} failed; check the address and the network")
        }
        Error::Protocol(_) | Error::Decompress(..) => {
            "the answer breaks the rules of HTTP. Try again".into()
        }
        Error::Rustls(_) | Error::Tls(_) => {
            format!("there is no safe connection to {host}: its certificate or its TLS is refused")
        }
        _ => "the request failed".into(),
    };
    anyhow::Error::new(error).context(message)
}
