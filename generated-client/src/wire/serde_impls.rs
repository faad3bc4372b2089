use serde::de::{DeserializeSeed, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

use super::json::Json;
use super::parse::ValueSeed;
use super::reader::Reader;
use super::slot::Slot;
use super::writer::Writer;
use super::{CODEC, write};

/// Serializes a value to any format of serde, by its JSON.
///
/// # Errors
///
/// Those of the format.
pub fn serialize<T: Slot + Clone, S: Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    (CODEC.to_value)(&mut value.clone()).serialize(serializer)
}

/// Reads a value from any self-describing format of serde, by the decoding rules.
///
/// # Errors
///
/// Those of the format, and if the value has another JSON type.
pub fn deserialize<'de, T: Slot + Default, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let mut value = T::default();
    deserialize_into(&mut value, deserializer)?;
    Ok(value)
}

/// This is compiled once for each format, not for each type.
fn deserialize_into<'de, D: Deserializer<'de>>(
    slot: &mut dyn Slot,
    deserializer: D,
) -> Result<(), D::Error> {
    let mut found = "";
    let mut read = false;
    let mut take = |json: Json<'_>, reader: &mut Reader| {
        found = json.kind();
        read = (CODEC.read)(slot, json, reader);
        read
    };
    let mut reader = Reader::unbounded();
    let hand = ValueSeed {
        take: &mut take,
        reader: &mut reader,
    };
    hand.deserialize(deserializer)?;
    if read {
        return Ok(());
    }
    let expected = slot.expected();
    Err(D::Error::custom(format_args!(
        "expected {expected}, found {found}"
    )))
}

pub(super) fn read_whole(slot: &mut dyn Slot, json: Json<'_>, reader: &mut Reader) -> bool {
    // A union without a known branch is written as null.
    let is_nothing = matches!(json, Json::Null) && write(slot, Writer::default()) == "null";
    is_nothing || slot.read(json, reader)
}

/// Serde's traits for a type that is a [`Slot`] and has a zero value.
macro_rules! serde_impls {
    ($type:ident) => {
        impl ::serde::Serialize for $type {
            fn serialize<__S: ::serde::Serializer>(
                &self,
                serializer: __S,
            ) -> ::std::result::Result<__S::Ok, __S::Error> {
                $crate::wire::serialize(self, serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<__D: ::serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::std::result::Result<Self, __D::Error> {
                $crate::wire::deserialize(deserializer)
            }
        }
    };
}
pub(crate) use serde_impls;
