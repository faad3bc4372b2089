//! What OpenAPI 3.1 lets stand where 3.0 has no place for it, and other places refer to: schemas defined inside
//! schemas, and path items among the components.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::pointer::component;
use super::{Pointer, objects};

/// Makes components of schemas that were defined elsewhere, and mends the references to them.
pub(super) fn settle(document: &mut Value, definitions: Vec<(String, Map<String, Value>)>) {
    if definitions.is_empty() {
        return;
    }
    let mut moved = HashMap::new();
    let schemas = objects::section(document, "schemas");
    for (pointer, schemas_there) in definitions {
        for (name, schema) in schemas_there {
            let from = format!("#{}", Pointer::root(&pointer).key(&name));
            let name = free_name(schemas, name);
            let to = format!("#{}", Pointer::root("/components/schemas").key(&name));
            schemas.insert(name, schema);
            moved.insert(from, to);
        }
    }
    redirect(document, &moved);
}

/// Two schemas may define the same name each for itself.
fn free_name(schemas: &Map<String, Value>, name: String) -> String {
    if !schemas.contains_key(&name) {
        return name;
    }
    let mut number = 2;
    loop {
        let other = format!("{name}_{number}");
        if !schemas.contains_key(&other) {
            return other;
        }
        number += 1;
    }
}

fn redirect(value: &mut Value, moved: &HashMap<String, String>) {
    match value {
        Value::Object(map) => {
            if let Some(Value::String(reference)) = map.get_mut("$ref")
                && let Some(to) = target(reference, moved)
            {
                *reference = to;
            }
            map.values_mut().for_each(|value| redirect(value, moved));
        }
        Value::Array(list) => list.iter_mut().for_each(|value| redirect(value, moved)),
        _ => {}
    }
}

/// Where a reference to a definition, or to something in it, leads now.
fn target(reference: &str, moved: &HashMap<String, String>) -> Option<String> {
    if let Some(to) = moved.get(reference) {
        return Some(to.clone());
    }
    let (from, to) = moved
        .iter()
        .filter(|(from, _)| reference.starts_with(&format!("{from}/")))
        .max_by_key(|(from, _)| from.len())?;
    Some(format!("{to}{}", &reference[from.len()..]))
}

/// Puts path items that are components where they are referred to.
pub(super) fn inline_path_items(document: &mut Value) {
    let Some(components) = document
        .get_mut("components")
        .and_then(Value::as_object_mut)
    else {
        return;
    };
    let Some(Value::Object(items)) = components.shift_remove("pathItems") else {
        return;
    };
    let all = ["paths", "webhooks"].into_iter();
    for key in all {
        if let Some(paths) = document.get_mut(key).and_then(Value::as_object_mut) {
            inline(paths, &items);
        }
    }
}

fn inline(paths: &mut Map<String, Value>, items: &Map<String, Value>) {
    for item in paths.values_mut() {
        // As many steps as there are items: more would be a circle, which is reported as leading nowhere.
        for _ in 0..items.len() {
            let reference = item.get("$ref").and_then(Value::as_str);
            let named = reference
                .and_then(|reference| component(reference, "pathItems"))
                .and_then(|name| items.get(&name));
            match named {
                Some(found) => *item = found.clone(),
                None => break,
            }
        }
    }
}
