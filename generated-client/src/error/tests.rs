use super::{Error, ErrorKind, refusal};
use crate::attempt::{ActionAttempt, Status};
use crate::response::RawReply;
use crate::transport::TransportError;

#[test]
fn the_first_cause_is_in_the_line_and_the_others_are_sources() {
    let refused = std::io::Error::new(std::io::ErrorKind::ConnectionRefused, "refused");
    let between = std::io::Error::other(refused);
    let error = Error::from(TransportError::Connect(between.into()));
    assert_eq!(error.to_string(), "cannot connect: refused");
    let error = Error::from(TransportError::Other("cut".into()));
    assert_eq!(error.to_string(), "connection failed: cut");
    let error = Error::from(TransportError::Timeout);
    assert_eq!(error.to_string(), "timed out: no reply in time");
}

#[test]
fn the_message_does_not_say_that_a_finished_action_may_still_happen() {
    let mut attempt = ActionAttempt::default();
    let about = |attempt: &ActionAttempt| {
        Error::new(ErrorKind::InvalidResponse, "no").with_attempt(attempt.clone())
    };
    assert_eq!(about(&attempt).message(), "the action may still happen: no");
    attempt.action_attempt_id = "a1".into();
    assert_eq!(
        about(&attempt).message(),
        "the action may still happen (action attempt a1): no"
    );
    attempt.status = Status::Success(crate::Value::Null);
    assert_eq!(about(&attempt).message(), "no");
    assert!(about(&attempt).action_attempt().is_some());
}

#[test]
fn the_first_attempt_is_kept() {
    let attempt = |id: &str| ActionAttempt {
        action_attempt_id: id.into(),
        ..ActionAttempt::default()
    };
    let error = Error::new(ErrorKind::Api, "no")
        .with_attempt(attempt("a1"))
        .with_attempt(attempt("a2"));
    assert_eq!(error.action_attempt().unwrap().action_attempt_id, "a1");
    assert_eq!(
        error.message(),
        "the action may still happen (action attempt a1): no"
    );
}

/// Returns an error with this status.
fn refused(status: u16) -> Error {
    let status = http::StatusCode::from_u16(status).unwrap();
    let reply = RawReply {
        status,
        ..RawReply::default()
    };
    refusal(&reply)
}

#[test]
fn each_kind_says_whether_the_call_may_have_acted() {
    use ErrorKind::*;
    for (kind, expected) in [
        (Config, false),
        (InvalidRequest, false),
        (Unauthorized, false),
        (InvalidInput, false),
        (NotFound, false),
        (Conflict, false),
        (RateLimited, false),
        (Server, true),
        (Api, true),
        (InvalidResponse, true),
        (Timeout, true),
        (Connect, false),
        (Certificate, false),
        (Transport, true),
        (NoFakeReply, false),
        (ActionAttemptFailed, false),
        (PageLimit, false),
        (WebhookForged, false),
        (WebhookStale, false),
        (WebhookUnreadable, false),
    ] {
        let error = Error::new(kind, "no");
        assert_eq!(error.may_have_acted(), expected, "{kind:?}");
    }
    for (status, expected) in [
        (200, true),
        (302, true),
        (400, false),
        (401, false),
        (404, false),
        (408, true),
        (409, false),
        (418, false),
        (429, false),
        (500, true),
        (504, true),
    ] {
        assert_eq!(refused(status).may_have_acted(), expected, "{status}");
    }
}

#[test]
fn an_unfinished_action_may_have_acted_whatever_the_kind() {
    let mut attempt = ActionAttempt {
        status: Status::Pending,
        ..ActionAttempt::default()
    };
    for kind in [
        ErrorKind::ActionAttemptTimedOut,
        ErrorKind::Unauthorized,
        ErrorKind::Connect,
    ] {
        let error = Error::new(kind, "no").with_attempt(attempt.clone());
        assert!(error.may_have_acted(), "{kind:?}");
    }
    attempt.status = Status::Error(crate::attempt::Failure::default());
    let error = Error::new(ErrorKind::ActionAttemptFailed, "no").with_attempt(attempt);
    assert!(!error.may_have_acted());
}
