use seam::{Seam, reqwest};

use crate::certificates::Authority;
use crate::child;
use crate::server::{self, DONE};

#[test]
fn https_goes_through_the_tunnel_of_the_proxy_in_the_environment() {
    let authority = Authority::new();
    let server = server::tls(authority.certify("seam.test"));
    let proxy = server::proxy(server.port);
    let variables = [
        ("HTTPS_PROXY", &*proxy.http()),
        ("ENDPOINT", "https://seam.test"),
        ("ROOT", &authority.pem),
    ];
    child::run("proxies::unlocks_in_its_environment", &variables);
    let heads = proxy.heads();
    assert_eq!(heads.len(), 1);
    assert!(heads[0].starts_with("CONNECT seam.test:443 "), "{heads:?}");
    assert!(!heads[0].contains("seam_test"), "the proxy saw the key");
}

#[test]
fn a_proxy_that_is_turned_off_for_a_host_is_passed_by() {
    let authority = Authority::new();
    let server = server::tls(authority.certify("localhost"));
    let proxy = server::proxy(server.port);
    let endpoint = server.https("localhost");
    let variables = [
        ("HTTPS_PROXY", &*proxy.http()),
        ("NO_PROXY", "localhost"),
        ("ENDPOINT", &endpoint),
        ("ROOT", &authority.pem),
    ];
    child::run("proxies::unlocks_in_its_environment", &variables);
    assert!(proxy.heads().is_empty());
}

#[tokio::test]
#[ignore = "needs the environment of another test"]
async fn unlocks_in_its_environment() {
    let seam = Seam::builder()
        .api_key("seam_test")
        .endpoint(child::variable("ENDPOINT"))
        .root_certificate(child::variable("ROOT"))
        .build()
        .unwrap();
    seam.locks().unlock_door("d1").await.unwrap();
}

#[test]
fn no_proxy_sees_plain_http_to_this_machine() {
    let server = server::plain(server::reply("", DONE.as_bytes()));
    let proxy = server::proxy(server.port);
    let (endpoint, proxy_url) = (server.http(), proxy.http());
    let variables = [
        ("HTTP_PROXY", &*proxy_url),
        ("http_proxy", &proxy_url),
        ("ALL_PROXY", &proxy_url),
        ("ENDPOINT", &endpoint),
        ("PROXY", &proxy_url),
    ];
    child::run("proxies::unlocks_on_this_machine", &variables);
    assert!(proxy.heads().is_empty(), "{:?}", proxy.heads());
    assert_eq!(server.heads().len(), 3);
}

#[tokio::test]
#[ignore = "needs the environment of another test"]
async fn unlocks_on_this_machine() {
    drop(rustls::crypto::ring::default_provider().install_default());
    let builder = || {
        Seam::builder()
            .api_key("seam_test")
            .endpoint(child::variable("ENDPOINT"))
    };
    let proxy = reqwest::Proxy::all(child::variable("PROXY")).unwrap();
    let proxied = reqwest::Client::builder().proxy(proxy);
    for builder in [
        builder(),
        builder().allow_plain_http(true),
        builder().reqwest_builder(proxied),
    ] {
        let seam = builder.build().unwrap();
        seam.locks().unlock_door("d1").await.unwrap();
    }
}

#[test]
fn plain_http_elsewhere_goes_through_the_proxy_where_it_is_allowed() {
    let proxy = server::proxy(0);
    child::run(
        "proxies::unlocks_elsewhere",
        &[("http_proxy", &proxy.http())],
    );
    let heads = proxy.heads();
    assert!(
        heads[0].contains("http://seam.test/locks/unlock_door"),
        "{heads:?}"
    );
}

#[tokio::test]
#[ignore = "needs the environment of another test"]
async fn unlocks_elsewhere() {
    let builder = Seam::builder().api_key("seam_test").allow_plain_http(true);
    let seam = builder.endpoint("http://seam.test").build().unwrap();
    seam.locks().unlock_door("d1").await.unwrap();
}
