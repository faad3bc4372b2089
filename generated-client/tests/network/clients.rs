use seam::{ErrorKind, Seam, SeamBuilder, reqwest};

use crate::child;
use crate::server::{self, DONE, header};

const OURS: &str = concat!("generated-client/", env!("CARGO_PKG_VERSION"));

/// The head of the request that a client sends.
async fn head(set: impl FnOnce(SeamBuilder) -> SeamBuilder) -> String {
    drop(rustls::crypto::ring::default_provider().install_default());
    let server = server::plain(server::reply("", DONE.as_bytes()));
    let builder = Seam::builder().api_key("seam_test").endpoint(server.http());
    let seam = set(builder).build().unwrap();
    seam.locks().unlock_door("d1").await.unwrap();
    server.heads().remove(0)
}

async fn user_agent(set: impl FnOnce(SeamBuilder) -> SeamBuilder) -> String {
    let head = head(set).await;
    header(&head, "user-agent").unwrap().to_owned()
}

#[tokio::test]
async fn the_user_agent_names_the_program_and_then_this_client() {
    let both = format!("my-app/1.0 {OURS}");
    assert_eq!(user_agent(|builder| builder).await, OURS);
    assert_eq!(
        user_agent(|builder| builder.user_agent("my-app/1.0")).await,
        both
    );

    let theirs = || reqwest::Client::builder().user_agent("my-app/1.0");
    assert_eq!(
        user_agent(|builder| builder.reqwest_builder(theirs())).await,
        both
    );
    let client = theirs().build().unwrap();
    assert_eq!(
        user_agent(|builder| builder.reqwest_client(client)).await,
        both
    );
    let nameless = reqwest::Client::new();
    assert_eq!(
        user_agent(|builder| builder.reqwest_client(nameless)).await,
        OURS
    );
}

#[tokio::test]
async fn a_default_header_is_sent_with_every_request() {
    let head = head(|builder| builder.default_header("X-Mine", "1")).await;
    assert_eq!(header(&head, "x-mine"), Some("1"));
}

#[test]
fn what_http_cannot_carry_is_a_config_error() {
    let builder = || {
        Seam::builder()
            .api_key("seam_test")
            .endpoint("http://localhost")
    };
    for builder in [
        builder().default_header("a b", "1"),
        builder().default_header("a", "1\r\nb: 2"),
        builder().user_agent("a\nb"),
    ] {
        assert_eq!(builder.build().unwrap_err().kind(), ErrorKind::Config);
    }
}

#[test]
fn a_builder_that_finds_no_cryptography_is_a_config_error_and_no_panic() {
    child::run("clients::builds_without_cryptography", &[]);
}

#[test]
#[ignore = "needs a process in which nothing is installed"]
fn builds_without_cryptography() {
    let build = || {
        let builder = Seam::builder().api_key("seam_test");
        builder.reqwest_builder(reqwest::Client::builder()).build()
    };
    let error = build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.message().contains("install_default()"), "{error}");
    // As the message says.
    seam::rustls::crypto::ring::default_provider()
        .install_default()
        .unwrap();
    build().unwrap();
    drop(reqwest::Client::new());
}
