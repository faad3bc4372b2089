//! Parses the samples of a file.

use serde_json::{Map, Value};

use super::{BODY, File, Mismatch, PARAMETERS, PATH};
use crate::document;

/// A sample as written in its file.
pub(super) struct Sample {
    pub(super) file: String,
    pub(super) title: String,
    pub(super) description: Option<String>,
    pub(super) path: String,
    pub(super) parameters: Map<String, Value>,
    pub(super) body: Option<Value>,
}

/// The samples of a file, and the entries that are invalid.
#[derive(Default)]
pub(super) struct Read {
    pub(super) samples: Vec<Sample>,
    pub(super) mismatches: Vec<Mismatch>,
}

/// Reads a file; fails if it is not a list.
pub(super) fn read(file: &File<'_>) -> Result<Read, Mismatch> {
    let mismatch = |title: Option<&str>, pointer: String, problem: String| Mismatch {
        file: file.name.to_owned(),
        title: title.map(str::to_owned),
        pointer,
        problem,
    };
    let list = match document::parse(file.text) {
        Ok(Value::Array(list)) => list,
        Ok(other) => {
            let problem = format!("expected a list of samples, found {}", kind(&other));
            return Err(mismatch(None, String::new(), problem));
        }
        Err(problem) => {
            let problem = format!("this is not {}: {}", problem.expected, problem.found);
            return Err(mismatch(None, String::new(), problem));
        }
    };
    let mut read = Read::default();
    for (index, value) in list.iter().enumerate() {
        let title = value.get("title").map(text).filter(|text| !text.is_empty());
        match sample(file.name, title.as_deref(), value) {
            Ok(sample) => read.samples.push(sample),
            Err((pointer, problem)) => {
                let pointer = match title {
                    Some(_) => pointer.to_owned(),
                    None => format!("/{index}{pointer}"),
                };
                read.mismatches
                    .push(mismatch(title.as_deref(), pointer, problem));
            }
        }
    }
    Ok(read)
}

type Fault = (&'static str, String);

fn sample(file: &str, title: Option<&str>, value: &Value) -> Result<Sample, Fault> {
    let title = title.ok_or_else(|| ("/title", "required, and missing".to_owned()))?;
    let path = match value.pointer(PATH) {
        Some(Value::String(path)) => path.trim().to_owned(),
        Some(other) => return Err((PATH, format!("expected string, found {}", kind(other)))),
        None => return Err((PATH, "required, and missing".to_owned())),
    };
    let parameters = match value.pointer(PARAMETERS) {
        None | Some(Value::Null) => Map::new(),
        Some(Value::Object(parameters)) => parameters.clone(),
        Some(other) => {
            let problem = format!("expected object, found {}", kind(other));
            return Err((PARAMETERS, problem));
        }
    };
    let body = value.pointer(BODY).filter(|body| !body.is_null());
    Ok(Sample {
        file: file.to_owned(),
        title: title.to_owned(),
        description: value.get("description").map(text),
        path,
        parameters,
        body: body.cloned(),
    })
}

/// Returns a title as text. YAML reads some titles as numbers.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Returns the JSON type of a value.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}
