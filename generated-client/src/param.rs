//! Types of parameters: a value that may be null, a time and a number in any form.

mod nullable;
mod number;
mod optional;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::time::SystemTime;

use jiff::{Timestamp, ZonedDateTime};

use crate::wire::{Json, Reader, Slot, Writer};

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

/// A point in time, as an argument: a [`Timestamp`], a [`ZonedDateTime`], a [`SystemTime`], or text that is passed on as it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct DateTime(String);

impl DateTime {
    /// The text that is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Timestamp> for DateTime {
    fn from(time: Timestamp) -> Self {
        Self(format!("{time:.3}"))
    }
}

impl From<&Timestamp> for DateTime {
    fn from(time: &Timestamp) -> Self {
        Self::from(*time)
    }
}

impl From<ZonedDateTime> for DateTime {
    fn from(time: ZonedDateTime) -> Self {
        Self::from(time.timestamp())
    }
}

impl From<&ZonedDateTime> for DateTime {
    fn from(time: &ZonedDateTime) -> Self {
        Self::from(time.timestamp())
    }
}

impl From<SystemTime> for DateTime {
    /// What lies beyond the years that a timestamp can hold is the first or last of its moments.
    fn from(time: SystemTime) -> Self {
        let beyond = if time < SystemTime::UNIX_EPOCH {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        };
        Self::from(Timestamp::try_from(time).unwrap_or(beyond))
    }
}

impl From<&str> for DateTime {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl Slot for DateTime {
    fn read(&mut self, json: Json<'_>, reader: &mut Reader) -> bool {
        self.0.read(json, reader)
    }

    fn write(&mut self, writer: &mut Writer) {
        writer.string(&self.0);
    }

    fn expected(&self) -> &'static str {
        "date-time"
    }
}

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

impl From<String> for DateTime {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&String> for DateTime {
    fn from(text: &String) -> Self {
        Self(text.clone())
    }
}

impl From<&&str> for DateTime {
    fn from(text: &&str) -> Self {
        Self::from(*text)
    }
}

impl From<Cow<'_, str>> for DateTime {
    fn from(text: Cow<'_, str>) -> Self {
        Self(text.into_owned())
    }
}

impl PartialEq<String> for DateTime {
    fn eq(&self, other: &String) -> bool {
        self.0 == *other
    }
}

impl PartialEq<str> for DateTime {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for DateTime {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

text_conversions! { DateTime }

impl Text for DateTime {}
/// The items of a list of texts, in whatever form they are.
#[allow(dead_code, reason = "a document may have no such list")]
pub(crate) fn texts(items: impl IntoIterator<Item = impl AsRef<str>>) -> Vec<String> {
    items
        .into_iter()
        .map(|item| item.as_ref().to_owned())
        .collect()
}
