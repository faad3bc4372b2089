//! What replies become: values, and errors of every kind.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail that way, its helpers too"
)]
#![cfg(feature = "documented")]

mod support;

use std::error::Error as _;
use std::time::Duration;

use seam::{Device, Error, ErrorKind, Timestamp, Value};
use support::{Answer, Server, answer, json};

/// What a call fails with that gets this answer.
async fn error(with: Answer) -> Error {
    let server = Server::start(vec![with]);
    server.seam().devices().get("d1").await.unwrap_err()
}

#[tokio::test]
async fn a_request_says_who_is_calling_and_what_for() {
    let server = Server::start(vec![json(200, r#"{"access_code": {}}"#)]);
    let time: Timestamp = "2028-08-12T19:23:42Z".parse().unwrap();
    let request = server
        .seam()
        .access_codes()
        .create("d1")
        .code("123456")
        .starts_at(time.to_string());
    request.header("x-mine", "1").await.unwrap();

    let received = &server.received()[0];
    assert_eq!(received.line, "POST /access_codes/create HTTP/1.1");
    assert_eq!(
        received.header("authorization"),
        Some("Bearer seam_test_secret")
    );
    assert_eq!(received.header("content-type"), Some("application/json"));
    assert_eq!(
        received.header("seam-sdk-name"),
        Some(env!("CARGO_PKG_NAME"))
    );
    assert_eq!(
        received.header("seam-sdk-version"),
        Some(env!("CARGO_PKG_VERSION"))
    );
    assert!(
        received
            .header("user-agent")
            .unwrap()
            .starts_with(env!("CARGO_PKG_NAME"))
    );
    assert_eq!(received.header("x-mine"), Some("1"));
    let body = received.json();
    assert_eq!(body["device_id"], "d1");
    assert_eq!(body["code"], "123456");
    assert_eq!(body["starts_at"], "2028-08-12T19:23:42Z");
}

#[tokio::test]
async fn send_gives_all_that_came() {
    let body = r#"{"access_code": {"access_code_id": "c1", "code": 7}, "action_attempt": {"action_attempt_id": "a1"}}"#;
    let server = Server::start(vec![json(201, body)]);
    let response = server
        .seam()
        .access_codes()
        .create("d1")
        .send()
        .await
        .unwrap();

    assert_eq!(response.value.access_code_id, "c1");
    assert_eq!(response.status(), 201);
    assert_eq!(response.request_id(), Some("req_1"));
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(response.text(), body);
    assert!(response.deviations().iter().any(
        |deviation| deviation.to_string() == "/access_code/code: expected string, found number"
    ));
    let attempt: Value = response.field("action_attempt").unwrap();
    assert_eq!(attempt["action_attempt_id"], "a1");
    assert_eq!(response.field::<Value>("nothing"), None);
    assert_eq!(response.field::<bool>("action_attempt"), None);
}

#[tokio::test]
async fn a_null_payload_is_empty_and_reported() {
    let server = Server::start(vec![
        json(200, r#"{"devices": null}"#),
        json(200, r#"{"device": null}"#),
    ]);
    let seam = server.seam();
    let list = seam.devices().list().send().await.unwrap();
    assert_eq!(
        list.deviations()[0].to_string(),
        "/devices: expected list, found null"
    );
    assert!(list.into_value().is_empty());
    let device = seam.devices().get("d1").send().await.unwrap();
    assert_eq!(
        device.deviations()[0].to_string(),
        "/device: expected object, found null"
    );
    assert_eq!(device.into_value(), Device::default());
}

#[tokio::test]
async fn an_empty_body_is_a_success_where_nothing_is_expected() {
    let server = Server::start(vec![answer(204, &[], ""), json(200, r#"{"ok": true}"#)]);
    let seam = server.seam();
    seam.access_codes().delete("c1").await.unwrap();
    seam.access_codes().delete("c1").await.unwrap();
}

#[tokio::test]
async fn a_success_that_cannot_be_used_is_an_invalid_response() {
    for (body, message) in [
        ("<html>\n<p>hello", "the body is not JSON"),
        ("", "the body is not JSON"),
        ("[]", "the body is no object with the key `device`"),
        (r#"{"ok": true}"#, "the body lacks the key `device`"),
    ] {
        let error = error(json(200, body)).await;
        assert_eq!(error.kind(), ErrorKind::InvalidResponse, "{body}");
        assert_eq!(error.message(), message);
        assert_eq!(error.status().unwrap(), 200);
        assert_eq!(error.request_id(), Some("req_1"));
        assert_eq!(error.body_start(), Some(body));
    }
    let long = format!(r#"{{"x": "{}"}}"#, "x".repeat(100_000));
    let error = error(json(200, &long)).await;
    assert_eq!(error.kind(), ErrorKind::InvalidResponse);
    assert_eq!(error.body_start().unwrap().len(), 1024);
}

#[tokio::test]
async fn endless_nesting_is_a_value_of_the_wrong_type() {
    let deep = format!(
        r#"{{"device": {}{}}}"#,
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let server = Server::start(vec![json(200, &deep)]);
    let seam = server.seam();
    let response = seam.devices().get("d1").send().await.unwrap();
    assert_eq!(
        response.deviations()[0].to_string(),
        "/device: expected object, found list"
    );
}

#[tokio::test]
async fn a_refusal_has_a_kind_by_its_status_and_code() {
    let body = |code: &str| {
        format!(
            r#"{{"error": {{"type": "{code}", "message": "no\nway", "data": {{"a": 1}}}}, "ok": false}}"#
        )
    };
    for (status, code, kind) in [
        (401, "unauthorized", ErrorKind::Unauthorized),
        (400, "invalid_input", ErrorKind::InvalidInput),
        (404, "device_not_found", ErrorKind::NotFound),
        (409, "duplicate", ErrorKind::Conflict),
        (429, "too_many_requests", ErrorKind::RateLimited),
        (403, "forbidden", ErrorKind::Api),
        (500, "oops", ErrorKind::Server),
    ] {
        let error = error(json(status, &body(code))).await;
        assert_eq!(error.kind(), kind);
        assert_eq!(error.code(), Some(code));
        assert_eq!(error.message(), "no\nway");
        assert_eq!(error.data().unwrap()["a"], 1);
        assert_eq!(error.request_id(), Some("req_1"));
        assert!(
            error
                .to_string()
                .ends_with(&format!(": no way (status {status}, request id req_1)")),
            "{error}"
        );
    }
}

#[tokio::test]
async fn invalid_input_lists_what_is_wrong_by_parameter() {
    let body = r#"{"error": {"type": "invalid_input", "message": "Invalid.", "validation_errors":
        {"_errors": [], "device_id": {"_errors": ["Required", "Not a uuid"]}, "a": {"b": {"_errors": ["Too long"]}}}}}"#;
    let error = error(json(400, body)).await;
    let errors: Vec<_> = error
        .validation_errors()
        .iter()
        .map(|(name, errors)| format!("{name}: {errors:?}"))
        .collect();
    assert_eq!(
        errors,
        [
            r#"a.b: ["Too long"]"#,
            r#"device_id: ["Required", "Not a uuid"]"#
        ]
    );
    assert_eq!(
        error.to_string(),
        "invalid input: Invalid. [a.b: Too long; device_id: Required, Not a uuid] (status 400, request id req_1)"
    );
}

#[tokio::test]
async fn a_refusal_without_json_keeps_its_status_and_body() {
    for (status, body, kind, line) in [
        (
            503,
            "",
            ErrorKind::Server,
            "server error: the server answers Service Unavailable (status 503)",
        ),
        (
            404,
            "Not Found",
            ErrorKind::NotFound,
            "not found: the server answers Not Found (status 404)",
        ),
        (
            400,
            "<html>",
            ErrorKind::Api,
            "refused: the server answers Bad Request (status 400)",
        ),
        (
            302,
            "",
            ErrorKind::Api,
            "refused: the server answers Found (status 302)",
        ),
        (
            400,
            "[1]",
            ErrorKind::Api,
            "refused: the server answers Bad Request (status 400)",
        ),
    ] {
        let error = error(answer(status, &["location: http://127.0.0.1:1/"], body)).await;
        assert_eq!(
            (error.kind(), error.code(), error.request_id()),
            (kind, None, None)
        );
        assert_eq!(error.body_start(), Some(body));
        assert_eq!(error.to_string(), line);
    }
}

#[tokio::test]
async fn a_rate_limit_says_how_long_to_wait() {
    let error = error(answer(429, &["retry-after: 7"], "")).await;
    assert_eq!(error.kind(), ErrorKind::RateLimited);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert!(error.is_retryable());
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
    assert_eq!(error.to_string(), "timed out: no reply in time");
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

#[tokio::test]
async fn errors_show_no_secret() {
    for answer in [json(401, "{}"), json(200, "{}"), Answer::Send(Vec::new())] {
        let error = error(answer).await;
        assert!(!format!("{error:?} {error}").contains("secret"));
    }
}

#[tokio::test]
async fn a_list_is_read_from_the_other_key_that_says_the_same() {
    let body = r#"{"ok": true, "thermostats": [{"device_id": "d1"}]}"#;
    let server = Server::start(vec![json(200, body)]);
    let reply = server.seam().thermostats().list().send().await.unwrap();
    assert_eq!(reply.value[0].device_id, "d1");
    let first = reply.deviations()[0].to_string();
    assert_eq!(first, "/devices: expected list, found nothing");
}
