//! Parses JSON or YAML to a tree of values, without losing anything.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};

use crate::error::Problem;

/// The merge key of YAML.
const MERGE: &str = "<<";

/// The number of values that any YAML document may have.
const ALLOWED_VALUES: usize = 200_000;
/// The number of values per byte that a larger document may have. Without aliases it has less than one.
const VALUES_PER_BYTE: usize = 2;
/// The greatest depth of brackets in YAML. The time to read them grows by the square.
const MAX_DEPTH: usize = 1000;

/// Parses JSON, or YAML with anchors and merge keys. A duplicate key in an object is an error.
pub(crate) fn parse(text: &str) -> Result<Value, Problem> {
    let text = text.trim_start_matches('\u{feff}');
    let start = text.trim_start();
    if start.is_empty() {
        return Err(problem(
            "an empty file".to_owned(),
            "JSON or YAML",
            "Get it again; `cargo xtask fetch` gets Seam's document.",
        ));
    }
    if start.starts_with('<') {
        let line = start.lines().next().unwrap_or_default();
        return Err(problem(
            format!("a page that begins with `{}`", shortened(line, 40)),
            "JSON or YAML",
            "The address leads to a page about the document, or to an error page: find the address of the document itself.",
        ));
    }
    if start.starts_with(['{', '[']) {
        json(text).map_err(|error| {
            let advice = if error.is_eof() {
                "The file ends too early: get the file again."
            } else {
                "Correct it there, or get the file again."
            };
            problem(error.to_string(), "JSON", advice)
        })
    } else {
        parse_yaml(text)
    }
}

/// Parses YAML, also if it begins like JSON.
pub(super) fn parse_yaml(text: &str) -> Result<Value, Problem> {
    yaml(text).map_err(|error| {
        let advice = if text.contains('\t') {
            "YAML is indented by spaces; a tab is an error."
        } else {
            "Correct it there, or get the file again."
        };
        problem(error.to_string(), "JSON or YAML", advice)
    })
}

fn problem(found: String, expected: &str, advice: &str) -> Problem {
    Problem {
        pointer: String::new(),
        found,
        expected: expected.to_owned(),
        advice: advice.to_owned(),
    }
}

fn json(text: &str) -> serde_json::Result<Value> {
    let mut input = serde_json::Deserializer::from_str(text);
    let left = Cell::new(usize::MAX);
    let tree = Tree {
        merges: false,
        left: &left,
    };
    let value = tree.deserialize(&mut input)?;
    input.end()?;
    Ok(value)
}

fn yaml(text: &str) -> Result<Value, serde_yaml::Error> {
    let deepest = bracket_depth(text);
    if deepest > MAX_DEPTH {
        let found = format!("more than {MAX_DEPTH} brackets within each other");
        return Err(serde_yaml::Error::custom(found));
    }
    let left = Cell::new(ALLOWED_VALUES + VALUES_PER_BYTE * text.len());
    let tree = Tree {
        merges: true,
        left: &left,
    };
    tree.deserialize(serde_yaml::Deserializer::from_str(text))
}

/// Returns the greatest depth of brackets. Only brackets where a value may begin are counted, so few in prose are.
fn bracket_depth(text: &str) -> usize {
    let mut open = 0_usize;
    let mut deepest = 0;
    let mut begins = true;
    for character in text.chars() {
        match character {
            '[' | '{' if begins => {
                open += 1;
                deepest = deepest.max(open);
            }
            ']' | '}' => {
                open = open.saturating_sub(1);
                begins = false;
            }
            ',' | ':' | '-' => begins = true,
            character if character.is_whitespace() => {}
            _ => begins = false,
        }
    }
    deepest
}

