//! Describes values in error messages.

use serde_json::Value;

use super::text::shortened;

/// The number of characters that are shown of a value.
const MAX_LENGTH: usize = 60;

/// Describes a value for an error.
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

/// Returns the start of a value's JSON.
pub(crate) fn short(value: &Value) -> String {
    shortened(&value.to_string(), MAX_LENGTH)
}
