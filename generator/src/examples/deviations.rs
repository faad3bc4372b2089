//! Values that depart from their schema in one place, and what becomes of them.

use serde_json::{Map, Value, json};

use super::Examples;
use super::build::{Choice, TEXT};
use super::shape::Shape;
use crate::document::Pointer;

/// A value and what is made of it.
#[derive(Debug, Clone)]
pub struct Example {
    /// What is special about it.
    pub name: String,
    /// The value.
    pub json: Value,
    /// What reading and writing it comes to.
    pub expected: Expected,
}

/// The expected result of reading a value and writing it again: the same, except for these places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expected {
    /// Where it departs from the document, a JSON pointer. Nothing else does.
    pub departs: Option<String>,
    /// What is not written again, a JSON pointer. Everything else is.
    pub lost: Option<String>,
}

impl Expected {
    /// It departs, and what stands there is lost.
    fn lost(pointer: String) -> Self {
        Self {
            departs: Some(pointer.clone()),
            lost: Some(pointer),
        }
    }

    /// It departs, and what stands there is kept as it is.
    fn kept(pointer: String) -> Self {
        Self {
            departs: Some(pointer),
            lost: None,
        }
    }
}

/// A property that no document has.
const UNKNOWN_PROPERTY: &str = "property_unheard_of";
/// A value that no document lists.
const UNHEARD_OF: &str = "unheard of";

impl Examples {
    /// Deviations from a schema, each of the fullest value of one of its branches.
    pub(super) fn deviations(&self, schema: &Value) -> Vec<Example> {
        let branches = self.branches(schema);
        let shapes = &branches.shapes;
        let mut examples = Vec::new();
        for (pick, shape) in shapes.iter().enumerate() {
            // Such a value is kept as it is.
            if branches.has_free_tag(pick) {
                continue;
            }
            if let (Some("object"), Value::Object(full)) =
                (shape.kind, self.build(&[schema], Choice::full(pick)))
            {
                let extra = branches.like(pick).find_map(|shape| shape.extra);
                let branch = Branch {
                    shape,
                    extra: extra.map(|schema| self.build(&[schema], Choice::full(0))),
                    full: &full,
                    pick,
                    is_alone: shapes.len() == 1,
                };
                let found = self.of_branch(&branch).into_iter();
                examples.extend(found.filter(|example| self.departs(&branches, pick, example)));
            }
        }
        if let [shape] = shapes.as_slice()
            && shape.texts().is_some()
        {
            examples.push(departing(
                "a value that is not listed",
                UNHEARD_OF.into(),
                Expected::kept(String::new()),
            ));
        }
        examples
    }

    fn of_branch<'a>(&'a self, branch: &Branch<'a, '_>) -> Vec<Example> {
        let mut examples = vec![branch.with_unknown_property()];
        for (name, schemas) in &branch.shape.properties {
            if let Some(example) = branch.without(name, branch.shape.required.contains(name)) {
                examples.push(example);
            }
            let shapes = self.shapes(schemas);
            let nullable = self.takes_null(schemas);
            examples.extend(branch.with_null(name, nullable, &shapes));
            examples.extend(branch.with_another_type(name, &shapes));
            examples.extend(branch.with_unlisted_value(name, &shapes));
            examples.extend(self.with_a_bad_item(branch, name, &shapes));
        }
        examples
    }

    /// A list keeps its good items.
    fn with_a_bad_item<'a>(
        &'a self,
        branch: &Branch<'a, '_>,
        name: &str,
        shapes: &[Shape<'a>],
    ) -> Option<Example> {
        let [
            Shape {
                items: Some(items), ..
            },
        ] = shapes
        else {
            return None;
        };
        let bad = another_type(&self.shapes(&[items]))?;
        let mut json = branch.full.clone();
        let list = json.get_mut(name)?.as_array_mut()?;
        let pointer = Pointer::root("").key(name).index(list.len()).to_string();
        list.push(bad);
        Some(departing(
            format!("{} with a bad item in {name}", branch.name()),
            json.into(),
            Expected::lost(pointer),
        ))
    }
}

/// A branch of a schema of objects.
struct Branch<'a, 's> {
    shape: &'s Shape<'a>,
    /// The values of properties that the document does not name, if there can be any.
    extra: Option<Value>,
    full: &'s Map<String, Value>,
    pick: usize,
    is_alone: bool,
}

impl Branch<'_, '_> {
    fn name(&self) -> String {
        if self.is_alone {
            "the fullest".to_owned()
        } else {
            format!("branch {}", self.pick)
        }
    }

    fn with(&self, name: &str, value: Value) -> Value {
        let mut json = self.full.clone();
        json.insert(name.to_owned(), value);
        json.into()
    }

    /// Returns a property without a name in the document: kept where it says what such properties hold, else ignored.
    fn with_unknown_property(&self) -> Example {
        let lost = self.extra.is_none().then(|| pointer(UNKNOWN_PROPERTY));
        let value = self.extra.clone().unwrap_or_else(|| json!({"any": [1]}));
        Example {
            name: format!("{} with an unknown property", self.name()),
            json: self.with(UNKNOWN_PROPERTY, value),
            expected: Expected {
                departs: None,
                lost,
            },
        }
    }

    fn without(&self, name: &str, is_required: bool) -> Option<Example> {
        let mut json = self.full.clone();
        json.shift_remove(name)?;
        let what = format!("{} without {name}", self.name());
        let expected = if is_required {
            Expected::lost(pointer(name))
        } else {
            Expected::default()
        };
        Some(Example {
            name: what,
            json: json.into(),
            expected,
        })
    }

    fn with_null(&self, name: &str, nullable: bool, shapes: &[Shape<'_>]) -> Option<Example> {
        let takes_anything = shapes.iter().any(|shape| shape.kinds().is_none());
        let expected = match (nullable, takes_anything) {
            (true, _) => Expected::default(),
            (false, true) => return None,
            (false, false) => Expected::lost(pointer(name)),
        };
        Some(Example {
            name: format!("{} with {name} null", self.name()),
            json: self.with(name, Value::Null),
            expected,
        })
    }

    fn with_another_type(&self, name: &str, shapes: &[Shape<'_>]) -> Option<Example> {
        let json = self.with(name, another_type(shapes)?);
        Some(departing(
            format!("{} with {name} of another type", self.name()),
            json,
            Expected::lost(pointer(name)),
        ))
    }

    fn with_unlisted_value(&self, name: &str, shapes: &[Shape<'_>]) -> Option<Example> {
        let [shape] = shapes else { return None };
        shape.texts()?;
        let json = self.with(name, UNHEARD_OF.into());
        Some(departing(
            format!("{} with {name} unheard of", self.name()),
            json,
            Expected::kept(pointer(name)),
        ))
    }
}

fn departing(name: impl Into<String>, json: Value, expected: Expected) -> Example {
    Example {
        name: name.into(),
        json,
        expected,
    }
}

fn pointer(name: &str) -> String {
    Pointer::root("").key(name).to_string()
}

/// Returns a value of a JSON type that none of these allow.
fn another_type(shapes: &[Shape<'_>]) -> Option<Value> {
    let allowed: Option<Vec<_>> = shapes.iter().map(Shape::kinds).collect();
    let allowed = allowed?;
    [
        ("number", json!(7)),
        ("string", json!(TEXT)),
        ("boolean", json!(true)),
        ("list", json!([])),
        ("object", json!({})),
    ]
    .into_iter()
    .find(|(kind, _)| !allowed.iter().any(|kinds| kinds.contains(kind)))
    .map(|(_, value)| value)
}
