//! Waiting for action attempts.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail that way, its helpers too"
)]
#![cfg(feature = "documented")]

mod support;

use std::time::Duration;

use seam::attempt::Status;
use seam::{ErrorKind, Seam};
use support::{Answer, Server, answer, json};

const PENDING: &str = r#"{"action_attempt": {"action_attempt_id": "a1", "action_type": "LOCK_DOOR", "status": "pending", "result": null, "error": null}}"#;
const SUCCESS: &str = r#"{"action_attempt": {"action_attempt_id": "a1", "action_type": "LOCK_DOOR", "status": "success", "result": {"was_confirmed_by_device": true}, "error": null}}"#;
const FAILURE: &str = r#"{"action_attempt": {"action_attempt_id": "a1", "action_type": "LOCK_DOOR", "status": "error", "result": null, "error": {"type": "jammed", "message": "It is jammed."}}}"#;

/// A client that looks often.
fn quick(server: &Server) -> Seam {
    server
        .builder()
        .wait_interval(Duration::from_millis(1))
        .build()
        .unwrap()
}

#[tokio::test]
async fn an_attempt_that_is_done_at_once_is_not_asked_for() {
    let server = Server::start(vec![json(200, SUCCESS)]);
    let attempt = server.seam().locks().lock_door("d1").await.unwrap();
    assert_eq!(
        attempt.result().unwrap().was_confirmed_by_device,
        Some(true)
    );
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_call_waits_until_the_action_is_done() {
    let server = Server::start(vec![
        json(200, PENDING),
        json(200, PENDING),
        json(200, SUCCESS),
    ]);
    let response = quick(&server)
        .locks()
        .lock_door("d1")
        .header("x-mine", "1")
        .send()
        .await
        .unwrap();
    assert_eq!(response.deviations(), []);
    assert!(response.value.result().is_some());

    let received = server.received();
    let lines: Vec<_> = received
        .iter()
        .map(|request| request.line.as_str())
        .collect();
    let look = "POST /action_attempts/get HTTP/1.1";
    assert_eq!(lines, ["POST /locks/lock_door HTTP/1.1", look, look]);
    assert_eq!(received[2].body, r#"{"action_attempt_id":"a1"}"#);
    assert_eq!(received[2].header("x-mine"), Some("1"));
}

#[tokio::test]
async fn no_wait_gives_the_pending_attempt_which_can_be_waited_for_later() {
    let server = Server::start(vec![json(200, PENDING), json(200, SUCCESS)]);
    let seam = quick(&server);
    let attempt = seam.locks().lock_door("d1").no_wait().await.unwrap();
    assert!(attempt.is_pending());
    let attempt = attempt
        .wait(&seam)
        .timeout(Duration::from_secs(60))
        .await
        .unwrap();
    assert!(attempt.result().is_some());

    // One that is done is given back without a request: the server would have no answer.
    assert_eq!(attempt.clone().wait(&seam).await.unwrap(), attempt);
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn a_failed_action_is_an_error_that_carries_the_attempt() {
    let server = Server::start(vec![
        json(200, PENDING),
        json(200, FAILURE),
        json(200, FAILURE),
    ]);
    let seam = quick(&server);
    let error = seam.locks().lock_door("d1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ActionAttemptFailed);
    assert_eq!(error.code(), Some("jammed"));
    assert_eq!(
        error.to_string(),
        "action failed: LOCK_DOOR (jammed): It is jammed."
    );
    let attempt = error.action_attempt().unwrap();
    assert_eq!(attempt.id().as_str(), "a1");
    assert_eq!(attempt.failure().unwrap().message, "It is jammed.");

    let attempt = seam.locks().lock_door("d1").no_wait().await.unwrap();
    assert!(
        matches!(attempt.status, Status::Error(_)),
        "without waiting, failure is a value"
    );
    assert_eq!(
        attempt.wait(&seam).await.unwrap_err().kind(),
        ErrorKind::ActionAttemptFailed
    );
}

#[tokio::test]
async fn an_action_that_takes_too_long_is_an_error_that_carries_the_attempt() {
    let server = Server::start(vec![json(200, PENDING), json(200, PENDING)]);
    let seam = server
        .builder()
        .wait_interval(Duration::from_secs(3600))
        .build()
        .unwrap();
    // An interval that is longer than the timeout does not prolong it.
    let error = seam
        .locks()
        .lock_door("d1")
        .wait_timeout(Duration::from_millis(1))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ActionAttemptTimedOut);
    assert_eq!(
        error.to_string(),
        "action not finished: LOCK_DOOR is still pending after 1ms"
    );
    assert!(error.action_attempt().unwrap().is_pending());
}

#[tokio::test]
async fn a_timeout_of_zero_looks_at_the_attempt_in_hand_alone() {
    let server = Server::start(vec![json(200, PENDING), json(200, SUCCESS)]);
    let seam = server.seam();
    let locks = seam.locks();
    let error = locks
        .lock_door("d1")
        .wait_timeout(Duration::ZERO)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ActionAttemptTimedOut);
    locks
        .lock_door("d1")
        .wait_timeout(Duration::ZERO)
        .await
        .unwrap();
}

#[tokio::test]
async fn trouble_on_a_look_does_not_end_the_wait() {
    let cut = Answer::Send(b"HTTP/1.1 200 X\r\ncontent-length: 9\r\n\r\n".to_vec());
    let server = Server::start(vec![
        json(200, PENDING),
        answer(503, &[], ""),
        cut,
        json(429, "{}"),
        json(200, SUCCESS),
    ]);
    quick(&server)
        .locks()
        .lock_door("d1")
        .wait_timeout(Duration::from_secs(60))
        .await
        .unwrap();
    assert_eq!(server.received().len(), 5);
}

#[tokio::test]
async fn a_refused_look_ends_the_wait() {
    let server = Server::start(vec![json(200, PENDING), json(401, "{}")]);
    let error = quick(&server).locks().lock_door("d1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unauthorized);
}

#[tokio::test]
async fn an_interval_of_zero_is_refused_before_anything_is_sent() {
    let server = Server::start(vec![json(200, PENDING)]);
    let seam = server.seam();
    let error = seam
        .locks()
        .lock_door("d1")
        .wait_interval(Duration::ZERO)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn an_unknown_status_comes_through() {
    let server = Server::start(vec![json(200, &PENDING.replace("pending", "paused"))]);
    let attempt = server.seam().locks().lock_door("d1").await.unwrap();
    assert_eq!(attempt.status, Status::Unknown("paused".to_owned()));
}

#[tokio::test]
async fn a_success_without_its_result_is_a_success() {
    let body = r#"{"action_attempt": {"action_attempt_id": "a1", "action_type": "LOCK_DOOR", "status": "success", "result": null}}"#;
    let server = Server::start(vec![json(200, body)]);
    let response = server.seam().locks().lock_door("d1").send().await.unwrap();
    assert!(response.value.result().is_some());
    assert_eq!(
        response.deviations()[0].to_string(),
        "/action_attempt/result: expected object, found null"
    );
}
