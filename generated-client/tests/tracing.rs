//! What is told of calls to `tracing`.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail that way, its helpers too"
)]
#![cfg(all(feature = "tracing", feature = "test-util", feature = "documented"))]

#[path = "support/recorder.rs"]
#[allow(dead_code, unreachable_pub, reason = "each test file uses some of it")]
mod recorder;

use recorder::Recorder;
use seam::test::{Failure, FakeTransport};
use serde_json::json;

#[tokio::test(start_paused = true)]
async fn a_call_is_one_span_with_the_names_of_opentelemetry() {
    let (recorder, _guard) = Recorder::start();
    let fake = FakeTransport::new();
    fake.fail("/devices/get", Failure::Cut)
        .refuse("/devices/get", 503, "down", "It is down.")
        .reply_json("/devices/get", 200, &json!({"device": {}}));
    fake.seam().devices().get("d1").await.unwrap();

    let spans = recorder.starting("span");
    assert_eq!(spans.len(), 1, "{spans:?}");
    for field in [
        r#"otel.kind="client""#,
        r#"http.request.method="POST""#,
        r#"url.template="/devices/get""#,
    ] {
        assert!(spans[0].contains(field), "{}", spans[0]);
    }
    assert_eq!(
        recorder.starting("record"),
        [
            r#"record otel.name="POST /devices/get""#,
            r#"record url.full="http://localhost/devices/get""#,
            r#"record server.address="localhost""#,
            "record server.port=80",
            "record http.request.resend_count=1",
            "record http.response.status_code=503",
            "record http.request.resend_count=2",
            "record http.response.status_code=200",
        ]
    );
    let attempts = recorder.starting("event DEBUG");
    assert_eq!(attempts.len(), 4, "{attempts:?}");
    assert!(attempts[0].contains(r#"error.type="Transport""#));
    assert!(attempts[2].contains(r#"error.type="503""#));
}

#[tokio::test]
async fn an_error_has_its_type_and_a_wait_is_part_of_its_call() {
    let (recorder, _guard) = Recorder::start();
    let fake = FakeTransport::new();
    fake.refuse("/devices/get", 404, "device_not_found", "No.");
    fake.seam().devices().get("d1").await.unwrap_err();
    let last = recorder.starting("record");
    assert_eq!(
        last[last.len() - 2..],
        [
            r#"record otel.status_code="ERROR""#,
            r#"record error.type="404""#
        ]
    );

    let attempt = |status: &str| json!({"action_attempt": {"action_attempt_id": "a1", "action_type": "LOCK_DOOR", "status": status, "result": {}}});
    fake.reply_json("/locks/lock_door", 200, &attempt("pending"))
        .reply_json("/action_attempts/get", 200, &attempt("pending"))
        .reply_json("/action_attempts/get", 200, &attempt("success"));
    let interval = std::time::Duration::from_millis(1);
    let seam = fake.builder().wait_interval(interval).build().unwrap();
    seam.locks().lock_door("d1").await.unwrap();
    assert_eq!(recorder.starting("span").len(), 2);
}

#[tokio::test]
async fn a_deviation_is_warned_of_once() {
    let (recorder, _guard) = Recorder::start();
    let fake = FakeTransport::new();
    let device = json!({"device_id": 1});
    fake.reply_json("/devices/list", 200, &json!({"devices": [device, device]}));
    let seam = fake.seam();
    seam.devices().list().await.unwrap();
    seam.clone().devices().list().await.unwrap();
    let mut warnings = recorder.starting("event WARN");
    warnings.retain(|line| line.contains("device_id"));
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].contains(r#"pointer="/devices/0/device_id""#));
    assert!(warnings[0].contains(r#"expected="string""#));
}

#[test]
fn what_is_likely_not_meant_is_warned_of() {
    let (recorder, _guard) = Recorder::start();
    let build = |user| {
        seam::Seam::builder()
            .publishable_key("seam_pk_1", user)
            .endpoint("http://localhost")
            .build()
            .unwrap()
    };
    build("b1f0…");
    assert!(recorder.starting("event").is_empty());
    build("jane@example.com");
    let warnings = recorder.starting("event WARN");
    assert_eq!(warnings.len(), 1);
    assert!(warnings[0].contains("looks like an e-mail address"));
    assert!(!warnings[0].contains("jane"));
}
