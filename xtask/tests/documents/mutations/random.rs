//! Random names and schemas.

use fastrand::Rng;
use serde_json::{Map, Value, json};

/// Names that Rust or the client uses already, that differ only in a sign or in case, or that are not valid in Rust.
const NAMES: &[&str] = &[
    "",
    "#",
    "$id",
    "*",
    "+",
    "-",
    "/slash",
    "1st",
    "42",
    "ActionAttempt",
    "Box",
    "Clone",
    "DateTime",
    "Debug",
    "Default",
    "Err",
    "Error",
    "FOO",
    "FooBar",
    "Future",
    "Id",
    "IntoFuture",
    "Iterator",
    "None",
    "Null",
    "Nullable",
    "Number",
    "Object",
    "Ok",
    "Option",
    "Result",
    "Seam",
    "Self",
    "Send",
    "Slot",
    "Some",
    "String",
    "Sync",
    "Timestamp",
    "Unknown",
    "Value",
    "Vec",
    "_",
    "__",
    "`tick`",
    "a b",
    "a-b",
    "a.b",
    "action_attempt",
    "additional_properties",
    "all",
    "alloc",
    "as_ref",
    "as_str",
    "async",
    "async_",
    "await",
    "back\\slash",
    "body",
    "bool",
    "borrow",
    "branch",
    "build",
    "client",
    "clone",
    "common",
    "core",
    "crate",
    "cursor",
    "data",
    "default",
    "devices",
    "dyn",
    "eq",
    "error",
    "errors",
    "events",
    "expected",
    "extra",
    "f64",
    "fmt",
    "fn",
    "fooBar",
    "foo_bar",
    "from",
    "gen",
    "hash",
    "header",
    "i64",
    "ids",
    "into",
    "is_empty",
    "is_managed?",
    "json",
    "kind",
    "len",
    "limit",
    "line\nbreak",
    "locks",
    "macro_rules",
    "main",
    "match",
    "mod",
    "name",
    "new",
    "next",
    "no_wait",
    "object",
    "ok",
    "option",
    "page_cursor",
    "pages",
    "pagination",
    "param",
    "percent%",
    "properties",
    "pub",
    "query",
    "quote\"",
    "r",
    "r#type",
    "raw",
    "raw_identifier",
    "read",
    "request",
    "result",
    "retry",
    "return\r",
    "self",
    "send",
    "serde",
    "serialize",
    "shared",
    "status",
    "std",
    "str",
    "stream",
    "string_enum",
    "super",
    "tab\t",
    "tag",
    "tagged",
    "test",
    "timeout",
    "to_owned",
    "to_string",
    "try",
    "type",
    "union",
    "unknown",
    "use",
    "value",
    "wait",
    "warnings",
    "where",
    "wire",
    "with_raw",
    "write",
    "x",
    "{brace}",
    "é",
    "ñandú",
    "\u{200b}zero",
    "\u{202e}turned",
    "日本",
    "one_that_is_so_long_that_it_has_to_lose_words_from_its_end_to_fit",
    "one_that_is_so_long_that_it_has_to_lose_words_from_its_end_to_match",
];

/// Returns any name.
pub(super) fn name(rng: &mut Rng) -> &'static str {
    rng.choice(NAMES).unwrap_or(&"name")
}

/// Returns a name that is valid for a segment of a path and for a component.
pub(super) fn plain_name(rng: &mut Rng) -> &'static str {
    let is_plain = |name: &str| {
        let mut chars = name.chars();
        !name.is_empty() && chars.all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
    };
    let plain: Vec<_> = NAMES.iter().filter(|name| is_plain(name)).collect();
    rng.choice(plain).unwrap_or(&"name")
}

/// Returns up to `most` different names.
fn names(rng: &mut Rng, most: usize) -> Vec<&'static str> {
    let count = rng.usize(1..=most);
    rng.choose_multiple(NAMES.iter().copied(), count)
}

