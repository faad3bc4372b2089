//! Events, webhooks, and what users of an application see.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use seam::test::{Delivery, FakeTransport, sign, sign_at};
use seam::webhook::Webhook;
use seam::{ErrorKind, Value};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::mpsc::channel;

use crate::examples::{client_sessions, customer_portal, poll_events, webhook_receiver};
use crate::script::Script;

const SECRET: &str = "whsec_c2VjcmV0";
const EVENTS: &str = "/events/list";

/// An event as the API sends it.
fn event(number: u32, kind: &str, second: u32) -> Value {
    let time = format!("2030-06-01T15:00:{second:02}Z");
    json!({
        "event_id": format!("5ea3d00d-0000-4000-8000-{number:012}"),
        "event_type": kind,
        "device_id": "lock",
        "created_at": time,
        "occurred_at": time,
    })
}

#[tokio::test]
async fn each_event_is_returned_once_and_asked_for_with_an_overlap() {
    let fake = FakeTransport::new();
    let (first, second) = (event(1, "lock.locked", 10), event(2, "lock.unlocked", 20));
    // The third became visible late, and its type is new.
    let late = event(3, "brand.new", 15);
    for events in [
        json!([first, second]),
        json!([first, second, late]),
        json!([second]),
    ] {
        fake.reply_json(EVENTS, 200, &json!({"ok": true, "events": events}));
    }
    let seam = fake.seam();
    let mut poller = poll_events::Poller::new("2030-06-01T15:00:00Z".parse().unwrap());
    let mut seen = Vec::new();
    for _ in 0..3 {
        let events = poller.poll(&seam).await.unwrap();
        seen.push(events.iter().map(poll_events::describe).collect::<Vec<_>>());
    }
    assert_eq!(seen[0], ["lock is locked", "lock is unlocked"]);
    assert!(seen[1][0].starts_with("unknown event"), "{seen:?}");
    assert_eq!((seen[1].len(), seen[2].len()), (1, 0));
    let since = |look: usize| fake.sent()[look].body["since"].clone();
    assert_eq!(since(0), "2030-06-01T14:59:00.000Z");
    assert_eq!(since(1), "2030-06-01T14:59:20.000Z");
}

#[tokio::test]
async fn a_look_that_fails_loses_no_event() {
    let fake = FakeTransport::new();
    let events = json!({"ok": true, "events": [event(1, "lock.locked", 10)]});
    fake.refuse(EVENTS, 403, "forbidden", "Not now.")
        .reply_json(EVENTS, 200, &events);
    let seam = fake.seam();
    let mut poller = poll_events::Poller::new("2030-06-01T15:00:00Z".parse().unwrap());
    assert_eq!(poller.poll(&seam).await.unwrap_err().kind(), ErrorKind::Api);
    assert_eq!(poller.poll(&seam).await.unwrap().len(), 1);
}

/// Sends a delivery to the receiver over a connection; returns the status.
async fn deliver(address: std::net::SocketAddr, delivery: &Delivery) -> u16 {
    let mut request =
        String::from("POST /seam HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n");
    for (name, value) in &delivery.headers {
        request += &format!("{name}: {}\r\n", value.to_str().unwrap());
    }
    request += &format!("content-length: {}\r\n\r\n", delivery.body.len());
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    stream.write_all(&delivery.body).await.unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).await.unwrap();
    reply.split(' ').nth(1).unwrap().parse().unwrap()
}

/// Starts the receiver with a queue of this length.
async fn receiver(
    length: usize,
) -> (
    std::net::SocketAddr,
    tokio::sync::mpsc::Receiver<seam::Event>,
) {
    let (sender, queue) = channel(length);
    let app = webhook_receiver::app(Webhook::new(SECRET).unwrap(), sender);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    (address, queue)
}

