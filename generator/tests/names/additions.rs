//! What is added to documents.

use serde_json::{Value, json};

/// Adds something at one of the places for it, and says what; nothing where there is no such place.
pub(crate) type Addition = fn(&mut Value, Place) -> Option<String>;

pub(crate) const ADDITIONS: [(&str, Addition); 7] = [
    ("endpoint", an_endpoint),
    ("namespace", a_namespace),
    ("parameter", an_optional_parameter),
    ("property", a_property_of_a_resource),
    ("value", an_enum_value),
    ("branch", a_branch),
    ("namesake", a_namesake),
];

/// Chooses among however many there are.
#[derive(Clone, Copy)]
pub(crate) struct Place(pub(crate) usize);

impl Place {
    pub(crate) fn get<T>(self, of: &[T]) -> &T {
        &of[self.0 % of.len()]
    }
}

pub(crate) fn an_endpoint(document: &mut Value, place: Place) -> Option<String> {
    let calls: Vec<String> = keys(document.get("paths")?);
    let path = place.get(&calls);
    let (namespace, _) = path.rsplit_once('/')?;
    copy_call(document, path, &format!("{namespace}/newly_added"))
}

pub(crate) fn a_namespace(document: &mut Value, place: Place) -> Option<String> {
    let calls: Vec<String> = keys(document.get("paths")?);
    let path: &String = place.get(&calls);
    copy_call(document, path, "/newly_added/things/get")
}

pub(crate) fn copy_call(document: &mut Value, path: &str, new: &str) -> Option<String> {
    let calls = document.get_mut("paths")?.as_object_mut()?;
    let mut item = calls.get(path)?.clone();
    for operation in item.as_object_mut()?.values_mut() {
        if operation.get("summary").is_some() {
            operation["summary"] = json!(new);
        }
    }
    calls.insert(new.to_owned(), item);
    Some(format!("{new}, a copy of {path},"))
}

pub(crate) fn an_optional_parameter(document: &mut Value, place: Place) -> Option<String> {
    let bodies = pointers(document, &|pointer, value| {
        pointer.contains("/requestBody/")
            && pointer.ends_with("/schema")
            && value.get("properties").is_some()
    });
    add_property(
        document,
        &bodies,
        place,
        json!({"type": "string", "enum": ["one", "two"]}),
    )
}

pub(crate) fn a_property_of_a_resource(document: &mut Value, place: Place) -> Option<String> {
    let resources = pointers(document, &|pointer, value| {
        pointer.starts_with("/components/schemas/")
            && pointer.matches('/').count() == 3
            && value.get("properties").is_some()
    });
    let shape = json!({"type": "object", "properties": {"like_no_other": {"type": "integer"}}});
    add_property(document, &resources, place, shape)
}

pub(crate) fn add_property(
    document: &mut Value,
    places: &[String],
    place: Place,
    schema: Value,
) -> Option<String> {
    if places.is_empty() {
        return None;
    }
    let pointer = place.get(places);
    let target = document.pointer_mut(pointer)?;
    target["properties"]["newly_added"] = schema;
    Some(format!("{pointer}/properties/newly_added"))
}

/// In every list that is the same, as vendors do: what equal shapes are called together ends with their being equal,
/// and only what each is called by its place remains.
pub(crate) fn an_enum_value(document: &mut Value, place: Place) -> Option<String> {
    // A constant marks a branch, and is no list to add to.
    let enums = pointers(document, &|pointer, value| {
        pointer.ends_with("/enum") && value.as_array().is_some_and(|values| values.len() > 1)
    });
    if enums.is_empty() {
        return None;
    }
    let pointer = place.get(&enums);
    let same = document.pointer(pointer)?.clone();
    for other in &enums {
        let list = document.pointer_mut(other)?;
        if *list == same {
            list.as_array_mut()?.push(json!("newly_added"));
        }
    }
    Some(format!("a value in {pointer} and lists like it"))
}

pub(crate) fn a_branch(document: &mut Value, place: Place) -> Option<String> {
    let unions = pointers(document, &|_, value| {
        value.get("discriminator").is_some() && value.get("oneOf").is_some()
    });
    if unions.is_empty() {
        return None;
    }
    let pointer = place.get(&unions);
    let union = document.pointer_mut(pointer)?;
    let tag = union["discriminator"]["propertyName"].as_str()?.to_owned();
    let branches = union["oneOf"].as_array_mut()?;
    let mut branch = place.get(branches).clone();
    branch["properties"][tag]["enum"] = json!(["newly_added"]);
    branches.push(branch);
    Some(format!("a branch of {pointer}"))
}

pub(crate) fn a_namesake(document: &mut Value, place: Place) -> Option<String> {
    let objects = pointers(document, &|pointer, value| {
        pointer.contains("/components/schemas/")
            && value.get("type") == Some(&json!("object"))
            && pointer.rsplit('/').nth(1) == Some("properties")
    });
    let resources = pointers(document, &|pointer, value| {
        pointer.starts_with("/components/schemas/")
            && pointer.matches('/').count() == 3
            && value.get("properties").is_some()
    });
    if objects.is_empty() || resources.is_empty() {
        return None;
    }
    let name = place.get(&objects).rsplit('/').next()?.to_owned();
    let free: Vec<String> = resources
        .into_iter()
        .filter(|pointer| {
            document
                .pointer(&format!("{pointer}/properties/{name}"))
                .is_none()
        })
        .collect();
    if free.is_empty() {
        return None;
    }
    let pointer = place.get(&free);
    let shape = json!({"type": "object", "properties": {"like_no_other": {"type": "integer"}}});
    document.pointer_mut(pointer)?["properties"][&name] = shape;
    Some(format!("{pointer}/properties/{name}"))
}

pub(crate) fn keys(value: &Value) -> Vec<String> {
    value
        .as_object()
        .map(|map| map.keys().cloned().collect())
        .unwrap_or_default()
}

/// The places that are wanted, in the document's order.
pub(crate) fn pointers(document: &Value, wanted: &dyn Fn(&str, &Value) -> bool) -> Vec<String> {
    fn walk(
        value: &Value,
        at: &str,
        wanted: &dyn Fn(&str, &Value) -> bool,
        found: &mut Vec<String>,
    ) {
        if wanted(at, value) {
            found.push(at.to_owned());
        }
        let escaped = |key: &str| key.replace('~', "~0").replace('/', "~1");
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    walk(value, &format!("{at}/{}", escaped(key)), wanted, found);
                }
            }
            Value::Array(items) => {
                for (index, value) in items.iter().enumerate() {
                    walk(value, &format!("{at}/{index}"), wanted, found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(document, "", wanted, &mut found);
    found
}
