//! Requests that an API sends: the webhooks of OpenAPI 3.1, and the callbacks of calls.

use openapiv3::Operation;
use serde_json::{Map, Value};

use super::Pointer;
use crate::error::Problem;

const METHODS: [&str; 8] = [
    "post", "put", "patch", "get", "delete", "head", "options", "trace",
];

/// A request that the API sends.
#[derive(Debug, Clone)]
pub(crate) struct Delivery {
    /// Its name in the document.
    pub(crate) name: String,
    /// The call that registers it, if it is a callback.
    pub(crate) of: Option<String>,
    /// The place of its operation.
    pub(crate) pointer: Pointer,
    pub(crate) operation: Operation,
}

/// Renames `x-webhooks`, which documents of OpenAPI 3.0 use for webhooks.
pub(super) fn spell(document: &mut Value) {
    let Some(root) = document.as_object_mut() else {
        return;
    };
    if let Some(webhooks @ Value::Object(_)) = root.get("x-webhooks").cloned() {
        root.shift_remove("x-webhooks");
        root.entry("webhooks").or_insert(webhooks);
    }
}

/// Removes webhooks and callbacks from a document, and returns them.
pub(super) fn take(document: &mut Value) -> Result<Vec<Delivery>, Vec<Problem>> {
    let mut found = Found::default();
    if let Some(Value::Object(webhooks)) = remove(document, "webhooks") {
        let pointer = Pointer::root("/webhooks");
        for (name, item) in webhooks {
            let pointer = pointer.key(&name);
            found.item(&name, None, item, &pointer);
        }
    }
    let shared = document
        .get_mut("components")
        .and_then(|components| remove(components, "callbacks"));
    let shared = shared.unwrap_or_default();
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    for (path, item) in paths.into_iter().flatten() {
        let pointer = Pointer::root("/paths").key(path);
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            let Some(Value::Object(callbacks)) = remove(operation, "callbacks") else {
                continue;
            };
            let id = operation.get("operationId").and_then(Value::as_str);
            let of = id.map_or_else(|| format!("{method} {path}"), str::to_owned);
            let pointer = pointer.key(method).key("callbacks");
            for (name, callback) in callbacks {
                let place = (callback, pointer.key(&name));
                if let Some((callback, pointer)) = resolved(place, &shared) {
                    for (expression, item) in callback {
                        let pointer = pointer.key(&expression);
                        found.item(&name, Some(&of), item, &pointer);
                    }
                }
            }
        }
    }
    match found.problems.is_empty() {
        true => Ok(found.deliveries),
        false => Err(found.problems),
    }
}

fn remove(value: &mut Value, key: &str) -> Option<Value> {
    value.as_object_mut()?.shift_remove(key)
}

/// Returns a callback, or the one among the components that it refers to.
fn resolved(
    (callback, pointer): (Value, Pointer),
    shared: &Value,
) -> Option<(Map<String, Value>, Pointer)> {
    let Value::Object(callback) = callback else {
        return None;
    };
    let Some(reference) = callback.get("$ref").and_then(Value::as_str) else {
        return Some((callback, pointer));
    };
    let name = super::pointer::component(reference, "callbacks")?;
    let found = shared.get(&name)?.as_object()?.clone();
    Some((found, Pointer::root("/components/callbacks").key(&name)))
}

#[derive(Default)]
struct Found {
    deliveries: Vec<Delivery>,
    problems: Vec<Problem>,
}

impl Found {
    /// Adds the delivery of a path item: its first operation with a body, or else its first one.
    fn item(&mut self, name: &str, of: Option<&str>, item: Value, pointer: &Pointer) {
        let Value::Object(mut item) = item else {
            return;
        };
        let sends = |method: &&&str| {
            let operation = item.get(**method);
            operation.is_some_and(|operation| operation.get("requestBody").is_some())
        };
        let is_there = |method: &&&str| item.contains_key(**method);
        let method = METHODS.iter().find(sends);
        let Some(method) = method.or_else(|| METHODS.iter().find(is_there)) else {
            return;
        };
        let pointer = pointer.key(method);
        match serde_json::from_value(item.shift_remove(*method).unwrap_or_default()) {
            Ok(operation) => self.deliveries.push(Delivery {
                name: name.to_owned(),
                of: of.map(str::to_owned),
                pointer,
                operation,
            }),
            Err(error) => self.problems.push(Problem {
                pointer: pointer.to_string(),
                found: error.to_string(),
                expected: "an operation of OpenAPI 3.0".to_owned(),
                advice: "Correct it with an entry in spec/overlay.yaml.".to_owned(),
            }),
        }
    }
}
