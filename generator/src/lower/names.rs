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

/// The words that all names end with.
pub(super) fn common_suffix(names: &[&str]) -> String {
    let reversed: Vec<Vec<String>> = names
        .iter()
        .map(|name| name.split('_').rev().map(str::to_owned).collect())
        .collect();
    let mut shared = common_prefix(&reversed);
    shared.reverse();
    shared.join("_")
}

/// A union of scalars is named by what it takes.
pub(super) fn scalar_union(kinds: impl Iterator<Item = JsonType>) -> String {
    kinds.map(kind_name).collect::<Vec<_>>().join("_or_")
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
