//! What a network does, and what the client makes of it.

use std::time::{Duration, Instant};

use seam::{ErrorKind, RetryPolicy, SeamBuilder, Timestamp};

use crate::fake::{Fake, KWIKSET};
use crate::proxy::{Fault, Proxy};

const GET: &str = "/devices/get";
const UNLOCK: &str = "/locks/unlock_door";
const CREATE: &str = "/access_codes/create";

/// How long to wait for what does not come.
const BRIEF: Duration = Duration::from_millis(300);

/// `{}`, compressed by Brotli, which the client never asks for.
const BROTLI: &[u8] = &[0x0b, 0x00, 0x80, b'{', b'}', 0x03];

fn rate_limited(retry_after: &str, date: &str) -> Fault {
    let retry_after = format!("retry-after: {retry_after}");
    Fault::reply(429, &[&retry_after, &format!("date: {date}")], "")
}

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn a_read_outlives_the_faults_that_pass() {
    let fake = Fake::start();
    let proxy = Proxy::before(&fake);
    let seam = proxy.seam(&fake);
    let faults = || {
        [
            Fault::reply(500, &[], ""),
            Fault::json(502, r#"{"error": {"type": "bad_gateway", "message": "…"}}"#),
            Fault::reply(503, &["content-type: text/html"], "<html>Down</html>"),
            rate_limited("0", ""),
            rate_limited("Sun, 06 Nov 1994 08:49:37 GMT", ""),
            Fault::Cut,
            Fault::Half,
        ]
    };
    for (index, fault) in faults().into_iter().enumerate() {
        proxy.fault(GET, fault);
        let lock = seam.devices().get(fake.device_id(KWIKSET)).await;
        assert_eq!(lock.unwrap().device_id, fake.device_id(KWIKSET));
        assert_eq!(proxy.count(GET), 2 * (index + 1));
    }
}

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn a_read_is_given_up_after_three_attempts() {
    let fake = Fake::start();
    let proxy = Proxy::before(&fake);
    for _ in 0..4 {
        proxy.fault(GET, Fault::reply(500, &[], "no"));
    }
    let get = || proxy.seam(&fake).devices().get(fake.device_id(KWIKSET));
    let error = get().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.text().as_deref()),
        (ErrorKind::Server, Some("no"))
    );
    assert_eq!(proxy.count(GET), 3);
    let error = get().retry(RetryPolicy::never()).await.unwrap_err();
    assert_eq!((error.kind(), proxy.count(GET)), (ErrorKind::Server, 4));
}

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn the_wait_that_a_rate_limit_asks_for_is_kept_in_both_forms() {
    let fake = Fake::start();
    let proxy = Proxy::before(&fake);
    let seam = proxy.seam(&fake);
    let date = "Sun, 06 Nov 1994 08:49:37 GMT";
    for retry_after in ["1", "Sun, 06 Nov 1994 08:49:38 GMT"] {
        proxy.fault(GET, rate_limited(retry_after, date));
        let began = Instant::now();
        seam.devices().get(fake.device_id(KWIKSET)).await.unwrap();
        assert!(began.elapsed() >= Duration::from_secs(1));
    }
}

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn a_wait_that_is_too_long_is_told_and_not_made() {
    let fake = Fake::start();
    let proxy = Proxy::before(&fake);
    let seam = proxy.seam(&fake);
    let later = Timestamp::now() + Duration::from_secs(3600);
    let later = later.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    for retry_after in ["3600", "18446744073709551615", &later] {
        proxy.fault(GET, rate_limited(retry_after, ""));
        let error = seam
            .devices()
            .get(fake.device_id(KWIKSET))
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::RateLimited);
        assert!(error.retry_after().unwrap() > Duration::from_secs(3000));
    }
    assert_eq!(proxy.count(GET), 3);
}

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn what_may_have_acted_is_never_sent_again() {
    let fake = Fake::start();
    let proxy = Proxy::before(&fake);
    let seam = proxy.seam(&fake);
    let lock = fake.device_id(KWIKSET);
    seam.locks().lock_door(lock).await.unwrap();
    proxy.fault(UNLOCK, Fault::Half);
    let error = seam.locks().unlock_door(lock).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(proxy.count(UNLOCK), 1);

    // The code is there, though the reply that said so was lost.
    proxy.fault(CREATE, Fault::Half);
    let create = || seam.access_codes().create(lock).code("123456");
    assert_eq!(create().await.unwrap_err().kind(), ErrorKind::Transport);
    let codes = seam.access_codes().list().device_id(lock).await.unwrap();
    assert_eq!((codes.len(), proxy.count(CREATE)), (1, 1));

    for fault in [Fault::Cut, Fault::reply(500, &[], "")] {
        proxy.fault(UNLOCK, fault);
        seam.locks().unlock_door(lock).await.unwrap_err();
    }
    assert_eq!(proxy.count(UNLOCK), 3);
    // A rate limit refused it, so it has not acted.
    proxy.fault(UNLOCK, rate_limited("0", ""));
    seam.locks().unlock_door(lock).await.unwrap();
    assert_eq!(proxy.count(UNLOCK), 5);
    proxy.fault(UNLOCK, Fault::Cut);
    let again = seam.locks().unlock_door(lock).retry(RetryPolicy::default());
    again.await.unwrap();
    assert_eq!(proxy.count(UNLOCK), 7);
}

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn an_unlock_outlives_faults_while_it_is_asked_after() {
    let fake = Fake::start();
    let proxy = Proxy::before(&fake);
    for fault in [
        Fault::reply(503, &[], ""),
        Fault::Cut,
        Fault::Half,
        rate_limited("0", ""),
    ] {
        proxy.fault("/action_attempts/get", fault);
    }
    let seam = proxy.builder(&fake).wait_interval(Duration::from_millis(5));
    let unlock = seam
        .build()
        .unwrap()
        .locks()
        .unlock_door(fake.device_id(KWIKSET));
    assert!(unlock.await.unwrap().result().is_some());
    assert_eq!(proxy.count(UNLOCK), 1);
    assert!(proxy.count("/action_attempts/get") >= 5);
}

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn replies_that_cannot_be_used_are_errors_that_show_them() {
    let fake = Fake::start();
    let proxy = Proxy::before(&fake);
    let seam = proxy.seam(&fake);
    let html = || Fault::reply(200, &["content-type: text/html"], "<html>Sign in</html>");
    let brotli = || Fault::reply(200, &["content-encoding: br"], BROTLI);
    let brotli_error = Fault::reply(400, &["content-encoding: br"], BROTLI);
    for (fault, kind, says) in [
        (html(), ErrorKind::InvalidResponse, "not JSON"),
        (Fault::json(200, ""), ErrorKind::InvalidResponse, "not JSON"),
        (
            Fault::json(200, "{}"),
            ErrorKind::InvalidResponse,
            "lacks the key `device`",
        ),
        (brotli(), ErrorKind::InvalidResponse, "compressed (br)"),
        (
            brotli_error,
            ErrorKind::Api,
            "compressed (br), which the client did not ask for",
        ),
    ] {
        let before = proxy.count(GET);
        proxy.fault(GET, fault);
        let error = seam
            .devices()
            .get(fake.device_id(KWIKSET))
            .await
            .unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.message().contains(says), "{error}");
        assert_eq!(proxy.count(GET), before + 1, "it is not asked for again");
    }
    proxy.fault(GET, html());
    let error = seam
        .devices()
        .get(fake.device_id(KWIKSET))
        .await
        .unwrap_err();
    assert_eq!(error.text().as_deref(), Some("<html>Sign in</html>"));
}

