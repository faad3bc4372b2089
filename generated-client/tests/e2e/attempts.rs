//! Actions that take their time, fail, or are asked after in an outage.

use std::time::Duration;

use seam::{ErrorKind, RetryPolicy, Seam};

use crate::fake::{Fake, KWIKSET};
use crate::proxy::Proxy;

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn an_attempt_can_be_waited_for_later_and_its_failure_is_an_error() {
    let fake = Fake::start();
    let seam = fake.seam();
    let attempt = seam
        .locks()
        .lock_door(fake.device_id(KWIKSET))
        .no_wait()
        .await
        .unwrap();
    assert!(attempt.is_pending());
    assert!(attempt.wait(&seam).await.unwrap().result().is_some());

    let attempt = seam
        .locks()
        .unlock_door(fake.device_id(KWIKSET))
        .no_wait()
        .await
        .unwrap();
    let failure = serde_json::json!({
        "action_attempt_id": attempt.id().as_str(),
        "status": "error",
        "error": {"type": "lock_jammed", "message": "The lock is jammed."},
    });
    fake.post("/_fake/update_action_attempt", &failure);
    let error = attempt.wait(&seam).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ActionAttemptFailed);
    assert_eq!(error.code(), Some("lock_jammed"));
}

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn an_outage_that_ends_is_outlived_by_a_read_and_by_a_wait() {
    let fake = Fake::start();
    let seam = fake.seam();
    let device = fake.device_id(KWIKSET);
    let attempt = seam.locks().unlock_door(device).no_wait().await.unwrap();
    fake.outage(&["/devices/get", "/action_attempts/get"]);
    let read = tokio::spawn(seam.devices().get(device).into_future());
    let wait = tokio::spawn(attempt.wait(&seam).into_future());
    // Neither has got a reply yet that is good.
    while fake_is_silent(&seam, device).await {
        fake.outage(&[]);
    }
    read.await.unwrap().unwrap();
    wait.await.unwrap().unwrap();
}

/// Whether a request that is sent once fails.
async fn fake_is_silent(seam: &Seam, device: &str) -> bool {
    let once = seam.devices().get(device).retry(RetryPolicy::never());
    once.await.is_err()
}

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn an_outage_in_the_middle_of_an_unlock_does_not_end_it() {
    let fake = Fake::start();
    let proxy = Proxy::before(&fake);
    let seam = proxy.seam(&fake);
    fake.outage(&["/action_attempts/get"]);
    let interval = Duration::from_millis(20);
    let unlock = seam.locks().unlock_door(fake.device_id(KWIKSET));
    let unlock = tokio::spawn(unlock.wait_interval(interval).into_future());
    while proxy.count("/action_attempts/get") < 3 {
        tokio::time::sleep(interval).await;
    }
    fake.outage(&[]);
    assert!(unlock.await.unwrap().unwrap().result().is_some());
    assert_eq!(proxy.count("/locks/unlock_door"), 1);
}

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn an_outage_that_outlasts_the_wait_is_the_cause_that_the_error_names() {
    let fake = Fake::start();
    let seam = fake.seam();
    fake.outage(&["/action_attempts/get"]);
    let unlock = seam.locks().unlock_door(fake.device_id(KWIKSET));
    let unlock = unlock.wait_interval(Duration::from_millis(20));
    let error = unlock
        .wait_timeout(Duration::from_millis(200))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ActionAttemptTimedOut);
    assert!(error.action_attempt().unwrap().is_pending());
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert!(cause.starts_with("server error"), "{cause}");
}
