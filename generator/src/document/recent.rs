//! Converts OpenAPI 3.2 to the form of 3.1. Parts that 3.1 cannot express are left out, with a warning at their place.

use serde_json::{Map, Value};

use super::Pointer;
use super::pointer::component;
use crate::error::Warning;

/// The operations of a path that 3.1 does not have.
const OPERATIONS: [&str; 2] = ["query", "additionalOperations"];

/// Converts a document to the form of 3.1.
pub(super) fn spell(document: &mut Value) -> Vec<Warning> {
    let mut warnings = Vec::new();
    inline_media_types(document);
    for section in ["/paths", "/webhooks", "/components/pathItems"] {
        let Some(Value::Object(items)) = document.pointer_mut(section) else {
            continue;
        };
        for (name, item) in items {
            path_item(item, &Pointer::root(section).key(name), &mut warnings);
        }
    }
    if let Some(Value::Object(shared)) = document.pointer_mut("/components/parameters") {
        for (name, parameter) in shared {
            cookie_style(
                parameter,
                &Pointer::root("/components/parameters").key(name),
                &mut warnings,
            );
        }
    }
    warnings
}

fn path_item(item: &mut Value, pointer: &Pointer, warnings: &mut Vec<Warning>) {
    let Value::Object(item) = item else {
        return;
    };
    for key in OPERATIONS {
        if item.shift_remove(key).is_some() {
            warnings.push(Warning {
                pointer: pointer.key(key).to_string(),
                found: format!("`{key}`, which is new in OpenAPI 3.2"),
                taken: "no call".to_owned(),
            });
        }
    }
    parameters(item, pointer, warnings);
    for (key, operation) in item {
        if let Value::Object(operation) = operation {
            parameters(operation, &pointer.key(key), warnings);
        }
    }
}

/// The parameters of a path or an operation.
fn parameters(holder: &mut Map<String, Value>, pointer: &Pointer, warnings: &mut Vec<Warning>) {
    let Some(Value::Array(parameters)) = holder.get_mut("parameters") else {
        return;
    };
    let pointer = pointer.key("parameters");
    let mut index = 0;
    parameters.retain_mut(|parameter| {
        let pointer = pointer.index(index);
        index += 1;
        if parameter.get("in").and_then(Value::as_str) == Some("querystring") {
            warnings.push(Warning {
                pointer: pointer.to_string(),
                found: "a parameter that is the whole query, which is new in OpenAPI 3.2"
                    .to_owned(),
                taken: "no parameter".to_owned(),
            });
            return false;
        }
        cookie_style(parameter, &pointer, warnings);
        true
    });
}

/// Replaces the style `cookie` by `form`, which differs only in its escapes.
fn cookie_style(parameter: &mut Value, pointer: &Pointer, warnings: &mut Vec<Warning>) {
    if parameter.get("style").and_then(Value::as_str) != Some("cookie") {
        return;
    }
    if let Some(map) = parameter.as_object_mut() {
        map.shift_remove("style");
        warnings.push(Warning {
            pointer: pointer.key("style").to_string(),
            found: "the style `cookie`, which is new in OpenAPI 3.2".to_owned(),
            taken: "the style `form`".to_owned(),
        });
    }
}

/// Replaces references to media types among the components by the media types.
fn inline_media_types(document: &mut Value) {
    let components = document
        .get_mut("components")
        .and_then(Value::as_object_mut);
    let media_types = components.and_then(|components| components.shift_remove("mediaTypes"));
    if let Some(Value::Object(media_types)) = media_types {
        inline(document, &media_types);
    }
}

fn inline(value: &mut Value, media_types: &Map<String, Value>) {
    let reference = value.get("$ref").and_then(Value::as_str);
    let named = reference.and_then(|reference| component(reference, "mediaTypes"));
    if let Some(found) = named.and_then(|name| media_types.get(&name)) {
        *value = found.clone();
        return;
    }
    match value {
        Value::Object(map) => map
            .values_mut()
            .for_each(|value| inline(value, media_types)),
        Value::Array(list) => list.iter_mut().for_each(|value| inline(value, media_types)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::spell;

    #[test]
    fn parts_that_3_1_lacks_are_left_out_with_a_warning() {
        let responses = json!({"200": {"content": {"application/json": {"$ref": "#/components/mediaTypes/Pet"}}}});
        let mut document = json!({
            "paths": {"/pets": {
                "query": {},
                "additionalOperations": {"COPY": {}},
                "get": {"responses": responses, "parameters": [
                    {"name": "all", "in": "querystring", "content": {}},
                    {"name": "session", "in": "cookie", "style": "cookie", "schema": {}},
                ]},
            }},
            "components": {"mediaTypes": {"Pet": {"schema": {"type": "string"}}}},
        });
        let warnings = spell(&mut document);
        let responses =
            json!({"200": {"content": {"application/json": {"schema": {"type": "string"}}}}});
        let expected = json!({
            "paths": {"/pets": {"get": {"responses": responses, "parameters": [
                {"name": "session", "in": "cookie", "schema": {}},
            ]}}},
            "components": {},
        });
        assert_eq!(document, expected);
        let pointers: Vec<&str> = warnings.iter().map(|w| w.pointer.as_str()).collect();
        assert_eq!(
            pointers,
            [
                "/paths/~1pets/query",
                "/paths/~1pets/additionalOperations",
                "/paths/~1pets/get/parameters/0",
                "/paths/~1pets/get/parameters/1/style",
            ]
        );
    }
}