/// How a read ends, with a fault in the way of each of its attempts, and after how long.
async fn timed(
    faults: impl Fn() -> Fault,
    set: impl FnOnce(SeamBuilder) -> SeamBuilder,
) -> (ErrorKind, usize, Duration) {
    let fake = Fake::start();
    let proxy = Proxy::before(&fake);
    for _ in 0..3 {
        proxy.fault(GET, faults());
    }
    let seam = set(proxy.builder(&fake)).build().unwrap();
    let began = Instant::now();
    let error = seam
        .devices()
        .get(fake.device_id(KWIKSET))
        .await
        .unwrap_err();
    (error.kind(), proxy.count(GET), began.elapsed())
}

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn a_reply_that_does_not_come_to_its_end_runs_into_the_timeouts() {
    for fault in [|| Fault::Silence, || Fault::Slow(Duration::from_millis(50))] {
        let each = timed(fault, |builder| builder.timeout(BRIEF)).await;
        let (kind, sent, took) = each;
        assert_eq!((kind, sent), (ErrorKind::Timeout, 3));
        assert!(took >= 3 * BRIEF, "{took:?}");

        let all = timed(fault, |builder| builder.total_timeout(BRIEF)).await;
        let (kind, sent, took) = all;
        assert_eq!((kind, sent), (ErrorKind::Timeout, 1));
        assert!(took >= BRIEF && took < Duration::from_secs(20), "{took:?}");
    }
}

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn an_endless_body_ends_at_the_limit() {
    let limited = timed(|| Fault::Endless, |builder| builder.reply_limit(1 << 20)).await;
    let (kind, sent, _) = limited;
    assert_eq!((kind, sent), (ErrorKind::InvalidResponse, 1));
}
