//! Encodes a value in a path, in other styles of OpenAPI than the default.

use serde_json::Value;

use super::super::path::{escape, escaped, segments};
use crate::wire::text::join;
use crate::wire::value_in;

/// The style of a value in a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(dead_code, reason = "which of them are used depends on the document")]
pub(crate) enum PathStyle {
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
    /// Returns the text of a JSON value for a path. The separators of the style are not escaped.
    pub(super) fn write(self, name: &str, json: &str) -> String {
        let name = escape(name);
        let parts = match value_in(json.as_bytes()) {
            Some(Value::Object(members)) if self.explodes() => members
                .iter()
                .map(|(name, value)| format!("{}={}", escape(name), escaped(value)))
                .collect(),
            _ => self.named(&name, segments(json)),
        };
        match self {
            Self::SimpleExploded => join(&parts, ","),
            Self::Label => format!(".{}", join(&parts, ",")),
            Self::LabelExploded => format!(".{}", join(&parts, ".")),
            Self::Matrix => format!(";{name}={}", join(&parts, ",")),
            Self::MatrixExploded => format!(";{}", join(&parts, ";")),
        }
    }

    fn explodes(self) -> bool {
        matches!(
            self,
            Self::SimpleExploded | Self::LabelExploded | Self::MatrixExploded
        )
    }

    /// Returns the parts of a list or a scalar, each with the name if the style requires it.
    fn named(self, name: &str, mut parts: Vec<String>) -> Vec<String> {
        if self == Self::MatrixExploded {
            for part in &mut parts {
                *part = format!("{name}={part}");
            }
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::PathStyle;

    #[test]
    fn a_value_is_written_as_its_style_says() {
        let (list, object) = (r#"["x/y",2]"#, r#"{"x":1,"y":"z,"}"#);
        for (style, scalar, of_list, of_object) in [
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
