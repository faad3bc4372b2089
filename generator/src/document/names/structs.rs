//! The section `structs` of `names.yaml`: the fields of the struct for each tag.
//!
//! Without it a property would move from the variants to the struct as soon as the last variant gains it. This would break
//! callers although the document has only added something.

use serde_json::Value;

use super::problem;
use crate::error::Problem;

/// The fields of the struct for a tag, without the tag itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FixedStruct {
    /// The property that identifies the variants.
    pub(crate) tag: String,
    pub(crate) fields: Vec<String>,
    /// The place of the entry, for errors.
    pub(crate) pointer: String,
}

/// Reads the section. A missing one is empty.
pub(super) fn read(value: &Value, file: &str) -> Result<Vec<FixedStruct>, Problem> {
    let entries = match value.get("structs") {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(entries) => entries.as_array().ok_or_else(|| faulty("/structs"))?,
    };
    let mut structs: Vec<FixedStruct> = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let pointer = format!("/structs/{index}");
        let tag = entry.get("tag").and_then(Value::as_str);
        let fields = entry.get("fields").and_then(Value::as_array);
        let (Some(tag), Some(fields)) = (tag, fields) else {
            return Err(faulty(&pointer));
        };
        let fields: Option<Vec<String>> = fields
            .iter()
            .map(|field| field.as_str().map(str::to_owned))
            .collect();
        if structs.iter().any(|known| known.tag == tag) {
            return Err(problem(
                &pointer,
                &format!("a second entry for the tag `{tag}`"),
                "one entry for each tag",
                "Delete one of the two.",
            ));
        }
        structs.push(FixedStruct {
            tag: tag.to_owned(),
            fields: fields.ok_or_else(|| faulty(&pointer))?,
            pointer: format!("{file}#{pointer}"),
        });
    }
    Ok(structs)
}

fn faulty(pointer: &str) -> Problem {
    problem(
        pointer,
        "no tag with its fields",
        "entries with `tag`, the name of a property, and `fields`, a list of names of properties",
        "Write `- tag: error_code` and, below it, `fields: [created_at, message]`.",
    )
}

/// Returns the text of `names.yaml` with entries for further tags. The section `structs` must be the last one.
pub(crate) fn with_structs(text: &str, further: &[FixedStruct]) -> String {
    let mut text = text.trim_end().to_owned();
    if !text.lines().any(|line| line.trim_end() == "structs:") {
        text.push_str("\n\nstructs:");
    }
    for entry in further {
        let quoted = |name: &String| Value::from(name.as_str()).to_string();
        let fields: Vec<String> = entry.fields.iter().map(quoted).collect();
        let tag = quoted(&entry.tag);
        text.push_str(&format!(
            "\n  - tag: {tag}\n    fields: [{}]",
            fields.join(", ")
        ));
    }
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::{FixedStruct, read, with_structs};
    use crate::document::text;

    fn entry(tag: &str, fields: &[&str], index: usize) -> FixedStruct {
        FixedStruct {
            tag: tag.to_owned(),
            fields: fields.iter().map(|&field| field.to_owned()).collect(),
            pointer: format!("names.yaml#/structs/{index}"),
        }
    }

    #[test]
    fn appended_entries_can_be_read() {
        let first = entry("error_code", &["message"], 0);
        let second = entry("is: \"odd\"", &["a, b", "no"], 1);
        let once = with_structs("types: []\n", std::slice::from_ref(&first));
        assert_eq!(
            once,
            "types: []\n\nstructs:\n  - tag: \"error_code\"\n    fields: [\"message\"]\n"
        );
        let twice = with_structs(&once, std::slice::from_ref(&second));
        let value = text::parse(&twice).unwrap();
        assert_eq!(read(&value, "names.yaml").unwrap(), [first, second]);
    }

    #[test]
    fn an_entry_without_fields_or_with_a_known_tag_is_an_error() {
        for (section, expected) in [
            ("{}", "/structs: no tag with its fields"),
            ("[{ tag: a }]", "/structs/0: no tag with its fields"),
            (
                "[{ tag: a, fields: [1] }]",
                "/structs/0: no tag with its fields",
            ),
            (
                "[{ tag: a, fields: [] }, { tag: a, fields: [] }]",
                "/structs/1: a second entry for the tag `a`",
            ),
        ] {
            let value = text::parse(&format!("structs: {section}")).unwrap();
            let problem = read(&value, "names.yaml").unwrap_err();
            assert_eq!(format!("{}: {}", problem.pointer, problem.found), expected);
        }
    }
}
