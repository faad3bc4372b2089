use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use super::encode;
use super::reader::Reader;
use super::slot::Slot;
use super::writer::Writer;

/// Hands a value to any of serde's formats, by way of its JSON.
///
/// # Errors
///
/// Those of the format.
pub fn serialize<S: Serializer>(slot: &dyn Slot, serializer: S) -> Result<S::Ok, S::Error> {
    let mut writer = Writer::default();
    slot.write(&mut writer);
    let (json, _) = writer.finish();
    Reader::new(&json)
        .value()
        .unwrap_or_default()
        .serialize(serializer)
}

/// Reads a value from any of serde's formats by the decoding rules, by way of its JSON.
///
/// # Errors
///
/// Those of the format, and a value whose JSON type is another one altogether.
pub fn deserialize<'de, T: Slot + Default, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let json = Value::deserialize(deserializer)?.to_string();
    let mut value = T::default();
    read_whole(&mut value, &json).map_err(D::Error::custom)?;
    Ok(value)
}

fn read_whole(slot: &mut dyn Slot, json: &str) -> Result<(), String> {
    // A union that nothing is known of is written as null.
    if json == "null" && encode(slot) == json {
        return Ok(());
    }
    let mut reader = Reader::new(json);
    if slot.read(&mut reader) {
        return Ok(());
    }
    let found = reader
        .into_deviations()
        .pop()
        .map_or_else(String::new, |deviation| deviation.found);
    Err(format!("expected {}, found {found}", slot.expected()))
}

/// Serde's traits for a type that is a [`Slot`] and has a zero value.
macro_rules! serde_impls {
    ($type:ident) => {
        impl ::serde::Serialize for $type {
            #[inline]
            fn serialize<__S: ::serde::Serializer>(
                &self,
                serializer: __S,
            ) -> ::std::result::Result<__S::Ok, __S::Error> {
                $crate::wire::serialize(self, serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $type {
            #[inline]
            fn deserialize<__D: ::serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::std::result::Result<Self, __D::Error> {
                $crate::wire::deserialize(deserializer)
            }
        }
    };
}
pub(crate) use serde_impls;
