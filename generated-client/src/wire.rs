//! Reads values from JSON, and writes them as JSON.
//!
//! serde_json parses. A shared, non-generic core reads and writes. A type only lists its fields. Reading never fails on the
//! contents of a reply: unknown values are kept, missing values and those of another type become the zero value, and each such
//! difference from the API's document is recorded as a [`Deviation`].

#![allow(
    unused_macros,
    unused_imports,
    reason = "which macros are called depends on the document"
)]

use std::fmt;

#[cfg(any(test, feature = "_parts"))]
mod delivered;
mod deviation;
mod extra;
mod json;
mod json_traits;
mod keyed_union;
mod kind_union;
mod number;
#[cfg(any(test, feature = "_parts"))]
mod number_enum;
mod object;
mod parse;
mod reader;
mod repair;
mod scalars;
mod secret;
mod serde_impls;
mod slot;
mod string_enum;
mod tagged;
pub(crate) mod text;
#[cfg(any(test, feature = "_parts"))]
mod tuple;
mod union;
mod unknown;
mod value;
mod variants;
mod writer;

#[cfg(test)]
mod tests;

#[cfg(any(test, feature = "_parts"))]
pub(crate) use delivered::{delivered, delivered_by};
#[cfg(any(test, feature = "_parts"))]
pub use delivered::{read_delivery, tag_of_delivery, unknown_delivery};
pub use deviation::Deviation;
pub use extra::Extra;
pub use json::{Items, Json, Members, Take};
pub(crate) use json::{read_next, value_of};
pub use json_traits::{debug, equal};
pub(crate) use json_traits::{json_traits, json_traits_of_enum};
pub use keyed_union::Keyed;
pub(crate) use keyed_union::{has_key, keyed_union};
pub use kind_union::unknown_kind;
pub(crate) use kind_union::{kind_conversions, kind_union};
pub(crate) use number::ecmascript;
#[cfg(any(test, feature = "_parts"))]
pub(crate) use number_enum::number_enum;
pub use object::{Field, FieldFlag, Object, Visit};
pub(crate) use object::{field_name, object};
pub(crate) use parse::{parse, without_mark};
pub use reader::Reader;
pub use secret::Secret;
pub(crate) use secret::{HIDDEN, Shown};
pub(crate) use serde_impls::serde_impls;
pub use serde_impls::{deserialize, serialize};
pub use slot::Slot;
pub(crate) use slot::boxed;
pub(crate) use string_enum::string_enum;
pub use tagged::{Branch, FoundTag, Tag, Untagged, write_branch};
pub(crate) use union::{
    tag, tag_text, union, union_payload, union_read, union_slot, union_tag, union_unknown,
};
pub use unknown::UnknownVariant;
pub(crate) use value::pass_on;
pub use variants::{Held, Variants, debug_variant, equal_variants, read_tag, to_json};
pub(crate) use variants::{accessors, variants, variants_of_kind};
pub use writer::Writer;

/// Reads JSON text by the decoding rules. Returns the value, and the deviations from the document.
///
/// # Errors
///
/// If the text is not JSON, or is nested too deeply.
#[doc(hidden)]
pub fn decode<T: Slot + Default>(json: &str) -> Result<(T, Vec<Deviation>), crate::Error> {
    let mut value = T::default();
    let deviations = decode_into(json, &mut value)?;
    Ok((value, deviations))
}

fn decode_into(json: &str, slot: &mut dyn Slot) -> Result<Vec<Deviation>, crate::Error> {
    let mut take = |json: Json<'_>, reader: &mut Reader| slot.read(json, reader);
    match parse(json.as_bytes(), &mut take) {
        Ok(reader) => Ok(reader.into_deviations()),
        Err(malformed) => Err(crate::Error::new(
            crate::ErrorKind::InvalidResponse,
            malformed.to_string(),
        )
        .with_source(malformed)),
    }
}

/// The functions that all types share in their impls of other crates' traits. They are called by pointers, so that rustc does not
/// visit everything that they reach again for each type.
pub(crate) struct Codec {
    encode: fn(&mut dyn Slot) -> String,
    pub(crate) to_value: fn(&mut dyn Slot) -> serde_json::Value,
    debug: fn(&str, &mut dyn Slot, &mut fmt::Formatter<'_>) -> fmt::Result,
    read: fn(&mut dyn Slot, Json<'_>, &mut Reader) -> bool,
}

pub(crate) static CODEC: Codec = Codec {
    encode: |slot| write(slot, Writer::default()),
    to_value: |slot| value_in(write(slot, Writer::default()).as_bytes()).unwrap_or_default(),
    debug: json_traits::show,
    read: serde_impls::read_whole,
};

/// Returns the JSON text of a value.
#[doc(hidden)]
pub fn encode<T: Slot + Clone>(value: &T) -> String {
    (CODEC.encode)(&mut value.clone())
}

fn write(slot: &mut dyn Slot, mut writer: Writer) -> String {
    slot.write(&mut writer);
    writer.finish().0
}

/// Returns the JSON value of a text; `None` if it is not JSON. It uses our own reader, so that the parser of serde_json is
/// compiled once.
pub(crate) fn value_in(json: &[u8]) -> Option<serde_json::Value> {
    let mut value = serde_json::Value::Null;
    let mut take = |json: Json<'_>, reader: &mut Reader| {
        value = json.into_value(reader);
        true
    };
    parse(json, &mut take).ok()?;
    Some(value)
}

/// Reads a value in memory; returns false if it has another JSON type.
pub(crate) fn read_value(
    value: serde_json::Value,
    slot: &mut dyn Slot,
    reader: &mut Reader,
) -> bool {
    pass_on(value, &mut |json, reader| slot.read(json, reader), reader)
}
