use serde_json::json;

use super::{Paginated, Paging};
use crate::Value;
use crate::dialect::PAGING;
use crate::endpoint::{Endpoint, Method, Operation, Reply};
use crate::error::ErrorKind;
use crate::request::Request;
use crate::test::{Failure, FakeTransport};

struct List;
impl Endpoint for List {
    const OPERATION: Operation = Operation::post("/list")
        .semantic(Method::Get)
        .reply(Reply::Key("items"));
    type Output = Vec<String>;
    const PAGING: Option<&'static Paging> = Some(&PAGING);
}
impl Paginated for List {
    type Item = String;

    fn items(page: Vec<String>) -> Vec<String> {
        page
    }
}

struct Query;
impl Endpoint for Query {
    const OPERATION: Operation = Operation::new(Method::Get, "/query").reply(Reply::Key("items"));
    type Output = Vec<String>;
    const PAGING: Option<&'static Paging> = Some(&PAGING);
}
impl Paginated for Query {
    type Item = String;

    fn items(page: Vec<String>) -> Vec<String> {
        page
    }
}

fn page(items: &[&str], next: Option<&str>) -> Value {
    let pagination = json!({"has_next_page": next.is_some(), "next_page_cursor": next,
        "next_page_url": "https://connect.getseam.com/list?next_page_cursor=ignored"});
    json!({"items": items, "pagination": pagination})
}

fn fake(pages: &[Value]) -> FakeTransport {
    let fake = FakeTransport::new();
    for page in pages {
        fake.reply_json("/list", 200, page);
    }
    fake
}

fn request(fake: &FakeTransport) -> Request<List> {
    Request::new(&fake.seam())
}

/// Returns a server with three pages, of which one is empty.
fn three() -> FakeTransport {
    fake(&[
        page(&["a", "b"], Some("2")),
        page(&[], Some("3")),
        page(&["c"], None),
    ])
}

#[tokio::test]
async fn all_returns_the_items_of_all_pages_and_repeats_the_parameters() {
    let fake = three();
    let request = request(&fake)
        .with_body("limit", 2.0)
        .with_body("search", "x".to_owned())
        .header("x-mine", "1");
    assert_eq!(request.all().await.unwrap(), ["a", "b", "c"]);
    let sent = fake.sent();
    let bodies: Vec<_> = sent.iter().map(|sent| sent.body.clone()).collect();
    assert_eq!(
        bodies,
        [
            json!({"limit": 2, "search": "x"}),
            json!({"limit": 2, "search": "x", "page_cursor": "2"}),
            json!({"limit": 2, "search": "x", "page_cursor": "3"}),
        ]
    );
    assert!(sent.iter().all(|sent| sent.header("x-mine") == Some("1")));
}

#[tokio::test]
async fn a_stream_requests_a_page_when_it_is_needed() {
    let fake = three();
    let mut items = request(&fake).stream();
    assert!(fake.sent().is_empty());
    assert_eq!(items.next().await.unwrap().unwrap(), "a");
    assert_eq!(items.next().await.unwrap().unwrap(), "b");
    assert_eq!(fake.sent().len(), 1);
    assert_eq!(items.next().await.unwrap().unwrap(), "c");
    assert_eq!(fake.sent().len(), 3);
    assert!(items.next().await.is_none());
    assert!(items.next().await.is_none());
    assert_eq!(fake.sent().len(), 3);
}

#[tokio::test]
async fn pages_come_with_their_replies() {
    let fake = three();
    let mut pages = request(&fake).pages();
    let first = pages.next().await.unwrap().unwrap();
    assert_eq!(first.request_id(), Some("fake_request"));
    assert_eq!(first.value, ["a", "b"]);
    assert!(pages.next().await.unwrap().unwrap().value.is_empty());
    assert_eq!(pages.next().await.unwrap().unwrap().value, ["c"]);
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn the_cursor_is_in_the_query_if_there_is_no_body() {
    let fake = FakeTransport::new();
    fake.reply_json("/query", 200, &page(&["a"], Some("2")))
        .reply_json("/query", 200, &page(&["b"], None));
    let request = Request::<Query>::new(&fake.seam()).with_query("limit", 1.0);
    assert_eq!(request.all().await.unwrap(), ["a", "b"]);
    let query: Vec<_> = fake.sent()[1]
        .query
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    assert_eq!(query, ["limit=1", "page_cursor=2", "_strict=true"]);
}

#[tokio::test]
async fn a_repeated_cursor_is_an_error_after_its_page() {
    let round = [
        page(&["a"], Some("2")),
        page(&["b"], Some("3")),
        page(&["c"], Some("2")),
    ];
    let fake = fake(&round);
    let mut items = request(&fake).stream();
    for expected in ["a", "b", "c"] {
        assert_eq!(items.next().await.unwrap().unwrap(), expected);
    }
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidResponse);
    assert!(error.message().contains("would never end"), "{error}");
    assert!(items.next().await.is_none());
    assert_eq!(fake.sent().len(), 3);
}

