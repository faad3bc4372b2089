//! Numbers. Whole numbers that the document lists are an enum; of other listed numbers the documentation says which they are.

use serde_json::Value;

use super::Lowering;
use super::facts::{Facts, JsonType, Located};
use super::place::Place;
use super::union::Alternative;
use super::values::said_of_values;
use crate::document::Pointer;
use crate::model::{Docs, EnumValue, Enumeration, Type};
use crate::trace::Reason;

/// So many values are still listed one by one.
const MOST_LISTED: usize = 20;

/// The type of a whole number. By its format, it may be larger than a signed one of 64 bits.
pub(super) fn plain(facts: &Facts<'_>) -> Type {
    match facts.format.as_deref() {
        Some("uint64") => Type::Unsigned,
        _ => Type::Integer,
    }
}

impl<'a> Lowering<'a> {
    /// A whole number, or one of a list of them.
    pub(super) fn integer(&self, facts: &Facts<'a>, place: &Place) -> Type {
        match listed(facts) {
            Some(values) => self.numbers(facts, values, &[&facts.values_at], place),
            None => self.unnamed(facts, plain(facts)),
        }
    }

    /// A number. Those of a list that are whole today may be fractions later, unless they have names or no type says that they are
    /// numbers.
    pub(super) fn number(&self, facts: &Facts<'a>, place: &Place) -> Type {
        let is_closed = facts.json_type.is_none() || !said_of_values(facts).names.is_empty();
        match listed(facts).filter(|_| is_closed) {
            Some(values) => self.numbers(facts, values, &[&facts.values_at], place),
            None => self.unnamed(facts, Type::Number),
        }
    }

    /// One of the numbers that several schemas list; nothing where one of them takes others too.
    pub(super) fn merged_numbers(
        &self,
        facts: &Facts<'a>,
        branches: &[Alternative<'a>],
        place: &Place,
    ) -> Option<Type> {
        let is_number = |branch: &Alternative<'a>| {
            facts.json_type != Some(JsonType::Integer)
                && branch.facts.json_type == Some(JsonType::Number)
        };
        if branches.iter().any(is_number) {
            return None;
        }
        let mut values = Vec::new();
        for branch in branches {
            values.extend(self.values_of_branch(&branch.facts)?);
        }
        let listed: Vec<&Pointer> = branches
            .iter()
            .map(|branch| &branch.facts.values_at)
            .collect();
        Some(self.numbers(facts, values, &listed, place))
    }

    /// The values of a branch. A branch of one value names and describes it.
    fn values_of_branch(&self, facts: &Facts<'a>) -> Option<Vec<EnumValue>> {
        let mut values = listed(facts)?;
        if let [only] = values.as_mut_slice() {
            let docs = self.docs(facts);
            only.name = only.name.take().or_else(|| facts.data.title.clone());
            only.docs = Docs {
                title: None,
                ..docs
            };
        }
        Some(values)
    }

    /// An enum of whole numbers, each once.
    fn numbers(
        &self,
        facts: &Facts<'a>,
        values: Vec<EnumValue>,
        listed: &[&Pointer],
        place: &Place,
    ) -> Type {
        let mut distinct: Vec<EnumValue> = Vec::new();
        for (index, value) in values.into_iter().enumerate() {
            if !distinct.iter().any(|known| known.value == value.value) {
                distinct.push(value);
            } else if let [only] = listed {
                self.leave_out(&only.key("enum").index(index), Reason::Duplicate);
            }
        }
        let made = Enumeration {
            constant: distinct.len() == 1 && self.dialect.has_constants(),
            values: distinct,
            whole: true,
        };
        self.define_enumeration(facts, made, listed, place)
    }

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

/// The values that a schema lists, but for null; nothing where it lists none, or others than whole numbers.
fn listed(facts: &Facts<'_>) -> Option<Vec<EnumValue>> {
    let said = said_of_values(facts);
    let mut values = Vec::new();
    for (index, value) in facts.values.iter().enumerate() {
        if value.is_null() {
            continue;
        }
        values.push(said.value(index, whole(value)?.to_string()));
    }
    (!values.is_empty() && plain(facts) == Type::Integer).then_some(values)
}

/// The whole number that a value is, however it is written.
fn whole(value: &Value) -> Option<i64> {
    let digits = || {
        value
            .as_f64()
            .map(|number| number.to_string())?
            .parse()
            .ok()
    };
    value.as_i64().or_else(digits)
}
