use std::time::Duration;

use http::StatusCode;
use serde_json::json;
use tokio::time::Instant;

use crate::endpoint::{Endpoint, Method, Operation, Reply};
use crate::error::ErrorKind;
use crate::request::Request;
use crate::retry::RetryPolicy;
use crate::test::{Failure, FakeTransport};
use crate::{Bytes, Value};

macro_rules! endpoint {
    ($name:ident, $operation:expr) => {
        struct $name;
        impl Endpoint for $name {
            const OPERATION: Operation = $operation.reply(Reply::Body);
            type Output = Value;
        }
    };
}
endpoint!(Read, Operation::post("/read").semantic(Method::Get));
endpoint!(Change, Operation::post("/change").semantic(Method::Patch));
endpoint!(Set, Operation::post("/set").semantic(Method::Put));
endpoint!(Remove, Operation::post("/remove").semantic(Method::Delete));
endpoint!(Act, Operation::post("/act"));
endpoint!(
    Make,
    Operation::post("/make").semantic(Method::Put).creates()
);

/// Returns how often a request is sent if the server always fails.
async fn attempts<E: Endpoint>(set: impl FnOnce(Request<E>) -> Request<E>) -> usize {
    let fake = FakeTransport::new();
    fake.refuse(E::OPERATION.path, 503, "down", "It is down.");
    let request = set(Request::<E>::new(&fake.seam()));
    let Err(error) = request.send().await else {
        panic!("it was refused")
    };
    assert_eq!(error.kind(), ErrorKind::Server);
    fake.sent().len()
}

#[tokio::test(start_paused = true)]
async fn only_a_read_is_sent_again_after_a_server_error() {
    assert_eq!(attempts::<Read>(|request| request).await, 3);
    assert_eq!(attempts::<Set>(|request| request).await, 1);
    assert_eq!(attempts::<Remove>(|request| request).await, 1);
    assert_eq!(attempts::<Change>(|request| request).await, 1);
    assert_eq!(attempts::<Act>(|request| request).await, 1);
    assert_eq!(attempts::<Make>(|request| request).await, 1);
}

#[tokio::test(start_paused = true)]
async fn a_requests_own_policy_applies_to_reads_and_actions() {
    let twice = RetryPolicy::default().attempts(2);
    assert_eq!(
        attempts::<Act>(|request| request.retry(twice.clone())).await,
        2
    );
    assert_eq!(attempts::<Make>(|request| request.retry(twice)).await, 2);
    assert_eq!(
        attempts::<Read>(|request| request.retry(RetryPolicy::never())).await,
        1
    );
}

#[tokio::test(start_paused = true)]
async fn an_error_remembers_that_an_earlier_attempt_may_have_acted() {
    for (first, expected) in [(Failure::Cut, true), (Failure::Connect, false)] {
        let fake = FakeTransport::new();
        fake.fail("/make", first);
        fake.refuse("/make", 409, "duplicate", "There is one.");
        let request = Request::<Make>::new(&fake.seam()).retry(RetryPolicy::default());
        let error = request.send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Conflict);
        assert_eq!(error.may_have_acted(), expected, "{first:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_clients_policy_can_be_replaced() {
    let fake = FakeTransport::new();
    fake.refuse("/read", 500, "down", "")
        .refuse("/act", 500, "down", "");
    let policy = RetryPolicy::default().attempts(5);
    let seam = fake.builder().retry(policy).build().unwrap();
    Request::<Read>::new(&seam).await.unwrap_err();
    assert_eq!(fake.sent().len(), 5);
    Request::<Act>::new(&seam).await.unwrap_err();
    assert_eq!(
        fake.sent().len(),
        6,
        "it does not make an action safe to repeat"
    );
}

#[tokio::test(start_paused = true)]
async fn the_same_request_is_sent_after_the_waits_of_the_policy() {
    let fake = FakeTransport::new();
    fake.fail("/read", Failure::Connect)
        .fail("/read", Failure::Cut)
        .reply_json("/read", 200, &json!(1));
    let began = Instant::now();
    let request = Request::<Read>::new(&fake.seam()).with_body("a", "b".to_owned());
    assert_eq!(request.header("x-mine", "1").await.unwrap(), 1);
    let took = began.elapsed().as_millis();
    assert!((600..=905).contains(&took), "{took}");
    let sent = fake.sent();
    assert_eq!(sent.len(), 3);
    for sent in sent {
        assert_eq!(sent.body, json!({"a": "b"}));
        assert_eq!(sent.header("x-mine"), Some("1"));
    }
}

#[tokio::test(start_paused = true)]
async fn permanent_failures_are_not_retried() {
    for status in [400, 401, 403, 404, 409] {
        let fake = FakeTransport::new();
        fake.refuse("/read", status, "no", "No.");
        Request::<Read>::new(&fake.seam()).await.unwrap_err();
        assert_eq!(fake.sent().len(), 1, "{status}");
    }
    let fake = FakeTransport::new();
    fake.reply_raw("/read", http::Response::new(Bytes::from("<html>")));
    Request::<Read>::new(&fake.seam()).await.unwrap_err();
    assert_eq!(fake.sent().len(), 1, "a reply that cannot be read");
}

struct Moved;
impl Endpoint for Moved {
    const OPERATION: Operation = Operation::new(Method::Get, "/moved").reply(Reply::Location);
    type Output = String;
}

fn redirect() -> http::Response<Bytes> {
    http::Response::builder()
        .status(StatusCode::FOUND)
        .header("location", "https://files.example/a")
        .body(Bytes::new())
        .unwrap()
}

#[tokio::test]
async fn a_call_that_returns_a_location_accepts_a_redirect() {
    let fake = FakeTransport::new();
    fake.reply_raw("/moved", redirect())
        .reply_raw("/read", redirect());
    let location = Request::<Moved>::new(&fake.seam()).await.unwrap();
    assert_eq!(location, "https://files.example/a");
    let error = Request::<Read>::new(&fake.seam()).await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::FOUND));
    assert_eq!(
        error.headers().unwrap()["location"],
        "https://files.example/a"
    );
    let fake = FakeTransport::new();
    fake.reply_raw("/moved", http::Response::new(Bytes::new()));
    let error = Request::<Moved>::new(&fake.seam());
    assert_eq!(error.await.unwrap_err().kind(), ErrorKind::InvalidResponse);
}

