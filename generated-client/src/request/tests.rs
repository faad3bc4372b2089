use std::future::IntoFuture;

use serde_json::json;

use super::{Request, Style, Upload};
use crate::endpoint::{Endpoint, Method, Operation, Reply};
use crate::error::ErrorKind;
use crate::{ActionAttemptId, Seam};

struct Change;
impl Endpoint for Change {
    const OPERATION: Operation =
        Operation::post("/doors/{door}/[part]/change").reply(Reply::Key("door"));
    type Output = String;
}

struct Find;
impl Endpoint for Find {
    const OPERATION: Operation = Operation::new(Method::Get, "/doors/find").reply(Reply::Body);
    type Output = String;
}

fn seam() -> Seam {
    Seam::builder()
        .api_key("seam_key")
        .endpoint("http://localhost:1/base")
        .build()
        .unwrap()
}

/// Returns why the request is refused without being sent.
async fn refusal<E: Endpoint>(request: Request<E>) -> String {
    let Err(error) = request.send().await else {
        panic!("it was sent")
    };
    assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
    error.message().to_owned()
}

#[test]
fn body_fields_keep_their_order_and_replace_each_other() {
    let request = Request::<Change>::new(&seam())
        .with_body("z", 1.0)
        .with_body("a", "x".to_owned())
        .with_body("z", vec![true]);
    let (bytes, content_type) = request.parts.encoded_body().unwrap();
    assert_eq!(bytes, br#"{"z":[true],"a":"x"}"#.as_slice());
    assert_eq!(content_type, "application/json");
    assert_eq!(request.body(), Some(json!({"a": "x", "z": [true]})));
}

#[test]
fn a_post_without_parameters_sends_an_empty_object_and_a_get_sends_nothing() {
    assert_eq!(Request::<Change>::new(&seam()).body(), Some(json!({})));
    assert_eq!(Request::<Find>::new(&seam()).body(), None);
}

#[test]
fn the_members_of_an_object_become_fields() {
    let value = json!({"b": {"c": null}, "d": "e"});
    let request = Request::<Change>::new(&seam())
        .with_body("a", true)
        .with_fields(value);
    assert_eq!(
        request.body(),
        Some(json!({"a": true, "b": {"c": null}, "d": "e"}))
    );
}

#[test]
fn bodies_of_other_kinds_are_sent_as_they_are() {
    let body = |request: Request<Change>| {
        let (body, media) = request.parts.encoded_body().unwrap();
        (String::from_utf8(body.to_vec()).unwrap(), media.to_owned())
    };
    let is = |body: &str, media: &str| (body.to_owned(), media.to_owned());
    let whole = Request::new(&seam()).with_whole_body(vec![1.0]);
    assert_eq!(body(whole), is("[1]", "application/json"));
    let text = Request::new(&seam()).with_text_body("hi".to_owned());
    assert_eq!(body(text), is("hi", "text/plain; charset=utf-8"));
    let bytes = Request::new(&seam()).with_bytes_body(vec![0, 1], "image/png");
    assert_eq!(body(bytes), is("\0\u{1}", "image/png"));
    let bytes = Request::new(&seam());
    let bytes = bytes.with_bytes_body(Upload::new("a").media_type("text/csv"), "image/png");
    assert_eq!(body(bytes), is("a", "text/csv"));
    let form = Request::new(&seam())
        .with_form("b", "x y".to_owned())
        .with_styled_form("c", vec!["1,2".to_owned(), "3".to_owned()], Style::Comma)
        .with_styled_form("d", vec![1.0, 2.0], Style::Deep)
        .with_form("a", 1.0);
    let expected = "b=x+y&c=1%2C2,3&d%5B0%5D=1&d%5B1%5D=2&a=1";
    assert_eq!(
        body(form),
        is(expected, "application/x-www-form-urlencoded")
    );
}

#[tokio::test]
async fn an_invalid_media_type_is_refused() {
    let upload = Upload::new("a").media_type("image/png\r\nx-evil: 1");
    let request = Request::<Change>::new(&seam()).with_bytes_body(upload.clone(), "image/png");
    let error = request.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    let request = Request::<Change>::new(&seam()).with_file("a", upload, "image/png");
    let error = request.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
}

#[test]
fn path_parameters_cannot_leave_their_segment() {
    let request = Request::<Change>::new(&seam())
        .with_path("door", "a/../b?c#d %ä".to_owned())
        .with_path("part", "x-1.y_~".to_owned());
    assert_eq!(
        request.path(),
        "/doors/a%2F..%2Fb%3Fc%23d%20%25%C3%A4/x-1.y_~/change"
    );
    assert_eq!(request.method(), Method::Post);
}

#[test]
fn the_query_follows_the_path() {
    let request = Request::<Find>::new(&seam())
        .with_query("b", vec![1.0, 2.0])
        .with_query("a", "x y".to_owned());
    assert_eq!(
        request.parts.url().unwrap(),
        "http://localhost:1/base/doors/find?a=x+y&b=1&b=2&_strict=true"
    );
    let pairs = request.query_pairs().unwrap();
    assert_eq!(pairs[0], ("a".to_owned(), "x y".to_owned()));
}

#[tokio::test]
async fn invalid_values_are_refused_before_the_request_is_sent() {
    let change = || Request::<Change>::new(&seam());
    assert!(
        refusal(change().with_path("door", String::new()))
            .await
            .contains("`door` cannot be ``")
    );
    assert!(
        refusal(change().with_path("door", "..".to_owned()))
            .await
            .contains("`door` cannot be `..`")
    );
    assert!(
        refusal(change().with_body("id", ActionAttemptId::default()))
            .await
            .contains("`id` holds an empty id")
    );
    assert!(
        refusal(change().with_body("n", f64::NAN))
            .await
            .contains("`n` holds a number that is not finite")
    );
    assert!(
        refusal(change().header("a b", "c"))
            .await
            .contains("is not a valid header name")
    );
    assert!(
        refusal(change().header("x", "a\r\ny: z"))
            .await
            .contains("the header `x`")
    );
    assert!(
        refusal(change().with_fields(1.0))
            .await
            .contains("must be an object")
    );
    for empty in [
        change().with_body("name", String::new()).not_empty("name"),
        change()
            .with_query("name", Vec::<String>::new())
            .not_empty("name"),
    ] {
        assert_eq!(refusal(empty).await, "`name` must not be empty");
    }
    let find = Request::<Find>::new(&seam()).with_query("a", vec![String::new()]);
    assert!(
        refusal(find)
            .await
            .contains("the list `a` holds an empty text")
    );
}

#[test]
fn debug_shows_names_and_no_values() {
    let request = Request::<Change>::new(&seam()).with_body("code", "1234".to_owned());
    let text = format!("{request:?}");
    assert!(
        text.contains("code") && !text.contains("1234") && !text.contains("seam_key"),
        "{text}"
    );
}

#[test]
fn the_futures_can_move_between_threads() {
    fn is_send<T: Send + 'static>(_: T) {}
    let request = || Request::<Change>::new(&seam());
    is_send(request().send());
    is_send(request().into_future());
}

struct Update;
impl Endpoint for Update {
    const OPERATION: Operation = Operation::post("/update").requires_parameters();
    type Output = ();
}

#[tokio::test]
async fn a_request_that_needs_a_parameter_is_refused_without_any() {
    let message = refusal(Request::<Update>::new(&seam())).await;
    assert!(
        message.starts_with("set at least one parameter"),
        "{message}"
    );

    let fake = crate::test::FakeTransport::new();
    fake.reply::<Update>(());
    let update = || Request::<Update>::new(&fake.seam());
    update()
        .with_body("a", crate::Nullable::<String>::Null)
        .await
        .unwrap();
    update().with_query("a", true).await.unwrap();
}

struct Doors;
impl Endpoint for Doors {
    const OPERATION: Operation = Operation::post("/doors/list").reply(Reply::Key("doors"));
    type Output = Vec<String>;
}

#[tokio::test]
async fn a_strict_request_fails_on_the_first_deviation() {
    let fake = crate::test::FakeTransport::new();
    let attempt = json!({"action_attempt_id": "a1", "status": "pending"});
    let body = json!({"doors": ["d1", 1], "action_attempt": attempt});
    fake.reply_json("/doors/list", 200, &body);
    let list = |seam: &Seam| Request::<Doors>::new(seam);
    let lenient = list(&fake.seam()).send().await.unwrap();
    assert_eq!(lenient.deviations().len(), 1);
    let strict = fake.builder().strict(true).build().unwrap();
    for request in [list(&fake.seam()).strict(), list(&strict)] {
        let error = request.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidResponse);
        let deviation = error.deviation().unwrap();
        assert_eq!(deviation.pointer, "/doors/1");
        assert!(
            error.message().ends_with(
                "the reply departs from the API's document: /doors/1: expected string, found number"
            ),
            "{error}"
        );
        assert_eq!(error.request_id(), Some("fake_request"));
        let attempt = error.action_attempt().unwrap();
        assert_eq!(attempt.action_attempt_id, "a1");
    }
}

