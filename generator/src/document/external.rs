//! References to URLs, and to files that the generator was not given. They are an error.

use serde_json::Value;

use super::place::Place;
use crate::error::Problem;

/// Keywords whose values are data.
const DATA: [&str; 6] = ["example", "examples", "default", "enum", "const", "value"];
/// Keywords that are always left out.
const LEFT_OUT: [&str; 5] = ["if", "then", "else", "dependentSchemas", "dependencies"];

/// Returns one problem for all references to other files, at the first of them.
pub(super) fn problem(document: &Value) -> Option<Problem> {
    let mut found = Found::default();
    found.search(document, &Place::ROOT, false);
    let (pointer, target) = found.first?;
    let more = match found.count - 1 {
        0 => String::new(),
        1 => ", and 1 more reference of the kind".to_owned(),
        more => format!(", and {more} more references of the kind"),
    };
    Some(Problem {
        pointer,
        found: format!("a reference to `{target}`{more}"),
        expected: "references within the document, `#/…`, or to files below its folder".to_owned(),
        advice: "Addresses are never read, and files only for a document that is a file itself. Bundle it into one \
                 document first, with `npx @redocly/cli bundle` for instance."
            .to_owned(),
    })
}

#[derive(Default)]
struct Found {
    first: Option<(String, String)>,
    count: usize,
}

impl Found {
    /// Searches a value. `named` is true if its keys are names, not keywords.
    fn search(&mut self, value: &Value, place: &Place<'_>, named: bool) {
        match value {
            Value::Object(map) => {
                if let (Some(Value::String(target)), false) = (map.get("$ref"), named)
                    && !target.is_empty()
                    && !target.starts_with('#')
                {
                    self.count += 1;
                    let place = || (place.pointer().to_string(), target.clone());
                    self.first.get_or_insert_with(place);
                }
                for (key, value) in map {
                    let is_left_out = LEFT_OUT.contains(&key.as_str());
                    if named || !is_data(key) && !is_left_out {
                        let names = !named && holds_names(key);
                        self.search(value, &place.key(key), names);
                    }
                }
            }
            Value::Array(list) => {
                for (index, value) in list.iter().enumerate() {
                    self.search(value, &place.index(index), false);
                }
            }
            _ => {}
        }
    }
}

/// Returns true if the value of this keyword is data.
pub(super) fn is_data(keyword: &str) -> bool {
    DATA.contains(&keyword) || keyword.starts_with("x-")
}

/// Returns true if the keys of this keyword's value are names.
pub(super) fn holds_names(keyword: &str) -> bool {
    matches!(
        keyword,
        "properties"
            | "patternProperties"
            | "schemas"
            | "parameters"
            | "responses"
            | "requestBodies"
            | "headers"
            | "paths"
            | "$defs"
            | "definitions"
            | "pathItems"
            | "webhooks"
            | "callbacks"
            | "links"
            | "mapping"
    )
}