fn rate_limited(retry_after: &str) -> http::Response<Bytes> {
    http::Response::builder()
        .status(StatusCode::TOO_MANY_REQUESTS)
        .header("retry-after", retry_after)
        .header("date", "Sun, 06 Nov 1994 08:49:37 GMT")
        .body(Bytes::new())
        .unwrap()
}

#[tokio::test(start_paused = true)]
async fn both_forms_of_retry_after_are_respected() {
    for (form, seconds) in [("7", 7), ("Sun, 06 Nov 1994 08:49:57 GMT", 20)] {
        let fake = FakeTransport::new();
        fake.reply_raw("/read", rate_limited(form))
            .reply_json("/read", 200, &json!(1));
        let began = Instant::now();
        Request::<Read>::new(&fake.seam()).await.unwrap();
        let asked = Duration::from_secs(seconds);
        let waited = began.elapsed();
        assert!(
            waited >= asked && waited <= asked * 3 / 2 + TICK,
            "{waited:?}"
        );
    }
}

/// How precise the clock of a test is.
const TICK: Duration = Duration::from_millis(2);

/// Returns how often an action is sent if each attempt ends like this.
async fn acts(answer: impl Fn(&FakeTransport)) -> usize {
    let fake = FakeTransport::new();
    answer(&fake);
    Request::<Act>::new(&fake.seam()).await.unwrap_err();
    fake.sent().len()
}

