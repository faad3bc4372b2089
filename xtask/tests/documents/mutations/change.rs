use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::{random, schemas};

/// The depth of a new schema.
const DEPTH: usize = 2;

/// Changes the document, and returns a description; `None` if the change is not possible.
type Change = fn(&mut Value, &mut Rng) -> Option<String>;

/// The changes; a likely one is listed several times.
const CHANGES: &[Change] = &[
    rename_property,
    rename_property,
    rename_property,
    add_property,
    add_property,
    add_property,
    add_property,
    replace_property,
    replace_property,
    replace_property,
    replace_property,
    drop_property,
    require_property,
    require_property,
    add_value,
    add_value,
    add_value,
    toggle_null,
    describe,
    describe,
    rename_path,
    rename_path,
    rename_component,
];

/// Makes `times` changes to a document; returns their descriptions.
pub(crate) fn apply_many(document: &mut Value, rng: &mut Rng, times: usize) -> Vec<String> {
    (0..times)
        .filter_map(|_| rng.choice(CHANGES).and_then(|change| change(document, rng)))
        .collect()
}

/// Picks a schema that matches a predicate, with its JSON pointer.
fn pick<'a>(
    document: &'a mut Value,
    rng: &mut Rng,
    is_meant: impl Fn(&Value) -> bool,
) -> Option<(String, &'a mut Value)> {
    let mut pointers = schemas::all(document);
    pointers.retain(|pointer| document.pointer(pointer).is_some_and(&is_meant));
    let pointer = rng.choice(pointers)?;
    let schema = document.pointer_mut(&pointer)?;
    Some((pointer, schema))
}

/// Picks a schema with properties, and the name of one of them.
fn pick_property<'a>(
    document: &'a mut Value,
    rng: &mut Rng,
) -> Option<(String, &'a mut Value, String)> {
    let has_one = |schema: &Value| properties(schema).is_some_and(|own| !own.is_empty());
    let (pointer, schema) = pick(document, rng, has_one)?;
    let names: Vec<String> = properties(schema)?.keys().cloned().collect();
    let name = rng.choice(names)?;
    Some((pointer, schema, name))
}

fn properties(schema: &Value) -> Option<&Map<String, Value>> {
    schemas::object(schema.get("properties"))
}

/// Returns the components that a new schema can refer to.
fn components(document: &Value) -> Vec<String> {
    let is_object = |schema: &Value| schema["type"] == "object";
    schemas::object(document.pointer("/components/schemas"))
        .into_iter()
        .flatten()
        .filter(|(_, schema)| is_object(schema))
        .map(|(name, _)| name.clone())
        .collect()
}

fn rename_property(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let (pointer, schema, from) = pick_property(document, rng)?;
    let to = random::name(rng);
    rename(schema.get_mut("properties")?.as_object_mut()?, &from, to)?;
    for name in required(schema).iter_mut().filter(|name| **name == *from) {
        *name = json!(to);
    }
    Some(format!("{pointer}: {from:?} is called {to:?}"))
}

fn add_property(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let components = components(document);
    let (pointer, schema) = pick(document, rng, |schema| properties(schema).is_some())?;
    let name = random::name(rng);
    let new = random::schema(rng, &components, DEPTH);
    let description = format!("{pointer}: gets {name:?}, {new}");
    let own = schema.get_mut("properties")?.as_object_mut()?;
    if own.contains_key(name) {
        return None;
    }
    own.insert(name.to_owned(), new);
    if rng.bool() {
        require(schema, name);
    }
    Some(description)
}

fn replace_property(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let components = components(document);
    let (pointer, schema, name) = pick_property(document, rng)?;
    let new = random::schema(rng, &components, DEPTH);
    let description = format!("{pointer}: {name:?} is {new}");
    schema["properties"][&name] = new;
    Some(description)
}

fn drop_property(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let (pointer, schema, name) = pick_property(document, rng)?;
    schema.get_mut("properties")?.as_object_mut()?.remove(&name);
    make_optional(schema, &name);
    Some(format!("{pointer}: {name:?} goes"))
}

fn require_property(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let (pointer, schema, name) = pick_property(document, rng)?;
    let is_required = required(schema).iter().any(|own| *own == *name);
    if is_required {
        make_optional(schema, &name);
        Some(format!("{pointer}: {name:?} is optional"))
    } else {
        require(schema, &name);
        Some(format!("{pointer}: {name:?} is required"))
    }
}

