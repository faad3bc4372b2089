//! What deliveries to a webhook become.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail that way, its helpers too"
)]
#![cfg(all(feature = "webhook", feature = "events"))]

use std::time::{SystemTime, UNIX_EPOCH};

use http::HeaderMap;
use seam::Event;
use seam::event::EventType;
use seam::webhook::Webhook;

const SECRET: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

/// A delivery of now, with the headers that Seam signs it by.
fn delivered(body: &str) -> Event {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let now = i64::try_from(now.as_secs()).unwrap();
    let signer = standardwebhooks::Webhook::new(SECRET).unwrap();
    let mut headers = HeaderMap::new();
    headers.insert("svix-id", "msg_1".parse().unwrap());
    headers.insert("svix-timestamp", now.into());
    let signature = signer.sign("msg_1", now, body.as_bytes()).unwrap();
    headers.insert("svix-signature", signature.parse().unwrap());
    Webhook::new(SECRET)
        .unwrap()
        .verify(&headers, body)
        .unwrap()
}

#[test]
fn a_delivery_is_an_event() {
    let event = delivered(r#"{"event_id": "e1", "event_type": "lock.locked", "device_id": "d1"}"#);
    assert!(
        matches!(event.event_type, EventType::LockLocked { .. }),
        "{event:?}"
    );
    assert_eq!(event.device_id(), Some(&"d1".into()));
}

#[test]
fn an_event_that_is_not_known_comes_through() {
    let event = delivered(r#"{"event_type": "moon.landed", "crew": 3}"#);
    assert_eq!(event.event_type, EventType::Unknown("moon.landed".into()));
    assert_eq!(event.extra().get("crew"), Some(&3.into()));
}