#[tokio::test]
async fn an_attempt_in_addition_to_the_value_can_be_waited_for() {
    let fake = crate::test::FakeTransport::new();
    let attempt = |status: &str| json!({"action_attempt_id": "a1", "action_type": "CREATE", "status": status, "result": {"width": 2}});
    let reply = json!({"door": "d1", "action_attempt": attempt("pending")});
    fake.reply_json("/doors/{door}/[part]/change", 200, &reply)
        .reply_json(
            "/action_attempts/get",
            200,
            &json!({"action_attempt": attempt("success")}),
        );
    let seam = fake
        .builder()
        .wait_interval(std::time::Duration::from_millis(1))
        .build()
        .unwrap();
    let request = Request::<Change>::new(&seam)
        .with_path("door", "d".to_owned())
        .with_path("part", "p".to_owned());
    let reply = request.send().await.unwrap();
    assert_eq!(reply.value, "d1");
    let done = reply.action_attempt().unwrap().wait(&seam).await.unwrap();
    assert_eq!(done.result(), Some(&json!({"width": 2})));
}

macro_rules! maybe {
    ($name:ident at $place:expr) => {
        struct $name;
        impl Endpoint for $name {
            const OPERATION: Operation = Operation::new(Method::Get, "/maybe").reply($place);
            type Output = Option<Vec<String>>;
        }
    };
}
maybe!(MaybeBody at Reply::Body);
maybe!(MaybeKey at Reply::Key("doors"));

