//! A type of the client, and how JSON fares in it.

use std::fmt::Debug;

use seam::wire::{Slot, decode, encode};
use seam::{Deviation, Value};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A type, and the schemas that it stands for.
pub struct Kind {
    pub name: &'static str,
    /// The JSON pointers of the schemas.
    pub schemas: &'static [&'static str],
    /// Properties that the unions around it read: their tags.
    pub tags: &'static [&'static str],
    pub trip: fn(&str) -> Trip,
}

/// What became of a value.
pub struct Trip {
    pub deviations: Vec<Deviation>,
    pub written: Value,
    /// What serde wrote is read by serde as an equal value.
    pub comes_back: bool,
    /// What `Debug` shows of it.
    pub shown: String,
}

/// Reads a value by the decoding rules, writes it, and reads that again.
pub fn trip<T>(json: &str) -> Trip
where
    T: Slot + Clone + Debug + Default + PartialEq + Serialize + DeserializeOwned,
{
    let (value, deviations) = decode::<T>(json).unwrap();
    let stored = serde_json::to_string(&value).unwrap();
    Trip {
        deviations,
        written: serde_json::from_str(&encode(&value)).unwrap(),
        shown: format!("{value:?} {value:#?}"),
        comes_back: serde_json::from_str::<T>(&stored).unwrap() == value,
    }
}
