//! What the API sends by itself: the bodies of webhooks and callbacks.

use serde_json::Value;

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
/// The body is no JSON, or JSON of another type altogether.
#[doc(hidden)]
pub fn read_delivery<T: Slot + Default>(body: &[u8]) -> Result<T, Error> {
    let mut value = T::default();
    read_into(body, &mut value)?;
    Ok(value)
}

fn read_into(body: &[u8], slot: &mut dyn Slot) -> Result<(), Error> {
    let mut found = "";
    let mut is_read = false;
    let mut take = |json: Json<'_>, reader: &mut Reader| {
        found = json.kind();
        is_read = slot.read(json, reader);
        is_read
    };
    let unreadable = |what: String| Error::new(ErrorKind::InvalidResponse, what);
    parse(body, &mut take).map_err(|malformed| {
        unreadable(format!("the delivery: {malformed}")).with_source(malformed)
    })?;
    match is_read {
        true => Ok(()),
        false => Err(unreadable(format!(
            "the delivery: expected {}, found {found}",
            slot.expected()
        ))),
    }
}

/// Takes the body of a delivery that the document does not have.
///
/// # Errors
///
/// The body is no JSON.
#[doc(hidden)]
pub fn unknown_delivery(name: &str, body: &[u8]) -> Result<UnknownVariant, Error> {
    let raw: Value = read_delivery(body)?;
    Ok(UnknownVariant::new(name.to_owned(), raw))
}

/// The text of a property of a body; empty where there is none.
///
/// # Errors
///
/// The body is no JSON.
#[doc(hidden)]
pub fn tag_of_delivery(tag: &str, body: &[u8]) -> Result<String, Error> {
    let raw: Value = read_delivery(body)?;
    let text = raw.get(tag).and_then(Value::as_str);
    Ok(text.unwrap_or_default().to_owned())
}

/// The code of the enum of all deliveries, each known by a name that comes beside the body:
/// `delivered! { Delivery { OrderMade(_) = "order.made", Ping = "ping", Form(_) = ("form" raw) } }`. What is `raw` is kept as bytes.
macro_rules! delivered {
    ($type:ident { $( $(#[$attribute:meta])* $branch:ident $(($payload:tt))? = $name:tt ),* $(,)? }) => {
        impl $type {
            /// Reads the body of a delivery. `name` is that of the webhook or callback.
            ///
            /// # Errors
            ///
            /// The body is not JSON, or JSON of another type than the API documents.
            pub fn read(
                name: &str,
                body: impl ::std::convert::AsRef<[u8]>,
            ) -> ::std::result::Result<Self, $crate::Error> {
                let body = body.as_ref();
                Ok(match name {
                    $( $(#[$attribute])* $crate::wire::delivered!(@name $name) =>
                        Self::$branch $(($crate::wire::delivered!(@read body $name $payload)))?, )*
                    other => Self::Unknown($crate::wire::unknown_delivery(other, body)?),
                })
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
    (@read $body:ident $name:literal $hole:tt) => {
        $crate::wire::read_delivery($body)?
    };
    (@read $body:ident ($name:literal raw) $hole:tt) => {
        $crate::Bytes::copy_from_slice($body)
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

/// The code of an enum of deliveries whose bodies say what they are: `delivered_by! { Delivery by "type" { "order.made" = "orderMade" } }`.
macro_rules! delivered_by {
    ($type:ident by $tag:literal { $( $(#[$attribute:meta])* $value:literal = $name:literal ),* $(,)? }) => {
        impl $type {
            #[doc = concat!("Reads the body of a delivery whose `", $tag, "` says what it is.")]
            ///
            /// # Errors
            ///
            /// The body is not JSON, or JSON of another type than the API documents.
            pub fn from_body(
                body: impl ::std::convert::AsRef<[u8]>,
            ) -> ::std::result::Result<Self, $crate::Error> {
                let body = body.as_ref();
                let tag = $crate::wire::tag_of_delivery($tag, body)?;
                match &*tag {
                    $( $(#[$attribute])* $value => Self::read($name, body), )*
                    other => Ok(Self::Unknown($crate::wire::unknown_delivery(other, body)?)),
                }
            }
        }
    };
}
pub(crate) use delivered_by;
