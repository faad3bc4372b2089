//! A value in a path, in the usual style.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::parts::plain;
use crate::wire::text::join;
use crate::wire::value_in;

/// What a segment of a path may hold as it is: the unreserved characters of RFC 3986.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The text for a path of a value as JSON: `1,2`, and `x,1,y,2`.
pub(super) fn segment(json: &str) -> String {
    join(&segments(json), ",")
}

/// The escaped items of a list, the names and values of an object, or the value alone.
pub(super) fn segments(json: &str) -> Vec<String> {
    let mut parts = Vec::new();
    match &value_in(json.as_bytes()).unwrap_or_default() {
        Value::Array(items) => {
            for item in items {
                parts.push(escaped(item));
            }
        }
        Value::Object(members) => {
            for (name, value) in members {
                parts.push(escape(name));
                parts.push(escaped(value));
            }
        }
        _ => parts.push(escape(&plain(json))),
    }
    parts
}

pub(super) fn escaped(value: &Value) -> String {
    match value {
        Value::String(text) => escape(text),
        other => escape(&other.to_string()),
    }
}

pub(super) fn escape(text: &str) -> String {
    utf8_percent_encode(text, SEGMENT).to_string()
}

#[cfg(test)]
mod tests {
    use super::segment;

    #[test]
    fn signs_within_a_value_are_escaped_and_those_between_are_not() {
        assert_eq!(segment("5"), "5");
        assert_eq!(segment(r#""a/b""#), "a%2Fb");
        assert_eq!(segment(r#"["x/y",2]"#), "x%2Fy,2");
        assert_eq!(segment(r#"{"x":1,"y":"z,"}"#), "x,1,y,z%2C");
    }
}
