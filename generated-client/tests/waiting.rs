//! Waiting for action attempts.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail that way, its helpers too"
)]
#![cfg(feature = "documented")]

mod support;

use std::time::Duration;

use seam::action_attempt::LockDoor;
use seam::attempt::Status;
use seam::{ActionAttempt, ErrorKind, Seam};
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
    let line = error.to_string();
    assert!(
        line.starts_with("action failed: LOCK_DOOR (jammed): It is jammed. (127.0.0.1:"),
        "{line}"
    );
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.request_id(), Some("req_1"));
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
        error.message(),
        "the action may still happen (action attempt a1): LOCK_DOOR is still pending after 1ms"
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
async fn whatever_ends_the_wait_carries_the_attempt_and_says_that_it_may_still_happen() {
    let other = SUCCESS.replace("a1", "a2");
    let nameless = SUCCESS.replace(r#""action_attempt_id": "a1", "#, "");
    let failed_other = FAILURE.replace("a1", "a2");
    for (look, kind) in [
        (json(401, "{}"), ErrorKind::Unauthorized),
        (json(404, "{}"), ErrorKind::NotFound),
        (answer(302, &["location: /"], ""), ErrorKind::Api),
        (
            answer(200, &["content-type: text/html"], "<html>"),
            ErrorKind::InvalidResponse,
        ),
        (answer(204, &[], ""), ErrorKind::InvalidResponse),
        (json(200, "{}"), ErrorKind::InvalidResponse),
        (json(200, r#"{"ok": false}"#), ErrorKind::Api),
        (
            json(200, r#"{"action_attempt": null}"#),
            ErrorKind::InvalidResponse,
        ),
        (
            json(200, r#"{"action_attempt": "a1"}"#),
            ErrorKind::InvalidResponse,
        ),
        (json(200, &other), ErrorKind::InvalidResponse),
        (json(200, &failed_other), ErrorKind::InvalidResponse),
        (json(200, &nameless), ErrorKind::InvalidResponse),
    ] {
        let server = Server::start(vec![json(200, PENDING), look]);
        let error = quick(&server).locks().lock_door("d1").await.unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert_eq!(
            error.action_attempt().unwrap().action_attempt_id,
            "a1",
            "{error}"
        );
        assert!(
            error
                .to_string()
                .contains("the action may still happen (action attempt a1)"),
            "{error}"
        );
        assert!(
            error.to_string().contains("/action_attempts/get"),
            "{error}"
        );
        assert!(error.status().is_some(), "{error}");
        assert_eq!(server.received().len(), 2);
    }
}

#[tokio::test]
async fn only_success_is_success() {
    let with = |status: &str| PENDING.replace(r#""pending""#, status);
    for status in [
        r#""failed""#,
        r#""cancelled""#,
        r#""queued""#,
        r#""paused""#,
        r#""""#,
        "null",
        "3",
        "{}",
    ] {
        let server = Server::start(vec![
            json(200, &with(status)),
            json(200, &with(status)),
            json(200, SUCCESS),
        ]);
        let attempt = quick(&server).locks().lock_door("d1").await.unwrap();
        assert!(attempt.result().is_some());
        assert_eq!(server.received().len(), 3, "{status} is asked for again");

        let server = Server::start(vec![json(200, &with(status))]);
        let lock = server.seam().locks().lock_door("d1");
        let error = lock.wait_timeout(Duration::ZERO).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ActionAttemptTimedOut, "{status}");
        assert_eq!(error.action_attempt().unwrap().action_attempt_id, "a1");
        assert!(error.message().contains("may still happen"), "{error}");
    }
    let without = PENDING.replace(r#" "status": "pending","#, "");
    let server = Server::start(vec![json(200, &without), json(200, FAILURE)]);
    let error = quick(&server).locks().lock_door("d1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ActionAttemptFailed);
}

#[tokio::test]
async fn an_attempt_with_an_unknown_status_can_be_waited_for_later() {
    let server = Server::start(vec![
        json(200, &PENDING.replace("pending", "paused")),
        json(200, SUCCESS),
    ]);
    let seam = quick(&server);
    let attempt = seam.locks().lock_door("d1").no_wait().await.unwrap();
    assert_eq!(attempt.status, Status::Unknown("paused".to_owned()));
    assert!(attempt.wait(&seam).await.unwrap().result().is_some());
}

#[tokio::test]
async fn the_default_attempt_is_no_success() {
    let attempt = ActionAttempt::<LockDoor>::default();
    assert!(!attempt.is_finished());
    let server = Server::start(Vec::new());
    let error = attempt.wait(&server.seam()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidResponse);
    assert!(error.action_attempt().is_some());
}

#[tokio::test]
async fn a_pending_attempt_without_an_id_is_not_called_unsent() {
    let body = PENDING.replace(r#""action_attempt_id": "a1", "#, "");
    let server = Server::start(vec![json(200, &body)]);
    let error = server.seam().locks().lock_door("d1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidResponse);
    assert_eq!(error.action_attempt().unwrap().action_type, "LOCK_DOOR");
    assert_eq!(error.status().unwrap(), 200);
    let line = error.to_string();
    assert!(line.contains("the action may still happen: "), "{line}");
    assert!(line.contains("/locks/lock_door"), "{line}");
    assert!(!line.contains("not sent"), "{line}");
}

#[tokio::test]
async fn a_success_reply_to_an_action_that_cannot_be_used_says_that_it_may_still_happen() {
    let cut = b"HTTP/1.1 200 X\r\ncontent-length: 99\r\n\r\n{".to_vec();
    for first in [
        answer(200, &[], "<html>"),
        json(200, "{}"),
        json(200, r#"{"action_attempt": null}"#),
        Answer::Send(cut),
    ] {
        let server = Server::start(vec![first]);
        let error = server.seam().locks().lock_door("d1").await.unwrap_err();
        assert!(
            error.message().starts_with("the action may still happen"),
            "{error}"
        );
        assert!(error.to_string().contains("/locks/lock_door"), "{error}");
    }
    let server = Server::start(vec![json(401, "{}")]);
    let error = server.seam().locks().lock_door("d1").await.unwrap_err();
    assert!(!error.message().contains("may still happen"), "{error}");
}

#[tokio::test]
async fn a_strict_call_that_fails_on_its_attempt_carries_it() {
    let server = Server::start(vec![json(200, &PENDING.replace("pending", "paused"))]);
    let lock = server.seam().locks().lock_door("d1").no_wait().strict();
    let error = lock.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidResponse);
    assert_eq!(error.deviation().unwrap().pointer, "/action_attempt/status");
    assert_eq!(error.action_attempt().unwrap().action_attempt_id, "a1");
}

#[tokio::test]
async fn the_attempt_of_an_error_can_be_had_typed() {
    let server = Server::start(vec![json(200, PENDING), json(401, "{}")]);
    let error = quick(&server).locks().lock_door("d1").await.unwrap_err();
    let attempt: ActionAttempt<LockDoor> = error.action_attempt().unwrap().typed();
    assert_eq!(attempt.action_attempt_id, "a1");
    assert!(attempt.is_pending());

    let raw: ActionAttempt = serde_json::from_str(
        r#"{"action_attempt_id": "a1", "action_type": "LOCK_DOOR", "status": "success", "result": {"was_confirmed_by_device": true}}"#,
    )
    .unwrap();
    let attempt = raw.typed::<LockDoor>();
    assert_eq!(
        attempt.result().unwrap().was_confirmed_by_device,
        Some(true)
    );
    assert_eq!(attempt.typed::<seam::Value>(), raw);
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

#[cfg(feature = "test-util")]
#[tokio::test]
async fn a_look_at_an_attempt_can_be_answered_with_a_typed_one() {
    let mut attempt = ActionAttempt::<LockDoor>::default();
    attempt.action_attempt_id = "a1".into();
    attempt.action_type = "LOCK_DOOR".to_owned();
    attempt.status = Status::Pending;
    let fake = seam::test::FakeTransport::new();
    fake.reply::<seam::locks::LockDoor>(attempt.clone());
    attempt.status = Status::Success(LockDoor::default());
    fake.reply::<seam::action_attempts::Get>(attempt.clone());
    let seam = fake
        .builder()
        .wait_interval(Duration::from_millis(1))
        .build()
        .unwrap();
    let locked = seam.locks().lock_door("d1").await.unwrap();
    assert_eq!(locked, attempt);
    let any = seam.action_attempts().get("a1").await.unwrap();
    assert_eq!(any.typed::<LockDoor>(), attempt);
}
