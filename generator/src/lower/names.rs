//! Names for branches without a name in the document.

use super::facts::JsonType;
use crate::model::Tag;

/// Returns the name of a branch by the values of its tag: the common words, or the first value.
pub(super) fn branch(tag: &str, values: &[Tag]) -> String {
    let has_value = |value: &&Tag| values.len() == 1 || **value != Tag::Missing;
    let tags = values.iter().filter(has_value);
    let called: Vec<String> = tags.map(|value| value.words(tag)).collect();
    let words = called.iter().map(|called| called.split('_'));
    let words: Vec<Vec<String>> = words
        .map(|words| words.map(str::to_owned).collect())
        .collect();
    let shared = common_prefix(&words);
    if shared.is_empty() {
        called.into_iter().next().unwrap_or_default()
    } else {
        shared.join("_")
    }
}

fn common_prefix(words: &[Vec<String>]) -> Vec<String> {
    let Some(first) = words.first() else {
        return Vec::new();
    };
    let length = (0..first.len())
        .find(|&index| {
            words
                .iter()
                .any(|other| other.get(index) != first.get(index))
        })
        .unwrap_or(first.len());
    first[..length].to_vec()
}

/// Returns the variant of a JSON type.
pub(super) fn kind_name(kind: JsonType) -> &'static str {
    match kind {
        JsonType::String => "string",
        JsonType::Number => "number",
        JsonType::Integer => "integer",
        JsonType::Boolean => "bool",
        JsonType::Object => "object",
        JsonType::Array => "list",
    }
}

/// Returns the name of a JSON type in the runtime.
pub(super) fn kind_word(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Boolean => "boolean",
        other => kind_name(other),
    }
}
