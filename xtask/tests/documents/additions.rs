//! Checks that one document only adds to another. It compares JSON, without the generator's rules.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// The direction of a schema.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Request,
    Reply,
}

/// The difference between two documents.
#[derive(Debug, Default)]
pub(super) struct Step {
    /// The places where something was removed or changed, each with a description.
    pub(super) moved: Vec<String>,
    /// The parameters that were required before and are optional now.
    pub(super) loosened: usize,
}

impl Step {
    /// Compares two documents.
    pub(super) fn between(old: &Value, new: &Value) -> Self {
        let mut step = Self::default();
        let schemas = "/components/schemas";
        for (name, was) in members(old.pointer(schemas)) {
            let at = format!("{schemas}/{name}");
            match new.pointer(schemas).and_then(|all| all.get(name)) {
                Some(is) => step.schema(was, is, &at, Side::Reply),
                None => step.note(&at, "is gone"),
            }
        }
        for (path, was) in members(old.get("paths")) {
            match new.get("paths").and_then(|paths| paths.get(path)) {
                Some(is) => step.operations(was, is, path),
                None => step.note(path, "is gone"),
            }
        }
        step
    }

    fn note(&mut self, at: &str, what: &str) {
        self.moved.push(format!("{at} {what}"));
    }

    fn operations(&mut self, old: &Value, new: &Value, path: &str) {
        for (method, was) in members(Some(old)) {
            let at = format!("{path} {method}");
            let Some(is) = new.get(method) else {
                self.note(&at, "is gone");
                continue;
            };
            for key in ["x-response-key", "x-action-attempt-type", "security"] {
                self.same(was, is, key, &at);
            }
            self.withdrawn(was, is, &at);
            match (body(was), body(is)) {
                (Some(was), Some(is)) => {
                    self.schema(was, is, &format!("{at} request"), Side::Request)
                }
                (Some(_), None) => self.note(&at, "takes no body any more"),
                (None, Some(is)) if is.get("required").is_some() => {
                    self.note(&at, "requires a body")
                }
                (None, _) => {}
            }
            match (reply(was), reply(is)) {
                (Some(was), Some(is)) => self.schema(was, is, &format!("{at} reply"), Side::Reply),
                (None, None) => {}
                _ => self.note(&at, "replies with something else"),
            }
        }
    }

    fn withdrawn(&mut self, old: &Value, new: &Value, at: &str) {
        let hidden = |value: &Value| value.get("x-undocumented").is_some();
        if hidden(new) && !hidden(old) {
            self.note(at, "is undocumented now");
        }
    }

    fn same(&mut self, old: &Value, new: &Value, key: &str, at: &str) {
        if old.get(key) != new.get(key) {
            self.note(at, &format!("has another `{key}`"));
        }
    }

    fn schema(&mut self, old: &Value, new: &Value, at: &str, side: Side) {
        for key in ["$ref", "type", "format", "discriminator"] {
            self.same(old, new, key, at);
        }
        self.withdrawn(old, new, at);
        let nullable = |value: &Value| value.get("nullable") == Some(&Value::Bool(true));
        let takes_more = side == Side::Request && nullable(new);
        if nullable(old) != nullable(new) && !takes_more {
            self.note(at, "is nullable, or no longer is");
        }
        self.values(old, new, at);
        self.properties(old, new, at, side);
        for key in ["items", "additionalProperties"] {
            match (old.get(key), new.get(key)) {
                (Some(was @ Value::Object(_)), Some(is @ Value::Object(_))) => {
                    self.schema(was, is, &format!("{at}/{key}"), side);
                }
                (was, is) if was != is => self.note(at, &format!("has other {key}")),
                _ => {}
            }
        }
        for key in ["oneOf", "anyOf", "allOf"] {
            self.branches(old, new, key, at, side);
        }
    }

    fn values(&mut self, old: &Value, new: &Value, at: &str) {
        match (list(old, "enum"), list(new, "enum")) {
            (Some(was), Some(is)) => {
                let is_gone = was.iter().any(|value| !is.contains(value));
                // A constant identifies a branch; one of several values does not.
                if is_gone || was.len() == 1 && is.len() > 1 {
                    self.note(at, "lacks a value, or is no constant any more");
                }
            }
            (None, None) => {}
            _ => self.note(at, "lists values, or no longer does"),
        }
    }

    fn properties(&mut self, old: &Value, new: &Value, at: &str, side: Side) {
        let requires = |schema: &Value, name: &str| {
            list(schema, "required").is_some_and(|all| all.iter().any(|one| one == name))
        };
        for (name, was) in members(old.get("properties")) {
            let at = format!("{at}.{name}");
            let Some(is) = new.get("properties").and_then(|all| all.get(name)) else {
                self.note(&at, "is gone");
                continue;
            };
            match (requires(old, name), requires(new, name), side) {
                (true, false, Side::Request) => self.loosened += 1,
                (was, is, _) if was != is => self.note(&at, "is required, or no longer is"),
                _ => {}
            }
            self.schema(was, is, &at, side);
        }
        let known = |name: &str| {
            old.get("properties")
                .is_some_and(|all| all.get(name).is_some())
        };
        for (name, _) in members(new.get("properties")) {
            if side == Side::Request && !known(name) && requires(new, name) {
                self.note(&format!("{at}.{name}"), "is asked for");
            }
        }
    }

