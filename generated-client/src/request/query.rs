//! Encodes parameters as the query of a URL, for APIs whose calls are named by their paths.

#[cfg(test)]
mod tests;

use serde_json::{Number, Value};

use super::settings::Setting;
use crate::wire::{ecmascript, value_in};

/// The reason why a value cannot be in a query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum QueryError {
    #[error("the key `{0}` holds a dot, which a query uses for nesting")]
    Dot(String),
    #[error("the list `{0}` holds {1}, which a query cannot carry")]
    Item(String, &'static str),
}

/// Returns the pairs of the query, sorted by key: nothing for `""` and `{}`, an empty value for null and `[]`, a pair for each
/// item of a list, and dots for nesting. `_strict=true` is the last pair, unless the query is empty.
pub(super) fn pairs<'a>(
    parameters: impl IntoIterator<Item = &'a Setting>,
) -> Result<Vec<(String, String)>, QueryError> {
    let mut pairs = Vec::new();
    for parameter in parameters {
        let value = value_in(parameter.text().as_bytes()).unwrap_or_default();
        add(&mut pairs, "", &parameter.name, &value)?;
    }
    if !pairs.is_empty() {
        pairs.push(("_strict".to_owned(), "true".to_owned()));
    }
    Ok(pairs)
}

fn add(
    pairs: &mut Vec<(String, String)>,
    within: &str,
    name: &str,
    value: &Value,
) -> Result<(), QueryError> {
    if name.as_bytes().contains(&b'.') {
        return Err(QueryError::Dot(name.to_owned()));
    }
    let key = if within.is_empty() {
        name.to_owned()
    } else {
        format!("{within}.{name}")
    };
    match value {
        Value::String(text) if text.is_empty() => {}
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                check_item(&key, item)?;
                insert(pairs, key.clone(), text(item));
            }
        }
        Value::Object(members) => {
            for (name, value) in members {
                add(pairs, &key, name, value)?;
            }
        }
        other => insert(pairs, key, text(other)),
    }
    Ok(())
}

/// Inserts a pair, sorted by the UTF-16 of its key as in ECMAScript, after other pairs with the same key.
fn insert(pairs: &mut Vec<(String, String)>, key: String, value: String) {
    let place = pairs.partition_point(|(other, _)| other.encode_utf16().le(key.encode_utf16()));
    pairs.insert(place, (key, value));
}

fn check_item(key: &str, item: &Value) -> Result<(), QueryError> {
    let what = match item {
        Value::Null => "null",
        Value::String(text) if text.is_empty() => "an empty text",
        Value::Array(_) | Value::Object(_) => "a list or an object",
        _ => return Ok(()),
    };
    Err(QueryError::Item(key.to_owned(), what))
}

/// Returns the text of a scalar; empty for any other value.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number_text(number),
        Value::Bool(value) => value.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => String::new(),
    }
}

fn number_text(number: &Number) -> String {
    match number.as_f64() {
        Some(value) if number.is_f64() => ecmascript(value),
        _ => number.to_string(),
    }
}
