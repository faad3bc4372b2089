use super::{Error, ErrorKind};
use crate::attempt::{ActionAttempt, Status};
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
fn a_finished_attempt_is_not_said_to_happen_yet() {
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
