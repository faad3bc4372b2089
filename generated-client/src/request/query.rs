//! Parameters as the query of a URL, the way Seam's servers read them.

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use serde_json::{Number, Value};
use url::form_urlencoded;

use crate::wire::{ecmascript, value_in};

/// Why a value cannot stand in a query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum QueryError {
    #[error("the key `{0}` holds a dot, which a query uses for nesting")]
    Dot(String),
    #[error("the list `{0}` holds null, which a query cannot carry")]
    NullItem(String),
    #[error("the list `{0}` holds an empty text, which a query cannot carry")]
    EmptyItem(String),
    #[error("the list `{0}` holds a list or an object, which a query cannot carry")]
    NestedItem(String),
}

/// The pairs of the query, sorted by key: nothing for `""` and `{}`, an empty value for null and `[]`, one pair for each
/// item of a list, dots for nesting; `_strict=true` at the end where there is anything.
pub(crate) fn pairs(
    parameters: &[(Cow<'static, str>, String)],
) -> Result<Vec<(String, String)>, QueryError> {
    let mut pairs = Vec::new();
    for (name, json) in parameters {
        let value = value_in(json.as_bytes()).unwrap_or_default();
        add(&mut pairs, "", name, &value)?;
    }
    pairs.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
    if !pairs.is_empty() {
        pairs.push(("_strict".to_owned(), "true".to_owned()));
    }
    Ok(pairs)
}

/// The query's text, by the WHATWG's rules for forms.
pub(crate) fn encode(pairs: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

fn add(
    pairs: &mut Vec<(String, String)>,
    within: &str,
    name: &str,
    value: &Value,
) -> Result<(), QueryError> {
    if name.contains('.') {
        return Err(QueryError::Dot(name.to_owned()));
    }
    let key = if within.is_empty() {
        name.to_owned()
    } else {
        format!("{within}.{name}")
    };
    match value {
        Value::String(text) if text.is_empty() => {}
        Value::Null => pairs.push((key, String::new())),
        Value::Array(items) if items.is_empty() => pairs.push((key, String::new())),
        Value::Array(items) => {
            for item in items {
                pairs.push((key.clone(), item_text(&key, item)?));
            }
        }
        Value::Object(members) => {
            for (name, value) in members {
                add(pairs, &key, name, value)?;
            }
        }
        Value::String(text) => pairs.push((key, text.clone())),
        Value::Number(number) => pairs.push((key, number_text(number))),
        Value::Bool(value) => pairs.push((key, value.to_string())),
    }
    Ok(())
}

fn item_text(key: &str, item: &Value) -> Result<String, QueryError> {
    match item {
        Value::Null => Err(QueryError::NullItem(key.to_owned())),
        Value::String(text) if text.is_empty() => Err(QueryError::EmptyItem(key.to_owned())),
        Value::Array(_) | Value::Object(_) => Err(QueryError::NestedItem(key.to_owned())),
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number_text(number)),
        Value::Bool(value) => Ok(value.to_string()),
    }
}

fn number_text(number: &Number) -> String {
    match number.as_f64() {
        Some(value) if number.is_f64() => ecmascript(value),
        _ => number.to_string(),
    }
}
