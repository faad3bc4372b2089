//! Names for what the document leaves nameless.

use super::facts::JsonType;
use crate::model::Tag;

/// The name of a branch by what tells it: the words that all its values share, or the first value.
pub(super) fn branch(tag: &str, values: &[Tag]) -> String {
    let is_told = |value: &&Tag| values.len() == 1 || **value != Tag::Missing;
    let told = values.iter().filter(is_told);
    let called: Vec<String> = told.map(|value| value.words(tag)).collect();
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

/// The variant of a JSON type.
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

/// How the runtime calls a JSON type.
pub(super) fn kind_word(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Boolean => "boolean",
        other => kind_name(other),
    }
}
