//! Replies that do not arrive, or not whole: timeouts, connections that break, and the limit of a reply.

use std::error::Error as _;
use std::time::Duration;

use seam::{ErrorKind, Value};

use crate::support::{Answer, Server};
use crate::{error, placeless};

#[tokio::test]
async fn an_error_without_a_reply_has_none_of_its_parts() {
    let error = error(Answer::Send(Vec::new())).await;
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(error.body().is_none() && error.headers().is_none());
    assert!(error.text().is_none() && error.status().is_none());
    let json = error.json::<Value>().unwrap_err();
    assert_eq!(json.message(), "there was no reply");
}

#[tokio::test]
async fn no_reply_in_time_is_a_timeout() {
    let server = Server::start(vec![Answer::Hang]);
    let request = server
        .seam()
        .devices()
        .get("d1")
        .timeout(Duration::from_millis(50));
    assert_eq!(request.await.unwrap_err().kind(), ErrorKind::Timeout);

    let server = Server::start(vec![Answer::Hang]);
    let seam = server
        .builder()
        .timeout(Duration::from_millis(50))
        .build()
        .unwrap();
    let error = seam.devices().get("d1").await.unwrap_err();
    assert_eq!(
        placeless(&error),
        "timed out: no reply in time (…/devices/get)"
    );
}

#[tokio::test]
async fn a_refused_connection_is_told_from_a_cut_one() {
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let seam = seam::Seam::builder()
        .api_key("seam_x")
        .endpoint(format!("http://127.0.0.1:{port}"))
        .retry(seam::RetryPolicy::never())
        .build()
        .unwrap();
    let refused = seam.devices().get("d1").await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Connect);
    assert!(
        refused.source().unwrap().source().is_some(),
        "the cause is kept"
    );
    let line = refused.to_string();
    let host = format!("127.0.0.1:{port}");
    assert!(
        line.starts_with(&format!("cannot connect to {host}: Connection refused")),
        "{line}"
    );
    assert!(line.ends_with(&format!("({host}/devices/get)")), "{line}");
    assert_eq!(line.matches("onnect").count(), 2, "each cause once: {line}");

    let cut = b"HTTP/1.1 200 X\r\ncontent-length: 1000\r\n\r\n{\"device\":".to_vec();
    assert_eq!(error(Answer::Send(cut)).await.kind(), ErrorKind::Transport);
    assert_eq!(
        error(Answer::Send(b"SSH-2.0\r\n".to_vec())).await.kind(),
        ErrorKind::Transport
    );
}

#[tokio::test]
async fn a_reply_over_the_limit_is_not_read() {
    let announced = b"HTTP/1.1 200 X\r\ncontent-length: 99999999999\r\n\r\n{".to_vec();
    let chunk = format!("65\r\n{}\r\n", "x".repeat(0x65));
    let endless = format!(
        "HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n{}",
        chunk.repeat(20)
    )
    .into_bytes();
    for answer in [announced, endless] {
        let server = Server::start(vec![Answer::Send(answer)]);
        let seam = server.builder().reply_limit(1000).build().unwrap();
        let error = seam.devices().get("d1").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidResponse);
        assert_eq!(
            error.message(),
            "the reply is larger than the limit of 1000 bytes"
        );
    }
}

/// A body that ends before its length, after a head with a request id.
fn cut(status: u16, body: &str) -> Answer {
    let head =
        format!("HTTP/1.1 {status} X\r\nseam-request-id: req_1\r\ncontent-length: 99999\r\n\r\n");
    Answer::Send(format!("{head}{body}").into_bytes())
}

#[tokio::test]
async fn a_refusal_stays_what_its_status_says_when_its_body_is_cut_or_hangs() {
    let start = r#"{"error": {"type""#;
    let conflict = error(cut(409, start)).await;
    assert_eq!(conflict.kind(), ErrorKind::Conflict);
    assert_eq!(conflict.status().unwrap(), 409);
    assert_eq!(conflict.request_id(), Some("req_1"));
    assert_eq!(conflict.text().unwrap(), start);
    assert!(conflict.source().is_some(), "it says that the body was cut");

    let head = b"HTTP/1.1 404 X\r\nseam-request-id: req_1\r\ncontent-length: 9\r\n\r\n{";
    let server = Server::start(vec![Answer::KeepOpen(head.to_vec())]);
    let get = server.seam().devices().get("d1");
    let missing = get.timeout(Duration::from_millis(200)).await.unwrap_err();
    assert_eq!(missing.kind(), ErrorKind::NotFound);
    assert_eq!(missing.request_id(), Some("req_1"));
    assert_eq!(missing.headers().unwrap()["content-length"], "9");
}

#[tokio::test]
async fn a_success_whose_body_is_cut_keeps_its_head() {
    let error = error(cut(200, r#"{"device":"#)).await;
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.request_id(), Some("req_1"));
    assert_eq!(error.text().unwrap(), r#"{"device":"#);
}

#[tokio::test]
async fn a_refusal_over_the_limit_stays_what_its_status_says() {
    let announced =
        b"HTTP/1.1 404 X\r\nseam-request-id: req_1\r\ncontent-length: 99999\r\n\r\n{".to_vec();
    let chunks = format!("65\r\n{}\r\n", "x".repeat(0x65)).repeat(20);
    let endless = format!(
        "HTTP/1.1 404 X\r\nseam-request-id: req_1\r\ntransfer-encoding: chunked\r\n\r\n{chunks}"
    );
    for (answer, kept) in [(announced, 0), (endless.into_bytes(), 1000)] {
        let server = Server::start(vec![Answer::Send(answer)]);
        let seam = server.builder().reply_limit(1000).build().unwrap();
        let error = seam.devices().get("d1").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
        assert_eq!(error.status().unwrap(), 404);
        assert_eq!(error.request_id(), Some("req_1"));
        assert_eq!(error.body().unwrap().len(), kept);
    }
}
