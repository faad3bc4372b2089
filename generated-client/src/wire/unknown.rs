use std::fmt;

use serde_json::Value;

use super::secret::Shown;
use super::tagged::{Branch, Tag};
use super::writer::Writer;

/// A branch of a union that this version of the client does not know.
///
/// It keeps what came, and serializes back to exactly that.
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

    /// The value that tells the branches apart, such as the event's type; empty where there was none.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The whole JSON value, as it came.
    #[must_use]
    pub fn raw(&self) -> &Value {
        &self.raw
    }

    /// It, for a union to write.
    #[doc(hidden)]
    #[must_use]
    pub fn branch(&mut self) -> Branch<'_> {
        (Tag::Unknown, Some(&mut self.raw))
    }

    /// Writes it back.
    #[doc(hidden)]
    pub fn write(&self, writer: &mut Writer) {
        writer.json(&self.raw.to_string());
    }
}

/// Shows it without secrets.
impl fmt::Debug for UnknownVariant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnknownVariant")
            .field("tag", &self.tag)
            .field("raw", &Shown(&self.raw))
            .finish()
    }
}
