use serde_json::{Map, Value};

/// Returns the JSON pointers of the schemas of a document.
pub(super) fn all(document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(components) = object(document.pointer("/components/schemas")) {
        for (name, schema) in components {
            within(
                schema,
                &format!("/components/schemas/{}", escape(name)),
                &mut found,
            );
        }
    }
    if let Some(paths) = document.get("paths") {
        below(paths, "/paths", &mut found);
    }
    found
}

/// Returns the members of an object; `None` for any other value.
pub(super) fn object(value: Option<&Value>) -> Option<&Map<String, Value>> {
    value.and_then(Value::as_object)
}

/// Collects the schemas in an operation.
fn below(value: &Value, pointer: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                let pointer = format!("{pointer}/{}", escape(key));
                match key.as_str() {
                    "schema" => within(value, &pointer, found),
                    "example" | "examples" => {}
                    _ => below(value, &pointer, found),
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                below(item, &format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// Collects a schema and the schemas in it.
fn within(schema: &Value, pointer: &str, found: &mut Vec<String>) {
    let Value::Object(members) = schema else {
        return;
    };
    found.push(pointer.to_owned());
    for (key, value) in members {
        let pointer = format!("{pointer}/{key}");
        match (key.as_str(), value) {
            ("properties", Value::Object(properties)) => {
                for (name, schema) in properties {
                    within(schema, &format!("{pointer}/{}", escape(name)), found);
                }
            }
            ("oneOf" | "anyOf" | "allOf", Value::Array(branches)) => {
                for (index, branch) in branches.iter().enumerate() {
                    within(branch, &format!("{pointer}/{index}"), found);
                }
            }
            ("items" | "additionalProperties", value) => within(value, &pointer, found),
            _ => {}
        }
    }
}

/// Escapes a key for a JSON pointer.
fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::all;

    #[test]
    fn schemas_are_found_in_all_places_and_maps_of_properties_are_not_schemas() {
        let document = json!({
            "paths": {"/a/b": {"post": {"requestBody": {"content": {"json": {"schema": {
                "properties": {"properties": {"items": {}}}
            }}}}}}},
            "components": {"schemas": {"c": {"oneOf": [{}, {"additionalProperties": {}}]}}}
        });
        let schema = "/paths/~1a~1b/post/requestBody/content/json/schema";
        assert_eq!(
            all(&document),
            [
                "/components/schemas/c",
                "/components/schemas/c/oneOf/0",
                "/components/schemas/c/oneOf/1",
                "/components/schemas/c/oneOf/1/additionalProperties",
                schema,
                &format!("{schema}/properties/properties"),
                &format!("{schema}/properties/properties/items"),
            ]
        );
    }
}
