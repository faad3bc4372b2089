//! Two clients of two APIs in one program.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use courier::transport::{Body, BoxFuture, Transport, TransportError};
use courier::{Bytes, Courier, CourierBuilder, ErrorKind};
use greenhouse_client::GreenhouseClient;

/// Records the requests, and answers each with the result of `answer`.
#[derive(Clone)]
struct Recorder {
    seen: Arc<Mutex<Vec<http::Request<Bytes>>>>,
    answer: fn(&http::Request<Bytes>) -> (u16, &'static str),
}

impl Recorder {
    fn new(answer: fn(&http::Request<Bytes>) -> (u16, &'static str)) -> Self {
        Self { seen: Arc::default(), answer }
    }

    fn last(&self) -> http::Request<Bytes> {
        self.seen.lock().unwrap().last().unwrap().clone()
    }

    fn header(&self, name: &str) -> Option<String> {
        let request = self.last();
        Some(request.headers().get(name)?.to_str().unwrap().to_owned())
    }
}

impl Transport for Recorder {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let (status, body) = (self.answer)(&request);
        self.seen.lock().unwrap().push(request);
        let reply = http::Response::builder().status(status).body(Body::from(Bytes::from_static(body.as_bytes())));
        Box::pin(async move { Ok(reply.unwrap()) })
    }
}

fn courier(recorder: &Recorder) -> CourierBuilder {
    Courier::builder().transport(recorder.clone())
}

#[tokio::test]
async fn credentials_are_sent_where_the_document_says() {
    let recorder = Recorder::new(|request| match request.method().as_str() {
        "GET" => (200, "[]"),
        _ => (200, r#"{"parcel_id": "p1"}"#),
    });

    let client = courier(&recorder).api_key("secret").build().unwrap();
    client.parcels().list_parcels().await.unwrap();
    assert_eq!(recorder.header("x-courier-key").as_deref(), Some("secret"));
    assert_eq!(recorder.header("authorization"), None);
    assert_eq!(recorder.last().uri(), "https://eu.courier.example/v2/parcels");
    assert!(!format!("{client:?}").contains("secret"));

    let client = courier(&recorder).basic_auth("me", "pass").region("us").build().unwrap();
    client.parcels().list_parcels().await.unwrap();
    assert_eq!(recorder.header("authorization").as_deref(), Some("Basic bWU6cGFzcw=="));
    assert_eq!(recorder.last().uri(), "https://us.courier.example/v2/parcels");

    // The scheme needs both credentials.
    let client = courier(&recorder).query("a b").build().unwrap();
    let error = client.parcels().create_parcel(3).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(error.to_string().contains("`/parcels` needs credentials"), "{error}");
    let client = courier(&recorder).query("a b").cookie("c;d").build().unwrap();
    client.parcels().create_parcel(3).await.unwrap();
    assert_eq!(recorder.last().uri(), "https://eu.courier.example/v2/parcels?key=a%20b");
    assert_eq!(recorder.header("cookie").as_deref(), Some("session=c%3Bd"));
}

#[tokio::test]
async fn a_public_call_needs_no_credentials_and_uses_its_own_server_unless_an_endpoint_is_set() {
    let recorder = Recorder::new(|_| (200, r#"{"kilogram": 4}"#));
    let client = courier(&recorder).api_key("secret").build().unwrap();
    assert_eq!(client.prices().get_prices().await.unwrap().kilogram, Some(4));
    assert_eq!(recorder.last().uri(), "https://prices.courier.example/prices");
    assert_eq!(recorder.header("x-courier-key"), None);

    let client = courier(&recorder).endpoint("http://localhost:1").build().unwrap();
    client.prices().get_prices().await.unwrap();
    assert_eq!(recorder.last().uri(), "http://localhost:1/prices");
}

#[tokio::test]
async fn a_refused_token_is_requested_from_the_provider_once_more() {
    let recorder = Recorder::new(|request| match request.headers()["authorization"].to_str().unwrap() {
        "Bearer token-1" => (401, r#"{"message": "token-1 has ended"}"#),
        _ => (200, "[]"),
    });
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let provider = move || {
        let number = count.fetch_add(1, Ordering::SeqCst) + 1;
        async move { Ok::<_, std::io::Error>(format!("token-{number}")) }
    };
    let client = courier(&recorder).access_token_provider(provider).build().unwrap();
    client.parcels().list_parcels().await.unwrap();
    client.parcels().list_parcels().await.unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 2);
    assert_eq!(recorder.seen.lock().unwrap().len(), 3);

    let refused = Recorder::new(|_| (401, r#"{"message": "the token hush is no good"}"#));
    let client = courier(&refused).access_token("hush").build().unwrap();
    let error = client.parcels().list_parcels().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unauthorized);
    assert!(!error.to_string().contains("hush"), "{error}");
    assert_eq!(refused.seen.lock().unwrap().len(), 1);
}

#[test]
fn invalid_settings_are_refused_at_once() {
    let recorder = Recorder::new(|_| (200, "[]"));
    let error = |builder: CourierBuilder| builder.build().unwrap_err().to_string();
    let message = error(courier(&recorder).region("evil.example/"));
    assert!(message.contains("it must be one of eu, us"), "{message}");
    let message = error(courier(&recorder).api_key("a\nb"));
    assert!(message.contains("invalid API key") && !message.contains("a\nb"), "{message}");
    let message = GreenhouseClient::builder().build().unwrap_err().to_string();
    assert!(message.contains("GREENHOUSE_CLIENT_ENDPOINT"), "{message}");
    let client = GreenhouseClient::builder().endpoint("https://greenhouse.example").build();
    assert!(client.is_ok());
}

#[tokio::test]
async fn the_fake_transport_answers_and_refuses() {
    let fake = courier::test::FakeTransport::new();
    fake.refuse("/parcels", 409, "duplicate", "There is one.");
    let error = fake.client().parcels().list_parcels().await.unwrap_err();
    assert_eq!((error.kind(), error.message()), (ErrorKind::Conflict, "There is one."));
    fake.client().parcels().create_parcel(3).await.unwrap_err();
    let sent = fake.sent().pop().unwrap();
    assert_eq!(sent.query, [("key".to_owned(), "fake".to_owned())]);
    assert!(format!("{sent:?}").contains(r#"("key", "…")"#), "{sent:?}");
}
