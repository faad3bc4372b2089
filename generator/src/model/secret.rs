//! Secrets, which logs must not show.

/// A property with a secret: a token, a PIN code, a key, or a link that opens something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Secret {
    /// The property's name.
    pub name: &'static str,
    /// True if `name` also matches longer names that end with it: `token` for `client_session_token`.
    pub is_ending: bool,
    /// In an object that has one of these properties as well, the property is no secret.
    pub unless_beside: &'static [&'static str],
}

impl Secret {
    /// Returns every property whose name ends with `name`.
    pub(crate) const fn ending(name: &'static str) -> Self {
        Self {
            name,
            is_ending: true,
            unless_beside: &[],
        }
    }

    /// Returns the properties with this name.
    pub(crate) const fn named(name: &'static str) -> Self {
        Self {
            name,
            is_ending: false,
            unless_beside: &[],
        }
    }

    /// Returns true if it matches the property of this name. `has` returns true for the other properties of the object.
    pub fn is(&self, property: &str, has: impl Fn(&str) -> bool) -> bool {
        let is_named = match property.strip_suffix(self.name) {
            Some(before) => before.is_empty() || self.is_ending && before.ends_with('_'),
            None => false,
        };
        is_named && !self.unless_beside.iter().any(|other| has(other))
    }
}
