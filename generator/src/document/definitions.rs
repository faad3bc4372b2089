//! Definitions in places that OpenAPI 3.0 does not have: schemas inside of schemas, and path items among the components.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::pointer::component;
use super::{Pointer, objects};

/// Makes components of schemas that were defined elsewhere, and updates the references to them.
pub(super) fn make_components(
    document: &mut Value,
    definitions: Vec<(String, Map<String, Value>)>,
) {
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

/// Returns a free name, because two schemas may each define the same name.
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

/// Returns the new target of a reference to a definition, or to a part of it.
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

/// Replaces references to path items among the components by the path items.
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
        // There are at most as many steps as items. More would be a cycle, which is reported as an unresolved reference.
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
