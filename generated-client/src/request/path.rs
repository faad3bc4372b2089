//! Encodes a value in a path, in the default style.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::parts::plain;
use crate::wire::text::join;
use crate::wire::value_in;

/// The characters to escape in a segment of a path: all but the unreserved ones of RFC 3986.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Returns the text of a JSON value for a path: `1,2`, and `x,1,y,2`.
pub(super) fn segment(json: &str) -> String {
    join(&segments(json), ",")
}

/// Returns the escaped items of a list, names and values of an object, or a single value.
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
    fn values_are_escaped_and_separators_are_not() {
        assert_eq!(segment("5"), "5");
        assert_eq!(segment(r#""a/b""#), "a%2Fb");
        assert_eq!(segment(r#"["x/y",2]"#), "x%2Fy,2");
        assert_eq!(segment(r#"{"x":1,"y":"z,"}"#), "x,1,y,z%2C");
    }
}
