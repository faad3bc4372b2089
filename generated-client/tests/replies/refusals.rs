//! Replies without success: the kind of error and what it keeps.

use std::error::Error as _;
use std::time::Duration;

use seam::{ErrorKind, Value};

use crate::support::{Answer, Server, answer, json};
use crate::{error, placeless};

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
