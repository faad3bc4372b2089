//! A point in time, as an argument.

use std::borrow::Cow;
use std::time::SystemTime;

use jiff::{Timestamp, ZonedDateTime};

use super::{Nullable, Text, text_conversions};
use crate::wire::{Json, Reader, Slot, Writer};

/// A point in time, as an argument: a [`Timestamp`], a [`ZonedDateTime`], a [`SystemTime`], or text that is passed on as it is.
///
/// Times of the crates `chrono` and `time` are not accepted: pass `SystemTime::from(t)`, or text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct DateTime(String);

impl DateTime {
    /// Returns the text that is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A point in time that converts into a [`DateTime`].
///
/// Not for implementing outside of this crate.
#[doc(hidden)]
pub trait ToTimestamp {
    /// Returns the timestamp. A time outside of its range becomes the first or the last timestamp.
    fn to_timestamp(&self) -> Timestamp;
}

impl ToTimestamp for Timestamp {
    fn to_timestamp(&self) -> Timestamp {
        *self
    }
}

impl ToTimestamp for ZonedDateTime {
    fn to_timestamp(&self) -> Timestamp {
        self.timestamp()
    }
}

impl ToTimestamp for SystemTime {
    fn to_timestamp(&self) -> Timestamp {
        let beyond = if *self < Self::UNIX_EPOCH {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        };
        Timestamp::try_from(*self).unwrap_or(beyond)
    }
}

impl<T: ToTimestamp> ToTimestamp for &T {
    fn to_timestamp(&self) -> Timestamp {
        (**self).to_timestamp()
    }
}

impl<T: ToTimestamp> From<T> for DateTime {
    fn from(time: T) -> Self {
        Self(format!("{:.3}", time.to_timestamp()))
    }
}

impl<T: ToTimestamp> From<T> for Nullable<DateTime> {
    fn from(time: T) -> Self {
        Self::Value(DateTime::from(time))
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

impl Text for DateTime {}

text_conversions! { DateTime }
