//! Numbers. Whole numbers that the document lists are an enum; of other listed numbers the documentation says which they are.

use serde_json::Value;

use super::Lowering;
use super::facts::{Facts, JsonType, Located};
use super::place::Place;
use super::union::Alternative;
use super::values::value_texts;
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
        let is_closed = facts.json_type.is_none() || !value_texts(facts).names.is_empty();
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

/// The whole number that a value is, however it is written.
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
    fn listed_whole_numbers_are_an_enum_with_each_value_once() {
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
    fn extensions_name_the_values_only_where_each_has_a_name() {
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
    fn only_the_format_makes_a_number_larger_than_a_signed_one() {
        let api = thing("{ type: integer, format: uint64 }");
        assert_eq!(properties(&api, "thing"), ["count: Unsigned"]);
        let api = thing("{ type: integer, minimum: 0 }");
        assert_eq!(properties(&api, "thing"), ["count: Integer"]);
    }
}
