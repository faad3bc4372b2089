//! Types of parameters that have none of their own in Rust: a value that may be null, a time and a number in any form.

mod number;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::SystemTime;

use jiff::{Timestamp, ZonedDateTime};

use crate::wire::{Json, Reader, Slot, Writer};

pub use number::Number;

/// The JSON `null`, as an argument: it clears a value, where leaving the parameter out keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Null;

/// A parameter that may be [`Null`]. Made from `Null`, from the value, and from what the value is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[allow(clippy::exhaustive_enums, reason = "JSON has no third case")]
pub enum Nullable<T> {
    /// Clears the value.
    #[default]
    Null,
    /// Sets the value.
    Value(T),
}

impl<T> From<Null> for Nullable<T> {
    #[inline]
    fn from(_: Null) -> Self {
        Self::Null
    }
}

impl<T: Slot> From<T> for Nullable<T> {
    #[inline]
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T: Slot + Default> Slot for Nullable<T> {
    #[inline]
    fn read(&mut self, json: Json<'_>, reader: &mut Reader) -> bool {
        let mut value = None;
        let read = Slot::read(&mut value, json, reader);
        *self = value.map_or(Self::Null, Self::Value);
        read
    }

    #[inline]
    fn write(&mut self, writer: &mut Writer) {
        match self {
            Self::Null => writer.null(),
            Self::Value(value) => value.write(writer),
        }
    }

    #[inline]
    fn expected(&self) -> &'static str {
        T::default().expected()
    }

    #[inline]
    fn takes_null(&self) -> bool {
        true
    }
}

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

/// A type that stands for text: what it is made from, its nullable parameter is made from too.
///
/// Not for implementing outside of this crate.
#[doc(hidden)]
pub trait Text: for<'a> From<&'a str> {}

impl<T: Text> From<&str> for Nullable<T> {
    fn from(text: &str) -> Self {
        Self::Value(T::from(text))
    }
}

impl<T: Text> From<String> for Nullable<T> {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl<T: Text> From<&String> for Nullable<T> {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl<T: Text + Clone> From<&T> for Nullable<T> {
    fn from(value: &T) -> Self {
        Self::Value(value.clone())
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

        impl $crate::param::Text for $type {}
    };
}
#[allow(unused_imports, reason = "not every feature has a type for it")]
pub(crate) use text_conversions;

/// `Nullable<T>` from what `T` is made from.
macro_rules! nullable_from {
    ($type:ty: $($source:ty),+) => { $(
        impl ::std::convert::From<$source> for $crate::Nullable<$type> {
            #[inline]
            fn from(value: $source) -> Self {
                Self::Value(<$type>::from(value))
            }
        }
    )+ };
}
#[allow(unused_imports, reason = "not every feature has a type for it")]
pub(crate) use nullable_from;

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
nullable_from! { DateTime: Timestamp, &Timestamp, ZonedDateTime, &ZonedDateTime, SystemTime }
nullable_from! { String: &str, &String }
nullable_from! { f64: f32, i8, i16, i32, u8, u16, u32 }
nullable_from! { i64: i8, i16, i32, u8, u16, u32 }

impl<T: Slot + Default + Clone> From<&[T]> for Nullable<Vec<T>> {
    fn from(values: &[T]) -> Self {
        Self::Value(values.to_vec())
    }
}

impl<T: Slot + Default, V: Into<T>, const N: usize> From<[V; N]> for Nullable<Vec<T>> {
    fn from(values: [V; N]) -> Self {
        Self::Value(values.into_iter().map(Into::into).collect())
    }
}

impl<T: Slot + Default, K: Into<String>, V: Into<T>, const N: usize> From<[(K, V); N]>
    for Nullable<BTreeMap<String, T>>
{
    fn from(values: [(K, V); N]) -> Self {
        Self::Value(
            values
                .into_iter()
                .map(|(key, value)| (key.into(), value.into()))
                .collect(),
        )
    }
}

/// The items of a list of texts, in whatever form they are.
#[allow(dead_code, reason = "a document may have no such list")]
pub(crate) fn texts(items: impl IntoIterator<Item = impl AsRef<str>>) -> Vec<String> {
    items
        .into_iter()
        .map(|item| item.as_ref().to_owned())
        .collect()
}
