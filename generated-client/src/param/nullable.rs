//! Nullable parameters. They take all values that the same parameter takes if it is not nullable.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Number, texts};
use crate::id::Id;
use crate::wire::{Json, Reader, Slot, Writer};

/// The JSON `null`, as an argument. It clears a value; leaving the parameter out keeps the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Null;

/// A parameter that may be [`Null`]. Pass `Null`, or any argument that converts into `T`.
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

/// A type that is text in JSON. Its nullable parameter is made from the same values as the type.
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

impl<T: Text + Clone> From<&&T> for Nullable<T> {
    fn from(value: &&T) -> Self {
        Self::Value((*value).clone())
    }
}

impl<T: Text> From<&&str> for Nullable<T> {
    fn from(text: &&str) -> Self {
        Self::from(*text)
    }
}

impl<T: Text> From<Cow<'_, str>> for Nullable<T> {
    fn from(text: Cow<'_, str>) -> Self {
        Self::from(&*text)
    }
}

impl<T: Text> From<Box<str>> for Nullable<T> {
    fn from(text: Box<str>) -> Self {
        Self::from(&*text)
    }
}

impl From<&&str> for Nullable<String> {
    fn from(text: &&str) -> Self {
        Self::from(*text)
    }
}

impl<K> From<Id<K>> for Nullable<String> {
    fn from(id: Id<K>) -> Self {
        Self::Value(id.into_string())
    }
}

impl<K> From<&Id<K>> for Nullable<String> {
    fn from(id: &Id<K>) -> Self {
        Self::Value(id.as_str().to_owned())
    }
}

/// Conversions to `Nullable<T>` from the values that `T` is made from.
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

nullable_from! { String: &str, &mut str, &String, Box<str>, Cow<'_, str>, char }
nullable_from! { Number: f64, f32, i64, i32, i16, i8, u64, u32, u16, u8, usize }
nullable_from! { f64: f32, i8, i16, i32, u8, u16, u32 }
nullable_from! { i64: i8, i16, i32, u8, u16, u32 }

/// An argument for a nullable list or map: [`Null`], or an iterator whose items convert into those of the list or map.
pub trait OrNull<C> {
    /// Returns the value that is sent.
    #[doc(hidden)]
    fn or_null(self) -> Nullable<C>;
}

impl<C> OrNull<C> for Null {
    fn or_null(self) -> Nullable<C> {
        Nullable::Null
    }
}

impl<C> OrNull<C> for Nullable<C> {
    fn or_null(self) -> Self {
        self
    }
}

impl<T, I: IntoIterator<Item: Into<T>>> OrNull<Vec<T>> for I {
    fn or_null(self) -> Nullable<Vec<T>> {
        Nullable::Value(self.into_iter().map(Into::into).collect())
    }
}

impl<T, K: Into<String>, V: Into<T>, I: IntoIterator<Item = (K, V)>> OrNull<BTreeMap<String, T>>
    for I
{
    fn or_null(self) -> Nullable<BTreeMap<String, T>> {
        let entries = self.into_iter();
        Nullable::Value(
            entries
                .map(|(key, value)| (key.into(), value.into()))
                .collect(),
        )
    }
}

/// An argument for a nullable list of texts: [`Null`], or texts in any form.
pub trait TextsOrNull {
    /// Returns the value that is sent.
    #[doc(hidden)]
    fn or_null(self) -> Nullable<Vec<String>>;
}

impl TextsOrNull for Null {
    fn or_null(self) -> Nullable<Vec<String>> {
        Nullable::Null
    }
}

impl TextsOrNull for Nullable<Vec<String>> {
    fn or_null(self) -> Self {
        self
    }
}

impl<I: IntoIterator<Item: AsRef<str>>> TextsOrNull for I {
    fn or_null(self) -> Nullable<Vec<String>> {
        Nullable::Value(texts(self))
    }
}
