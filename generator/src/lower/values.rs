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
