//! Success replies: the value, and all that comes with it.

use seam::{ErrorKind, Timestamp, Value};

use crate::error;
use crate::support::{Server, answer, json};

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
async fn a_list_is_read_from_the_other_key_that_says_the_same() {
    let body = r#"{"ok": true, "thermostats": [{"device_id": "d1"}]}"#;
    let server = Server::start(vec![json(200, body)]);
    let reply = server.seam().thermostats().list().send().await.unwrap();
    assert_eq!(reply.value[0].device_id, "d1");
    let first = reply.deviations()[0].to_string();
    assert_eq!(first, "/devices: expected list, found nothing");
}

#[tokio::test]
async fn a_call_takes_its_workspace_as_the_resource_or_as_an_id() {
    let workspace: seam::Workspace =
        serde_json::from_str(r#"{"workspace_id": "w1", "name": "Home"}"#).unwrap();
    let body = r#"{"device": {"device_id": "d1"}}"#;
    let server = Server::start(vec![json(200, body), json(200, body)]);
    let get = || server.seam().devices().get("d1");
    get().workspace(&workspace).await.unwrap();
    get().workspace("w2").await.unwrap();
    let received = server.received();
    let named = received.iter().map(|one| one.header("seam-workspace"));
    assert!(named.eq([Some("w1"), Some("w2")]));
}
