//! JSON that a document allows, and JSON that departs from it: what a client must read, write and survive.
//!
//! Derived from the document alone. The model plays no part, so that what a client is tested against does not come from
//! what made it.

mod branches;
mod build;
mod deviations;
mod fits;
mod operation;
mod shape;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Value, json};

use crate::dialect::Dialect;
use crate::document;
use crate::error::Errors;
use crate::source::{Options, Source};

pub use deviations::{Example, Expected};
pub use operation::{Body, Parameter, Reply, Request};

use build::Choice;

/// At most so many variations of one schema: one for each value of its longest enum or union.
const MOST_VARIATIONS: usize = 160;

/// A value that people read has so many bytes of JSON at most, where what is required takes no more.
const LONGEST_WHOLE: usize = 64 * 1024;

/// A document, as a source of examples.
#[derive(Debug)]
pub struct Examples {
    document: Value,
    dialect: &'static dyn Dialect,
}

impl Examples {
    /// Reads a document and its corrections.
    ///
    /// # Errors
    ///
    /// All problems that were found, when it is no OpenAPI document.
    pub fn read(source: &Source<'_>) -> Result<Self, Errors> {
        let options = Options {
            allow_unknown_keywords: true,
            ..Options::default()
        };
        let tree = document::tree(source, options)?;
        Ok(Self::new(tree.value, tree.dialect))
    }

    pub(crate) fn new(document: Value, dialect: &'static dyn Dialect) -> Self {
        Self { document, dialect }
    }

    /// Only the components of a document.
    pub(crate) fn of_components(components: Value, dialect: &'static dyn Dialect) -> Self {
        Self::new(json!({"components": components}), dialect)
    }

    /// Returns a whole value of each component that is wanted, by its JSON pointer.
    pub(crate) fn whole(&self, is_wanted: &dyn Fn(&str) -> bool) -> BTreeMap<String, Value> {
        let schemas = self.document.pointer("/components/schemas");
        let schemas = schemas.and_then(Value::as_object).into_iter().flatten();
        let schemas = schemas.map(|(name, schema)| {
            let name = name.replace('~', "~0").replace('/', "~1");
            (format!("/components/schemas/{name}"), schema)
        });
        let wanted = schemas.filter(|(pointer, _)| is_wanted(pointer));
        let whole = wanted.map(|(pointer, schema)| {
            let whole = self.build(&[schema], Choice::whole());
            let is_long = whole.to_string().len() > LONGEST_WHOLE;
            let value = match is_long {
                true => self.build(&[schema], Choice::smallest(0)),
                false => whole,
            };
            (pointer, value)
        });
        whole.collect()
    }

    /// Returns the fullest values that the schema or the parameter at a JSON pointer allows, one for each branch and each value
    /// of an enum; nothing where there is no schema.
    #[must_use]
    pub fn values(&self, pointer: &str) -> Vec<Value> {
        self.chosen(pointer, Choice::full)
    }

    /// Returns the same as [`values`](Self::values), with null wherever it may stand.
    #[must_use]
    pub fn with_nulls(&self, pointer: &str) -> Vec<Value> {
        self.chosen(pointer, Choice::nulls)
    }

    fn chosen(&self, pointer: &str, choice: fn(usize) -> Choice) -> Vec<Value> {
        let Some(found) = self.document.pointer(pointer) else {
            return Vec::new();
        };
        let schema = match found.get("in") {
            Some(_) => found.get("schema").unwrap_or(found),
            None => found,
        };
        let picks = 0..self.width(&[schema]).min(MOST_VARIATIONS);
        picks
            .map(|pick| self.build(&[schema], choice(pick)))
            .collect()
    }

    /// So many values of the schema at a JSON pointer as a server might send them: each with some of what is optional, the
    /// branches and values of enums by turns; nothing where there is no schema.
    #[must_use]
    pub fn likely(&self, pointer: &str, count: usize) -> Vec<Value> {
        let Some(schema) = self.document.pointer(pointer) else {
            return Vec::new();
        };
        (0..count)
            .map(|pick| self.build(&[schema], Choice::likely(pick)))
            .collect()
    }

    /// Values of the schema at a JSON pointer: the smallest, the fullest, one for each branch and for each value of an enum,
    /// with nulls; and such as depart from it in one place.
    #[must_use]
    pub fn of(&self, pointer: &str) -> Vec<Example> {
        let Some(schema) = self.document.pointer(pointer) else {
            return Vec::new();
        };
        let mut examples = self.allowed(schema, self.width(&[schema]));
        examples.extend(self.deviations(schema));
        examples
    }

    /// Values that a schema allows, `variations` of the fullest among them.
    fn allowed(&self, schema: &Value, variations: usize) -> Vec<Example> {
        let mut examples = Vec::new();
        let mut known = HashSet::new();
        let mut add = |name: String, json: Value| {
            if known.insert(json.to_string()) {
                examples.push(Example {
                    name,
                    json,
                    expected: Expected::default(),
                });
            }
        };
        for pick in 0..variations.clamp(1, MOST_VARIATIONS) {
            add(
                format!("the fullest, variation {pick}"),
                self.build(&[schema], Choice::full(pick)),
            );
            add(
                format!("the smallest, variation {pick}"),
                self.build(&[schema], Choice::smallest(pick)),
            );
        }
        add(
            "the fullest, with nulls".to_owned(),
            self.build(&[schema], Choice::nulls(0)),
        );
        examples
    }

    /// Returns true if a property of an object holds a secret.
    #[must_use]
    pub fn is_secret(&self, property: &str, object: &Map<String, Value>) -> bool {
        let has = |other: &str| object.contains_key(other);
        let secrets = self.dialect.secrets();
        secrets.iter().any(|secret| secret.is(property, has))
    }

    fn resolve(&self, reference: &str) -> Option<&Value> {
        self.document.pointer(reference.strip_prefix('#')?)
    }
}
