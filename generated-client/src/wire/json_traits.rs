use std::fmt;

use serde_json::Value;

use super::secret::{Member, Shown};
use super::slot::Slot;
use super::writer::Writer;
use super::{CODEC, encode, value_in, write};

/// Shows a value with the name of its type and its JSON, without secrets.
///
/// # Errors
///
/// Those of the formatter.
pub fn debug<T: Slot + Clone>(name: &str, value: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    (CODEC.debug)(name, &mut value.clone(), f)
}

pub(super) fn show(name: &str, slot: &mut dyn Slot, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let json = write(slot, Writer::default());
    match value_in(json.as_bytes()).unwrap_or_default() {
        Value::Object(object) => {
            let mut shown = f.debug_struct(name);
            for (key, value) in &object {
                shown.field(key, &Member::of(&object, key, value));
            }
            shown.finish()
        }
        value => f.debug_tuple(name).field(&Shown(&value)).finish(),
    }
}

/// Returns true if two values have the same JSON.
#[must_use]
pub fn equal<T: Slot + Clone>(one: &T, other: &T) -> bool {
    encode(one) == encode(other)
}

/// `Debug` and `PartialEq` based on the JSON. Derived implementations would be a third of the code of a type.
macro_rules! json_traits {
    ($type:ident) => {
        impl ::std::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::wire::debug(stringify!($type), self, f)
            }
        }

        impl ::std::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::wire::equal(self, other)
            }
        }
    };
}
pub(crate) use json_traits;

/// `Debug` and `PartialEq` for an enum: `Debug` shows the name of the variant, not of the type.
macro_rules! json_traits_of_enum {
    ($type:ident { $( $(#[$attribute:meta])* $variant:ident ),* $(,)? }) => {
        impl ::std::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                let variant = match self {
                    $( $(#[$attribute])* Self::$variant { .. } => stringify!($variant), )*
                    Self::Unknown(_) => "Unknown",
                };
                $crate::wire::debug(variant, self, f)
            }
        }

        impl ::std::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::wire::equal(self, other)
            }
        }
    };
}
pub(crate) use json_traits_of_enum;