/// Returns the names of the required properties.
fn required(schema: &mut Value) -> &mut [Value] {
    schema
        .get_mut("required")
        .and_then(Value::as_array_mut)
        .map_or(&mut [], Vec::as_mut_slice)
}

fn require(schema: &mut Value, name: &str) {
    match schema.get_mut("required").and_then(Value::as_array_mut) {
        Some(required) => required.push(json!(name)),
        None => schema["required"] = json!([name]),
    }
}

fn make_optional(schema: &mut Value, name: &str) {
    let left: Vec<Value> = required(schema)
        .iter()
        .filter(|own| **own != *name)
        .cloned()
        .collect();
    if !left.is_empty() {
        schema["required"] = Value::Array(left);
    } else if let Some(schema) = schema.as_object_mut() {
        schema.remove("required");
    }
}

fn add_value(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let lists_text = |schema: &Value| {
        let values = schema.get("enum").and_then(Value::as_array);
        values.is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_string))
    };
    let (pointer, schema) = pick(document, rng, lists_text)?;
    let value = json!(random::name(rng));
    let values = schema.get_mut("enum")?.as_array_mut()?;
    if values.contains(&value) {
        return None;
    }
    let description = format!("{pointer}: may be {value}");
    values.push(value);
    Some(description)
}

fn toggle_null(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let (pointer, schema) = pick(document, rng, |schema| schema.get("type").is_some())?;
    let nullable = schema.get("nullable") != Some(&json!(true));
    schema["nullable"] = json!(nullable);
    Some(format!("{pointer}: nullable is {nullable}"))
}

fn describe(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let (pointer, schema) = pick(document, rng, |schema| schema.get("type").is_some())?;
    let description = random::description(rng);
    schema["description"] = json!(description);
    Some(format!("{pointer}: is described by {description:?}"))
}

fn rename_path(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let paths = document.get_mut("paths")?.as_object_mut()?;
    let from = rng.choice(paths.keys())?.clone();
    let mut segments: Vec<&str> = from.split('/').skip(1).collect();
    *rng.choice(segments.iter_mut())? = random::plain_name(rng);
    let to = format!("/{}", segments.join("/"));
    rename(paths, &from, &to)?;
    Some(format!("{from} is called {to}"))
}

fn rename_component(document: &mut Value, rng: &mut Rng) -> Option<String> {
    let schemas = document
        .pointer_mut("/components/schemas")?
        .as_object_mut()?;
    let from = rng.choice(schemas.keys())?.clone();
    let to = random::plain_name(rng);
    rename(schemas, &from, to)?;
    let reference = |name: &str| format!("#/components/schemas/{name}");
    refer(document, &reference(&from), &reference(to));
    Some(format!("the component {from} is called {to}"))
}

fn refer(value: &mut Value, from: &str, to: &str) {
    match value {
        Value::String(text) if text == from => *value = json!(to),
        Value::Object(members) => members
            .values_mut()
            .for_each(|value| refer(value, from, to)),
        Value::Array(items) => items.iter_mut().for_each(|item| refer(item, from, to)),
        _ => {}
    }
}

/// Renames a member and keeps its position; `None` if the new name is in use.
fn rename(members: &mut Map<String, Value>, from: &str, to: &str) -> Option<()> {
    if members.contains_key(to) {
        return None;
    }
    let renamed = std::mem::take(members);
    members.extend(renamed.into_iter().map(|(key, value)| {
        let key = if key == from { to.to_owned() } else { key };
        (key, value)
    }));
    Some(())
}

#[cfg(test)]
mod tests {
    use fastrand::Rng;
    use serde_json::{Value, json};

    use super::apply_many;

    fn changed(times: usize) -> (Value, Vec<String>) {
        let mut document = json!({
            "paths": {"/locks/get": {"post": {"schema": {"$ref": "#/components/schemas/lock"}}}},
            "components": {"schemas": {"lock": {
                "type": "object",
                "required": ["id"],
                "properties": {"id": {"type": "string"}, "state": {"type": "string", "enum": ["open"]}}
            }}}
        });
        let descriptions = apply_many(&mut document, &mut Rng::with_seed(7), times);
        (document, descriptions)
    }

    #[test]
    fn a_seed_determines_the_changes_and_their_order() {
        let (document, descriptions) = changed(40);
        let (again, _) = changed(40);
        let (_, fewer) = changed(20);
        assert!(descriptions.len() > 20, "{descriptions:#?}");
        assert_eq!(document, again);
        assert_eq!(fewer, descriptions[..fewer.len()]);
    }
}
