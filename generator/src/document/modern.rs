//! Converts OpenAPI 3.1 to the form of 3.0, as far as 3.0 can express the same.

use serde_json::{Map, Value};

use super::found::describe;
use super::place::Place;
use super::walk::Walk;

/// The keywords that apply to one type only.
const TYPE_KEYWORDS: [(&str, &[&str]); 4] = [
    (
        "object",
        &["properties", "required", "additionalProperties"],
    ),
    ("array", &["items"]),
    ("string", &["format"]),
    ("number", &["format"]),
];

/// Returns true if OpenAPI 3.0 has another form for a keyword of a schema.
pub(super) fn concerns(keyword: &str, value: &Value) -> bool {
    match keyword {
        "type" => value.is_array() || value == "null",
        "items" => value.is_array(),
        "const"
        | "prefixItems"
        | "patternProperties"
        | "unevaluatedProperties"
        | "contentEncoding"
        | "contentMediaType" => true,
        _ => false,
    }
}

/// The extension on the items of a tuple: the index of the alternative for each position.
pub(crate) const TUPLE: &str = "x-tuple-places";

/// The largest tuple. A longer one is read as a list.
const MAX_TUPLE: usize = 12;

/// Returns true if a list has a fixed length and a schema for each position. It reads validation keywords, which are dropped
/// later.
pub(super) fn is_fixed_tuple(map: &Map<String, Value>) -> bool {
    let (places, rest) = match (map.get("prefixItems"), map.get("items")) {
        (Some(Value::Array(places)), rest) => (places, rest),
        (None, Some(Value::Array(places))) => (places, map.get("additionalItems")),
        _ => return false,
    };
    let is_count = |keyword: &str| {
        map.get(keyword).and_then(Value::as_u64) == u64::try_from(places.len()).ok()
    };
    let is_closed = rest == Some(&Value::Bool(false)) || is_count("maxItems");
    let is_whole =
        is_count("minItems") || !map.contains_key("minItems") && rest == Some(&Value::Bool(false));
    is_closed && is_whole && (1..=MAX_TUPLE).contains(&places.len())
}

/// Converts a schema to the form of 3.0, after its inner schemas. `fixed` is true if it is a tuple.
pub(super) fn schema(
    walk: &mut Walk,
    map: &mut Map<String, Value>,
    place: &Place<'_>,
    fixed: bool,
) {
    constant(map);
    encoding(map);
    match fixed {
        true => fixed_tuple(map),
        false => tuple(walk, map, place),
    }
    patterns(walk, map, place);
    unevaluated(walk, map, place);
    types(map);
}

/// Converts a constant to an enum with one value.
fn constant(map: &mut Map<String, Value>) {
    let Some(value) = map.shift_remove("const") else {
        return;
    };
    let json_type = match &value {
        Value::Null => {
            map.insert("nullable".to_owned(), Value::Bool(true));
            None
        }
        Value::Bool(_) => Some("boolean"),
        Value::Number(number) if number.is_f64() => Some("number"),
        Value::Number(_) => Some("integer"),
        Value::String(_) => Some("string"),
        Value::Array(_) | Value::Object(_) => None,
    };
    if let Some(json_type) = json_type {
        map.entry("type").or_insert_with(|| Value::from(json_type));
    }
    map.insert("enum".to_owned(), Value::Array(vec![value]));
}

/// Converts the encoding of a string to a format for bytes.
fn encoding(map: &mut Map<String, Value>) {
    let encoding = map.shift_remove("contentEncoding");
    let media = map.shift_remove("contentMediaType");
    let format = match (
        encoding.as_ref().and_then(Value::as_str),
        media.as_ref().and_then(Value::as_str),
    ) {
        (Some("base64" | "base64url"), _) => "byte",
        (None, Some("application/octet-stream")) => "binary",
        _ => return,
    };
    map.entry("format").or_insert_with(|| Value::from(format));
}

/// Converts the items of a tuple to alternatives, with the extension that assigns them to positions.
fn fixed_tuple(map: &mut Map<String, Value>) {
    let prefix = map.shift_remove("prefixItems");
    let Some(Value::Array(list)) = prefix.or_else(|| map.shift_remove("items")) else {
        return;
    };
    let mut distinct: Vec<Value> = Vec::new();
    let mut places: Vec<Value> = Vec::new();
    for schema in list {
        let is_known = |known: &Value| without_prose(known) == without_prose(&schema);
        let at = distinct.iter().position(is_known);
        places.push(Value::from(at.unwrap_or(distinct.len())));
        if at.is_none() {
            distinct.push(schema);
        }
    }
    let items = Map::from_iter([
        ("anyOf".to_owned(), Value::Array(distinct)),
        (TUPLE.to_owned(), Value::Array(places)),
    ]);
    map.insert("items".to_owned(), Value::Object(items));
}

/// Converts a tuple without a fixed length to a list: of one type if all positions have the same schema, else of all their types.
fn tuple(walk: &mut Walk, map: &mut Map<String, Value>, place: &Place<'_>) {
    let (keyword, list, rest) = match (map.shift_remove("prefixItems"), map.get_mut("items")) {
        (Some(Value::Array(list)), rest) => ("prefixItems", list, rest.cloned()),
        (_, Some(Value::Array(list))) => ("items", std::mem::take(list), None),
        _ => return,
    };
    let mut kinds = list.iter().chain(rest.as_ref()).map(without_prose);
    let Some(first) = kinds.next() else {
        map.shift_remove("items");
        return;
    };
    if kinds.all(|other| other == first) {
        map.insert("items".to_owned(), list.into_iter().next().unwrap_or(first));
        return;
    }
    let found = format!(
        "a list with a type for each place, {}",
        describe(&Value::Array(list.clone()))
    );
    walk.warn(
        &place.key(keyword),
        found,
        "a list with the types of all its places",
    );
    let mut distinct: Vec<Value> = Vec::new();
    for schema in list.into_iter().chain(rest) {
        let is_known = |known: &Value| without_prose(known) == without_prose(&schema);
        if !distinct.iter().any(is_known) {
            distinct.push(schema);
        }
    }
    let items = Map::from_iter([("anyOf".to_owned(), Value::Array(distinct))]);
    map.insert("items".to_owned(), Value::Object(items));
}

