use std::sync::Arc;

use rustls::crypto::ring::default_provider;
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use seam::{Error, ErrorKind, Seam, SeamBuilder};

use crate::certificates::Authority;
use crate::child;
use crate::server::{self, Server};

fn builder(endpoint: impl Into<String>) -> SeamBuilder {
    Seam::builder().api_key("seam_test").endpoint(endpoint)
}

async fn unlock(builder: SeamBuilder) -> Result<(), Error> {
    let seam = builder.build()?;
    let attempt = seam.locks().unlock_door("d1").no_wait().await?;
    assert_eq!(attempt.id().as_str(), "a1");
    Ok(())
}

#[tokio::test]
async fn a_root_certificate_of_ones_own_is_trusted_in_pem_and_der() {
    let authority = Authority::new();
    for certificate in [authority.pem.clone().into_bytes(), authority.der.to_vec()] {
        let server = server::tls(authority.certify("localhost"));
        let builder = builder(server.https("localhost")).root_certificate(certificate);
        unlock(builder).await.unwrap();
    }
}

/// How a call to this server fails, the authority being trusted.
async fn fault(authority: &Authority, tls: ServerConfig) -> (Error, Server) {
    let server = server::tls(tls);
    let builder = builder(server.https("localhost")).root_certificate(authority.pem.as_str());
    let error = unlock(builder).await.unwrap_err();
    (error, server)
}

#[tokio::test]
async fn a_certificate_fault_names_host_reason_and_remedy_and_is_not_retried() {
    let known = Authority::new();
    let unknown = Authority::named("Unknown");
    let of_the_same_name = Authority::new();
    for (tls, reason, remedy) in [
        (
            unknown.certify("localhost"),
            "its issuer is unknown",
            "SSL_CERT_FILE",
        ),
        (
            of_the_same_name.certify("localhost"),
            "its issuer is unknown",
            "root_certificate",
        ),
        (
            known.certify_expired("localhost"),
            "it has expired",
            "clock",
        ),
        (
            known.certify("seam.test"),
            "it is for another host",
            "check the endpoint",
        ),
    ] {
        let (error, server) = fault(&known, tls).await;
        assert_eq!(error.kind(), ErrorKind::Certificate, "{error}");
        assert!(!error.is_retryable());
        for part in ["localhost", reason, remedy] {
            assert!(error.message().contains(part), "{part}: {error}");
        }
        server.wait_until_closed();
        assert_eq!(server.heads().len(), 1, "it was tried again");
    }
}

#[tokio::test]
async fn a_tls_configuration_of_ones_own_is_used() {
    let authority = Authority::new();
    let server = server::tls(authority.certify("localhost"));
    let mut roots = RootCertStore::empty();
    roots.add(authority.der.clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    unlock(builder(server.https("localhost")).tls_config(config))
        .await
        .unwrap();
}

#[test]
fn what_is_no_certificate_is_a_config_error() {
    for bytes in [&b""[..], b"no certificate", b"\xff\xfe"] {
        let error = builder("https://localhost").root_certificate(bytes).build();
        assert_eq!(error.unwrap_err().kind(), ErrorKind::Config);
    }
}

#[test]
fn the_file_that_ssl_cert_file_names_is_trusted() {
    let authority = Authority::new();
    let server = server::tls(authority.certify("localhost"));
    let file = std::env::temp_dir().join(format!("seam-root-{}.pem", std::process::id()));
    std::fs::write(&file, &authority.pem).unwrap();
    let path = file.to_str().unwrap();
    let endpoint = server.https("localhost");
    child::run(
        "trust::unlocks_in_its_environment",
        &[("SSL_CERT_FILE", path), ("ENDPOINT", &endpoint)],
    );
    std::fs::remove_file(file).unwrap();
}

#[tokio::test]
#[ignore = "needs the environment of another test"]
async fn unlocks_in_its_environment() {
    unlock(builder(child::variable("ENDPOINT"))).await.unwrap();
}

#[test]
fn without_a_store_of_the_system_the_built_in_roots_and_ones_own_are_trusted() {
    let authority = Authority::new();
    let server = server::tls(authority.certify("localhost"));
    let endpoint = server.https("localhost");
    let variables = [
        ("SSL_CERT_FILE", "/nonexistent/file"),
        ("ENDPOINT", &endpoint),
        ("ROOT", &authority.pem),
    ];
    child::run("trust::builds_without_a_store", &variables);
}

#[tokio::test]
#[ignore = "needs the environment of another test"]
async fn builds_without_a_store() {
    builder("https://localhost").build().unwrap();
    let builder = builder(child::variable("ENDPOINT"));
    unlock(builder.root_certificate(child::variable("ROOT")))
        .await
        .unwrap();
}

#[cfg(feature = "http2")]
#[tokio::test]
async fn http_2_is_offered_to_servers() {
    let authority = Authority::new();
    let mut tls = authority.certify("localhost");
    tls.alpn_protocols = vec![b"h2".to_vec()];
    let server = server::tls(tls);
    let builder = builder(server.https("localhost")).root_certificate(authority.pem.as_str());
    unlock(builder.retry(seam::RetryPolicy::never()))
        .await
        .unwrap_err();
    let head = server.heads().remove(0);
    assert!(head.starts_with("PRI * HTTP/2.0"), "{head}");
}
