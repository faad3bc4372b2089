//! Events that Seam delivers to a webhook: the feature `webhook`.
//!
//! ```
//! use seam::webhook::Webhook;
//!
//! /// Handles a delivery; gives the status to answer with.
//! fn receive(headers: &http::HeaderMap, body: &[u8]) -> u16 {
//!     # let secret = "whsec_c2VjcmV0";
//!     let delivery = Webhook::new(secret).and_then(|webhook| webhook.verify(headers, body));
//!     match delivery {
//!         Ok(event) => {
//!             println!("{event:?}");
//!             204
//!         }
//!         Err(error) => {
//!             eprintln!("{error}");
//!             400
//!         }
//!     }
//! }
//! ```

#[cfg(test)]
mod tests;

use std::fmt;

use http::{HeaderMap, HeaderName};
use standardwebhooks::{
    HEADER_WEBHOOK_ID, HEADER_WEBHOOK_SIGNATURE, HEADER_WEBHOOK_TIMESTAMP, WebhookError,
};

use crate::error::{Error, ErrorKind};
use crate::wire::{Json, Slot, parse};

/// What a delivery holds: an event, where the document has events and their feature is on; otherwise its JSON.
pub use crate::generated::Delivered;

/// The names that deliveries bear, beside those of the standard.
const NAMES: [(&str, &str); 3] = [
    (HEADER_WEBHOOK_ID, "svix-id"),
    (HEADER_WEBHOOK_TIMESTAMP, "svix-timestamp"),
    (HEADER_WEBHOOK_SIGNATURE, "svix-signature"),
];

/// Tells genuine deliveries to one webhook from others, and reads them.
pub struct Webhook(standardwebhooks::Webhook);

impl Webhook {
    /// A webhook by its secret, which starts with `whsec_`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`] where that is no secret of a webhook.
    pub fn new(secret: impl AsRef<str>) -> Result<Self, Error> {
        let key = secret.as_ref().trim().strip_prefix("whsec_");
        match key.map(standardwebhooks::Webhook::new) {
            Some(Ok(webhook)) if key.is_some_and(|key| !key.is_empty()) => Ok(Self(webhook)),
            // The cause is left out: it may quote the secret.
            _ => Err(Error::new(
                ErrorKind::Config,
                "the secret is none of a webhook: it starts with `whsec_`, and base64 follows",
            )),
        }
    }

    /// The event of a genuine delivery, whose `body` is given byte for byte as it came. Events that this version of the client
    /// does not know come through as unknown ones.
    ///
    /// # Errors
    ///
    /// - [`ErrorKind::WebhookForged`]: it is not signed with this secret, or not signed at all.
    /// - [`ErrorKind::WebhookStale`]: it is older than five minutes, or from the future: it may be one that was recorded.
    /// - [`ErrorKind::WebhookUnreadable`]: it is genuine, and its body is no JSON object.
    pub fn verify(&self, headers: &HeaderMap, body: impl AsRef<[u8]>) -> Result<Delivered, Error> {
        self.verify_as(headers, body)
    }

    /// As [`verify`](Self::verify), read into another type, such as [`Value`](crate::Value).
    ///
    /// # Errors
    ///
    /// As [`verify`](Self::verify).
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
}

/// The headers by the names of the standard.
fn standard(headers: &HeaderMap) -> Result<HeaderMap, Error> {
    let mut found = HeaderMap::new();
    for (name, branded) in NAMES {
        let value = headers.get(branded).or_else(|| headers.get(name));
        let value = value.ok_or_else(|| forged(format!("it lacks the header `{branded}`")))?;
        if name == HEADER_WEBHOOK_TIMESTAMP {
            check_timestamp(value.to_str().unwrap_or_default())?;
        }
        found.insert(HeaderName::from_static(name), value.clone());
    }
    Ok(found)
}

/// Refuses what is no time in seconds; the verifier computes with it.
fn check_timestamp(text: &str) -> Result<(), Error> {
    match text.parse::<u32>() {
        Ok(_) => Ok(()),
        Err(_) => Err(forged("its timestamp is none")),
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
        Err(unreadable("the body is no JSON object"))
    }
}

impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook").finish_non_exhaustive()
    }
}
