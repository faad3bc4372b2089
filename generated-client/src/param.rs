//! Types of parameters: a value that may be null, a time and a number in any form.

mod into_param;
mod nullable;
mod number;
mod optional;
#[cfg(test)]
mod tests;
mod time;

pub use into_param::IntoParam;
#[doc(hidden)]
pub use nullable::Text;
#[allow(unused_imports, reason = "not every feature has a type for it")]
pub(crate) use nullable::nullable_from;
pub use nullable::{Null, Nullable, OrNull, TextsOrNull};
pub use number::Number;
pub use optional::Optional;
pub(crate) use optional::Sent;
#[doc(hidden)]
pub use optional::{Given, OptionalValue, Perhaps};
pub use time::DateTime;
#[doc(hidden)]
pub use time::ToTimestamp;

/// Conversions for an argument that is made from text: from a reference to it, and back to text.
macro_rules! text_conversions {
    ($type:ident) => {
        impl ::std::convert::From<&$type> for $type {
            #[inline]
            fn from(value: &$type) -> Self {
                value.clone()
            }
        }

        impl ::std::convert::From<&&$type> for $type {
            #[inline]
            fn from(value: &&$type) -> Self {
                (*value).clone()
            }
        }

        impl ::std::convert::From<&$type> for ::std::string::String {
            #[inline]
            fn from(value: &$type) -> Self {
                value.as_str().to_owned()
            }
        }

        impl ::std::convert::From<$type> for ::std::string::String {
            #[inline]
            fn from(value: $type) -> Self {
                value.as_str().to_owned()
            }
        }

        impl ::std::cmp::PartialEq<$type> for &str {
            #[inline]
            fn eq(&self, other: &$type) -> bool {
                *self == other.as_str()
            }
        }

        impl ::std::convert::From<&$type> for $crate::Nullable<::std::string::String> {
            #[inline]
            fn from(value: &$type) -> Self {
                Self::Value(value.as_str().to_owned())
            }
        }

        impl ::std::convert::From<$type> for $crate::Nullable<::std::string::String> {
            #[inline]
            fn from(value: $type) -> Self {
                Self::from(&value)
            }
        }
    };
}
#[allow(unused_imports, reason = "not every feature has a type for it")]
pub(crate) use text_conversions;

/// Converts the items of a list of texts, which may have any text type.
#[allow(dead_code, reason = "a document may have no such list")]
pub(crate) fn texts(items: impl IntoIterator<Item = impl AsRef<str>>) -> Vec<String> {
    items
        .into_iter()
        .map(|item| item.as_ref().to_owned())
        .collect()
}
