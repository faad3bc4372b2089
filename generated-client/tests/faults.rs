//! What happens on a network, by a server that does it: the client over real connections.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail that way, its helpers too"
)]
#![cfg(feature = "documented")]

mod support;

use std::time::{Duration, SystemTime};

use seam::{ErrorKind, RetryPolicy, Seam, SeamBuilder};
use support::{Answer, Server, answer, json};

const DEVICE: &str = r#"{"device": {"device_id": "d1"}}"#;

/// How long to wait for what does not come.
const BRIEF: Duration = Duration::from_millis(200);

/// A client that sends up to three times, with hardly a wait.
fn quick(server: &Server) -> SeamBuilder {
    let policy = RetryPolicy::default().first_wait(Duration::from_millis(1));
    server.builder().retry(policy)
}

/// How often a read is sent to a server that gives these answers, and whether it comes to a good end.
async fn read(answers: Vec<Answer>) -> (usize, Result<(), ErrorKind>) {
    let server = Server::start(answers);
    let seam = quick(&server).build().unwrap();
    let device = seam.devices().get("d1").await;
    (
        server.received().len(),
        device.map(|_| ()).map_err(|error| error.kind()),
    )
}

fn cut() -> Answer {
    Answer::Send(b"HTTP/1.1 200 X\r\ncontent-length: 99\r\n\r\n{\"dev".to_vec())
}

#[tokio::test]
async fn faults_that_pass_are_outlived() {
    for fault in [
        answer(500, &[], ""),
        answer(503, &[], "<html>"),
        answer(429, &["retry-after: 0"], ""),
        answer(429, &["retry-after: Sun, 06 Nov 1994 08:49:37 GMT"], ""),
        cut(),
        Answer::Send(Vec::new()),
    ] {
        let ended = read(vec![fault, json(200, DEVICE)]).await;
        assert_eq!(ended, (2, Ok(())));
    }
}

#[tokio::test]
async fn a_reply_or_body_that_does_not_come_runs_into_the_timeout() {
    let started = b"HTTP/1.1 200 X\r\ncontent-length: 31\r\n\r\n{\"device\":".to_vec();
    for fault in [Answer::Hang, Answer::KeepOpen(started)] {
        let server = Server::start(vec![fault]);
        let request = server.seam().devices().get("d1");
        let error = request.timeout(BRIEF).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert!(error.is_retryable());
    }
}

#[tokio::test]
async fn replies_that_cannot_be_used_are_not_asked_for_again() {
    for reply in [
        answer(200, &["content-type: text/html"], "<html>Sign in</html>"),
        answer(200, &[], ""),
        answer(200, &["content-encoding: br"], "\u{1f}\u{8}"),
    ] {
        let ended = read(vec![reply]).await;
        assert_eq!(ended, (1, Err(ErrorKind::InvalidResponse)));
    }
}

