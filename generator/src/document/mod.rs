//! Reads a document and checks that it is one: text in, a typed OpenAPI 3.0 document out.

mod pointer;

use openapiv3::OpenAPI;
use rayon::prelude::*;
use serde_json::Value;

pub(crate) use pointer::Pointer;

use crate::error::{Errors, Problem};

/// Reads JSON or YAML as an OpenAPI 3.0 document with paths.
pub(crate) fn read(text: &str, name: &str) -> Result<OpenAPI, Errors> {
    let value = parse(text, name)?;
    check(&value).map_err(|problem| Errors::one(name, problem))?;
    typed(value).map_err(|problems| Errors {
        document: name.to_owned(),
        problems,
    })
}

fn parse(text: &str, name: &str) -> Result<Value, Errors> {
    let looks_like_json = text.trim_start().starts_with(['{', '[']);
    let parsed = if looks_like_json {
        serde_json::from_str(text).map_err(|error| error.to_string())
    } else {
        serde_yaml::from_str(text).map_err(|error| error.to_string())
    };
    parsed.map_err(|found| {
        Errors::one(
            name,
            Problem {
                pointer: String::new(),
                found,
                expected: if looks_like_json {
                    "JSON"
                } else {
                    "JSON or YAML"
                }
                .to_owned(),
                advice: "Fetch the document again: `cargo xtask fetch`.".to_owned(),
            },
        )
    })
}

fn check(value: &Value) -> Result<(), Problem> {
    let problem = |pointer: &str, found: String, expected: &str, advice: &str| Problem {
        pointer: pointer.to_owned(),
        found,
        expected: expected.to_owned(),
        advice: advice.to_owned(),
    };
    if let Some(version) = value.get("swagger") {
        return Err(problem(
            "/swagger",
            format!("Swagger {version}"),
            "OpenAPI 3.0",
            "Convert it first, for instance with the converter of the Swagger project.",
        ));
    }
    match value.get("openapi") {
        Some(Value::String(version)) if version.starts_with("3.0") => {}
        Some(other) => {
            return Err(problem(
                "/openapi",
                other.to_string(),
                "\"3.0.x\"",
                "Only OpenAPI 3.0 is read.",
            ));
        }
        None => {
            return Err(problem(
                "",
                describe(value),
                "an OpenAPI document",
                "It has no `openapi` property.",
            ));
        }
    }
    match value.get("paths").and_then(Value::as_object) {
        Some(paths) if !paths.is_empty() => Ok(()),
        Some(_) => Err(problem(
            "/paths",
            "no path".to_owned(),
            "at least one path",
            "An empty document has no client.",
        )),
        None => Err(problem(
            "",
            "no `paths`".to_owned(),
            "an object of paths",
            "",
        )),
    }
}

fn describe(value: &Value) -> String {
    match value {
        Value::Object(map) if map.is_empty() => "an empty object".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        other => other.to_string(),
    }
}

/// Each path and each component is read on its own: the error then has a place, and both cores have work.
fn typed(mut value: Value) -> Result<OpenAPI, Vec<Problem>> {
    let paths = take_entries(&mut value, "/paths");
    let schemas = take_entries(&mut value, "/components/schemas");
    let (paths, schemas) = rayon::join(
        || read_entries("/paths", paths),
        || read_entries("/components/schemas", schemas),
    );
    let frame = serde_json::from_value::<OpenAPI>(value).map_err(|error| {
        vec![Problem {
            pointer: String::new(),
            found: error.to_string(),
            expected: "an OpenAPI 3.0 document".to_owned(),
            advice: String::new(),
        }]
    });
    let (mut document, paths, schemas) = match (frame, paths, schemas) {
        (Ok(document), Ok(paths), Ok(schemas)) => (document, paths, schemas),
        (frame, paths, schemas) => {
            let problems = [frame.err(), paths.err(), schemas.err()];
            return Err(problems.into_iter().flatten().flatten().collect());
        }
    };
    document.paths.paths.extend(paths);
    if !schemas.is_empty() {
        document
            .components
            .get_or_insert_default()
            .schemas
            .extend(schemas);
    }
    Ok(document)
}

fn take_entries(value: &mut Value, pointer: &str) -> Vec<(String, Value)> {
    match value.pointer_mut(pointer) {
        Some(Value::Object(entries)) => std::mem::take(entries).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn read_entries<T>(
    pointer: &str,
    entries: Vec<(String, Value)>,
) -> Result<Vec<(String, T)>, Vec<Problem>>
where
    T: serde::de::DeserializeOwned + Send,
{
    let read: Vec<_> = entries
        .into_par_iter()
        .map(|(name, value)| match serde_json::from_value(value) {
            Ok(entry) => Ok((name, entry)),
            Err(error) => Err(Problem {
                pointer: Pointer::root(pointer).key(&name).to_string(),
                found: error.to_string(),
                expected: "an entry as OpenAPI 3.0 has it".to_owned(),
                advice: "Correct it with an entry in spec/overlay.yaml.".to_owned(),
            }),
        })
        .collect();
    let (good, bad): (Vec<_>, Vec<_>) = read.into_iter().partition(Result::is_ok);
    if bad.is_empty() {
        Ok(good.into_iter().filter_map(Result::ok).collect())
    } else {
        Err(bad.into_iter().filter_map(Result::err).collect())
    }
}
