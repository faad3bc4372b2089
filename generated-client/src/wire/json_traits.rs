use std::fmt;

use serde_json::Value;

use super::slot::Slot;
use super::writer::Writer;
use super::{CODEC, encode, value_in, write};

/// Shows a value by the name of its type and its JSON, without what is secret.
///
/// # Errors
///
/// Those of the formatter.
pub fn debug<T: Slot + Clone>(name: &str, value: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    (CODEC.debug)(name, &mut value.clone(), f)
}

pub(super) fn show(name: &str, slot: &mut dyn Slot, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let json = write(slot, Writer::without_secrets());
    match value_in(json.as_bytes()).unwrap_or_default() {
        Value::Object(members) => {
            let mut shown = f.debug_struct(name);
            for (key, value) in &members {
                shown.field(key, &Plain(value));
            }
            shown.finish()
        }
        value => f.debug_tuple(name).field(&Plain(&value)).finish(),
    }
}

/// Shows JSON without the names of `Value`'s variants.
struct Plain<'a>(&'a Value);

impl fmt::Debug for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::String(text) => fmt::Debug::fmt(text, f),
            Value::Array(items) => f.debug_list().entries(items.iter().map(Plain)).finish(),
            Value::Object(members) => {
                let members = members.iter().map(|(key, value)| (key, Plain(value)));
                f.debug_map().entries(members).finish()
            }
            scalar => fmt::Display::fmt(scalar, f),
        }
    }
}

/// Whether two values have the same JSON.
#[must_use]
pub fn equal<T: Slot + Clone>(one: &T, other: &T) -> bool {
    encode(one) == encode(other)
}

/// `Debug` and `PartialEq` by way of the JSON. Derived, they would be a third of what there is to compile for a type.
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
