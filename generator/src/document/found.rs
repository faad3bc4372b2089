//! What stands somewhere, in a few words.

use serde_json::Value;

use super::text::shortened;

/// No more of a value than this is shown.
const MOST: usize = 60;

/// A value as an error names it.
pub(crate) fn describe(value: &Value) -> String {
    match value {
        Value::Object(map) if map.is_empty() => "an empty object".to_owned(),
        Value::Array(list) if list.is_empty() => "an empty list".to_owned(),
        Value::Object(_) => format!("the object {}", short(value)),
        Value::Array(_) => format!("the list {}", short(value)),
        Value::String(_) => format!("the text {}", short(value)),
        other => other.to_string(),
    }
}

/// The start of a value's JSON.
pub(crate) fn short(value: &Value) -> String {
    shortened(&value.to_string(), MOST)
}