#[tokio::test]
async fn a_repetition_of_the_callers_own_cursor_is_an_error() {
    let fake = fake(&[page(&["a"], Some("1"))]);
    let request = request(&fake).with_body("page_cursor", "1".to_owned());
    let error = request.all().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidResponse);
    assert_eq!(fake.sent().len(), 1);
}

#[tokio::test]
async fn a_reply_without_pagination_is_the_last() {
    for pagination in [json!(null), json!({}), json!({"next_page_cursor": null})] {
        let fake = fake(&[json!({"items": ["a"], "pagination": pagination})]);
        assert_eq!(request(&fake).all().await.unwrap(), ["a"]);
    }
    let fake = fake(&[json!({"items": ["a"]})]);
    assert_eq!(request(&fake).all().await.unwrap(), ["a"]);
}

#[tokio::test]
async fn a_next_page_without_its_cursor_is_an_error() {
    let fake = fake(&[json!({"items": ["a"], "pagination": {"has_next_page": true}})]);
    let error = request(&fake).all().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidResponse);
}

#[tokio::test]
async fn a_page_says_whether_more_follow() {
    let cases = [
        (page(&["a"], Some("2")), true),
        (page(&["a"], None), false),
        (json!({"items": ["a"]}), false),
        (
            json!({"items": [], "pagination": {"has_next_page": true}}),
            true,
        ),
    ];
    for (body, more) in cases {
        let fake = fake(&[body]);
        let page = request(&fake).send().await.unwrap();
        assert_eq!(page.has_next_page(), more, "{}", page.text());
    }
}

/// Returns a server with `pages` pages, each with a next cursor.
fn infinite(pages: usize) -> FakeTransport {
    let cursors: Vec<String> = (0..pages).map(|cursor| cursor.to_string()).collect();
    let pages: Vec<Value> = cursors
        .iter()
        .map(|next| page(&["a"], Some(next)))
        .collect();
    fake(&pages)
}

#[tokio::test]
async fn all_fails_at_the_page_limit() {
    let fake = infinite(1002);
    let error = request(&fake).all().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PageLimit);
    assert_eq!(fake.sent().len(), 1000);
    assert!(error.message().contains("more than 1000 pages"), "{error}");
    assert_eq!(error.request_id(), Some("fake_request"));

    let fake = infinite(4);
    let error = request(&fake).all().page_limit(3).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PageLimit);
    assert_eq!(fake.sent().len(), 3);
}

#[tokio::test]
async fn a_list_with_as_many_pages_as_the_limit_is_complete() {
    assert_eq!(
        request(&three()).all().page_limit(3).await.unwrap().len(),
        3
    );
    assert!(request(&three()).all().page_limit(2).await.is_err());
}

#[tokio::test]
async fn a_stream_ends_after_an_error() {
    let fake = fake(&[page(&["a"], Some("2"))]);
    fake.refuse("/list", 404, "gone", "It is gone.");
    let mut items = request(&fake).stream();
    items.next().await.unwrap().unwrap();
    assert_eq!(
        items.next().await.unwrap().unwrap_err().kind(),
        ErrorKind::NotFound
    );
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn a_strict_list_ends_at_the_first_deviation() {
    let fake = fake(&[
        page(&["a"], Some("2")),
        json!({"items": [1], "pagination": {"has_next_page": true, "next_page_cursor": "3"}}),
    ]);
    let mut pages = request(&fake).strict().pages();
    pages.next().await.unwrap().unwrap();
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!(error.deviation().unwrap().pointer, "/items/0");
    assert!(pages.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn no_item_is_lost_if_the_future_of_the_next_one_is_dropped() {
    let fake = fake(&[page(&["a"], Some("2"))]);
    fake.fail("/list", Failure::Hang)
        .reply_json("/list", 200, &page(&["b"], None));
    let mut items = request(&fake).stream();
    items.next().await.unwrap().unwrap();
    let brief = std::time::Duration::from_secs(1);
    tokio::time::timeout(brief, items.next())
        .await
        .expect_err("it hangs");
    // The page that was under way runs into its timeout, and is asked for again.
    assert_eq!(items.next().await.unwrap().unwrap(), "b");
    assert!(items.next().await.is_none());
    assert_eq!(fake.sent().len(), 3);
}

#[test]
fn streams_can_move_between_threads() {
    fn is_send<T: Send + 'static>(_: T) {}
    let fake = three();
    is_send(request(&fake).pages());
    is_send(request(&fake).stream());
    is_send(request(&fake).all());
}

#[cfg(feature = "blocking")]
#[test]
fn pages_and_items_can_be_iterated_by_blocking() {
    let fake = three();
    let items: Result<Vec<_>, _> = request(&fake).stream().blocking().collect();
    assert_eq!(items.unwrap(), ["a", "b", "c"]);
    let fake = three();
    assert_eq!(request(&fake).pages().blocking().count(), 3);
    let fake = three();
    assert_eq!(request(&fake).all().call().unwrap().len(), 3);
}
