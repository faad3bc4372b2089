use std::time::Duration;

use super::{RetryPolicy, random};
use crate::error::{Error, ErrorKind};

fn refused() -> Error {
    Error::new(ErrorKind::Server, "out of order")
}

fn millis(wait: Option<Duration>) -> u128 {
    wait.expect("it is sent again").as_millis()
}

#[test]
fn waits_double_and_have_a_random_part() {
    let policy = RetryPolicy::default().attempts(9);
    let range = |attempt| {
        (
            millis(policy.wait_after(attempt, &refused(), 0.0)),
            millis(policy.wait_after(attempt, &refused(), 1.0)),
        )
    };
    assert_eq!(range(1), (200, 300));
    assert_eq!(range(2), (400, 600));
    assert_eq!(range(3), (800, 1200));
}

#[test]
fn the_last_attempt_is_the_last() {
    let policy = RetryPolicy::default();
    assert!(policy.wait_after(2, &refused(), 0.0).is_some());
    assert_eq!(policy.wait_after(3, &refused(), 0.0), None);
    assert_eq!(RetryPolicy::never().wait_after(1, &refused(), 0.0), None);
    assert_eq!(
        RetryPolicy::default()
            .attempts(0)
            .wait_after(1, &refused(), 0.0),
        None
    );
}

#[test]
fn only_temporary_failures_are_retried() {
    use ErrorKind::{
        Certificate, Conflict, Connect, InvalidResponse, RateLimited, Server, Timeout, Transport,
        Unauthorized,
    };
    for (kind, again) in [
        (Connect, true),
        (RateLimited, true),
        (Server, true),
        (Timeout, true),
        (Transport, true),
        (Certificate, false),
        (Conflict, false),
        (InvalidResponse, false),
        (Unauthorized, false),
    ] {
        let wait = RetryPolicy::default().wait_after(1, &Error::new(kind, "…"), 0.0);
        assert_eq!(wait.is_some(), again, "{kind:?}");
    }
}

#[test]
fn retry_after_is_respected_with_a_random_part() {
    let asking = |seconds| refused().with_retry_after(Duration::from_secs(seconds));
    let policy = RetryPolicy::default();
    assert_eq!(millis(policy.wait_after(1, &asking(7), 0.0)), 7_000);
    assert_eq!(millis(policy.wait_after(1, &asking(7), 1.0)), 10_500);
    assert_eq!(millis(policy.wait_after(1, &asking(30), 1.0)), 45_000);
    assert_eq!(millis(policy.wait_after(1, &asking(0), 0.0)), 200);
    assert_eq!(policy.wait_after(1, &asking(31), 0.0), None);
}

#[test]
fn no_wait_is_longer_than_the_longest_and_its_random_half() {
    let policy = RetryPolicy::default().attempts(u32::MAX);
    for attempt in [9, 40, u32::MAX - 1] {
        assert_eq!(millis(policy.wait_after(attempt, &refused(), 0.0)), 30_000);
        assert_eq!(millis(policy.wait_after(attempt, &refused(), 1.0)), 45_000);
    }
    let infinite = policy.first_wait(Duration::MAX).longest_wait(Duration::MAX);
    infinite.wait_after(2, &refused(), 0.0);
    let asked = refused().with_retry_after(Duration::MAX);
    infinite.wait_after(2, &asked, 1.0);
}

#[test]
fn the_random_number_lies_between_0_and_1_and_varies() {
    let drawn: Vec<_> = (0..100).map(|_| random()).collect();
    assert!(drawn.iter().all(|number| (0.0..=1.0).contains(number)));
    assert!(drawn.iter().any(|number| *number != drawn[0]));
}
