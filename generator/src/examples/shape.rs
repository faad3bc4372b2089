//! The values that a schema allows, its references and combinations resolved.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde_json::Value;

use super::Examples;

/// How many references may lead to each other before there is a value.
const LONGEST_CHAIN: usize = 32;
/// How many schemas are looked at for the alternatives of one.
const MOST_STEPS: usize = 10_000;
/// The most alternatives of one schema that are distinguished.
const MOST_ALTERNATIVES: usize = 256;

/// One alternative of a schema: no reference, no choice left. Properties may be described in several places, all of which hold.
#[derive(Debug, Clone, Default)]
pub(super) struct Shape<'a> {
    pub(super) kind: Option<&'a str>,
    pub(super) format: Option<&'a str>,
    pub(super) values: Option<Vec<&'a Value>>,
    pub(super) properties: IndexMap<&'a str, Vec<&'a Value>>,
    pub(super) required: BTreeSet<&'a str>,
    /// What the values of other properties are.
    pub(super) extra: Option<&'a Value>,
    pub(super) items: Option<&'a Value>,
    pub(super) fewest_items: usize,
    pub(super) nullable: bool,
    /// The property that tells it from other alternatives, and its value, where only the name of a component says so.
    pub(super) tag: Option<(&'a str, &'a str)>,
}

impl<'a> Shape<'a> {
    fn of(schema: &'a Value) -> Self {
        let text = |key: &str| schema.get(key).and_then(Value::as_str);
        let mut shape = Self {
            kind: text("type"),
            format: text("format"),
            values: values(schema),
            extra: schema
                .get("additionalProperties")
                .filter(|extra| extra.is_object()),
            items: schema.get("items"),
            nullable: schema.get("nullable") == Some(&Value::Bool(true)),
            ..Self::default()
        };
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            let entries = properties
                .iter()
                .map(|(name, schema)| (name.as_str(), vec![schema]));
            shape.properties = entries.collect();
        }
        if let Some(required) = schema.get("required").and_then(Value::as_array) {
            shape.required = required.iter().filter_map(Value::as_str).collect();
        }
        let fewest = schema.get("minItems").and_then(Value::as_u64);
        shape.fewest_items = fewest
            .and_then(|fewest| usize::try_from(fewest).ok())
            .unwrap_or(0);
        if shape.kind.is_none() {
            if !shape.properties.is_empty() || shape.extra.is_some() {
                shape.kind = Some("object");
            } else if shape.items.is_some() {
                shape.kind = Some("array");
            }
        }
        shape
    }

    /// What both say at once.
    fn and(&self, other: &Self) -> Self {
        let mut both = self.clone();
        both.kind = self.kind.or(other.kind);
        both.format = self.format.or(other.format);
        both.values = match (&self.values, &other.values) {
            (Some(ours), Some(theirs)) => {
                let common: Vec<_> = ours
                    .iter()
                    .copied()
                    .filter(|value| theirs.contains(value))
                    .collect();
                Some(if common.is_empty() {
                    theirs.clone()
                } else {
                    common
                })
            }
            (ours, theirs) => ours.clone().or_else(|| theirs.clone()),
        };
        for (name, schemas) in &other.properties {
            both.properties.entry(name).or_default().extend(schemas);
        }
        both.required.extend(&other.required);
        both.extra = self.extra.or(other.extra);
        both.items = self.items.or(other.items);
        both.fewest_items = self.fewest_items.max(other.fewest_items);
        both.nullable = self.nullable || other.nullable;
        both.tag = self.tag.or(other.tag);
        both
    }

    /// Returns the JSON types that it allows; nothing where any will do.
    pub(super) fn kinds(&self) -> Option<BTreeSet<&'static str>> {
        let named = |kind: &str| match kind {
            "integer" | "number" => "number",
            "boolean" => "boolean",
            "array" => "list",
            "object" => "object",
            _ => "string",
        };
        match (self.kind, &self.values) {
            (Some(kind), _) => Some(BTreeSet::from([named(kind)])),
            (None, Some(values)) => {
                Some(values.iter().filter_map(|value| kind_of(value)).collect())
            }
            (None, None) => None,
        }
    }

    /// Returns the values that there are, if it is a list of texts.
    pub(super) fn texts(&self) -> Option<Vec<&'a str>> {
        let texts = |values: &Vec<&'a Value>| {
            let values = values.iter().filter(|value| !value.is_null());
            values
                .map(|value| value.as_str())
                .collect::<Option<Vec<_>>>()
        };
        self.values.as_ref().and_then(texts)
    }
}

/// Returns the JSON type of a value; nothing for null.
pub(super) fn kind_of(value: &Value) -> Option<&'static str> {
    match value {
        Value::Null => None,
        Value::Bool(_) => Some("boolean"),
        Value::Number(_) => Some("number"),
        Value::String(_) => Some("string"),
        Value::Array(_) => Some("list"),
        Value::Object(_) => Some("object"),
    }
}

