//! Checks values against schemas.

use serde_json::Value;

use super::Examples;
use super::shape::{Shape, kind_of};

/// Below this a value is taken for one that fits.
const DEEPEST: usize = 32;

impl Examples {
    /// Returns true if an alternative allows a value. Of what it has no name for, it allows all.
    pub(super) fn fits(&self, shape: &Shape<'_>, value: &Value) -> bool {
        self.fits_at(shape, value, 0)
    }

    fn fits_at(&self, shape: &Shape<'_>, value: &Value, depth: usize) -> bool {
        let Some(kind) = kind_of(value) else {
            return shape.nullable || shape.kinds().is_none();
        };
        if depth > DEEPEST {
            return true;
        }
        if shape.kinds().is_some_and(|kinds| !kinds.contains(kind)) {
            return false;
        }
        if let Some(values) = &shape.values
            && !values.contains(&value)
        {
            return false;
        }
        let allows = |schemas: &[&Value], value: &Value| {
            let mut shapes = self.shapes(schemas).into_iter();
            shapes.any(|shape| self.fits_at(&shape, value, depth + 1))
        };
        match value {
            Value::Array(items) => shape
                .items
                .is_none_or(|schema| items.iter().all(|item| allows(&[schema], item))),
            Value::Object(object) => {
                let is_told = shape
                    .tag
                    .is_none_or(|(name, value)| object.get(name).is_some_and(|it| it == value));
                let has_all = shape.required.iter().all(|name| object.contains_key(*name));
                is_told
                    && has_all
                    && object.iter().all(|(name, value)| {
                        match shape.properties.get(name.as_str()) {
                            Some(schemas) => allows(schemas, value),
                            None => shape.extra.is_none_or(|extra| allows(&[extra], value)),
                        }
                    })
            }
            _ => true,
        }
    }
}
