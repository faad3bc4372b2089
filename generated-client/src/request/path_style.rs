//! A value in a path, as OpenAPI's styles write it.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::wire::text::join;
use crate::wire::value_in;

use super::parts::plain;

/// What a segment of a path may hold as it is: the unreserved characters of RFC 3986.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// How a value stands in a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(dead_code, reason = "which of them are used depends on the document")]
pub(crate) enum PathStyle {
    /// `1,2`, and `x,1,y,2`
    Simple,
    /// `1,2`, and `x=1,y=2`
    SimpleExploded,
    /// `.1,2`, and `.x,1,y,2`
    Label,
    /// `.1.2`, and `.x=1.y=2`
    LabelExploded,
    /// `;a=1,2`, and `;a=x,1,y,2`
    Matrix,
    /// `;a=1;a=2`, and `;x=1;y=2`
    MatrixExploded,
}

impl PathStyle {
    /// The text for a path of a value as JSON, escaped but for the style's own signs.
    pub(super) fn write(self, name: &str, json: &str) -> String {
        let mut parts = Vec::new();
        match &value_in(json.as_bytes()).unwrap_or_default() {
            Value::Array(items) => {
                for item in items {
                    parts.push(self.part(name, escaped(item)));
                }
            }
            Value::Object(members) if self.explodes() => {
                for (name, value) in members {
                    parts.push(format!("{}={}", escape(name), escaped(value)));
                }
            }
            Value::Object(members) => {
                for (name, value) in members {
                    parts.push(escape(name));
                    parts.push(escaped(value));
                }
            }
            _ => parts.push(self.part(name, escape(&plain(json)))),
        }
        self.whole(name, &parts)
    }

    fn explodes(self) -> bool {
        matches!(
            self,
            Self::SimpleExploded | Self::LabelExploded | Self::MatrixExploded
        )
    }

    /// An item of a list, or a scalar.
    fn part(self, name: &str, text: String) -> String {
        match self {
            Self::MatrixExploded => format!("{}={text}", escape(name)),
            _ => text,
        }
    }

    fn whole(self, name: &str, parts: &[String]) -> String {
        match self {
            Self::Simple | Self::SimpleExploded => join(parts, ","),
            Self::Label => format!(".{}", join(parts, ",")),
            Self::LabelExploded => format!(".{}", join(parts, ".")),
            Self::Matrix => format!(";{}={}", escape(name), join(parts, ",")),
            Self::MatrixExploded => format!(";{}", join(parts, ";")),
        }
    }
}

fn escaped(value: &Value) -> String {
    match value {
        Value::String(text) => escape(text),
        other => escape(&other.to_string()),
    }
}

fn escape(text: &str) -> String {
    utf8_percent_encode(text, SEGMENT).to_string()
}

#[cfg(test)]
mod tests {
    use super::PathStyle;

    #[test]
    fn a_value_is_written_as_its_style_says() {
        let (list, object) = (r#"["x/y",2]"#, r#"{"x":1,"y":"z,"}"#);
        for (style, scalar, of_list, of_object) in [
            (PathStyle::Simple, "5", "x%2Fy,2", "x,1,y,z%2C"),
            (PathStyle::SimpleExploded, "5", "x%2Fy,2", "x=1,y=z%2C"),
            (PathStyle::Label, ".5", ".x%2Fy,2", ".x,1,y,z%2C"),
            (PathStyle::LabelExploded, ".5", ".x%2Fy.2", ".x=1.y=z%2C"),
            (PathStyle::Matrix, ";a=5", ";a=x%2Fy,2", ";a=x,1,y,z%2C"),
            (
                PathStyle::MatrixExploded,
                ";a=5",
                ";a=x%2Fy;a=2",
                ";x=1;y=z%2C",
            ),
        ] {
            assert_eq!(style.write("a", "5"), scalar, "{style:?}");
            assert_eq!(style.write("a", list), of_list, "{style:?}");
            assert_eq!(style.write("a", object), of_object, "{style:?}");
        }
    }
}
