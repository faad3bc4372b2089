//! Events that Seam delivers to a webhook: the feature `webhook`.
//!
//! Make one [`Webhook`] when the program starts, and verify each delivery with it:
//!
//! ```
//! use seam::ErrorKind;
//! use seam::transport::http::{HeaderMap, StatusCode};
//! use seam::webhook::Webhook;
//!
//! /// Handles a delivery; gives the status to answer with.
//! fn receive(webhook: &Webhook, headers: &HeaderMap, body: &[u8]) -> StatusCode {
//!     match webhook.verify(headers, body) {
//!         Ok(event) => {
//!             println!("{event:?}");
//!             StatusCode::NO_CONTENT
//!         }
//!         Err(error) => {
//!             eprintln!("{error}");
//!             match error.kind() {
//!                 ErrorKind::WebhookForged | ErrorKind::WebhookStale => StatusCode::UNAUTHORIZED,
//!                 _ => StatusCode::BAD_REQUEST,
//!             }
//!         }
//!     }
//! }
//!
//! let webhook = Webhook::new("whsec_c2VjcmV0")?;
//! assert_eq!(receive(&webhook, &HeaderMap::new(), b"{}"), StatusCode::UNAUTHORIZED);
//! # Ok::<(), seam::Error>(())
//! ```
//!
//! `examples/webhook_receiver.rs` is a whole receiver. To test yours, `seam::test::sign` (feature `test-util`) signs deliveries.

#[cfg(any(test, feature = "test-util"))]
pub(super) mod delivery;
#[cfg(test)]
mod tests;

use std::fmt;

use http::{HeaderMap, HeaderName, HeaderValue};
use standardwebhooks::{
    HEADER_WEBHOOK_ID, HEADER_WEBHOOK_SIGNATURE, HEADER_WEBHOOK_TIMESTAMP, WebhookError,
};

use crate::error::{Error, ErrorKind};
use crate::wire::{Json, Slot, parse};

/// The prefix of a webhook's secret.
const PREFIX: &str = "whsec_";

/// The names of headers in deliveries, each with the name in the standard.
const NAMES: [(&str, &str); 3] = [
    (HEADER_WEBHOOK_ID, "svix-id"),
    (HEADER_WEBHOOK_TIMESTAMP, "svix-timestamp"),
    (HEADER_WEBHOOK_SIGNATURE, "svix-signature"),
];

/// Verifies deliveries to one webhook, and reads them.
///
/// This is the receiver's side. `seam::Webhook` is another type: the webhook that the API lists and creates.
pub struct Webhook(standardwebhooks::Webhook);

impl Webhook {
    /// Makes a webhook from its secret, which starts with `whsec_`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`] if this is not the secret of a webhook.
    pub fn new(secret: impl AsRef<str>) -> Result<Self, Error> {
        let key = secret.as_ref().trim().strip_prefix(PREFIX);
        // The type of the standard would remove a second prefix, and accept an empty key.
        let key = key.filter(|key| !key.is_empty() && !key.starts_with(PREFIX));
        match key.map(standardwebhooks::Webhook::new) {
            Some(Ok(webhook)) => Ok(Self(webhook)),
            // The cause is left out: it may quote the secret.
            _ => Err(Error::new(
                ErrorKind::Config,
                "invalid webhook secret: it must start with `whsec_`, once, and base64 must follow",
            )),
        }
    }

    /// Verifies a delivery as `verify` does, and reads it as another type, such as [`Value`](crate::Value).
    ///
    /// # Errors
    ///
    /// - [`ErrorKind::WebhookForged`]: the delivery is not signed with this secret, or not signed at all.
    /// - [`ErrorKind::WebhookStale`]: it is older than five minutes, or from the future.
    /// - [`ErrorKind::WebhookUnreadable`]: it is genuine, and its body is not a JSON object.
    pub fn verify_as<T: Slot + Default>(
        &self,
        headers: &HeaderMap,
        body: impl AsRef<[u8]>,
    ) -> Result<T, Error> {
        let body = body.as_ref();
        let headers = standard(headers)?;
        self.0.verify(body, &headers).map_err(refused)?;
        let mut event = T::default();
        read(body, &mut event)?;
        Ok(event)
    }

    /// Returns the signature of a delivery for its header.
    #[cfg(any(test, feature = "test-util"))]
    pub(crate) fn sign(&self, id: &str, seconds: u64, body: &[u8]) -> HeaderValue {
        let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
        let signature = self.0.sign(id, seconds, body).unwrap_or_default();
        HeaderValue::try_from(signature).expect("base64 makes a header")
    }
}

/// Returns the headers under the names of the standard.
fn standard(headers: &HeaderMap) -> Result<HeaderMap, Error> {
    let mut found = HeaderMap::new();
    for (name, branded) in NAMES {
        let mut values = headers.get_all(branded).iter().chain(headers.get_all(name));
        let value = match name {
            HEADER_WEBHOOK_SIGNATURE => signatures(values),
            _ => values.next().cloned(),
        };
        let value = value.ok_or_else(|| forged(format!("it lacks the header `{branded}`")))?;
        if name == HEADER_WEBHOOK_TIMESTAMP {
            check_timestamp(value.to_str().unwrap_or_default())?;
        }
        found.insert(HeaderName::from_static(name), value);
    }
    Ok(found)
}

/// Joins all signatures in one header. A delivery is genuine if one of them is.
fn signatures<'a>(headers: impl Iterator<Item = &'a HeaderValue>) -> Option<HeaderValue> {
    let texts: Vec<&str> = headers.filter_map(|value| value.to_str().ok()).collect();
    let all = HeaderValue::try_from(texts.join(" "));
    all.ok().filter(|_| !texts.is_empty())
}

/// Refuses a text that is not a time in seconds, because the verifier computes with it.
fn check_timestamp(text: &str) -> Result<(), Error> {
    match text.parse::<u32>() {
        Ok(_) => Ok(()),
        Err(_) => Err(forged("its timestamp is not a number of seconds")),
    }
}

fn refused(error: WebhookError) -> Error {
    match error {
        WebhookError::TimestampTooOldError => stale("it is older than five minutes"),
        WebhookError::FutureTimestampError => stale("it comes from the future"),
        _ => forged("it is not signed with this webhook's secret"),
    }
}

fn forged(why: impl fmt::Display) -> Error {
    Error::new(
        ErrorKind::WebhookForged,
        format!("the delivery is not genuine: {why}"),
    )
}

fn stale(why: &str) -> Error {
    Error::new(
        ErrorKind::WebhookStale,
        format!("the delivery is not recent: {why}"),
    )
}

fn read(body: &[u8], event: &mut dyn Slot) -> Result<(), Error> {
    let unreadable =
        |why: &str| Error::new(ErrorKind::WebhookUnreadable, format!("the delivery: {why}"));
    let mut is_object = false;
    parse(body, &mut |json, reader| {
        is_object = matches!(json, Json::Object(_));
        is_object && event.read(json, reader)
    })
    .map_err(|malformed| unreadable(&malformed.to_string()).with_source(malformed))?;
    if is_object {
        Ok(())
    } else {
        Err(unreadable("the body is not a JSON object"))
    }
}

impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook").finish_non_exhaustive()
    }
}
