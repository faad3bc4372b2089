//! What replies become: values, and errors of every kind.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail that way, its helpers too"
)]
#![cfg(feature = "documented")]

mod support;

use std::error::Error as _;
use std::time::Duration;

use seam::{Error, ErrorKind, Timestamp, Value};
use support::{Answer, Server, answer, json};

/// What a call fails with that gets this answer.
async fn error(with: Answer) -> Error {
    let server = Server::start(vec![with]);
    server.seam().devices().get("d1").await.unwrap_err()
}

/// The error's line without the server's address.
fn placeless(error: &Error) -> String {
    let line = error.to_string();
    let (before, after) = line.split_once("127.0.0.1:").unwrap();
    let (_, after) = after.split_once('/').unwrap();
    format!("{before}…/{after}")
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
async fn a_payload_that_is_null_or_of_another_type_is_an_invalid_response() {
    for (body, message) in [
        (
            r#"{"device": null}"#,
            "`device`: expected object, found null",
        ),
        (
            r#"{"device": [1]}"#,
            "`device`: expected object, found list",
        ),
        (
            r#"{"ok": true, "device": "d1"}"#,
            "`device`: expected object, found string",
        ),
    ] {
        let error = error(json(200, body)).await;
        assert_eq!(error.kind(), ErrorKind::InvalidResponse, "{body}");
        assert_eq!(error.message(), message);
        assert_eq!(error.request_id(), Some("req_1"));
    }
    let server = Server::start(vec![
        json(200, r#"{"devices": null}"#),
        json(200, r#"{"devices": {}}"#),
        json(200, r#"{"workspace": [1]}"#),
        json(200, r#"{"event": null}"#),
        json(200, r#"{"thermostats": null}"#),
    ]);
    let seam = server.seam();
    let errors = [
        seam.devices().list().await.unwrap_err(),
        seam.devices().list().await.unwrap_err(),
        seam.workspaces().get().await.unwrap_err(),
        seam.events().get("e1").await.unwrap_err(),
        seam.thermostats().list().await.unwrap_err(),
    ];
    for error in errors {
        assert_eq!(error.kind(), ErrorKind::InvalidResponse, "{error}");
    }
}

#[tokio::test]
async fn a_success_that_says_it_failed_is_an_error_with_what_it_says() {
    let body = r#"{"device": {"device_id": "d1"}, "ok": false,
        "error": {"type": "device_offline", "message": "It is offline."}}"#;
    let failed = error(json(200, body)).await;
    assert_eq!(failed.kind(), ErrorKind::Api);
    assert_eq!(failed.code(), Some("device_offline"));
    assert_eq!(failed.message(), "It is offline.");
    assert_eq!(failed.status().unwrap(), 200);

    let failed = error(json(200, r#"{"ok": false}"#)).await;
    assert_eq!(failed.kind(), ErrorKind::Api);
    assert!(failed.message().contains("`ok` is false"), "{failed}");

    let server = Server::start(vec![json(200, body), json(200, body)]);
    let seam = server.seam();
    let delete = seam.access_codes().delete("c1").await.unwrap_err();
    assert_eq!(delete.code(), Some("device_offline"));
    let lock = seam.locks().lock_door("d1").await.unwrap_err();
    assert_eq!(lock.code(), Some("device_offline"));
    assert_eq!(server.received().len(), 2);
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
        (
            "[]",
            "the body must be an object with the key `device`, found list",
        ),
        (r#"{"ok": true}"#, "the body lacks the key `device`"),
    ] {
        let error = error(json(200, body)).await;
        assert_eq!(error.kind(), ErrorKind::InvalidResponse, "{body}");
        assert_eq!(error.message(), message);
        assert_eq!(error.status().unwrap(), 200);
        assert_eq!(error.request_id(), Some("req_1"));
        assert_eq!(error.text().unwrap(), body);
    }
}

#[tokio::test]
async fn an_error_keeps_all_that_came() {
    let message = "x".repeat(100_000);
    let body = format!(r#"{{"error": {{"type": "t", "message": "{message}"}}, "more": [1, 2]}}"#);
    let with = answer(403, &["x-trace: 7", "seam-request-id: req_2"], &body);
    let error = error(with).await;
    assert_eq!(error.body().unwrap(), body.as_bytes());
    assert_eq!(error.headers().unwrap()["x-trace"], "7");
    assert_eq!(error.request_id(), Some("req_2"));
    assert_eq!(error.status().unwrap(), 403);

    type Problem = std::collections::BTreeMap<String, Value>;
    assert_eq!(error.json::<Problem>().unwrap()["more"][1], 2);
    let other = error.json::<Vec<u8>>().unwrap_err();
    assert_eq!(other.kind(), ErrorKind::InvalidResponse);
    assert_eq!(other.body(), error.body());
    assert!(other.source().is_some());
}

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
async fn a_byte_order_mark_before_a_reply_is_skipped() {
    let body = "\u{feff}{\"device\": {\"device_id\": \"d1\"}}";
    let server = Server::start(vec![json(200, body)]);
    let device = server.seam().devices().get("d1").await.unwrap();
    assert_eq!(device.device_id, "d1");
    let refusal = "\u{feff}{\"error\": {\"type\": \"t\", \"message\": \"No.\"}}";
    let error = error(json(400, refusal)).await;
    assert_eq!((error.code(), error.message()), (Some("t"), "No."));
    assert_eq!(error.json::<Value>().unwrap()["error"]["type"], "t");
}

#[tokio::test]
async fn a_time_said_for_never_is_the_last_one_and_not_the_first() {
    let body = r#"{"access_code": {"ends_at": "9999-12-31T23:59:59Z"}}"#;
    let server = Server::start(vec![json(200, body)]);
    let code = server.seam().access_codes().get("c1").send().await.unwrap();
    assert_eq!(code.value.ends_at, Some(Timestamp::MAX));
    let deviations = code.deviations().iter();
    let told = deviations.filter(|deviation| deviation.pointer == "/access_code/ends_at");
    assert_eq!(told.count(), 1);
}

#[tokio::test]
async fn endless_nesting_is_a_value_of_the_wrong_type() {
    let deep = format!(
        r#"{{"device": {}{}}}"#,
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let error = error(json(200, &deep)).await;
    assert_eq!(error.kind(), ErrorKind::InvalidResponse);
    assert_eq!(error.message(), "`device`: expected object, found list");
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
            error.to_string().contains(": no way (127.0.0.1:"),
            "{error}"
        );
        let end = format!("/devices/get, status {status}, request id req_1)");
        assert!(error.to_string().ends_with(&end), "{error}");
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
        placeless(&error),
        "invalid input: Invalid. [a.b: Too long; device_id: Required, Not a uuid] (…/devices/get, status 400, request id req_1)"
    );
}

#[tokio::test]
async fn a_refusal_without_json_keeps_its_status_and_body() {
    for (status, body, kind, line) in [
        (
            503,
            "",
            ErrorKind::Server,
            "server error: the server answered Service Unavailable (…/devices/get, status 503)",
        ),
        (
            404,
            "Not Found",
            ErrorKind::NotFound,
            "not found: the server answered Not Found (…/devices/get, status 404)",
        ),
        (
            400,
            "<html>",
            ErrorKind::Api,
            "refused: the server answered Bad Request (…/devices/get, status 400)",
        ),
        (
            302,
            "",
            ErrorKind::Api,
            "refused: the server answered Found (…/devices/get, status 302)",
        ),
        (
            400,
            "[1]",
            ErrorKind::Api,
            "refused: the server answered Bad Request (…/devices/get, status 400)",
        ),
    ] {
        let error = error(answer(status, &["location: http://127.0.0.1:1/"], body)).await;
        assert_eq!(
            (error.kind(), error.code(), error.request_id()),
            (kind, None, None)
        );
        assert_eq!(error.text().unwrap(), body);
        assert_eq!(placeless(&error), line);
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

#[tokio::test]
async fn a_refusal_without_words_has_no_gap_in_its_line() {
    for message in ["", " ", "\\n"] {
        let body = format!(r#"{{"error": {{"type": "t", "message": "{message}"}}}}"#);
        let line = placeless(&error(json(409, &body)).await);
        assert_eq!(
            line,
            "conflict: the server answered Conflict (…/devices/get, status 409, request id req_1)"
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
