//! Schemas become values.

use serde_json::{Map, Value, json};

use super::shape::Shape;
use super::{Examples, LONGEST_WHOLE};

/// Below this only what is required is there.
const DEEPEST_FULL: usize = 12;
/// The same for a value that people read.
const DEEPEST_WHOLE: usize = 6;
/// Below this there is nothing: a schema that requires itself has no end.
const DEEPEST: usize = 24;

/// A schema that is within itself more often than this has no example: one that requires itself twice would have millions of
/// values.
const MOST_WITHIN: usize = 4;

pub(super) const TEXT: &str = "text";
pub(super) const DATE_TIME: &str = "2028-08-12T19:23:42Z";
const UUID: &str = "5ea3d00d-0000-4000-8000-000000000001";

/// Which of the values of a schema is meant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choice {
    /// What is optional is there, lists and maps hold something.
    full: bool,
    /// Of what is optional only every third is there, another third by each pick.
    thin: bool,
    /// What may be null is null.
    null: bool,
    /// Of each choice this alternative, counted round.
    pick: usize,
    /// Below this only what is required is there.
    deepest: usize,
    /// The same after so many values.
    most: usize,
}

/// What a value stands in.
#[derive(Debug, Default)]
struct Around {
    /// The schemas, from the outermost.
    open: Vec<*const Value>,
    /// How many values have been made so far.
    made: usize,
}

impl Choice {
    pub(super) fn full(pick: usize) -> Self {
        Self {
            full: true,
            thin: false,
            null: false,
            pick,
            deepest: DEEPEST_FULL,
            most: usize::MAX,
        }
    }

    /// For people: full, but not to the last depth, where documents that refer to themselves grow without measure.
    pub(super) fn whole() -> Self {
        Self {
            deepest: DEEPEST_WHOLE,
            // Each takes two bytes at least.
            most: LONGEST_WHOLE / 2,
            ..Self::full(0)
        }
    }

    pub(super) fn likely(pick: usize) -> Self {
        Self {
            thin: true,
            ..Self::full(pick)
        }
    }

    pub(super) fn smallest(pick: usize) -> Self {
        Self {
            full: false,
            ..Self::full(pick)
        }
    }

    pub(super) fn nulls(pick: usize) -> Self {
        Self {
            null: true,
            ..Self::full(pick)
        }
    }

    /// Returns true if the optional property at this place of its object is there.
    fn has(self, place: usize) -> bool {
        self.full && (!self.thin || (place + self.pick).is_multiple_of(3))
    }

    fn of<T>(self, alternatives: &[T]) -> Option<&T> {
        alternatives.get(self.pick % alternatives.len().max(1))
    }
}

impl Examples {
    /// Returns a value that all of these schemas allow.
    pub(super) fn build<'a>(&'a self, schemas: &[&'a Value], choice: Choice) -> Value {
        self.within(schemas, choice, &mut Around::default())
    }

    fn within<'a>(
        &'a self,
        schemas: &[&'a Value],
        mut choice: Choice,
        around: &mut Around,
    ) -> Value {
        let here: Vec<*const Value> = schemas
            .iter()
            .map(|schema| std::ptr::from_ref(self.target(schema)))
            .collect();
        let open = &around.open;
        let within_itself = open.iter().filter(|schema| here.contains(schema)).count();
        around.made += 1;
        if within_itself > 0 || around.open.len() > choice.deepest || around.made > choice.most {
            choice.full = false;
        }
        if around.open.len() > DEEPEST || within_itself > MOST_WITHIN {
            return Value::Null;
        }
        let shapes = self.shapes(schemas);
        let Some(shape) = choice.of(&shapes) else {
            return Value::Null;
        };
        let depth = around.open.len();
        around.open.extend(here);
        let value = self.of_shape(shape, choice, around);
        around.open.truncate(depth);
        value
    }

    /// What a schema that only refers to another one means.
    pub(super) fn target<'a>(&'a self, schema: &'a Value) -> &'a Value {
        let reference = schema.get("$ref").and_then(Value::as_str);
        reference
            .and_then(|reference| self.resolve(reference))
            .unwrap_or(schema)
    }

    fn of_shape<'a>(&'a self, shape: &Shape<'a>, choice: Choice, around: &mut Around) -> Value {
        if let Some(values) = &shape.values {
            let values: Vec<_> = values.iter().filter(|value| !value.is_null()).collect();
            return choice
                .of(&values)
                .map_or(Value::Null, |value| (**value).clone());
        }
        match shape.kind {
            Some("object") => self.object(shape, choice, around),
            Some("array") => self.list(shape, choice, around),
            Some("string") => match shape.format {
                Some("date-time") => DATE_TIME.into(),
                Some("uuid") => UUID.into(),
                _ => TEXT.into(),
            },
            Some("integer") => 3.into(),
            Some("number") => json!(1.5),
            Some("boolean") => choice.pick.is_multiple_of(2).into(),
            // A schema that says nothing else is how the document spells null.
            _ if shape.nullable => Value::Null,
            _ if choice.full => json!({"any": ["thing", 1, null]}),
            _ => "anything".into(),
        }
    }

    fn object<'a>(&'a self, shape: &Shape<'a>, choice: Choice, around: &mut Around) -> Value {
        let mut object = Map::new();
        for (place, (name, schemas)) in shape.properties.iter().enumerate() {
            let is_null = choice.null && self.takes_null(schemas);
            if is_null {
                object.insert((*name).to_owned(), Value::Null);
            } else if choice.has(place) || shape.required.contains(name) {
                object.insert((*name).to_owned(), self.within(schemas, choice, around));
            }
        }
        if let Some(extra) = shape.extra
            && shape.properties.is_empty()
            && choice.full
        {
            object.insert("key".to_owned(), self.within(&[extra], choice, around));
        }
        if let Some((name, value)) = shape.tag {
            object.insert(name.to_owned(), value.into());
        }
        object.into()
    }

    fn list<'a>(&'a self, shape: &Shape<'a>, choice: Choice, around: &mut Around) -> Value {
        let length = shape.fewest_items.max(usize::from(choice.full));
        let item = |around: &mut Around| match shape.items {
            Some(items) => self.within(&[items], choice, around),
            None => TEXT.into(),
        };
        (0..length).map(|_| item(around)).collect()
    }

    /// Returns true if null is among the values that all of these schemas allow.
    pub(super) fn takes_null<'a>(&'a self, schemas: &[&'a Value]) -> bool {
        let shapes = self.shapes(schemas);
        !shapes.is_empty() && shapes.iter().any(|shape| shape.nullable)
    }
}
