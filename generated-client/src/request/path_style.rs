//! A value in a path, as OpenAPI's styles write it.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

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
        let value = value_in(json.as_bytes()).unwrap_or_default();
        match &value {
            Value::Array(items) => self.list(name, items.iter().map(escaped).collect()),
            Value::Object(members) if self.explodes() => {
                let pairs = members.iter().map(|(name, value)| (name, escaped(value)));
                self.exploded(pairs.map(|(name, value)| format!("{}={value}", escape(name))))
            }
            Value::Object(members) => {
                let flat = members
                    .iter()
                    .flat_map(|(name, value)| [escape(name), escaped(value)]);
                self.list(name, flat.collect())
            }
            _ => self.list(name, vec![escape(&plain(json))]),
        }
    }

    fn explodes(self) -> bool {
        matches!(
            self,
            Self::SimpleExploded | Self::LabelExploded | Self::MatrixExploded
        )
    }

    fn list(self, name: &str, items: Vec<String>) -> String {
        match self {
            Self::Simple | Self::SimpleExploded => items.join(","),
            Self::Label => format!(".{}", items.join(",")),
            Self::LabelExploded => self.exploded(items.into_iter()),
            Self::Matrix => format!(";{}={}", escape(name), items.join(",")),
            Self::MatrixExploded => {
                self.exploded(items.iter().map(|item| format!("{}={item}", escape(name))))
            }
        }
    }

    fn exploded(self, parts: impl Iterator<Item = String>) -> String {
        let parts: Vec<String> = parts.collect();
        match self {
            Self::LabelExploded => format!(".{}", parts.join(".")),
            Self::MatrixExploded => format!(";{}", parts.join(";")),
            _ => parts.join(","),
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
