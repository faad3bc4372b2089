//! Names for what the document leaves nameless.

use super::facts::JsonType;
use crate::model::Tag;

/// The words that all tags of a branch share, or the first tag.
pub(super) fn common(values: &[Tag]) -> String {
    let texts: Vec<String> = values.iter().map(tag_text).collect();
    let first = texts.first().cloned().unwrap_or_default();
    if texts.len() < 2 {
        return first;
    }
    let split = |text: &str| text.split('_').map(str::to_owned).collect::<Vec<_>>();
    let words: Vec<Vec<String>> = texts.iter().map(|text| split(text)).collect();
    let shared = common_prefix(&words);
    if shared.is_empty() {
        first
    } else {
        shared.join("_")
    }
}

/// The name of the branch of a union: a boolean tag speaks through its property.
pub(super) fn branch(tag: &str, value: &str) -> String {
    match value {
        "true" => tag.trim_start_matches("is_").to_owned(),
        "false" => format!("not_{}", tag.trim_start_matches("is_")),
        other => other.to_owned(),
    }
}

/// The text of a tag.
pub(super) fn tag_text(tag: &Tag) -> String {
    match tag {
        Tag::String(text) => text.clone(),
        Tag::Boolean(value) => value.to_string(),
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
