//! How JSON becomes values and values become JSON.
//!
//! One shared, non-generic core reads and writes; a type only says which fields it has. Reading never fails on what
//! stands in a reply: what is unknown comes through, what is missing or of another type is left at its zero value,
//! and each such departure from the API's document is recorded as a [`Deviation`].

#![allow(
    unused_macros,
    unused_imports,
    reason = "which macros are called depends on the document"
)]

mod check;
mod deviation;
mod hiding;
mod keyed_union;
mod kind_union;
mod number;
mod object;
mod reader;
mod scalars;
mod serde_impls;
mod slot;
mod string_enum;
mod union;
mod unknown;
mod writer;

#[cfg(test)]
mod tests;

pub(crate) use check::check;
pub use deviation::Deviation;
pub(crate) use hiding::{debug_field, hiding_debug};
pub(crate) use keyed_union::keyed_union;
pub(crate) use kind_union::{kind_conversions, kind_union};
pub(crate) use number::ecmascript;
pub use object::{Field, Object};
pub(crate) use object::{field_name, object};
pub use reader::{Kind, Reader};
pub(crate) use serde_impls::serde_impls;
pub use serde_impls::{deserialize, serialize};
pub use slot::Slot;
pub(crate) use slot::boxed;
pub(crate) use string_enum::string_enum;
pub use union::{Tag, TagValue, find_tag};
pub(crate) use union::{
    union, union_get, union_read, union_shared, union_slot, union_tag, union_write,
};
pub use unknown::UnknownVariant;
pub use writer::Writer;

/// Reads JSON text that is known to be well-formed into a fresh `T`; what departed from the document is dropped.
pub(crate) fn from_json<T: Slot + Default>(json: &str) -> T {
    let mut value = T::default();
    value.read(&mut Reader::new(json));
    value
}

/// Reads JSON text by the decoding rules: the value, and where the text departs from the document.
///
/// # Errors
///
/// When the text is not JSON, or nests too deep.
#[doc(hidden)]
pub fn decode<T: Slot + Default>(json: &str) -> Result<(T, Vec<Deviation>), crate::Error> {
    let mut value = T::default();
    let deviations = decode_into(json, &mut value)?;
    Ok((value, deviations))
}

fn decode_into(json: &str, slot: &mut dyn Slot) -> Result<Vec<Deviation>, crate::Error> {
    let text = check(json.as_bytes()).map_err(|malformed| {
        crate::Error::new(crate::ErrorKind::InvalidResponse, malformed.to_string())
            .with_source(malformed)
    })?;
    let mut reader = Reader::new(text);
    slot.read(&mut reader);
    Ok(reader.into_deviations())
}

/// The JSON text of a value.
#[doc(hidden)]
pub fn encode(slot: &dyn Slot) -> String {
    let mut writer = Writer::default();
    slot.write(&mut writer);
    writer.finish().0
}

/// The property `name` of a JSON object, read by the decoding rules; the zero value when it is not there.
#[doc(hidden)]
pub fn property_of<T: Slot + Default>(raw: &serde_json::Value, name: &str) -> T {
    match raw.get(name) {
        Some(value) => from_json(&value.to_string()),
        None => T::default(),
    }
}