impl Examples {
    /// Returns the alternatives of schemas that all hold.
    pub(super) fn shapes<'a>(&'a self, schemas: &[&'a Value]) -> Vec<Shape<'a>> {
        self.product(schemas, &mut Walk::default())
    }

    /// How many variations show every branch and every value of schemas that all hold.
    pub(super) fn width(&self, schemas: &[&Value]) -> usize {
        let shapes = self.shapes(schemas);
        let values = shapes
            .iter()
            .map(|shape| shape.values.as_ref().map_or(1, Vec::len));
        values.max().unwrap_or(1).max(shapes.len())
    }

    fn product<'a>(&'a self, schemas: &[&'a Value], walk: &mut Walk<'a>) -> Vec<Shape<'a>> {
        let mut shapes = vec![Shape::default()];
        for schema in schemas {
            shapes = cross(&shapes, &self.alternatives(schema, walk));
        }
        shapes
    }

    fn alternatives<'a>(&'a self, schema: &'a Value, walk: &mut Walk<'a>) -> Vec<Shape<'a>> {
        walk.steps += 1;
        if walk.open.len() > LONGEST_CHAIN || walk.steps > MOST_STEPS {
            return vec![Shape::default()];
        }
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            // A union that is one of its own branches has no more alternatives for it.
            if walk.open.contains(&reference) {
                return Vec::new();
            }
            let Some(target) = self.resolve(reference) else {
                return vec![Shape::default()];
            };
            walk.open.push(reference);
            let found = self.alternatives(target, walk);
            walk.open.pop();
            return found;
        }
        let mut shapes = vec![Shape::of(schema)];
        if let Some(all) = list(schema, "allOf") {
            shapes = cross(&shapes, &self.product(&all, walk));
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(branches) = list(schema, key) {
                let branches: Vec<_> = branches
                    .into_iter()
                    .flat_map(|branch| self.branch(schema, branch, walk))
                    .take(MOST_ALTERNATIVES)
                    .collect();
                shapes = cross(&shapes, &branches);
            }
        }
        shapes
    }

    /// Returns the alternatives of a branch of a schema, whose discriminator may tell it by the component that it is.
    fn branch<'a>(
        &'a self,
        schema: &'a Value,
        branch: &'a Value,
        walk: &mut Walk<'a>,
    ) -> Vec<Shape<'a>> {
        let mut shapes = self.alternatives(branch, walk);
        if let Some((name, value)) = told_by_component(schema, branch) {
            for shape in &mut shapes {
                let values = shape
                    .properties
                    .get(name)
                    .map(|own| self.product(own, walk));
                let is_bound = |shape: &Shape<'_>| shape.values.is_some();
                if !values.is_some_and(|shapes| shapes.iter().any(is_bound)) {
                    shape.required.insert(name);
                    shape.tag = Some((name, value));
                }
            }
        }
        shapes
    }
}

/// How far the schemas within a schema have been followed.
#[derive(Default)]
struct Walk<'a> {
    /// The references that are being followed.
    open: Vec<&'a str>,
    /// How many schemas have been looked at.
    steps: usize,
}

/// Returns the property that a discriminator names, and its value in a branch that is a component.
fn told_by_component<'a>(schema: &'a Value, branch: &'a Value) -> Option<(&'a str, &'a str)> {
    let discriminator = schema.get("discriminator")?;
    let name = discriminator.get("propertyName")?.as_str()?;
    let component = branch.get("$ref")?.as_str()?.rsplit('/').next()?;
    let mapping = discriminator.get("mapping").and_then(Value::as_object);
    let leads_to_it = |target: &Value| {
        let last = target.as_str().and_then(|target| target.rsplit('/').next());
        last == Some(component)
    };
    let mut mapping = mapping.into_iter().flatten();
    let mapped = mapping.find(|(_, target)| leads_to_it(target));
    Some((name, mapped.map_or(component, |(value, _)| value.as_str())))
}

/// Returns the values of an enum. A text is read as text, so values of other types under it say nothing.
fn values(schema: &Value) -> Option<Vec<&Value>> {
    let values = schema.get("enum")?.as_array()?.iter();
    if schema.get("type") != Some(&Value::from("string")) {
        return Some(values.collect());
    }
    let texts: Vec<_> = values
        .filter(|value| value.is_string() || value.is_null())
        .collect();
    (!texts.is_empty()).then_some(texts)
}

fn list<'a>(schema: &'a Value, key: &str) -> Option<Vec<&'a Value>> {
    let list: Vec<_> = schema.get(key)?.as_array()?.iter().collect();
    (!list.is_empty()).then_some(list)
}

fn cross<'a>(ours: &[Shape<'a>], theirs: &[Shape<'a>]) -> Vec<Shape<'a>> {
    let pairs = ours
        .iter()
        .flat_map(|one| theirs.iter().map(move |other| one.and(other)));
    let found: Vec<_> = pairs.take(MOST_ALTERNATIVES).collect();
    // A reference that leads back to itself says nothing.
    if found.is_empty() {
        ours.to_vec()
    } else {
        found
    }
}
