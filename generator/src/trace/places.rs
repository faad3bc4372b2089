//! Lists the places of a document that are counted. It does not depend on lowering.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::Counted;
use crate::document::Pointer;
use crate::model::Method;

/// The places of a document that are counted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Places {
    entries: Vec<(Counted, String)>,
    /// The places of references, each with its target.
    references: HashMap<String, String>,
    /// The references of path items and schemas. Their own place is counted too; only the places below are those of the target.
    below: HashMap<String, String>,
}

impl Places {
    /// Lists the places of a document that has only used keywords.
    pub(crate) fn of(document: &Value) -> Self {
        let mut places = Self::default();
        let root = Pointer::root("");
        for (path, item) in entries(document, "paths") {
            let pointer = root.key("paths").key(path);
            places.add(Counted::Path, &pointer);
            places.path_item(item, &pointer);
        }
        for (name, item) in entries(document, "webhooks") {
            places.delivery(item, &root.key("webhooks").key(name));
        }
        let Some(components) = document.get("components") else {
            return places;
        };
        let pointer = root.key("components");
        for (name, schema) in entries(components, "schemas") {
            let pointer = pointer.key("schemas").key(name);
            places.add(Counted::Schema, &pointer);
            places.schema(schema, &pointer);
        }
        places.each(components, &pointer, "parameters", Self::parameter);
        places.each(components, &pointer, "requestBodies", Self::body);
        places.each(components, &pointer, "responses", Self::body);
        places.each(components, &pointer, "headers", Self::format);
        places
    }

    pub(super) fn entries(&self) -> &[(Counted, String)] {
        &self.entries
    }

    /// Resolves a pointer through references.
    pub(super) fn resolve(&self, pointer: &str) -> Option<String> {
        let mut place = None::<String>;
        // More steps would be a cycle.
        for _ in 0..64 {
            let current = place.as_deref().unwrap_or(pointer);
            let ends = current.match_indices('/').map(|(end, _)| end).skip(1);
            let through = ends.chain([current.len()]).find_map(|end| {
                let (start, goes_on) = (&current[..end], end < current.len());
                let below = self.below.get(start).filter(|_| goes_on);
                Some((self.references.get(start).or(below)?, end))
            });
            match through {
                Some((target, end)) => place = Some(format!("{target}{}", &current[end..])),
                None => break,
            }
        }
        place
    }

    fn add(&mut self, class: Counted, pointer: &Pointer) {
        self.entries.push((class, pointer.to_string()));
    }

    /// Records the target of a value if it is a reference; returns true if it is one.
    fn refers(&mut self, value: &Value, pointer: &Pointer) -> bool {
        note(&mut self.references, value, pointer)
    }

    fn each(
        &mut self,
        within: &Value,
        pointer: &Pointer,
        key: &str,
        visit: fn(&mut Self, &Value, &Pointer),
    ) {
        let pointer = pointer.key(key);
        for (name, value) in entries(within, key) {
            visit(self, value, &pointer.key(name));
        }
    }

    fn list(
        &mut self,
        within: &Value,
        pointer: &Pointer,
        key: &str,
        visit: fn(&mut Self, &Value, &Pointer),
    ) {
        let items = within.get(key).and_then(Value::as_array);
        let pointer = pointer.key(key);
        for (index, item) in items.into_iter().flatten().enumerate() {
            visit(self, item, &pointer.index(index));
        }
    }

    fn path_item(&mut self, item: &Value, pointer: &Pointer) {
        if note(&mut self.below, item, pointer) {
            return;
        }
        self.list(item, pointer, "parameters", Self::parameter);
        for method in Method::ALL.map(Method::key) {
            let Some(operation) = item.get(method) else {
                continue;
            };
            let pointer = pointer.key(method);
            self.add(Counted::Operation, &pointer);
            self.list(operation, &pointer, "parameters", Self::parameter);
            if let Some(body) = operation.get("requestBody") {
                self.body(body, &pointer.key("requestBody"));
            }
            self.each(operation, &pointer, "responses", Self::body);
            for (name, callback) in entries(operation, "callbacks") {
                let pointer = pointer.key("callbacks").key(name);
                for (expression, item) in callback.as_object().into_iter().flatten() {
                    self.delivery(item, &pointer.key(expression));
                }
            }
        }
    }

    /// Visits a request that the API sends. The application decides about the reply.
    fn delivery(&mut self, item: &Value, pointer: &Pointer) {
        for method in Method::ALL.map(Method::key) {
            if let Some(body) = item.get(method).and_then(|sent| sent.get("requestBody")) {
                self.body(body, &pointer.key(method).key("requestBody"));
            }
        }
    }

    fn parameter(&mut self, parameter: &Value, pointer: &Pointer) {
        if !self.refers(parameter, pointer) {
            self.add(Counted::Parameter, pointer);
            self.format(parameter, pointer);
        }
    }

    /// Visits a request body or a response.
    fn body(&mut self, body: &Value, pointer: &Pointer) {
        if !self.refers(body, pointer) {
            self.each(body, pointer, "content", Self::format);
            self.each(body, pointer, "headers", Self::format);
        }
    }

    /// Visits an object with a schema, or with several by media type.
    fn format(&mut self, value: &Value, pointer: &Pointer) {
        if self.refers(value, pointer) {
            return;
        }
        if let Some(schema) = value.get("schema") {
            self.schema(schema, &pointer.key("schema"));
        }
        self.each(value, pointer, "content", Self::format);
    }

    fn schema(&mut self, schema: &Value, pointer: &Pointer) {
        let Value::Object(keywords) = schema else {
            return;
        };
        if note(&mut self.below, schema, pointer) {
            return;
        }
        for (name, property) in named(keywords, "properties") {
            let pointer = pointer.key("properties").key(name);
            self.add(Counted::Property, &pointer);
            self.schema(property, &pointer);
        }
        let values = keywords.get("enum").and_then(Value::as_array);
        for index in 0..values.map_or(0, Vec::len) {
            self.add(Counted::Value, &pointer.key("enum").index(index));
        }
        for keyword in ["items", "additionalProperties"] {
            if let Some(inner) = keywords.get(keyword) {
                self.schema(inner, &pointer.key(keyword));
            }
        }
        for keyword in ["allOf", "oneOf", "anyOf"] {
            self.list(schema, pointer, keyword, Self::schema);
        }
    }
}

fn note(references: &mut HashMap<String, String>, value: &Value, pointer: &Pointer) -> bool {
    let Some(Value::String(reference)) = value.get("$ref") else {
        return false;
    };
    let target = Pointer::of_reference(reference);
    references.extend(target.map(|target| (pointer.to_string(), target.to_string())));
    true
}

fn entries<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    let map = value.get(key).and_then(Value::as_object);
    map.into_iter().flatten()
}

fn named<'a>(
    keywords: &'a Map<String, Value>,
    key: &str,
) -> impl Iterator<Item = (&'a String, &'a Value)> {
    let map = keywords.get(key).and_then(Value::as_object);
    map.into_iter().flatten()
}
