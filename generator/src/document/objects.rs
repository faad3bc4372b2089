//! Checks that objects have their required keywords.

use serde_json::{Map, Value, json};

use super::found::describe;
use super::keywords::Kind;
use super::place::Place;
use super::values::correct;
use super::walk::Walk;

/// Reports missing keywords, and adds those that later stages need.
pub(super) fn complete(
    walk: &mut Walk,
    kind: Kind,
    map: &mut Map<String, Value>,
    place: &Place<'_>,
) {
    let is_sent_by_the_api = || {
        let pointer = place.pointer().to_string();
        pointer.starts_with("/webhooks/") || pointer.contains("/callbacks/")
    };
    if kind == Kind::Operation
        && !map.contains_key("responses")
        && (walk.rules.version.has_json_schema() || is_sent_by_the_api())
    {
        map.entry("responses")
            .or_insert_with(|| Value::Object(Map::new()));
    }
    for needed in kind.needs() {
        if !map.contains_key(*needed) {
            missing(walk, kind, needed, map, place);
        }
    }
    match kind {
        Kind::Parameter => parameter(walk, map, place),
        // A header without a type is text, like all headers.
        Kind::Header if !map.contains_key("content") => {
            map.entry("schema")
                .or_insert_with(|| Value::Object(Map::new()));
        }
        // The typed document requires a type.
        Kind::Response => {
            map.entry("description").or_insert_with(|| Value::from(""));
        }
        // The style of other fields of a form has no effect.
        Kind::Encoding => {
            map.retain(|key, value| key != "style" || is_query_style(value));
            let style = map.get("style").and_then(Value::as_str);
            let explodes = matches!(style, None | Some("form"));
            map.entry("explode").or_insert(Value::Bool(explodes));
        }
        _ => {}
    }
}

/// Handles a missing keyword. If its value does not matter, a default is added.
fn missing(
    walk: &mut Walk,
    kind: Kind,
    needed: &str,
    map: &mut Map<String, Value>,
    place: &Place<'_>,
) {
    let found = format!("{} without `{needed}`", kind.words());
    let (expected, advice) = (format!("`{needed}`"), correct(&place.key(needed)));
    let (value, taken) = match (kind, needed) {
        (Kind::Document, _) => (
            json!({"title": "API", "version": "0"}),
            "an API called `API`",
        ),
        (Kind::Info, "title") => (json!("API"), "an API called `API`"),
        (Kind::Info, _) => (json!("0"), "version 0"),
        (Kind::Operation, _) => (json!({}), "a call that gives nothing"),
        // An incomplete discriminator is removed from its schema earlier.
        (Kind::Discriminator, _) if !walk.is_ours() => return,
        _ => return walk.report(place, found, &expected, advice),
    };
    if walk.mistake(place, found, &expected, advice, taken) {
        map.insert(needed.to_owned(), value);
    }
}

/// Converts Swagger notation in a schema to that of OpenAPI 3.
pub(super) fn spell_schema(walk: &mut Walk, map: &mut Map<String, Value>, place: &Place<'_>) {
    if walk.is_ours() {
        return;
    }
    if map.get("type").is_some_and(|name| name == "file") {
        let taken = "text of the format `binary`";
        walk.warn(&place.key("type"), "the type `file`".to_owned(), taken);
        map.insert("type".to_owned(), json!("string"));
        map.insert("format".to_owned(), json!("binary"));
    }
    let place = place.key("discriminator");
    match map.get_mut("discriminator") {
        Some(by @ Value::String(_)) => {
            walk.warn(&place, describe(by), "the name of the property");
            *by = json!({"propertyName": by.take()});
        }
        Some(by) if by.get("propertyName").is_none_or(|name| !name.is_string()) => {
            let found = "a discriminator without `propertyName`".to_owned();
            walk.warn(&place, found, "no discriminator");
            map.shift_remove("discriminator");
        }
        _ => {}
    }
}

const QUERY_STYLES: [&str; 4] = ["form", "spaceDelimited", "pipeDelimited", "deepObject"];

fn is_query_style(value: &Value) -> bool {
    value
        .as_str()
        .is_some_and(|style| QUERY_STYLES.contains(&style))
}

fn parameter(walk: &mut Walk, map: &mut Map<String, Value>, place: &Place<'_>) {
    if !map.contains_key("schema") && !map.contains_key("content") {
        let is_text = walk.mistake(
            place,
            "a parameter without `schema`".to_owned(),
            "`schema` or `content`",
            format!(
                "In OpenAPI the type of a parameter stands in its `schema`. {}",
                correct(&place.key("schema"))
            ),
            "text",
        );
        if is_text {
            map.insert("schema".to_owned(), json!({"type": "string"}));
        }
    }
    match map.get("in").and_then(Value::as_str) {
        Some("query") => style(walk, map, place, &QUERY_STYLES),
        Some("path") => style(walk, map, place, &["simple", "label", "matrix"]),
        Some("header") => style(walk, map, place, &["simple"]),
        Some("cookie") => style(walk, map, place, &["form"]),
        _ => {}
    }
}

fn style(walk: &mut Walk, map: &mut Map<String, Value>, place: &Place<'_>, known: &[&str]) {
    if let Some(Value::String(style)) = map.get("style")
        && !known.contains(&style.as_str())
    {
        let place = &place.key("style");
        let (found, expected) = (format!("`{style}`"), known.join(", "));
        if walk.mistake(place, found, &expected, correct(place), "the usual style") {
            map.shift_remove("style");
        }
    }
}

/// Reports siblings of a reference to a path item, which would be lost. Descriptions may be lost.
pub(super) fn check_siblings(walk: &mut Walk, siblings: &Map<String, Value>, place: &Place<'_>) {
    let lost = siblings
        .keys()
        .find(|key| !matches!(key.as_str(), "summary" | "description") && !key.starts_with("x-"));
    if let Some(key) = lost {
        walk.report(
            place,
            format!("`{key}` beside a `$ref`"),
            "the reference alone",
            format!(
                "OpenAPI does not say which of the two applies. {}",
                correct(&place.key(key))
            ),
        );
    }
}

/// Changes ranges of statuses in lower case to upper case: `4xx` to `4XX`.
pub(super) fn spell_ranges(map: &mut Map<String, Value>) {
    let is_small = |key: &String| key.len() == 3 && key.ends_with("xx");
    if !map.keys().any(is_small) {
        return;
    }
    for (key, value) in std::mem::take(map) {
        let key = match is_small(&key) {
            true => key.to_uppercase(),
            false => key,
        };
        map.entry(key).or_insert(value);
    }
}

/// Returns a section of the components. A missing or invalid one is replaced by an empty one.
pub(super) fn section<'a>(document: &'a mut Value, name: &str) -> &'a mut Map<String, Value> {
    let mut at = document;
    for key in ["components", name] {
        if !at.is_object() {
            *at = Value::Object(Map::new());
        }
        at = &mut at[key];
    }
    if !at.is_object() {
        *at = Value::Object(Map::new());
    }
    at.as_object_mut().expect("it was made an object above")
}
