//! Converts a tree of values to the typed document.

use openapiv3::OpenAPI;
use rayon::prelude::*;
use serde_json::Value;

use super::Pointer;
use crate::error::Problem;

/// Converts each path and each component separately, so that errors have a place and all cores are used.
pub(super) fn typed(mut value: Value) -> Result<OpenAPI, Vec<Problem>> {
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
                expected: "an entry of OpenAPI 3.0".to_owned(),
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
