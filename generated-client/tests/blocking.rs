//! Blocking calls, inside and outside of async programs.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail that way, its helpers too"
)]
#![cfg(all(feature = "blocking", feature = "test-util", feature = "documented"))]

mod support;

use std::time::Duration;

use seam::ErrorKind;
use seam::test::FakeTransport;
use serde_json::json;
use support::{Server, answer};

fn fake() -> FakeTransport {
    let fake = FakeTransport::new();
    fake.reply_json(
        "/devices/list",
        200,
        &json!({"devices": [{"device_id": "d1"}]}),
    );
    fake.reply_json("/devices/get", 404, &json!({"ok": false}));
    fake
}

#[test]
fn a_call_blocks_outside_of_an_async_program() {
    let seam = fake().seam();
    let devices = seam.devices().list().call().unwrap();
    assert_eq!(devices[0].device_id, "d1");
    let reply = seam.devices().list().send_blocking().unwrap();
    assert_eq!(reply.status(), 200);
    let error = seam.devices().get("d2").call().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
}

#[tokio::test(flavor = "current_thread")]
async fn a_call_blocks_within_an_async_program_of_one_thread() {
    let seam = fake().seam();
    assert_eq!(seam.devices().list().call().unwrap().len(), 1);
    assert_eq!(seam.devices().list().await.unwrap().len(), 1);
}

/// The connection that the first call opens is driven by the thread that the second blocks.
#[tokio::test(flavor = "current_thread")]
async fn a_call_does_not_wait_for_a_connection_that_it_blocks() {
    let keep_alive = |body: &str| {
        let length = body.len();
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n");
        support::Answer::KeepOpen(format!("{head}{body}").into_bytes())
    };
    let server = Server::start(vec![
        keep_alive(r#"{"devices": []}"#),
        answer(200, &[], r#"{"devices": []}"#),
    ]);
    let seam = server.seam();
    seam.devices().list().await.unwrap();
    let request = seam.devices().list().timeout(Duration::from_secs(10));
    request.call().unwrap();
}

#[test]
fn an_action_is_waited_for() {
    let attempt = |status: &str| json!({"action_attempt": {"action_attempt_id": "a1", "action_type": "LOCK_DOOR", "status": status, "result": {}}});
    let fake = FakeTransport::new();
    fake.reply_json("/locks/lock_door", 200, &attempt("pending"))
        .reply_json("/action_attempts/get", 200, &attempt("success"));
    let interval = Duration::from_millis(1);
    let seam = fake.builder().wait_interval(interval).build().unwrap();
    assert!(
        seam.locks()
            .lock_door("d1")
            .call()
            .unwrap()
            .result()
            .is_some()
    );
    let pending = seam.locks().lock_door("d1").no_wait().call().unwrap();
    assert!(pending.wait(&seam).call().unwrap().result().is_some());
}

#[test]
fn many_threads_can_call_at_once() {
    let seam = fake().seam();
    std::thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| seam.devices().list().call().unwrap());
        }
    });
}

/// A transport that makes a blocking call of its own.
struct Nested(FakeTransport);

impl seam::transport::Transport for Nested {
    fn send(
        &self,
        _: seam::transport::http::Request<seam::Bytes>,
    ) -> seam::transport::BoxFuture<
        '_,
        Result<
            seam::transport::http::Response<seam::transport::Body>,
            seam::transport::TransportError,
        >,
    > {
        let refused = self.0.seam().devices().list().call().unwrap_err();
        Box::pin(async move { Err(seam::transport::TransportError::Connect(refused.into())) })
    }
}

#[test]
fn a_call_within_a_call_is_refused_where_it_would_wait_for_itself() {
    let seam = fake()
        .builder()
        .transport(Nested(fake()))
        .retry(seam::RetryPolicy::never())
        .build()
        .unwrap();
    let error = seam.devices().list().call().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
}
