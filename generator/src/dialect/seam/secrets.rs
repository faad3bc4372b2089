//! The table of secrets: the names of properties that `Debug` and errors of the client do not show.
//!
//! It follows the names in Seam's document. If a name has two meanings, the property is a secret unless the object has another
//! property that occurs only with the harmless meaning.

use crate::dialect::rest;
use crate::model::Secret;

/// The secrets of Seam's API, in addition to those of any API.
const OF_SEAM: [Secret; 20] = [
    // Keys.
    Secret::ending("auth_key"),
    Secret::named("publishable_key"),
    // PIN codes, and codes that are exchanged for a session. The `code` of an error stands beside its `message`; other codes,
    // such as `error_code` and `model_code`, name a kind of thing.
    Secret {
        unless_beside: &["message"],
        ..Secret::named("code")
    },
    Secret::named("new_code"),
    Secret::named("original_code"),
    Secret::named("preferred_code"),
    Secret::named("pairing_code"),
    Secret::named("short_code"),
    Secret::named("shortcode"),
    Secret::ending("pin"),
    Secret::ending("pin_code"),
    Secret::ending("passcode"),
    Secret::named("card_number"),
    // Links. `url` belongs to a Connect Webview, a customer portal or a magic link; that of a webhook is the caller's own.
    Secret {
        unless_beside: &["event_types", "webhook_id"],
        ..Secret::named("url")
    },
    Secret::ending("instant_key_url"),
    Secret::ending("authorize_url"),
    Secret::ending("ical_url"),
    Secret::ending("magic_link"),
    Secret::ending("portal_url"),
    Secret::ending("webview_url"),
];

pub(super) fn all() -> Vec<Secret> {
    [&rest::SECRETS[..], &OF_SEAM].concat()
}
