//! The pairs of a query or a form.

use url::form_urlencoded::byte_serialize;

/// A name and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    name: String,
    /// The parts of the value.
    parts: Vec<String>,
    between: Between,
}

/// The separator between the parts of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Between {
    pub(super) decoded: &'static str,
    /// The separator in a URL.
    pub(super) encoded: &'static str,
}

impl Between {
    pub(super) const COMMA: Self = Self {
        decoded: ",",
        encoded: ",",
    };
}

impl Pair {
    pub(super) fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self::joined(name, vec![value.into()], Between::COMMA)
    }

    /// Returns a pair with a value of several parts.
    pub(super) fn joined(name: impl Into<String>, parts: Vec<String>, between: Between) -> Self {
        Self {
            name: name.into(),
            parts,
            between,
        }
    }

    /// Returns the decoded name and value.
    pub(super) fn decoded(self) -> (String, String) {
        let between = self.between.decoded;
        (self.name, crate::wire::text::join(&self.parts, between))
    }

    /// Encodes the parts, but not the separator, so that it differs from the same character in a part.
    fn encode(&self, text: &mut String) {
        text.extend(byte_serialize(self.name.as_bytes()));
        let mut before = "=";
        for part in &self.parts {
            text.push_str(before);
            text.extend(byte_serialize(part.as_bytes()));
            before = self.between.encoded;
        }
        if self.parts.is_empty() {
            text.push('=');
        }
    }
}

impl From<(String, String)> for Pair {
    fn from((name, value): (String, String)) -> Self {
        Self::new(name, value)
    }
}

/// Encodes a query or a form by the rules of the WHATWG.
pub(super) fn encode(pairs: &[Pair]) -> String {
    let mut text = String::new();
    for pair in pairs {
        if !text.is_empty() {
            text.push('&');
        }
        pair.encode(&mut text);
    }
    text
}
