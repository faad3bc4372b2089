//! References to other files and addresses, which are not read.

use serde_json::Value;

use super::place::Place;
use crate::error::Problem;

/// Keywords below which everything is data.
const DATA: [&str; 6] = ["example", "examples", "default", "enum", "const", "value"];

/// That a document refers to others, where it does: said once, with the first place.
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
        expected: "a document that is whole: references within it, `#/…`".to_owned(),
        advice: "Other files and addresses are not read: bundle them into one document first, with the `bundle` command \
                 of Redocly for instance."
            .to_owned(),
    })
}

#[derive(Default)]
struct Found {
    first: Option<(String, String)>,
    count: usize,
}

impl Found {
    /// `named` is whether the keys here are names that the author chose.
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
                    let is_data = DATA.contains(&key.as_str()) || key.starts_with("x-");
                    if named || !is_data {
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

/// Whether the keys of what stands under this keyword are names.
fn holds_names(keyword: &str) -> bool {
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
