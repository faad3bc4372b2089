//! The names of the values of an enum, of the variants of an object with a tag, and of their fields.

use std::collections::BTreeSet;

use crate::model::{Accessor, EnumValue, Enumeration, Field, Object, Variants};
use crate::names;

/// Returns the names of the values of an enum.
pub(crate) fn value_names(name: &str, enumeration: &Enumeration) -> Vec<String> {
    let values = || enumeration.values.iter();
    let plain = |value: &EnumValue| match enumeration.whole {
        true => digits(&value.value),
        false => value.value.clone(),
    };
    let named = values().map(|value| value.name.clone().unwrap_or_else(|| plain(value)));
    let named: Vec<String> = named.collect();
    let words: Vec<String> = match all_differ(&named) {
        true => named,
        false => values().map(plain).collect(),
    };
    names::variants(name, &words.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Returns the name of a number: `V1` for `1`, `Minus1` for `-1`.
fn digits(number: &str) -> String {
    match number.strip_prefix('-') {
        Some(digits) => format!("minus{digits}"),
        None => format!("v{number}"),
    }
}

fn all_differ(words: &[String]) -> bool {
    words.iter().collect::<BTreeSet<_>>().len() == words.len()
}

/// Returns the names of variants.
pub(crate) fn variant_names(name: &str, variants: &Variants) -> Vec<String> {
    let words: Vec<String> = variants
        .variants
        .iter()
        .map(|variant| variant.tag.words(&variants.tag))
        .collect();
    names::variants(name, &words.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Returns the names of a variant's fields.
pub(crate) fn field_names(fields: &[Field]) -> Vec<String> {
    let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    names::fields(&names)
}

/// Returns the accessor methods of a struct: name and type.
pub(crate) fn accessor_names(object: &Object) -> Vec<(String, &Accessor)> {
    let accessors = object.accessors.iter();
    accessors
        .map(|accessor| (names::field_name(&accessor.name), accessor))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::value_names;
    use crate::model::{Docs, EnumValue, Enumeration};

    fn names(whole: bool, values: &[(&str, Option<&str>)]) -> Vec<String> {
        let value = |(value, name): &(&str, Option<&str>)| EnumValue {
            value: (*value).to_owned(),
            name: name.map(str::to_owned),
            docs: Docs::default(),
        };
        let enumeration = Enumeration {
            values: values.iter().map(value).collect(),
            whole,
        };
        value_names("Size", &enumeration)
    }

    #[test]
    fn numbers_without_names_are_called_by_their_digits() {
        assert_eq!(names(true, &[("1", None), ("-2", None)]), ["V1", "Minus2"]);
    }

    #[test]
    fn names_of_values_count_only_where_they_differ() {
        let small = Some("small");
        assert_eq!(
            names(true, &[("1", small), ("2", Some("big"))]),
            ["Small", "Big"]
        );
        assert_eq!(names(true, &[("1", small), ("2", small)]), ["V1", "V2"]);
    }
}
