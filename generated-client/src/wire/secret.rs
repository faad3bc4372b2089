use std::fmt;

use serde_json::{Map, Value};

use crate::generated::SECRETS;

/// The text in place of a secret.
pub(crate) const HIDDEN: &str = "…";

/// A property that holds a secret, by its name.
#[derive(Debug, Clone, Copy)]
pub struct Secret {
    name: &'static str,
    is_ending: bool,
    unless_beside: &'static [&'static str],
}

impl Secret {
    /// Returns the property with this name.
    #[must_use]
    pub const fn named(name: &'static str) -> Self {
        Self {
            name,
            is_ending: false,
            unless_beside: &[],
        }
    }

    /// Returns every property whose name is `name`, or ends with an underscore and `name`.
    #[must_use]
    pub const fn ending(name: &'static str) -> Self {
        Self {
            is_ending: true,
            ..Self::named(name)
        }
    }

    /// Excludes objects that have one of these properties as well.
    #[must_use]
    pub const fn unless_beside(mut self, others: &'static [&'static str]) -> Self {
        self.unless_beside = others;
        self
    }

    fn is(&self, property: &str, object: &Map<String, Value>) -> bool {
        let before = property.strip_suffix(self.name);
        let is_named = before
            .is_some_and(|before| before.is_empty() || self.is_ending && before.ends_with('_'));
        is_named
            && !self
                .unless_beside
                .iter()
                .any(|other| object.contains_key(*other))
    }
}

/// Returns true if a property of an object is a secret.
pub(super) fn is_secret(property: &str, object: &Map<String, Value>) -> bool {
    SECRETS.iter().any(|secret| secret.is(property, object))
}

/// Shows JSON without secrets, and without the names of `Value`'s variants.
pub(crate) struct Shown<'a>(pub(crate) &'a Value);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Member {
            value: self.0,
            is_secret: false,
        }
        .fmt(f)
    }
}

/// The value of a property. If it is a secret, no text, number or object in it is shown.
pub(super) struct Member<'a> {
    pub(super) value: &'a Value,
    pub(super) is_secret: bool,
}

impl<'a> Member<'a> {
    /// Returns the property `key` of an object.
    pub(super) fn of(object: &Map<String, Value>, key: &str, value: &'a Value) -> Self {
        Self {
            value,
            is_secret: is_secret(key, object),
        }
    }
}

impl fmt::Debug for Member<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_secret = self.is_secret;
        match self.value {
            Value::String(_) | Value::Number(_) | Value::Object(_) if is_secret => {
                fmt::Debug::fmt(HIDDEN, f)
            }
            Value::String(text) => fmt::Debug::fmt(text, f),
            Value::Array(items) => {
                let items = items.iter().map(|value| Member { value, is_secret });
                f.debug_list().entries(items).finish()
            }
            Value::Object(object) => {
                let members = object.iter();
                let members = members.map(|(key, value)| (key, Member::of(object, key, value)));
                f.debug_map().entries(members).finish()
            }
            scalar => fmt::Display::fmt(scalar, f),
        }
    }
}
