//! Whole numbers, and numbers of which the document lists some: Rust's numbers have no names for those, so their documentation
//! says which.

use serde_json::Value;

use super::Lowering;
use super::facts::{Facts, Located};
use crate::model::{Docs, Type};

/// So many values are still listed one by one.
const MOST_LISTED: usize = 20;

/// The type of a whole number. By its format, it may be larger than a signed one of 64 bits.
pub(super) fn integer(facts: &Facts<'_>) -> Type {
    match facts.format.as_deref() {
        Some("uint64") => Type::Unsigned,
        _ => Type::Integer,
    }
}

impl<'a> Lowering<'a> {
    /// Adds to what is said of a number which values the document lists.
    pub(super) fn with_listed(&self, mut docs: Docs, ty: &Type, schema: &Located<'a>) -> Docs {
        if !matches!(ty, Type::Integer | Type::Unsigned | Type::Number) {
            return docs;
        }
        let facts = self.facts(schema);
        let numbers = facts.values.iter().filter(|value| value.is_number());
        let listed: Vec<String> = numbers.map(|value: &Value| format!("`{value}`")).collect();
        if listed.is_empty() || listed.len() > MOST_LISTED {
            return docs;
        }
        let listed = format!("One of {}.", listed.join(", "));
        docs.description = Some(match docs.description {
            Some(text) if !text.trim().is_empty() => format!("{}\n\n{listed}", text.trim_end()),
            _ => listed,
        });
        docs
    }
}
