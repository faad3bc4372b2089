//! What deliveries to a webhook become.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail that way, its helpers too"
)]
#![cfg(all(feature = "webhook", feature = "test-util"))]

use std::time::{Duration, SystemTime};

use seam::event::EventType;
use seam::test::{Delivery, sign, sign_at};
use seam::webhook::Webhook;
use seam::{Error, ErrorKind, Event};
use serde_json::json;

const SECRET: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

/// The return type is part of the test: it is an event whatever other features are on.
fn verify(delivery: &Delivery) -> Result<Event, Error> {
    let webhook = Webhook::new(SECRET).unwrap();
    webhook.verify(&delivery.headers, &delivery.body)
}

fn refusal(delivery: &Delivery) -> ErrorKind {
    verify(delivery).unwrap_err().kind()
}

#[test]
fn a_typed_event_that_is_signed_comes_back_from_verify() {
    let event: Event = serde_json::from_value(json!({
        "event_id": "e1", "event_type": "lock.locked", "device_id": "d1", "occurred_at": "2028-08-12T19:23:42Z",
    }))
    .unwrap();
    let received = verify(&sign(SECRET, &event)).unwrap();
    assert_eq!(received, event);
    assert!(matches!(received.event_type, EventType::LockLocked { .. }));
    assert_eq!(received.device_id(), Some(&"d1".into()));
    let written = serde_json::to_value(&received).unwrap();
    assert_eq!(written["event_type"], "lock.locked");
    assert_eq!(written["device_id"], "d1");
}

#[test]
fn an_event_that_is_not_known_comes_through() {
    let event = json!({"event_type": "moon.landed", "crew": 3});
    let received = verify(&sign(SECRET, &event)).unwrap();
    assert_eq!(
        received.event_type,
        EventType::Unknown("moon.landed".into())
    );
    assert_eq!(received.extra().get("crew"), Some(&3.into()));
}

#[test]
fn a_delivery_is_forged_stale_or_unreadable() {
    let event = json!({"event_type": "lock.locked"});
    let by_another = sign("whsec_b3RoZXIgc2VjcmV0IGFsdG9nZXRoZXI=", &event);
    assert_eq!(refusal(&by_another), ErrorKind::WebhookForged);
    let hour = Duration::from_secs(3600);
    for time in [SystemTime::now() - hour, SystemTime::now() + hour] {
        assert_eq!(
            refusal(&sign_at(SECRET, &event, time)),
            ErrorKind::WebhookStale
        );
    }
    assert_eq!(
        refusal(&sign(SECRET, &json!([1]))),
        ErrorKind::WebhookUnreadable
    );
}

#[test]
fn every_signature_header_is_looked_at() {
    let genuine = sign(SECRET, &json!({"event_type": "lock.locked"}));
    let signature = genuine.headers["svix-signature"].clone();
    for name in ["svix-signature", "webhook-signature"] {
        let mut delivery = genuine.clone();
        delivery
            .headers
            .insert("svix-signature", "v1,bm9uZQ==".parse().unwrap());
        assert_eq!(refusal(&delivery), ErrorKind::WebhookForged);
        delivery.headers.append(name, signature.clone());
        delivery
            .headers
            .append(name, "v1,bm9uZQ==".parse().unwrap());
        assert!(verify(&delivery).is_ok(), "{name}");
    }
}
