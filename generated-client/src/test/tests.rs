use serde_json::json;

use super::{Failure, FakeTransport};
use crate::attempt::Status;
use crate::endpoint::{Endpoint, Method, Operation, Reply};
use crate::error::ErrorKind;
use crate::request::Request;
use crate::retry::RetryPolicy;
use crate::{ActionAttempt, Value};

struct Names;
impl Endpoint for Names {
    const OPERATION: Operation =
        Operation::new(Method::Get, "/doors/{door}/names").reply(Reply::Key("names"));
    type Output = Vec<String>;
}

struct Open;
impl Endpoint for Open {
    const OPERATION: Operation = Operation::post("/doors/open").reply(Reply::Key("action_attempt"));
    type Output = ActionAttempt;
}

struct Motto;
impl Endpoint for Motto {
    const OPERATION: Operation = Operation::new(Method::Get, "/motto").reply(Reply::Text);
    type Output = String;
}

#[tokio::test]
async fn typed_replies_are_given_in_order_and_the_last_one_is_repeated() {
    let fake = FakeTransport::new();
    fake.reply::<Names>(vec!["a".to_owned()])
        .reply::<Names>(Vec::new());
    let names = || Request::<Names>::new(&fake.seam()).with_path("door", "d/1".to_owned());
    assert_eq!(names().await.unwrap(), ["a"]);
    assert!(names().await.unwrap().is_empty());
    assert!(names().await.unwrap().is_empty());
}

#[tokio::test]
async fn values_of_each_kind_of_reply_are_returned() {
    let fake = FakeTransport::new();
    let attempt = ActionAttempt::<Value> {
        status: Status::Success(json!({"width": 1})),
        ..ActionAttempt::default()
    };
    fake.reply::<Open>(attempt.clone())
        .reply::<Motto>("be \"open\"");
    let seam = fake.seam();
    assert_eq!(Request::<Open>::new(&seam).await.unwrap(), attempt);
    assert_eq!(Request::<Motto>::new(&seam).await.unwrap(), "be \"open\"");
}

#[tokio::test]
async fn sent_requests_are_recorded_and_debug_hides_the_key() {
    let fake = FakeTransport::new();
    let open = Request::<Open>::new(&fake.seam()).with_body("door", "d1".to_owned());
    let error = open.no_wait().header("x-mine", "1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NoFakeReply);
    let names = Request::<Names>::new(&fake.seam())
        .with_path("door", "d1".to_owned())
        .with_query("a b", "c&d".to_owned());
    names.await.unwrap_err();

    let sent = fake.sent();
    assert_eq!(
        (sent[0].method.as_str(), &*sent[0].path),
        ("POST", "/doors/open")
    );
    assert_eq!(sent[0].body, json!({"door": "d1"}));
    assert_eq!(sent[0].header("x-mine"), Some("1"));
    assert_eq!(sent[0].header("authorization"), Some("Bearer seam_fake"));
    assert_eq!(sent[1].query[0], ("a b".to_owned(), "c&d".to_owned()));
    assert!(!format!("{fake:?}").contains("seam_fake"));
}

#[tokio::test(start_paused = true)]
async fn failures_become_errors() {
    for (failure, kind) in [
        (Failure::Connect, ErrorKind::Connect),
        (Failure::Cut, ErrorKind::Transport),
        (Failure::Hang, ErrorKind::Timeout),
    ] {
        let fake = FakeTransport::new();
        fake.fail("/motto", failure);
        let seam = fake.builder().retry(RetryPolicy::never()).build().unwrap();
        let error = Request::<Motto>::new(&seam).await.unwrap_err();
        assert_eq!(error.kind(), kind);
    }
    let fake = FakeTransport::new();
    fake.refuse("/doors/open", 409, "busy", "It is busy.");
    let error = Request::<Open>::new(&fake.seam()).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::Conflict, Some("busy"))
    );
}

#[tokio::test]
async fn a_path_without_a_reply_fails_at_once_and_says_how_to_set_one() {
    let fake = FakeTransport::new();
    let names = Request::<Names>::new(&fake.seam()).with_path("door", "d1".to_owned());
    let error = names.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NoFakeReply);
    assert!(!error.is_retryable());
    assert_eq!(fake.sent().len(), 1);
    let message = error.to_string();
    for part in [
        "GET /doors/d1/names",
        "fake.reply_json(",
        "fake.reply::<E>(",
    ] {
        assert!(message.contains(part), "{message}");
    }
}

#[tokio::test]
async fn the_method_of_a_sent_request_has_the_type_of_a_requests_method() {
    let fake = FakeTransport::new();
    fake.reply::<Names>(Vec::new());
    let names = Request::<Names>::new(&fake.seam()).with_path("door", "d1".to_owned());
    let method: Method = names.method();
    names.await.unwrap();
    assert_eq!(fake.sent()[0].method, method);
}
