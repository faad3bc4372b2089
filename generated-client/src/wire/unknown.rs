use std::fmt;

use serde_json::Value;

use super::secret::Shown;
use super::tagged::{Branch, Tag};
use super::writer::Writer;

/// A branch of a union that this version of the client does not know.
///
/// It keeps the JSON of the branch, and serializes to the same JSON.
#[derive(Clone, Default, PartialEq)]
pub struct UnknownVariant {
    tag: String,
    raw: Value,
}

impl UnknownVariant {
    #[doc(hidden)]
    #[must_use]
    pub fn new(tag: String, raw: Value) -> Self {
        Self { tag, raw }
    }

    /// Returns the value of the tag, such as the event's type; empty if there was none.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// Returns the whole JSON value.
    #[must_use]
    pub fn raw(&self) -> &Value {
        &self.raw
    }

    /// Returns the branch for the writer of a union.
    #[doc(hidden)]
    #[must_use]
    pub fn branch(&mut self) -> Branch<'_> {
        (Tag::Unknown, Some(&mut self.raw))
    }

    /// Writes the JSON of the branch.
    #[doc(hidden)]
    pub fn write(&self, writer: &mut Writer) {
        writer.json(&self.raw.to_string());
    }
}

/// Shows the JSON without secrets.
impl fmt::Debug for UnknownVariant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnknownVariant")
            .field("tag", &self.tag)
            .field("raw", &Shown(&self.raw))
            .finish()
    }
}
