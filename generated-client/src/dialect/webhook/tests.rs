use std::time::{SystemTime, UNIX_EPOCH};

use http::HeaderMap;
use serde_json::json;

use super::Webhook;
use crate::Value;
use crate::error::{Error, ErrorKind};

const SECRET: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
const BODY: &str = r#"{"event_id": "e1", "event_type": "lock.locked", "device_id": "d1"}"#;

fn now() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(now.as_secs()).unwrap()
}

/// Returns the headers of a delivery, with the names of this brand.
fn signed(brand: &str, secret: &str, timestamp: i64, body: &[u8]) -> HeaderMap {
    let signer = standardwebhooks::Webhook::new(secret).unwrap();
    let signature = signer.sign("msg_1", timestamp, body).unwrap();
    [
        ("id", "msg_1".to_owned()),
        ("timestamp", timestamp.to_string()),
        ("signature", format!("v1,bm9uZQ== {signature}")),
    ]
    .into_iter()
    .map(|(name, value)| {
        let name = http::HeaderName::try_from(format!("{brand}-{name}")).unwrap();
        (name, value.parse().unwrap())
    })
    .collect()
}

fn verify(headers: &HeaderMap, body: impl AsRef<[u8]>) -> Result<Value, Error> {
    Webhook::new(SECRET).unwrap().verify_as(headers, body)
}

fn refusal(headers: &HeaderMap, body: impl AsRef<[u8]>) -> ErrorKind {
    let error = verify(headers, body).unwrap_err();
    assert!(
        !format!("{error} {error:?}").contains("C2FVsBQ"),
        "{error:?}"
    );
    error.kind()
}

#[test]
fn a_genuine_delivery_is_read_with_both_names_of_headers() {
    for brand in ["svix", "webhook"] {
        let headers = signed(brand, SECRET, now(), BODY.as_bytes());
        assert_eq!(verify(&headers, BODY).unwrap()["event_id"], "e1");
    }
}

#[test]
fn a_forged_delivery_is_detected() {
    let other = "whsec_b3RoZXIgc2VjcmV0IGFsdG9nZXRoZXI=";
    let by_another = signed("svix", other, now(), BODY.as_bytes());
    assert_eq!(refusal(&by_another, BODY), ErrorKind::WebhookForged);

    let genuine = signed("svix", SECRET, now(), BODY.as_bytes());
    let changed = BODY.replace("d1", "d2");
    assert_eq!(refusal(&genuine, changed), ErrorKind::WebhookForged);
    assert_eq!(refusal(&genuine, [0xff, 0xfe]), ErrorKind::WebhookForged);

    assert_eq!(refusal(&HeaderMap::new(), BODY), ErrorKind::WebhookForged);
    for name in ["svix-id", "svix-timestamp", "svix-signature"] {
        let mut headers = genuine.clone();
        headers.remove(name);
        assert_eq!(refusal(&headers, BODY), ErrorKind::WebhookForged, "{name}");
        headers.insert(http::HeaderName::from_static(name), "é".parse().unwrap());
        assert_eq!(refusal(&headers, BODY), ErrorKind::WebhookForged, "{name}");
    }
}

#[test]
fn an_invalid_timestamp_is_an_error() {
    for timestamp in [
        "-9223372036854775808",
        "9223372036854775807",
        "soon",
        "1.5",
        "",
    ] {
        let mut headers = signed("svix", SECRET, now(), BODY.as_bytes());
        headers.insert("svix-timestamp", timestamp.parse().unwrap());
        assert_eq!(refusal(&headers, BODY), ErrorKind::WebhookForged);
    }
}

#[test]
fn a_delivery_from_another_time_is_stale() {
    for distance in [-3600, 3600] {
        let headers = signed("svix", SECRET, now() + distance, BODY.as_bytes());
        assert_eq!(refusal(&headers, BODY), ErrorKind::WebhookStale);
    }
}

#[test]
fn a_genuine_delivery_that_cannot_be_read_is_another_error_than_a_forged_one() {
    for body in ["", "<html>", "[1]", "{\"event_type\":"] {
        let headers = signed("svix", SECRET, now(), body.as_bytes());
        assert_eq!(
            refusal(&headers, body),
            ErrorKind::WebhookUnreadable,
            "{body}"
        );
    }
    let headers = signed("svix", SECRET, now(), b"{}");
    assert_eq!(verify(&headers, "{}").unwrap(), json!({}));
}

#[test]
fn an_invalid_secret_is_refused_and_not_shown() {
    for secret in [
        "",
        "whsec_",
        "whsec_whsec_",
        "whsec_whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
        "whsec_not base64",
        "seam_key",
        "C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
    ] {
        let error = Webhook::new(secret).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(secret.is_empty() || secret == "whsec_" || !error.to_string().contains(secret));
    }
    assert_eq!(
        format!("{:?}", Webhook::new(SECRET).unwrap()),
        "Webhook { .. }"
    );
}