#[tokio::test(start_paused = true)]
async fn an_act_is_sent_again_only_if_it_has_certainly_not_acted() {
    assert_eq!(
        acts(|fake| _ = fake.fail("/act", Failure::Connect)).await,
        3
    );
    let limited = |fake: &FakeTransport| _ = fake.reply_raw("/act", rate_limited("1"));
    assert_eq!(acts(limited).await, 3);
    assert_eq!(acts(|fake| _ = fake.fail("/act", Failure::Cut)).await, 1);
    assert_eq!(acts(|fake| _ = fake.fail("/act", Failure::Hang)).await, 1);
    for status in [400, 408, 409, 500, 503] {
        let refuse = |fake: &FakeTransport| _ = fake.refuse("/act", status, "no", "No.");
        assert_eq!(acts(refuse).await, 1, "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_read_is_sent_again_after_every_temporary_failure() {
    for status in [408, 429, 500, 502, 503, 504] {
        let fake = FakeTransport::new();
        fake.refuse("/read", status, "later", "Later.")
            .reply_json("/read", 200, &json!(1));
        Request::<Read>::new(&fake.seam()).await.unwrap();
        assert_eq!(fake.sent().len(), 2, "{status}");
    }
    for failure in [Failure::Connect, Failure::Cut] {
        let fake = FakeTransport::new();
        fake.fail("/read", failure)
            .reply_json("/read", 200, &json!(1));
        Request::<Read>::new(&fake.seam()).await.unwrap();
        assert_eq!(fake.sent().len(), 2, "{failure:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn clients_that_wait_for_a_rate_limit_do_not_return_at_the_same_time() {
    let mut calls = tokio::task::JoinSet::new();
    let began = Instant::now();
    for _ in 0..200 {
        let fake = FakeTransport::new();
        fake.reply_raw("/read", rate_limited("10"))
            .reply_json("/read", 200, &json!(1));
        calls.spawn(async move {
            Request::<Read>::new(&fake.seam()).await.unwrap();
            began.elapsed()
        });
    }
    let returned = calls.join_all().await;
    let first = *returned.iter().min().unwrap();
    let last = *returned.iter().max().unwrap();
    assert!(first >= Duration::from_secs(10), "{first:?}");
    assert!(last - first > Duration::from_secs(3), "{:?}", last - first);
}

#[tokio::test(start_paused = true)]
async fn a_rate_limit_until_the_year_9999_ends_the_call_at_once() {
    let fake = FakeTransport::new();
    fake.reply_raw("/read", rate_limited("Fri, 31 Dec 9999 23:59:59 GMT"));
    let error = Request::<Read>::new(&fake.seam()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RateLimited);
    assert!(error.retry_after().unwrap() > Duration::from_secs(1 << 36));
    assert_eq!(fake.sent().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_is_too_long_ends_the_call_at_once() {
    let fake = FakeTransport::new();
    fake.reply_raw("/read", rate_limited("3600"));
    let began = Instant::now();
    let error = Request::<Read>::new(&fake.seam()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RateLimited);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
    assert_eq!(began.elapsed(), Duration::ZERO);
    assert_eq!(fake.sent().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn each_attempt_has_its_timeout_and_all_have_one_together() {
    let fake = FakeTransport::new();
    fake.fail("/read", Failure::Hang);
    let seam = fake.seam();
    let took = async |request: Request<Read>| {
        let began = Instant::now();
        let error = request.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        began.elapsed()
    };
    let read = || Request::<Read>::new(&seam);
    assert_eq!(took(read()).await.as_secs(), 90, "3 attempts of 30 s");
    assert_eq!(fake.sent().len(), 3);
    assert_eq!(
        took(read().timeout(Duration::from_secs(1))).await.as_secs(),
        3
    );
    let total = Duration::from_secs(40);
    assert_eq!(took(read().total_timeout(total)).await.as_secs(), 40);
    let longest = took(read().timeout(Duration::MAX).total_timeout(Duration::MAX));
    tokio::time::timeout(Duration::from_secs(1000), longest)
        .await
        .unwrap_err();

    let client = fake.builder().total_timeout(total).build().unwrap();
    assert_eq!(took(Request::new(&client)).await.as_secs(), 40);
}

#[tokio::test(start_paused = true)]
async fn no_wait_starts_that_would_exceed_the_total_timeout() {
    let fake = FakeTransport::new();
    fake.reply_raw("/read", rate_limited("20"));
    let began = Instant::now();
    let request = Request::<Read>::new(&fake.seam()).total_timeout(Duration::from_secs(10));
    let error = request.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RateLimited);
    assert_eq!(began.elapsed(), Duration::ZERO);
}

#[tokio::test]
async fn the_error_about_a_compressed_body_says_what_to_check() {
    let fake = FakeTransport::new();
    let gzip = |status: u16| {
        let reply = http::Response::builder().status(status);
        let body = Bytes::from_static(b"\x1f\x8b\x08");
        reply.header("content-encoding", "gzip").body(body).unwrap()
    };
    fake.reply_raw("/read", gzip(200));
    fake.reply_raw("/read", gzip(404));
    let fact = "the body is compressed (gzip), which the client did not ask for; check the proxies between here and the API";
    let error = Request::<Read>::new(&fake.seam()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidResponse);
    assert_eq!(error.message(), fact);
    let error = Request::<Read>::new(&fake.seam()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    let message = format!("the server answered Not Found, and {fact}");
    assert_eq!(error.message(), message);
    assert_eq!(fake.sent()[0].header("accept-encoding"), None);
}

#[tokio::test]
async fn a_call_can_name_its_workspace() {
    let fake = FakeTransport::new();
    fake.reply_json("/read", 200, &json!(1));
    let seam = fake.seam();
    let read = || Request::<Read>::new(&seam);
    read().workspace("w1").await.unwrap();
    assert_eq!(fake.sent()[0].header("seam-workspace"), Some("w1"));
    for bad in ["", "a\r\nb: c"] {
        let error = read().workspace(bad).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    }
    assert_eq!(fake.sent().len(), 1);
}