    fn branches(&mut self, old: &Value, new: &Value, key: &str, at: &str, side: Side) {
        let (Some(was), Some(is)) = (list(old, key), list(new, key)) else {
            if old.get(key).is_some() != new.get(key).is_some() {
                self.note(at, &format!("is put together by `{key}`, or no longer is"));
            }
            return;
        };
        let new_branches = by_constants(is);
        let has_constants = new_branches.len() == is.len() && by_constants(was).len() == was.len();
        if key == "allOf" || !has_constants {
            if was.len() != is.len() {
                self.note(at, &format!("has another number of `{key}`"));
            }
            for (index, (was, is)) in was.iter().zip(is).enumerate() {
                self.schema(was, is, &format!("{at}/{key}/{index}"), side);
            }
            return;
        }
        for (constants, was) in by_constants(was) {
            match new_branches.get(&constants) {
                Some(is) => self.schema(was, is, &format!("{at}/{constants}"), side),
                None => self.note(at, &format!("has no branch {constants} any more")),
            }
        }
        let is_one = was.len() == 1 && old.get("discriminator").is_none();
        if is.len() > was.len() && (side == Side::Request || is_one) {
            self.note(at, "takes further branches");
        }
    }
}

/// Returns the branches by their references, types and constant properties.
fn by_constants(branches: &[Value]) -> BTreeMap<String, &Value> {
    let key_of = |branch: &Value| {
        let mut key = format!("{:?} {:?}", branch.get("$ref"), branch.get("type"));
        for (name, property) in members(branch.get("properties")) {
            if let Some([only]) = list(property, "enum") {
                key.push_str(&format!(" {name}={only}"));
            }
        }
        key
    };
    branches
        .iter()
        .map(|branch| (key_of(branch), branch))
        .collect()
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::iter)
}

fn list<'a>(value: &'a Value, key: &str) -> Option<&'a [Value]> {
    value.get(key)?.as_array().map(Vec::as_slice)
}

fn body(operation: &Value) -> Option<&Value> {
    operation.pointer("/requestBody/content/application~1json/schema")
}

fn reply(operation: &Value) -> Option<&Value> {
    operation.pointer("/responses/200/content/application~1json/schema")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Step;

    type Edit = fn(&mut Value);

    fn step(edit: impl FnOnce(&mut Value)) -> Step {
        let old = json!({
            "paths": { "/doors/open": { "post": {
                "requestBody": { "content": { "application/json": { "schema": {
                    "type": "object", "required": ["door_id"], "properties": { "door_id": { "type": "string" } },
                } } } },
                "responses": { "200": { "content": { "application/json": { "schema": { "type": "object" } } } } },
            } } },
            "components": { "schemas": { "door": {
                "type": "object",
                "properties": { "state": { "type": "string", "enum": ["open", "shut"] } },
            } } },
        });
        let mut new = old.clone();
        edit(&mut new);
        Step::between(&old, &new)
    }

    #[test]
    fn additions_are_not_listed() {
        let step = step(|new| {
            new["components"]["schemas"]["door"]["properties"]["room"] =
                json!({ "type": "string" });
            new["components"]["schemas"]["door"]["properties"]["state"]["enum"] =
                json!(["open", "shut", "ajar"]);
            new["paths"]["/doors/close"] = new["paths"]["/doors/open"].clone();
        });
        assert_eq!(step.moved, Vec::<String>::new());
        assert_eq!(step.loosened, 0);
    }

    #[test]
    fn removed_and_changed_parts_are_listed() {
        let edits: [(Edit, &str); 4] = [
            (
                |new| new["components"]["schemas"]["door"]["properties"] = json!({}),
                "/components/schemas/door.state is gone",
            ),
            (
                |new| {
                    new["components"]["schemas"]["door"]["properties"]["state"]["enum"] =
                        json!(["open"])
                },
                "/components/schemas/door.state lacks a value, or is no constant any more",
            ),
            (|new| new["paths"] = json!({}), "/doors/open is gone"),
            (
                |new| {
                    new["paths"]["/doors/open"]["post"]["responses"] = json!({});
                },
                "/doors/open post replies with something else",
            ),
        ];
        for (edit, expected) in edits {
            assert_eq!(step(edit).moved, [expected]);
        }
    }

    #[test]
    fn parameters_that_become_optional_are_counted_separately() {
        let step = step(|new| {
            new["paths"]["/doors/open"]["post"]["requestBody"]["content"]["application/json"]["schema"]
                ["required"] = json!([]);
        });
        assert_eq!((step.moved.len(), step.loosened), (0, 1));
    }
}