#[tokio::test]
async fn an_endless_body_ends_at_the_limit() {
    let chunk = format!("400\r\n{}\r\n", "x".repeat(0x400));
    let endless = format!(
        "HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n{}",
        chunk.repeat(1000)
    );
    let server = Server::start(vec![Answer::KeepOpen(endless.into_bytes())]);
    let seam = quick(&server).reply_limit(10_000).build().unwrap();
    let error = seam.devices().get("d1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidResponse);
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn an_action_is_never_asked_for_twice() {
    for fault in [answer(500, &[], ""), cut()] {
        let server = Server::start(vec![fault, json(200, DEVICE)]);
        let seam = quick(&server).build().unwrap();
        let error = seam.locks().unlock_door("d1").await.unwrap_err();
        assert!(error.is_retryable(), "{error}");
        assert_eq!(server.received().len(), 1);
    }
}

#[tokio::test]
async fn a_rate_limit_in_the_future_is_told_as_a_wait() {
    let later = SystemTime::now() + Duration::from_secs(3600);
    let date = seam::Timestamp::try_from(later).unwrap();
    let date = date.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let server = Server::start(vec![answer(429, &[&format!("retry-after: {date}")], "")]);
    let error = quick(&server)
        .build()
        .unwrap()
        .devices()
        .get("d1")
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RateLimited);
    let wait = error.retry_after().unwrap();
    assert!(wait > Duration::from_secs(3000), "{wait:?}");
}

#[tokio::test]
async fn a_dropped_call_is_cancelled_and_the_client_goes_on() {
    let server = Server::start(vec![Answer::Hang, json(200, DEVICE)]);
    let seam = server.seam();
    let mut call = Box::pin(seam.devices().get("d1").into_future());
    while server.received().is_empty() {
        tokio::select! {
            _ = &mut call => panic!("nothing was answered"),
            () = tokio::time::sleep(Duration::from_millis(1)) => {}
        }
    }
    drop(call);
    seam.devices().get("d1").await.unwrap();
    assert_eq!(server.received().len(), 2);
}

/// A server that sends its callers to another one.
fn redirecting(to: &Server, status: u16) -> Server {
    let location = format!("location: {}/devices/get", to.endpoint());
    Server::start(vec![answer(status, &[&location], "")])
}

#[tokio::test]
async fn no_redirect_is_followed() {
    for status in [301, 302, 307, 308] {
        let other = Server::start(vec![json(200, DEVICE)]);
        let server = redirecting(&other, status);
        let error = server.seam().devices().get("d1").await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert!(other.received().is_empty());
    }
}

/// The builder of a caller's own HTTP client. It needs a provider of cryptography, though there is none here to do.
fn http_client() -> reqwest::ClientBuilder {
    // Another test may have set it already.
    drop(rustls::crypto::ring::default_provider().install_default());
    reqwest::Client::builder()
}

#[tokio::test]
async fn an_http_client_that_follows_redirects_carries_neither_key_nor_body_along() {
    for status in [301, 302, 303, 307, 308] {
        let other = Server::start(vec![json(200, DEVICE)]);
        let server = redirecting(&other, status);
        let client = http_client().build().unwrap();
        let seam = server.builder().reqwest_client(client).build().unwrap();
        let error = seam.devices().get("d1").await.unwrap_err();
        let expected = if status < 307 {
            ErrorKind::Transport
        } else {
            ErrorKind::Api
        };
        assert_eq!(error.kind(), expected, "{error}");
        let followed = other.received();
        assert_eq!(followed.len(), usize::from(status < 307));
        for received in followed {
            assert_eq!(received.header("authorization"), None);
            assert_eq!(received.body, "");
        }
    }
}

#[tokio::test]
async fn an_http_client_that_would_carry_a_session_to_another_host_is_refused() {
    let client = http_client().build().unwrap();
    for builder in [
        Seam::builder().client_session_token("seam_cst_1"),
        Seam::builder().publishable_key("seam_pk_1", "user"),
    ] {
        let refused = builder.reqwest_client(client.clone()).build().unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::Config);
        assert!(refused.message().contains("reqwest_builder"), "{refused}");
    }

    let other = Server::start(vec![json(200, DEVICE)]);
    let server = redirecting(&other, 302);
    let builder = Seam::builder().client_session_token("seam_cst_1");
    let seam = builder
        .endpoint(server.endpoint())
        .reqwest_builder(http_client())
        .build()
        .unwrap();
    let error = seam.devices().get("d1").await.unwrap_err();
    assert_eq!(error.status().unwrap(), 302);
    assert!(other.received().is_empty());
}

#[tokio::test]
async fn an_http_client_of_the_callers_own_is_used() {
    let server = Server::start(vec![json(200, DEVICE)]);
    let mut headers = reqwest::header::HeaderMap::new();
    headers.insert("x-mine", "1".parse().unwrap());
    let client = http_client().default_headers(headers).build().unwrap();
    let seam = server.builder().reqwest_client(client).build().unwrap();
    seam.devices().get("d1").await.unwrap();
    assert_eq!(server.received()[0].header("x-mine"), Some("1"));
}
