use std::collections::VecDeque;

use bytes::Bytes;
use serde_json::json;

use super::parse::{Message, Parser};
use super::{Event, Eventful};
use crate::Value;
use crate::endpoint::{Endpoint, Method, Operation, Reply};
use crate::error::ErrorKind;
use crate::request::Request;
use crate::test::FakeTransport;

struct Watch;
impl Endpoint for Watch {
    const OPERATION: Operation = Operation::new(Method::Get, "/watch");
    type Output = ();
}
impl Eventful for Watch {
    type Data = Value;
    const DATA: Reply = Reply::Body;
}

struct File;
impl Endpoint for File {
    const OPERATION: Operation = Operation::new(Method::Get, "/file").reply(Reply::Bytes);
    type Output = Bytes;
}

fn parsed(text: &str, size: usize) -> Vec<Message> {
    let mut parser = Parser::new(100);
    let mut messages = VecDeque::new();
    for piece in text.as_bytes().chunks(size) {
        parser.take(piece, &mut messages).unwrap();
    }
    messages.into()
}

#[test]
fn text_is_parsed_in_pieces_of_any_size() {
    let text = "\u{feff}: hello\r\nevent: add\r\ndata: {\"a\":\r\ndata:1}\r\n\r\nid: 7\rdata\r\rretry: 5\n\ndata: é\n\ndata: cut";
    let message = |name: Option<&str>, id: Option<&str>, data: &str| Message {
        name: name.map(str::to_owned),
        id: id.map(str::to_owned),
        data: data.to_owned(),
    };
    let expected = [
        message(Some("add"), None, "{\"a\":\n1}"),
        message(None, Some("7"), ""),
        message(None, Some("7"), "é"),
    ];
    for size in 1..20 {
        assert_eq!(parsed(text, size), expected, "{size}");
    }
}

#[test]
fn an_infinite_event_is_refused_at_the_size_limit() {
    let mut parser = Parser::new(100);
    let infinite = "data: x\n".repeat(200);
    assert!(
        parser
            .take(infinite.as_bytes(), &mut VecDeque::new())
            .is_err()
    );
    let mut parser = Parser::new(100);
    let many = "data: x\n\n".repeat(200);
    parser.take(many.as_bytes(), &mut VecDeque::new()).unwrap();
}

fn watch(body: &'static str) -> (FakeTransport, Request<Watch>) {
    let fake = FakeTransport::new();
    fake.reply_raw("/watch", http::Response::new(Bytes::from(body)));
    let request = Request::new(&fake.seam());
    (fake, request)
}

#[tokio::test]
async fn events_come_with_their_data_until_the_end() {
    let (fake, request) = watch("event: add\ndata: {\"a\": 1}\n\ndata: 2\n\ndata: [DONE]\n\n");
    let mut events = request.events();
    let Event { name, data, .. } = events.next().await.unwrap().unwrap();
    assert_eq!((name.as_deref(), data), (Some("add"), json!({"a": 1})));
    assert_eq!(events.next().await.unwrap().unwrap().data, 2);
    assert!(events.next().await.is_none());
    assert!(events.next().await.is_none());
    assert_eq!(fake.sent()[0].header("accept"), Some("text/event-stream"));
}

#[tokio::test]
async fn data_that_cannot_be_read_ends_the_events_with_an_error() {
    let (_, request) = watch("data: <html>\n\ndata: 2\n\n");
    let mut events = request.events();
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidResponse);
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn a_refusal_is_an_error_with_its_body() {
    let fake = FakeTransport::new();
    fake.refuse("/watch", 404, "gone", "Gone.");
    let mut events = Request::<Watch>::new(&fake.seam()).events();
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!(error.message(), "Gone.");
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn a_download_may_be_larger_than_the_limit_of_replies() {
    let fake = FakeTransport::new();
    let large = Bytes::from(vec![7; 3000]);
    fake.reply_raw("/file", http::Response::new(large));
    let seam = fake.builder().reply_limit(1024).build().unwrap();
    assert!(Request::<File>::new(&seam).await.is_err());
    let mut download = Request::<File>::new(&seam).download().await.unwrap();
    assert!(download.status().is_success());
    let mut length = 0;
    while let Some(chunk) = download.next().await {
        length += chunk.unwrap().len();
    }
    assert_eq!(length, 3000);
}
