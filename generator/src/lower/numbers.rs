//! Numbers. Integers that the document lists become an enum. Other listed numbers are named in the documentation.

use serde_json::Value;

use super::Lowering;
use super::facts::{Facts, JsonType, Located};
use super::place::Place;
use super::union::Alternative;
use super::values::value_texts;
use crate::document::Pointer;
use crate::model::{Docs, EnumValue, Enumeration, Type};
use crate::trace::Reason;

/// The number of values that the documentation lists.
const MAX_LISTED: usize = 20;

/// Returns the type of an integer. The format decides whether it is larger than a signed integer of 64 bits.
pub(super) fn plain(facts: &Facts<'_>) -> Type {
    match facts.format.as_deref() {
        Some("uint64") => Type::Unsigned,
        _ => Type::Integer,
    }
}

impl<'a> Lowering<'a> {
    /// Returns the type of an integer, or an enum of integers.
    pub(super) fn integer(&self, facts: &Facts<'a>, place: &Place) -> Type {
        match listed(facts) {
            Some(values) => self.numbers(facts, values, &[&facts.values_at], place),
            None => self.unnamed(facts, plain(facts)),
        }
    }

    /// Returns the type of a number. A list of integers becomes an enum only if the values have names or no type is given;
    /// otherwise fractions may be added later.
    pub(super) fn number(&self, facts: &Facts<'a>, place: &Place) -> Type {
        let is_closed = facts.json_type.is_none() || !value_texts(facts).names.is_empty();
        match listed(facts).filter(|_| is_closed) {
            Some(values) => self.numbers(facts, values, &[&facts.values_at], place),
            None => self.unnamed(facts, Type::Number),
        }
    }

    /// Returns an enum of the integers that several schemas list; `None` if one of them allows others too.
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

    /// Returns the values of a branch. A branch with one value names and describes it.
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

    /// Returns an enum of integers, each once.
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
                self.report
                    .leave_out(&only.key("enum").index(index), Reason::Duplicate);
            }
        }
        let made = Enumeration {
            values: distinct,
            whole: true,
        };
        self.define_enumeration(facts, made, listed, place)
    }

    /// Adds the values that the document lists to the documentation of a number.
    pub(super) fn with_listed(&self, mut docs: Docs, ty: &Type, schema: &Located<'a>) -> Docs {
        if !matches!(ty, Type::Integer | Type::Unsigned | Type::Number) {
            return docs;
        }
        let facts = self.facts(schema);
        let numbers = facts.values.iter().filter(|value| value.is_number());
        let listed: Vec<String> = numbers.map(|value: &Value| format!("`{value}`")).collect();
        if listed.is_empty() || listed.len() > MAX_LISTED {
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

/// Returns the values that a schema lists, without null; `None` if it lists none, or others than integers.
fn listed(facts: &Facts<'_>) -> Option<Vec<EnumValue>> {
    let texts = value_texts(facts);
    let mut values = Vec::new();
    for (index, value) in facts.values.iter().enumerate() {
        if value.is_null() {
            continue;
        }
        values.push(texts.value(index, whole(value)?.to_string()));
    }
    (!values.is_empty() && plain(facts) == Type::Integer).then_some(values)
}

/// Returns the integer of a value, in any notation.
pub(super) fn whole(value: &Value) -> Option<i64> {
    let digits = || {
        value
            .as_f64()
            .map(|number| number.to_string())?
            .parse()
            .ok()
    };
    value.as_i64().or_else(digits)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{properties, received};
    use crate::model::{Api, Kind};

    fn thing(count: &str) -> Api {
        received(&format!(
            "thing: {{ type: object, properties: {{ count: {count} }} }}"
        ))
    }

    #[test]
    fn listed_integers_are_an_enum_with_each_value_once() {
        let api = thing("{ type: integer, enum: [2, 1, 2.0] }");
        assert_eq!(properties(&api, "thing"), ["count: one of 2, 1"]);
    }

    #[test]
    fn listed_numbers_that_may_be_fractions_are_described() {
        let api = thing("{ type: number, enum: [0.5, 1.5] }");
        assert_eq!(properties(&api, "thing"), ["count: Number"]);
        let mut objects = api.types.iter().filter_map(|ty| match &ty.kind {
            Kind::Object(object) => Some(object),
            _ => None,
        });
        let docs = &objects.next().unwrap().fields[0].docs;
        assert_eq!(docs.description.as_deref(), Some("One of `0.5`, `1.5`."));
    }

    #[test]
    fn extensions_name_the_values_only_if_each_has_a_name() {
        let names = |varnames: &str| {
            let api = thing(&format!(
                "{{ type: integer, enum: [1, 2], x-enum-varnames: {varnames} }}"
            ));
            let mut enums = api.types.iter().filter_map(|ty| match &ty.kind {
                Kind::Enumeration(of) => Some(of.values.iter().map(|value| value.name.clone())),
                _ => None,
            });
            enums.next().unwrap().flatten().collect::<Vec<_>>()
        };
        assert_eq!(names("[low, high]"), ["low", "high"]);
        assert_eq!(names("[low]"), Vec::<String>::new());
    }

    #[test]
    fn only_the_format_makes_an_integer_unsigned() {
        let api = thing("{ type: integer, format: uint64 }");
        assert_eq!(properties(&api, "thing"), ["count: Unsigned"]);
        let api = thing("{ type: integer, minimum: 0 }");
        assert_eq!(properties(&api, "thing"), ["count: Integer"]);
    }
}
