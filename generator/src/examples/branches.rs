//! The values that select an alternative of a schema, and deviations from alternatives.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Examples;
use super::deviations::Example;
use super::shape::Shape;
use crate::document::unescaped;

/// The alternatives of a schema.
pub(super) struct Branches<'a> {
    pub(super) shapes: Vec<Shape<'a>>,
    /// The tag, with its values in each alternative: the discriminator, or a property with different values in each.
    tag: Option<(&'a str, Vec<BTreeSet<String>>)>,
    /// True if one alternative may lack the tag, or have null there.
    takes_none: bool,
    /// True if each object requires a property that no other has.
    have_keys: bool,
}

impl Examples {
    pub(super) fn branches<'a>(&'a self, schema: &'a Value) -> Branches<'a> {
        let shapes = self.shapes(&[schema]);
        let discriminator = self.target(schema).get("discriminator");
        let named = discriminator.and_then(|given| given.get("propertyName")?.as_str());
        let tag = match named {
            Some(name) => Some((name, self.constants(&shapes, name))),
            None => self.tag_by_constants(&shapes),
        };
        let tag = tag.filter(|(name, values)| {
            let tell = values.iter().filter(|values| !values.is_empty()).count();
            let pairs = shapes.iter().zip(values);
            let free = pairs.filter(|(shape, values)| is_free(shape, name, values));
            tell > free.count()
        });
        let takes_none = tag.as_ref().is_some_and(|(name, _)| {
            shapes.iter().any(|shape| {
                let tag = shape.properties.get(name);
                !shape.required.contains(name) || tag.is_some_and(|tag| self.takes_null(tag))
            })
        });
        Branches {
            takes_none,
            have_keys: have_keys(&shapes),
            shapes,
            tag,
        }
    }

    fn tag_by_constants<'a>(
        &'a self,
        shapes: &[Shape<'a>],
    ) -> Option<(&'a str, Vec<BTreeSet<String>>)> {
        let names = shapes.first()?.properties.keys();
        let mut tag = names.map(|name| (*name, self.constants(shapes, name)));
        tag.find(|(_, values)| {
            let all: BTreeSet<&String> = values.iter().flatten().collect();
            let count: usize = values.iter().map(BTreeSet::len).sum();
            let mut objects = values
                .iter()
                .zip(shapes)
                .filter(|(_, shape)| is_object(shape));
            all.len() == count && objects.all(|(values, _)| !values.is_empty())
        })
    }

    /// Returns the constants of a property in each alternative, as JSON.
    fn constants<'a>(&'a self, shapes: &[Shape<'a>], name: &str) -> Vec<BTreeSet<String>> {
        let of = |shape: &Shape<'a>| -> Option<BTreeSet<String>> {
            if let Some((_, value)) = shape.tag.filter(|(tag, _)| *tag == name) {
                return Some(BTreeSet::from([Value::from(value).to_string()]));
            }
            let shapes = self.shapes(shape.properties.get(name)?);
            let [only] = shapes.as_slice() else {
                return None;
            };
            let values = only.values.iter().flatten();
            let values = values.filter(|value| value.is_string() || value.is_boolean());
            Some(values.map(ToString::to_string).collect())
        };
        let all = shapes.iter().map(|shape| of(shape).unwrap_or_default());
        all.collect()
    }

    /// Returns true if a deviation from one alternative is also one from all alternatives that it could match.
    pub(super) fn departs<'a>(
        &'a self,
        branches: &Branches<'a>,
        branch: usize,
        example: &Example,
    ) -> bool {
        let Some(place) = &example.expected.departs else {
            return true;
        };
        let name = unescaped(place.split('/').nth(1).unwrap_or_default());
        let found = example.json.get(&name);
        if branches.takes_another(&name, found) {
            return false;
        }
        let tolerates = |shape: &Shape<'a>| match found {
            None => !shape.required.contains(name.as_str()),
            Some(value) => {
                let schemas = shape.properties.get(name.as_str());
                let shapes = schemas.map(|schemas| self.shapes(schemas));
                let allows = |shapes: Vec<_>| shapes.iter().any(|shape| self.fits(shape, value));
                shapes.is_some_and(allows)
            }
        };
        let is_allowed = |shape: &Shape<'a>| self.fits(shape, &example.json);
        !branches.shapes.iter().any(is_allowed) && !branches.like(branch).any(tolerates)
    }
}

impl<'a> Branches<'a> {
    /// Returns the alternatives that cannot be distinguished from this one, including itself.
    pub(super) fn like(&self, branch: usize) -> impl Iterator<Item = &Shape<'a>> {
        let is_like = move |other: usize| match &self.tag {
            _ if other == branch => true,
            Some((_, values)) => {
                values[other] == values[branch] || !values[other].is_disjoint(&values[branch])
            }
            None => !self.have_keys && self.shapes[other].kind == self.shapes[branch].kind,
        };
        let shapes = self.shapes.iter().enumerate();
        shapes
            .filter(move |(other, _)| is_like(*other))
            .map(|(_, shape)| shape)
    }

    /// Returns true if an object with this value of the property matches another alternative.
    fn takes_another(&self, name: &str, found: Option<&Value>) -> bool {
        let tells = self.tag.as_ref().is_some_and(|(tag, _)| *tag == name);
        let is_none = found.is_none_or(Value::is_null);
        let is_open = || (0..self.shapes.len()).any(|branch| self.has_free_tag(branch));
        tells && (is_none && self.takes_none || is_open())
    }

    /// Returns true if an alternative has the tag without a constant.
    pub(super) fn has_free_tag(&self, branch: usize) -> bool {
        let tag = self.tag.as_ref();
        tag.is_some_and(|(name, values)| is_free(&self.shapes[branch], name, &values[branch]))
    }
}

/// Returns true if an alternative has a property without constants.
fn is_free(shape: &Shape<'_>, name: &str, values: &BTreeSet<String>) -> bool {
    values.is_empty() && (shape.properties.contains_key(name) || shape.required.contains(name))
}

/// Returns true if each object requires a property that no other has.
fn have_keys(shapes: &[Shape<'_>]) -> bool {
    let is_own = |name: &&str| {
        let having = shapes
            .iter()
            .filter(|shape| shape.properties.contains_key(name));
        having.count() == 1
    };
    let mut objects = shapes.iter().filter(|shape| is_object(shape));
    objects.all(|shape| shape.required.iter().any(is_own))
}

fn is_object(shape: &Shape<'_>) -> bool {
    shape.kind == Some("object")
}
