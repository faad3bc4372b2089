//! The table of secrets: what `Debug` and errors of the client do not show, by the names of properties.
//!
//! It follows the words of Seam's document. Where a name has two meanings, the property counts as a secret unless the object
//! has another property that only the harmless one has beside it.

use crate::model::Secret;

const fn ending(name: &'static str) -> Secret {
    Secret {
        name,
        is_ending: true,
        unless_beside: &[],
    }
}

const fn named(name: &'static str) -> Secret {
    Secret {
        name,
        is_ending: false,
        unless_beside: &[],
    }
}

/// The secrets of every API.
const OF_ANY: [Secret; 5] = [
    ending("token"),
    ending("secret"),
    ending("password"),
    ending("api_key"),
    ending("private_key"),
];

/// The secrets of Seam's API beside those.
const OF_SEAM: [Secret; 20] = [
    // Keys.
    ending("auth_key"),
    named("publishable_key"),
    // PIN codes, and codes that are exchanged for a session. The `code` of an error stands beside its `message`; other codes,
    // such as `error_code` and `model_code`, name a kind of thing.
    Secret {
        unless_beside: &["message"],
        ..named("code")
    },
    named("new_code"),
    named("original_code"),
    named("preferred_code"),
    named("pairing_code"),
    named("short_code"),
    named("shortcode"),
    ending("pin"),
    ending("pin_code"),
    ending("passcode"),
    named("card_number"),
    // Links. `url` belongs to a Connect Webview, a customer portal or a magic link; that of a webhook is the caller's own.
    Secret {
        unless_beside: &["event_types", "webhook_id"],
        ..named("url")
    },
    ending("instant_key_url"),
    ending("authorize_url"),
    ending("ical_url"),
    ending("magic_link"),
    ending("portal_url"),
    ending("webview_url"),
];

/// The secrets of an API, which may follow the conventions of Seam's.
pub(crate) fn secrets(is_seam: bool) -> impl Iterator<Item = Secret> {
    let of_seam = OF_SEAM.into_iter().filter(move |_| is_seam);
    OF_ANY.into_iter().chain(of_seam)
}
