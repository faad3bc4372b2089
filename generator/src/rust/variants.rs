//! The variants of an object that is told by a tag: their names, and those of their fields.

use crate::model::{Accessor, Field, Object, Variants};
use crate::names;

/// What the variants are called.
pub(crate) fn variant_names(name: &str, variants: &Variants) -> Vec<String> {
    let words: Vec<String> = variants
        .variants
        .iter()
        .map(|variant| variant.tag.words(&variants.tag))
        .collect();
    names::variants(name, &words.iter().map(String::as_str).collect::<Vec<_>>())
}

/// What the fields of a variant are called.
pub(crate) fn field_names(fields: &[Field]) -> Vec<String> {
    let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    names::fields(&names)
}

/// The methods that a struct has by its accessors: name and type.
pub(crate) fn accessor_names(object: &Object) -> Vec<(String, &Accessor)> {
    let accessors = object.accessors.iter();
    accessors
        .map(|accessor| (names::field_name(&accessor.name), accessor))
        .collect()
}