fn without_prose(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Value::Object(map) = &mut schema {
        map.retain(|key, _| key != "description" && key != "title");
    }
    schema
}

/// Converts properties by pattern to a map: of one type if all patterns have the same schema, else of any JSON.
fn patterns(walk: &mut Walk, map: &mut Map<String, Value>, place: &Place<'_>) {
    let Some(Value::Object(patterns)) = map.shift_remove("patternProperties") else {
        return;
    };
    let mut values = patterns.values().map(without_prose);
    let Some(first) = values.next() else { return };
    let alike = values.all(|other| other == first);
    let open = match map.get("additionalProperties") {
        None | Some(Value::Bool(false)) => true,
        Some(schema) => without_prose(schema) == first,
    };
    if alike && open {
        let value = patterns.into_values().next().unwrap_or(first);
        map.insert("additionalProperties".to_owned(), value);
        return;
    }
    let found = format!(
        "properties by patterns that differ, {}",
        describe(&Value::Object(patterns))
    );
    let taken = "properties of any JSON beside those that are named";
    walk.warn(&place.key("patternProperties"), found, taken);
    map.insert("additionalProperties".to_owned(), Value::Bool(true));
}

/// Converts `unevaluatedProperties` to additional properties, unless the schema has those too.
fn unevaluated(walk: &mut Walk, map: &mut Map<String, Value>, place: &Place<'_>) {
    let Some(schema) = map.shift_remove("unevaluatedProperties") else {
        return;
    };
    if schema.is_boolean() || map.contains_key("additionalProperties") {
        return;
    }
    let found = format!("`unevaluatedProperties`, which is {}", describe(&schema));
    let taken = "`additionalProperties`";
    walk.warn(&place.key("unevaluatedProperties"), found, taken);
    map.insert("additionalProperties".to_owned(), schema);
}

/// Converts several types: null to `nullable`, and each other type to a branch.
fn types(map: &mut Map<String, Value>) {
    let mut names: Vec<String> = match map.get("type") {
        Some(Value::String(name)) if name == "null" => vec![name.clone()],
        Some(Value::Array(names)) => names
            .iter()
            .map(|name| name.as_str().unwrap_or("null").to_owned())
            .collect(),
        _ => return,
    };
    let all = names.len();
    names.retain(|name| name != "null");
    names.dedup();
    if names.len() < all {
        map.insert("nullable".to_owned(), Value::Bool(true));
    }
    // An integer is also a number.
    if names.iter().any(|name| name == "number") {
        names.retain(|name| name != "integer");
    }
    let has_branches = ["oneOf", "anyOf", "allOf"]
        .iter()
        .any(|keyword| map.contains_key(*keyword));
    match names.as_slice() {
        [] => {
            map.shift_remove("type");
        }
        [only] => {
            map.insert("type".to_owned(), Value::from(only.as_str()));
        }
        // The branches are more precise.
        _ if has_branches => {
            map.shift_remove("type");
        }
        _ => {
            map.shift_remove("type");
            let branches = names.iter().map(|name| branch(name, map)).collect();
            for keyword in TYPE_KEYWORDS.iter().flat_map(|(_, keywords)| *keywords) {
                map.shift_remove(*keyword);
            }
            map.shift_remove("enum");
            map.insert("oneOf".to_owned(), Value::Array(branches));
        }
    }
}

/// Returns the keywords of a schema with several types that apply to one of them.
fn branch(name: &str, map: &Map<String, Value>) -> Value {
    let mut branch = Map::new();
    branch.insert("type".to_owned(), Value::from(name));
    let keywords = TYPE_KEYWORDS.iter().filter(|(of, _)| *of == name);
    for keyword in keywords.flat_map(|(_, keywords)| *keywords) {
        if let Some(value) = map.get(*keyword) {
            branch.insert((*keyword).to_owned(), value.clone());
        }
    }
    if let Some(Value::Array(values)) = map.get("enum") {
        let own: Vec<Value> = values
            .iter()
            .filter(|value| is_of(name, value))
            .cloned()
            .collect();
        if !own.is_empty() {
            branch.insert("enum".to_owned(), Value::Array(own));
        }
    }
    Value::Object(branch)
}

fn is_of(name: &str, value: &Value) -> bool {
    match name {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}

/// Returns true if the siblings of a reference add something to its type.
pub(super) fn refines(siblings: &Map<String, Value>) -> bool {
    siblings.keys().any(|key| !is_prose(key))
}

fn is_prose(key: &str) -> bool {
    matches!(key, "title" | "description" | "deprecated") || key.starts_with("x-")
}

/// Combines a reference and its siblings, so that both apply.
pub(super) fn refined(reference: Value, siblings: Map<String, Value>) -> Map<String, Value> {
    let (mut map, rest): (Map<String, Value>, Map<String, Value>) =
        siblings.into_iter().partition(|(key, _)| is_prose(key));
    let parts = vec![reference, Value::Object(rest)];
    map.insert("allOf".to_owned(), Value::Array(parts));
    map
}
