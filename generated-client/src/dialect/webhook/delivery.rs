use std::time::{SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use serde::Serialize;

use super::Webhook;

/// A signed delivery to a webhook, as Seam sends one.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Delivery {
    /// The headers, signature included.
    pub headers: HeaderMap,
    /// The body that was signed.
    pub body: Bytes,
}

/// Signs an event as of now, to test a receiver with it.
///
/// The event is anything that serializes: an event of this crate, or JSON for one that this version does not know.
///
/// ```
/// use seam::webhook::Webhook;
///
/// let secret = "whsec_c2VjcmV0";
/// let event = serde_json::json!({"event_type": "lock.unlocked", "device_id": "d1"});
/// let delivery = seam::test::sign(secret, &event);
/// assert!(Webhook::new(secret)?.verify(&delivery.headers, &delivery.body).is_ok());
/// # Ok::<(), seam::Error>(())
/// ```
///
/// # Panics
///
/// If the secret is not one of a webhook, or the event does not serialize to JSON.
#[must_use]
pub fn sign<T: Serialize + ?Sized>(secret: impl AsRef<str>, event: &T) -> Delivery {
    sign_at(secret, event, SystemTime::now())
}

/// Like [`sign`], but at another time. A delivery that is more than five minutes old is stale.
///
/// # Panics
///
/// See [`sign`].
#[must_use]
pub fn sign_at<T: Serialize + ?Sized>(
    secret: impl AsRef<str>,
    event: &T,
    time: SystemTime,
) -> Delivery {
    let body = serde_json::to_vec(event).expect("an event serializes to JSON");
    deliver(secret.as_ref(), body.into(), time)
}

fn deliver(secret: &str, body: Bytes, time: SystemTime) -> Delivery {
    let webhook = Webhook::new(secret).expect("the secret is one of a webhook");
    let seconds = time
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs();
    let mut headers = HeaderMap::new();
    headers.insert("svix-id", HeaderValue::from_static("msg_fake"));
    headers.insert("svix-timestamp", seconds.into());
    headers.insert("svix-signature", webhook.sign("msg_fake", seconds, &body));
    Delivery { headers, body }
}
