//! The bodies of webhooks and callbacks.

use serde_json::Value;

use super::deviation::Deviation;
use super::json::Json;
use super::parse::parse;
use super::reader::Reader;
use super::slot::Slot;
use super::unknown::UnknownVariant;
use crate::error::{Error, ErrorKind};

/// Reads the body of a delivery by the decoding rules.
///
/// # Errors
///
/// If the body is not JSON, or has another JSON type.
#[doc(hidden)]
pub fn read_delivery<T: Slot + Default>(body: &[u8]) -> Result<(T, Vec<Deviation>), Error> {
    let mut value = T::default();
    let deviations = read_into(body, &mut value)?;
    Ok((value, deviations))
}

fn read_into(body: &[u8], slot: &mut dyn Slot) -> Result<Vec<Deviation>, Error> {
    let mut found = "";
    let mut is_read = false;
    let mut take = |json: Json<'_>, reader: &mut Reader| {
        found = json.kind();
        is_read = slot.read(json, reader);
        is_read
    };
    let unreadable = |what: String| Error::new(ErrorKind::InvalidResponse, what);
    let reader = parse(body, &mut take).map_err(|malformed| {
        unreadable(format!("the delivery: {malformed}")).with_source(malformed)
    })?;
    match is_read {
        true => Ok(reader.into_deviations()),
        false => Err(unreadable(format!(
            "the delivery: expected {}, found {found}",
            slot.expected()
        ))),
    }
}

/// Reads the body of a delivery that the document does not have.
///
/// # Errors
///
/// If the body is not JSON.
#[doc(hidden)]
pub fn unknown_delivery(
    name: &str,
    body: &[u8],
) -> Result<(UnknownVariant, Vec<Deviation>), Error> {
    let (raw, mut deviations) = read_delivery::<Value>(body)?;
    deviations.push(Deviation {
        pointer: String::new(),
        expected: "a documented delivery".to_owned(),
        found: name.to_owned(),
    });
    Ok((UnknownVariant::new(name.to_owned(), raw), deviations))
}

/// Returns the text of a property of a body; empty if it is missing.
///
/// # Errors
///
/// If the body is not JSON.
#[doc(hidden)]
pub fn tag_of_delivery(tag: &str, body: &[u8]) -> Result<String, Error> {
    let (raw, _) = read_delivery::<Value>(body)?;
    let text = raw.get(tag).and_then(Value::as_str);
    Ok(text.unwrap_or_default().to_owned())
}

/// The code of the enum of all deliveries, each identified by a name outside of its body: `delivered! { Delivery { OrderMade(_) =
/// "order.made", Ping = "ping", Form(_) = ("form" raw) } }`. A `raw` body is kept as bytes.
macro_rules! delivered {
    ($type:ident { $( $(#[$attribute:meta])* $branch:ident $(($payload:tt))? = $name:tt ),* $(,)? }) => {
        impl $type {
            /// Reads the body of a delivery. `name` is that of the webhook or callback.
            ///
            /// # Errors
            ///
            /// If the body is not JSON, or has another JSON type than the API documents.
            pub fn read(
                name: &str,
                body: impl ::std::convert::AsRef<[u8]>,
            ) -> ::std::result::Result<Self, $crate::Error> {
                Self::read_with_deviations(name, body).map(|(delivery, _)| delivery)
            }

            /// Reads the body of a delivery as [`read`](Self::read) does. Also lists where it departs from the API's document,
            /// as [`Response::deviations`](crate::Response::deviations) does for a reply.
            ///
            /// # Errors
            ///
            /// As [`read`](Self::read).
            pub fn read_with_deviations(
                name: &str,
                body: impl ::std::convert::AsRef<[u8]>,
            ) -> ::std::result::Result<(Self, ::std::vec::Vec<$crate::Deviation>), $crate::Error> {
                let body = body.as_ref();
                match name {
                    $( $(#[$attribute])* $crate::wire::delivered!(@name $name) =>
                        $crate::wire::delivered!(@read body $branch $name $($payload)?), )*
                    other => $crate::wire::unknown_delivery(other, body)
                        .map(|(unknown, deviations)| (Self::Unknown(unknown), deviations)),
                }
            }

            /// Returns the name of the webhook or callback.
            #[must_use]
            pub fn name(&self) -> &str {
                match self {
                    $( $(#[$attribute])* Self::$branch { .. } => $crate::wire::delivered!(@name $name), )*
                    Self::Unknown(unknown) => unknown.tag(),
                }
            }
        }

        #[allow(clippy::redundant_pattern, reason = "the pattern of a branch is passed through as it is written")]
        impl ::std::fmt::Debug for $type {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    $(
                        $(#[$attribute])*
                        Self::$branch $((payload @ $payload))? =>
                            f.debug_tuple(stringify!($branch))$(.field($crate::wire::delivered!(@show payload $payload)))?.finish(),
                    )*
                    Self::Unknown(unknown) => f.debug_tuple("Unknown").field(unknown).finish(),
                }
            }
        }
    };
    (@read $body:ident $branch:ident $name:literal $hole:tt) => {
        $crate::wire::read_delivery($body)
            .map(|(value, deviations)| (Self::$branch(value), deviations))
    };
    (@read $body:ident $branch:ident ($name:literal raw) $hole:tt) => {
        ::std::result::Result::Ok((
            Self::$branch($crate::Bytes::copy_from_slice($body)),
            ::std::vec::Vec::new(),
        ))
    };
    (@read $body:ident $branch:ident $name:literal) => {
        ::std::result::Result::Ok((Self::$branch, ::std::vec::Vec::new()))
    };
    (@name $name:literal) => {
        $name
    };
    (@name ($name:literal raw)) => {
        $name
    };
    (@show $payload:ident $hole:tt) => {
        $payload
    };
}
pub(crate) use delivered;

/// The code of an enum of deliveries whose bodies have a tag: `delivered_by! { Delivery by "type" { "order.made" = "orderMade" }
/// }`.
macro_rules! delivered_by {
    ($type:ident by $tag:literal { $( $(#[$attribute:meta])* $value:literal = $name:literal ),* $(,)? }) => {
        impl $type {
            #[doc = concat!("Reads the body of a delivery whose `", $tag, "` says what it is.")]
            ///
            /// # Errors
            ///
            /// If the body is not JSON, or has another JSON type than the API documents.
            pub fn from_body(
                body: impl ::std::convert::AsRef<[u8]>,
            ) -> ::std::result::Result<Self, $crate::Error> {
                Self::from_body_with_deviations(body).map(|(delivery, _)| delivery)
            }

            /// Reads the body of a delivery as [`from_body`](Self::from_body) does. Also lists where it departs from the API's
            /// document, as [`Response::deviations`](crate::Response::deviations) does for a reply.
            ///
            /// # Errors
            ///
            /// As [`from_body`](Self::from_body).
            pub fn from_body_with_deviations(
                body: impl ::std::convert::AsRef<[u8]>,
            ) -> ::std::result::Result<(Self, ::std::vec::Vec<$crate::Deviation>), $crate::Error> {
                let body = body.as_ref();
                let tag = $crate::wire::tag_of_delivery($tag, body)?;
                match &*tag {
                    $( $(#[$attribute])* $value => Self::read_with_deviations($name, body), )*
                    other => $crate::wire::unknown_delivery(other, body)
                        .map(|(unknown, deviations)| (Self::Unknown(unknown), deviations)),
                }
            }
        }
    };
}
pub(crate) use delivered_by;