/// Returns the start of a text.
pub(super) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Reads a value. The implementation of `Value` would silently keep the last of two equal keys.
#[derive(Clone, Copy)]
struct Tree<'a> {
    merges: bool,
    /// The number of values that may still be read.
    left: &'a Cell<usize>,
}

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let left = self.left.get().checked_sub(1);
        self.left.set(left.ok_or_else(|| {
            D::Error::custom(
                "more values than a text of this size has, because its aliases multiply",
            )
        })?);
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON can express")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    // The integer is too large for any type, so it becomes the nearest number.
    fn visit_i128<E>(self, value: i128) -> Result<Value, E> {
        Ok(Value::from(value as f64))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Value, E> {
        Ok(Value::from(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        let mut merged = Vec::new();
        while let Some(key) = entries.next_key::<String>()? {
            let value = entries.next_value_seed(self)?;
            if self.merges && key == MERGE {
                merged.push(value);
                continue;
            }
            match map.entry(key) {
                Entry::Vacant(entry) => {
                    entry.insert(value);
                }
                Entry::Occupied(entry) => {
                    let key = entry.key();
                    return Err(A::Error::custom(format_args!("the key `{key}` twice")));
                }
            }
        }
        for value in merged {
            merge_mapping(&mut map, value)?;
        }
        Ok(Value::Object(map))
    }
}

/// Merges a mapping. Keys of the mapping itself, and earlier ones, are kept.
fn merge_mapping<E: Error>(map: &mut Map<String, Value>, merged: Value) -> Result<(), E> {
    match merged {
        Value::Object(entries) => {
            for (key, value) in entries {
                map.entry(key).or_insert(value);
            }
            Ok(())
        }
        Value::Array(several) => several
            .into_iter()
            .try_for_each(|value| merge_mapping(map, value)),
        _ => Err(E::custom(
            "a merge key `<<` whose value is neither a mapping nor a list of them",
        )),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn error_message(text: &str) -> String {
        parse(text).unwrap_err().to_string()
    }

    #[test]
    fn text_that_is_not_a_document_is_described() {
        insta::assert_snapshot!(
            [
                ("nothing", ""),
                ("blank lines", "\n \n"),
                ("a page", "<!DOCTYPE html>\n<html></html>"),
                ("cut off", "{\"openapi\": \"3.0.0\", \"paths\": {"),
                ("a comma too many", "{\"a\": 1,}"),
                ("something after the end", "{} {}"),
                ("a key twice", "{\"paths\": {\"/a\": 1,\n\"/a\": 2}}"),
                ("a key twice, in YAML", "paths:\n  /a: 1\n  /a: 2\n"),
                ("a tab", "paths:\n\t/a: 1\n"),
                ("an alias without an anchor", "a: *b\n"),
                ("a tag", "a: !secret b\n"),
                ("a merge of a scalar", "a:\n  <<: 5\n"),
                ("two documents", "a: 1\n---\nb: 2\n"),
            ]
            .map(|(what, text)| format!("{what}: {}", error_message(text)))
            .join("\n")
        );
    }

    #[test]
    fn json_and_yaml_give_the_same_value() {
        let value = json!({"a": [1, -2, 2.5, true, null, "x"], "200": {}});
        assert_eq!(parse(&value.to_string()).unwrap(), value);
        let yaml = "a: [1, -2, 2.5, true, null, x]\n200: {}\n";
        assert_eq!(parse(yaml).unwrap(), value);
    }

    #[test]
    fn a_byte_order_mark_is_ignored() {
        assert_eq!(parse("\u{feff}{}").unwrap(), json!({}));
        assert!(parse("\u{feff}").unwrap_err().found.contains("empty"));
    }

    #[test]
    fn anchors_are_resolved_and_merge_keys_do_not_replace_keys() {
        let yaml = "base: &base\n  type: object\n  title: Base\nother: &other\n  title: Other\n  format: x\n\
                    own:\n  <<: [*base, *other]\n  title: Own\nsame: *base\n";
        let value = parse(yaml).unwrap();
        assert_eq!(
            value["own"],
            json!({"title": "Own", "type": "object", "format": "x"})
        );
        assert_eq!(value["same"], value["base"]);
    }

    #[test]
    fn in_json_the_merge_key_has_no_meaning() {
        assert_eq!(parse("{\"<<\": 5}").unwrap(), json!({"<<": 5}));
    }

    #[test]
    fn too_large_integers_become_the_nearest_numbers() {
        let text = "{\"a\": 36893488147419103232, \"b\": -36893488147419103232}";
        let value = parse(text).unwrap();
        assert_eq!(value["a"].as_f64(), Some(2f64.powi(65)));
        assert_eq!(
            parse(&text[1..text.len() - 1].replace(", ", "\n").replace('"', "")).unwrap(),
            value
        );
    }

    #[test]
    fn aliases_that_multiply_are_an_error() {
        let mut yaml = format!("l0: &l0 [{}]\n", ["x"; 10].join(", "));
        for level in 1..9 {
            let below = vec![format!("*l{}", level - 1); 10].join(", ");
            yaml.push_str(&format!("l{level}: &l{level} [{below}]\n"));
        }
        // The text is long enough that the limit of the YAML parser does not apply.
        yaml.extend((0..20_000).map(|line| format!("k{line}: v\n")));
        let error = error_message(&yaml);
        assert!(error.contains("aliases multiply"), "{error}");
    }

    #[test]
    fn too_many_brackets_are_an_error_before_they_are_read() {
        for nested in ["[", "[ ", "[\n", "{a: ", "{a: [b, {c: "] {
            let error = error_message(&format!("a:\n  {}", nested.repeat(100_000)));
            assert!(error.contains("1000 brackets"), "{nested}: {error}");
        }
        let prose = "a: half-open [0, 1)\n".to_owned() + &"# from 1 on [1, 2)\n".repeat(5_000);
        assert!(parse(&prose).is_ok());
    }

    #[test]
    fn deep_nesting_is_an_error() {
        assert!(parse(&"[".repeat(100_000)).is_err());
        assert!(parse(&format!("a: {}", "[".repeat(1_000))).is_err());
    }
}
