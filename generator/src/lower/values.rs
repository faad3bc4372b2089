//! Names and descriptions of enum values, from extensions.

use serde_json::Value;

use super::facts::Facts;
use crate::model::{Docs, EnumValue};

/// The extensions that give names to values, and those that describe them: a text for each value.
const NAMES: [&str; 3] = ["x-enum-varnames", "x-enumNames", "x-enum-names"];
const DESCRIPTIONS: [&str; 2] = ["x-enum-descriptions", "x-enumDescriptions"];

/// The names and the descriptions of the values that a schema lists, in its order; empty if it has none.
pub(super) struct ValueTexts {
    pub(super) names: Vec<String>,
    descriptions: Vec<String>,
}

impl ValueTexts {
    /// Returns the value at this index of the list.
    pub(super) fn value(&self, index: usize, value: String) -> EnumValue {
        EnumValue {
            value,
            name: self.names.get(index).cloned(),
            docs: Docs {
                description: self.descriptions.get(index).cloned(),
                ..Docs::default()
            },
        }
    }
}

/// Returns the texts that the extensions of a schema give to its values.
pub(super) fn value_texts(facts: &Facts<'_>) -> ValueTexts {
    ValueTexts {
        names: texts(facts, &NAMES),
        descriptions: texts(facts, &DESCRIPTIONS),
    }
}

/// Returns the texts of the first of these extensions, one for each value; empty if a value has no text.
fn texts(facts: &Facts<'_>, keys: &[&str]) -> Vec<String> {
    let extensions = &facts.data.extensions;
    let found = keys.iter().find_map(|key| extensions.get(*key)?.as_array());
    let texts = found.into_iter().flatten().map(Value::as_str);
    let texts: Option<Vec<String>> = texts
        .map(|text| {
            text.filter(|text| !text.trim().is_empty())
                .map(str::to_owned)
        })
        .collect();
    let texts = texts.unwrap_or_default();
    match texts.len() == facts.values.len() {
        true => texts,
        false => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::received;
    use crate::model::{EnumValue, Kind};

    /// The values `x` and `y` of an enum with these extensions.
    fn values(extensions: &str) -> Vec<EnumValue> {
        let api = received(&format!(
            "thing: {{ type: object, properties: {{ it: {{ type: string, enum: [x, y], {extensions} }} }} }}"
        ));
        let mut enums = api.types.into_iter().filter_map(|ty| match ty.kind {
            Kind::Enumeration(of) => Some(of.values),
            _ => None,
        });
        enums.next().unwrap()
    }

    #[test]
    fn a_value_has_the_name_and_the_description_that_stand_in_its_place() {
        let values = values("x-enum-varnames: [first, second], x-enum-descriptions: [One., Two.]");
        assert_eq!(values[1].name.as_deref(), Some("second"));
        assert_eq!(values[1].docs.description.as_deref(), Some("Two."));
    }

    #[test]
    fn texts_count_only_where_each_value_has_one() {
        for few in [
            "[One.]",
            "[One., '']",
            "[One., null]",
            "[One., Two., Three.]",
        ] {
            let values = values(&format!("x-enum-descriptions: {few}"));
            assert_eq!(values[0].docs.description, None, "{few}");
        }
    }
}
