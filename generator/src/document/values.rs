//! Checks the JSON types of keywords' values.

use serde_json::Value;

use super::found::describe;
use super::keywords::{self, Kind, Shape};
use super::place::Place;
use super::walk::Walk;

const TYPES: [&str; 7] = [
    "string", "object", "array", "boolean", "number", "integer", "null",
];
const LOCATIONS: [&str; 4] = ["query", "path", "header", "cookie"];

/// Returns the advice that applies to any problem.
pub(super) fn correct(place: &Place<'_>) -> String {
    format!(
        "Correct it there, or with an action in the overlay whose target is `{}`.",
        place.parent().path()
    )
}

/// Checks a value without nested objects; returns true if it is kept.
pub(super) fn check(walk: &mut Walk, shape: Shape, value: &mut Value, place: &Place<'_>) -> bool {
    match (shape, &*value) {
        // YAML reads `version: 1.0` without quotes as a number.
        (Shape::Text, Value::Number(number)) => {
            let text = number.to_string();
            walk.warn(place, format!("the number {text}"), "the same text");
            *value = Value::String(text);
            return true;
        }
        (Shape::Texts, Value::Bool(_)) if place.name() == Some("required") => {
            let found = format!("`required: {value}` on a schema, which lists names there");
            walk.warn(place, found, "no `required` at all");
            return false;
        }
        (Shape::Truth, Value::String(text)) if text == "true" || text == "false" => {
            walk.warn(place, describe(value), "the same without quotes");
            *value = Value::Bool(text == "true");
            return true;
        }
        // YAML reads an unquoted null as null.
        (Shape::Type, Value::Null) => {
            walk.warn(place, "the type null without quotes".to_owned(), "\"null\"");
            *value = Value::from("null");
            return true;
        }
        _ => {}
    }
    fits(walk, shape, value, place)
}

/// Returns true if a value has the right type.
fn fits(walk: &mut Walk, shape: Shape, value: &Value, place: &Place<'_>) -> bool {
    let expected = match shape {
        Shape::Text if !value.is_string() => "text",
        Shape::Truth if !value.is_boolean() => "true or false",
        Shape::Texts if !holds_only_texts(value) => "a list of texts",
        Shape::TextMap if !maps_to_texts(value) => "an object of texts",
        Shape::Values if !value.is_array() => "a list of values",
        Shape::Type => return check_type(walk, value, place),
        Shape::Location => return check_location(walk, value, place),
        _ => return true,
    };
    let advice = advice(shape, value, place).unwrap_or_else(|| correct(place));
    !walk.mistake(place, describe(value), expected, advice, "nothing")
}

fn holds_only_texts(value: &Value) -> bool {
    let list = value.as_array();
    list.is_some_and(|list| list.iter().all(Value::is_string))
}

fn maps_to_texts(value: &Value) -> bool {
    let map = value.as_object();
    map.is_some_and(|map| map.values().all(Value::is_string))
}

fn advice(shape: Shape, value: &Value, place: &Place<'_>) -> Option<String> {
    match (shape, place.name()) {
        (Shape::Text, _) if value.is_boolean() => {
            Some(format!("Text needs quotes around it. {}", correct(place)))
        }
        _ => None,
    }
}

fn check_type(walk: &mut Walk, value: &Value, place: &Place<'_>) -> bool {
    let is_type = |value: &Value| value.as_str().is_some_and(|name| TYPES.contains(&name));
    let fine = match value {
        // YAML reads an unquoted null in the list as null; no other type can be meant.
        Value::Array(list) => {
            !list.is_empty() && list.iter().all(|name| name.is_null() || is_type(name))
        }
        name => is_type(name),
    };
    if fine {
        return true;
    }
    let advice = match value.as_str() {
        Some("file") => format!(
            "In OpenAPI a file is a string of the format binary. {}",
            correct(place)
        ),
        Some("any") => format!("Leave out `type` to allow any value. {}", correct(place)),
        _ => correct(place),
    };
    let expected = format!("a type: {}", TYPES.join(", "));
    !walk.mistake(place, describe(value), &expected, advice, "any type")
}

fn check_location(walk: &mut Walk, value: &Value, place: &Place<'_>) -> bool {
    let found = value.as_str();
    if found.is_some_and(|name| LOCATIONS.contains(&name)) {
        return true;
    }
    let advice = match found {
        Some("body" | "formData") => {
            format!("OpenAPI has `requestBody` for it. {}", correct(place))
        }
        _ => correct(place),
    };
    walk.report(place, describe(value), &LOCATIONS.join(", "), advice);
    true
}

/// Checks a name of an object without keywords; returns true if it is kept.
pub(super) fn check_name(walk: &mut Walk, kind: Kind, name: &str, place: &Place<'_>) -> bool {
    let (fine, expected) = match kind {
        Kind::Paths => (name.starts_with('/'), "a path that begins with `/`"),
        Kind::Responses => (is_status(name), "a status such as 200, 2XX or default"),
        _ => return true,
    };
    if fine || keywords::is_extension(name) {
        return true;
    }
    let found = format!("`{name}`");
    !walk.mistake(place, found, expected, correct(place), "nothing")
}

fn is_status(name: &str) -> bool {
    if name == "default" {
        return true;
    }
    let [first, rest @ ..] = name.as_bytes() else {
        return false;
    };
    (b'1'..=b'9').contains(first)
        && rest.len() == 2
        && (rest.iter().all(u8::is_ascii_digit) || rest.eq_ignore_ascii_case(b"XX"))
}
