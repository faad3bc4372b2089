//! Tests of error messages, and of the normalised document.

mod account;
mod files;
mod forms;
mod hostile;
mod refusals;

use serde_json::{Value, json};

use super::walk::{Rules, walk};
use super::{Read, definitions, read, text, version};
use crate::source::{Options, Source};

/// Returns a document with one operation and no conventions, with `extra` merged into its root.
fn document(version: &str, extra: Value) -> Value {
    let mut document = json!({
        "openapi": version,
        "info": {"title": "Small", "version": "1"},
        "paths": {"/pets": {"get": {
            "responses": {"200": {"description": "OK"}},
        }}},
    });
    merge(&mut document, extra);
    document
}

/// Returns a document that follows Seam's conventions: the summary is the path.
fn conventional(extra: Value) -> Value {
    let mut seam = document(
        "3.0.0",
        json!({"paths": {"/pets": {"get": {"summary": "/pets"}}}}),
    );
    merge(&mut seam, extra);
    seam
}

/// Returns a document whose only component is this schema.
fn with_schema(version: &str, schema: Value) -> Value {
    document(version, json!({"components": {"schemas": {"Pet": schema}}}))
}

fn merge(value: &mut Value, extra: Value) {
    match (value, extra) {
        (Value::Object(map), Value::Object(extra)) => {
            for (key, value) in extra {
                merge(map.entry(key).or_insert(Value::Null), value);
            }
        }
        (value, extra) => *value = extra,
    }
}

fn read_text(text: &str, options: Options) -> Result<Read, String> {
    let source = Source {
        document: text,
        name: "small.json",
        overlay: None,
        names: None,
        client: None,
        files: None,
    };
    read(&source, options).map_err(|errors| errors.to_string())
}

fn read_value(document: &Value) -> Result<Read, String> {
    read_text(&document.to_string(), Options::default())
}

fn message(document: &Value) -> String {
    match read_value(document) {
        Ok(_) => "fine".to_owned(),
        Err(message) => message,
    }
}

/// Returns the findings about a document, which follows our conventions or not.
fn findings(document: &Value, is_ours: bool) -> String {
    let rules = Rules {
        version: version::check(document).unwrap(),
        extensions_accounted_for: is_ours,
    };
    let findings = walk(&mut document.clone(), rules);
    let problems = findings.problems.iter().map(ToString::to_string);
    let warnings = findings.warnings.iter().map(ToString::to_string);
    problems.chain(warnings).collect::<Vec<_>>().join("\n")
}

/// Returns the tree of a document before it is typed.
fn normalised(document: &Value) -> Value {
    let mut value = text::parse(&document.to_string()).unwrap();
    let rules = Rules {
        version: version::check(&value).unwrap(),
        extensions_accounted_for: false,
    };
    let mut findings = walk(&mut value, rules);
    assert_eq!(findings.problems, []);
    definitions::make_components(&mut value, std::mem::take(&mut findings.definitions));
    definitions::inline_path_items(&mut value);
    value
}