/// Returns the value of a call with a reply of this status and body.
async fn answered<E: Endpoint>(status: u16, body: &'static str) -> Result<E::Output, ErrorKind> {
    let fake = crate::test::FakeTransport::new();
    let reply = http::Response::builder().status(status);
    let reply = reply.body(bytes::Bytes::from(body)).unwrap();
    fake.reply_raw(E::OPERATION.path, reply);
    let value = Request::<E>::new(&fake.seam()).await;
    value.map_err(|error| error.kind())
}

#[tokio::test]
async fn an_empty_reply_is_none_if_the_value_may_be_missing() {
    for status in [200, 204] {
        assert_eq!(answered::<MaybeBody>(status, "").await, Ok(None));
        assert_eq!(answered::<MaybeKey>(status, "").await, Ok(None));
        let due = answered::<Doors>(status, "").await;
        assert_eq!(due, Err(ErrorKind::InvalidResponse));
    }
    assert_eq!(answered::<MaybeBody>(200, "null").await, Ok(None));
    let doors = Ok(Some(vec!["d1".to_owned()]));
    assert_eq!(answered::<MaybeBody>(200, r#"["d1"]"#).await, doors);
    let null = answered::<MaybeKey>(200, r#"{"doors": null}"#).await;
    assert_eq!(null, Ok(None));
    for body in ["{}", r#"{"doors": 1}"#] {
        let kind = answered::<MaybeKey>(200, body).await;
        assert_eq!(kind, Err(ErrorKind::InvalidResponse), "{body}");
    }
    let other = answered::<MaybeBody>(200, r#"{"a": 1}"#).await;
    assert_eq!(other, Err(ErrorKind::InvalidResponse));
}