/// Returns a description.
pub(super) fn description(rng: &mut Rng) -> &'static str {
    const DESCRIPTIONS: &[&str] = &[
        "",
        "   ",
        "# Heading\n```\ncode",
        "[a](b",
        "<b>bold",
        "`",
        "*/ //! \"\"\"",
        "\t\ttabs",
        "a\r\nb\rc",
        "http://example.com, and <https://example.com>",
        "- a\n  - b\n\n    code",
        "[Foo]: bar",
        "|a|b|\n|-|-|",
        "&lt;\\",
        "line  \nbreak",
        "{{ x }}",
        "---\ndeprecated: Use `y`.\n---\ntext",
        "\u{202e}turned",
    ];
    rng.choice(DESCRIPTIONS).unwrap_or(&"")
}

/// Returns a schema with nested schemas up to a depth. It can refer to `components`, which are objects.
pub(super) fn schema(rng: &mut Rng, components: &[String], depth: usize) -> Value {
    if depth == 0 {
        return scalar(rng, components);
    }
    let inner = |rng: &mut Rng| schema(rng, components, depth - 1);
    match rng.u8(0..12) {
        0..3 => scalar(rng, components),
        3 => json!({"type": "array", "items": inner(rng)}),
        4..6 => object(rng, components, depth),
        6 => json!({"type": "object", "additionalProperties": inner(rng)}),
        7 => json!({"oneOf": several(rng, inner)}),
        8 => json!({"anyOf": several(rng, inner), "nullable": rng.bool()}),
        9 => json!({"allOf": [reference(rng, components), object(rng, components, depth)]}),
        10 => tagged(rng, components, depth),
        _ => json!({}),
    }
}

fn several(rng: &mut Rng, one: impl Fn(&mut Rng) -> Value) -> Vec<Value> {
    (0..rng.usize(1..4)).map(|_| one(rng)).collect()
}

fn scalar(rng: &mut Rng, components: &[String]) -> Value {
    const FORMATS: &[&str] = &[
        "date-time",
        "date",
        "uuid",
        "uri",
        "email",
        "binary",
        "byte",
        "no such",
    ];
    match rng.u8(0..8) {
        0 => json!({"type": "string"}),
        1 => json!({"type": "string", "format": rng.choice(FORMATS)}),
        2 => json!({"type": "integer", "format": "int32"}),
        3 => json!({"type": "number"}),
        4 => json!({"type": "boolean", "nullable": true}),
        5 => json!({"type": "string", "enum": names(rng, 5)}),
        6 => json!({"type": "object"}),
        _ => reference(rng, components),
    }
}

fn reference(rng: &mut Rng, components: &[String]) -> Value {
    match rng.choice(components) {
        Some(name) => json!({"$ref": format!("#/components/schemas/{name}")}),
        None => json!({"type": "object"}),
    }
}

fn object(rng: &mut Rng, components: &[String], depth: usize) -> Value {
    let mut properties = Map::new();
    for name in names(rng, 4) {
        properties.insert(name.to_owned(), schema(rng, components, depth - 1));
    }
    let required: Vec<&String> = properties.keys().filter(|_| rng.bool()).collect();
    let mut object = json!({"type": "object"});
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    object["properties"] = Value::Object(properties);
    if rng.u8(..) < 50 {
        object["additionalProperties"] = schema(rng, components, depth - 1);
    }
    object
}

/// Returns a union of objects with a discriminator.
fn tagged(rng: &mut Rng, components: &[String], depth: usize) -> Value {
    let tag = name(rng);
    let branches: Vec<Value> = names(rng, 5)
        .into_iter()
        .map(|value| {
            let mut branch = object(rng, components, depth);
            branch["properties"][tag] = json!({"type": "string", "enum": [value]});
            branch["required"] = json!([tag]);
            branch
        })
        .collect();
    let mut union = json!({"oneOf": branches});
    if rng.bool() {
        union["discriminator"] = json!({"propertyName": tag});
    }
    union
}
