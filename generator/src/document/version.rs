//! Checks that a tree of values is an OpenAPI document, and reads its version.

use serde_json::Value;

use super::found::describe;
use crate::error::Problem;

/// The supported versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    V30,
    V31,
    V32,
}

/// Returns the version of a document that has paths.
pub(super) fn check(document: &Value) -> Result<Version, Problem> {
    let problem = |pointer: &str, found: String, expected: &str, advice: &str| Problem {
        pointer: pointer.to_owned(),
        found,
        expected: expected.to_owned(),
        advice: advice.to_owned(),
    };
    let Some(root) = document.as_object() else {
        return Err(problem(
            "",
            describe(document),
            "an OpenAPI document",
            "A document is an object with `openapi`, `info` and `paths`.",
        ));
    };
    if let Some(version) = root.get("swagger") {
        return Err(problem(
            "/swagger",
            format!("Swagger {}", version.as_str().unwrap_or("2.0")),
            "OpenAPI 3.0",
            "Swagger is the predecessor of OpenAPI and says most things in other places: convert the document to \
             OpenAPI 3.0 first, with the converter of the Swagger project for instance.",
        ));
    }
    let version = version(root.get("openapi"), &problem, document)?;
    let has = |key: &str, is_entry: fn(&String) -> bool| {
        let entries = root.get(key).and_then(Value::as_object);
        entries.is_some_and(|entries| entries.keys().any(is_entry))
    };
    match root.get("paths") {
        // A document may have only webhooks.
        Some(Value::Object(_)) | None if has("webhooks", |_| true) => Ok(version),
        Some(Value::Object(_)) if has("paths", |key| !key.starts_with("x-")) => Ok(version),
        Some(Value::Object(_)) => Err(problem(
            "/paths",
            "no path".to_owned(),
            "at least one path",
            "A document without paths has no client.",
        )),
        Some(other) => Err(problem(
            "/paths",
            describe(other),
            "an object of paths",
            "Its keys are paths such as `/devices/list`.",
        )),
        None => Err(problem(
            "",
            "no `paths`".to_owned(),
            "an object of paths",
            "A document without paths has no client.",
        )),
    }
}

impl Version {
    /// Returns true if schemas follow JSON Schema 2020-12.
    pub(super) fn has_json_schema(self) -> bool {
        self != Self::V30
    }
}

/// Converts the version to text, because YAML reads `openapi: 3.0` as a number; and adds `paths` if they are missing.
pub(super) fn spell(document: &mut Value) {
    if let Some(root) = document.as_object_mut() {
        root.entry("paths")
            .or_insert_with(|| Value::Object(serde_json::Map::new()));
    }
    if let Some(version @ Value::Number(_)) = document.get_mut("openapi") {
        *version = Value::String(version.to_string());
    }
}

fn version(
    found: Option<&Value>,
    problem: &impl Fn(&str, String, &str, &str) -> Problem,
    document: &Value,
) -> Result<Version, Problem> {
    let text = match found {
        Some(Value::String(version)) => version.clone(),
        Some(Value::Number(version)) => version.to_string(),
        Some(other) => {
            return Err(problem(
                "/openapi",
                describe(other),
                "\"3.0.3\" or the like",
                "",
            ));
        }
        None => {
            return Err(problem(
                "",
                describe(document),
                "an OpenAPI document",
                "It has no `openapi`, which says the version.",
            ));
        }
    };
    let is = |minor: &str| text == minor || text.starts_with(&format!("{minor}."));
    if is("3.0") {
        Ok(Version::V30)
    } else if is("3.1") {
        Ok(Version::V31)
    } else if is("3.2") {
        Ok(Version::V32)
    } else {
        Err(problem(
            "/openapi",
            format!("version {text}"),
            "3.0, 3.1 or 3.2",
            "Other versions are not read.",
        ))
    }
}