#[tokio::test]
async fn a_delivery_is_answered_at_once_and_its_event_is_handled_once() {
    let (address, queue) = receiver(10).await;
    let failed = event(1, "access_code.failed_to_set_on_device", 10);
    let offline = event(2, "device.disconnected", 20);
    // Nobody reads the queue yet, and each delivery is answered all the same.
    for event in [&failed, &failed, &offline] {
        assert_eq!(deliver(address, &sign(SECRET, event)).await, 204);
    }
    let said = Arc::<Mutex<Vec<String>>>::default();
    let log = said.clone();
    let handle = move |event: seam::Event| {
        log.lock().unwrap().push(webhook_receiver::describe(&event));
    };
    let task = tokio::spawn(webhook_receiver::handle_all(queue, handle));
    while said.lock().unwrap().len() < 2 {
        tokio::task::yield_now().await;
    }
    task.abort();
    let said = said.lock().unwrap();
    assert_eq!(
        *said,
        ["a code could not be set on lock", "lock is offline"]
    );
}

#[tokio::test]
async fn a_delivery_that_is_forged_stale_or_unreadable_is_refused() {
    let (address, mut queue) = receiver(10).await;
    let event = event(1, "lock.locked", 10);
    let other = "whsec_b3RoZXI=";
    assert_eq!(deliver(address, &sign(other, &event)).await, 401);
    let hour_ago = SystemTime::now() - Duration::from_secs(3600);
    assert_eq!(
        deliver(address, &sign_at(SECRET, &event, hour_ago)).await,
        401
    );
    assert_eq!(deliver(address, &sign(SECRET, &json!("text"))).await, 400);
    assert!(queue.try_recv().is_err());
}

#[tokio::test]
async fn a_full_queue_asks_for_the_event_again() {
    let (address, _queue) = receiver(1).await;
    assert_eq!(
        deliver(address, &sign(SECRET, &event(1, "lock.locked", 10))).await,
        204
    );
    assert_eq!(
        deliver(address, &sign(SECRET, &event(2, "lock.locked", 20))).await,
        503
    );
}

#[tokio::test]
async fn a_session_is_for_one_user_and_ends() {
    let script = Script::new();
    let token = json!({"client_session": {"token": "seam_cst1"}});
    script
        .answer("/client_sessions/get_or_create", token)
        .answer("/connect_webviews/create", json!({}));
    let seam = script.seam();
    let session = client_sessions::token_for(&seam, "user").await.unwrap();
    assert_eq!(session.token, "seam_cst1");
    let asked = &script.sent("/client_sessions/get_or_create")[0].body;
    assert_eq!(asked["user_identifier_key"], "user");
    assert!(asked["expires_at"].is_string());
    client_sessions::connect(&seam).await.unwrap();
}

#[tokio::test]
async fn a_key_in_the_wrong_place_is_refused_before_it_is_sent() {
    let right = client_sessions::sign_in_with("seam_pk1", "user").build();
    assert!(right.is_ok());
    let wrong = client_sessions::sign_in_with("seam_secret", "user").build();
    assert_eq!(wrong.unwrap_err().kind(), ErrorKind::Config);
}

#[tokio::test]
async fn a_portal_has_the_rooms_and_the_brands_of_the_customer() {
    const CREATE: &str = "/customers/create_portal";
    let script = Script::new();
    script.answer(
        CREATE,
        json!({"customer_portal": {"url": "https://portal"}}),
    );
    let portal = customer_portal::portal(&script.seam(), "hotel")
        .await
        .unwrap();
    assert_eq!(portal.url, "https://portal");
    assert!(!format!("{portal:?}").contains("https://portal"));
    let sent = &script.sent(CREATE)[0].body;
    assert_eq!(sent["customer_data"]["customer_key"], "hotel");
    assert_eq!(sent["customer_data"]["spaces"][1]["space_key"], "102");
    assert_eq!(sent["features"]["manage"]["exclude"], true);
    assert_eq!(
        sent["features"]["connect"]["accepted_providers"],
        json!(["yale", "august"])
    );
    assert_eq!(sent["is_embedded"], true);
}
