//! Strings: an enum if the document lists the values; an id or a time by the format.

use std::collections::HashSet;

use serde_json::Value;

use super::Lowering;
use super::facts::Facts;
use super::place::Place;
use super::values::value_texts;
use crate::document::Pointer;
use crate::model::{Docs, EnumValue, Enumeration, Kind, Type};
use crate::trace::Reason;

impl<'a> Lowering<'a> {
    /// Returns the type of a string, or an enum of its values.
    pub(super) fn string(&self, facts: &Facts<'a>, place: &Place) -> Type {
        if facts.values.iter().any(Value::is_string) {
            return self.enumeration(facts, &facts.values, &[&facts.values_at], place);
        }
        self.note_values(facts);
        match facts.format.as_deref() {
            Some("date-time") => Type::DateTime,
            Some("uuid") => match self.survey.resources.id_within(&place.local) {
                Some(id) => Type::Id(id),
                None => Type::String,
            },
            _ => Type::String,
        }
    }

    /// Returns an enum of the strings that these schemas list.
    pub(super) fn enumeration(
        &self,
        facts: &Facts<'a>,
        values: &[Value],
        listed: &[&Pointer],
        place: &Place,
    ) -> Type {
        let mut distinct: Vec<EnumValue> = Vec::new();
        let mut known: HashSet<&str> = HashSet::new();
        // Values of several schemas have no common order, so extensions cannot name them.
        let texts = (listed.len() == 1).then(|| value_texts(facts));
        for (index, value) in values.iter().enumerate() {
            let reason = match value {
                Value::String(value) if known.insert(value) => {
                    distinct.push(match &texts {
                        Some(texts) => texts.value(index, value.clone()),
                        None => EnumValue {
                            value: value.clone(),
                            name: None,
                            docs: Docs::default(),
                        },
                    });
                    continue;
                }
                Value::String(_) => Reason::Duplicate,
                Value::Null => continue,
                _ => Reason::NoName,
            };
            if let [only] = listed {
                self.report
                    .leave_out(&only.key("enum").index(index), reason);
            }
        }
        let made = Enumeration {
            values: distinct,
            whole: false,
        };
        self.define_enumeration(facts, made, listed, place)
    }

    /// Defines an enum of the values that these schemas list.
    pub(super) fn define_enumeration(
        &self,
        facts: &Facts<'a>,
        made: Enumeration,
        listed: &[&Pointer],
        place: &Place,
    ) -> Type {
        let id = self.id_for(facts, place);
        for pointer in listed {
            self.report.trace().values_emitted(pointer, Some(id));
        }
        self.types.define(id, Kind::Enumeration(made))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{model, object, properties, received, seam_call};
    use crate::model::Api;

    /// A received thing with one property.
    fn thing(property: &str) -> Api {
        received(&format!(
            "thing: {{ type: object, properties: {{ {property} }} }}"
        ))
    }

    /// The same in Seam's dialect.
    fn seam_thing(property: &str) -> Api {
        let thing = "{ $ref: '#/components/schemas/thing' }";
        let schemas = format!("thing: {{ type: object, properties: {{ {property} }} }}");
        model(&seam_call("post /things/get", "", "thing", thing), &schemas).unwrap()
    }

    #[test]
    fn listed_texts_are_an_enum_with_each_value_once_and_without_null() {
        let api = thing("it: { type: string, nullable: true, enum: [x, y, x, null] }");
        assert_eq!(properties(&api, "thing"), ["it: one of x, y"]);
    }

    #[test]
    fn a_value_listed_alone_is_a_constant_unless_the_api_adds_others_later() {
        let one = "it: { type: string, enum: [x] }";
        let is_constant = |api: Api| object(&api, "thing").fields[0].only.is_some();
        assert!(is_constant(thing(one)));
        assert!(!is_constant(seam_thing(one)));
        assert!(!is_constant(thing("it: { type: string, enum: [x, y] }")));
    }

    #[test]
    fn a_uuid_is_an_id_only_under_the_name_of_a_resource() {
        let uuid = |name: &str| format!("{name}: {{ type: string, format: uuid }}");
        let api = seam_thing(&format!("{}, {}", uuid("thing_id"), uuid("user_id")));
        assert_eq!(
            properties(&api, "thing"),
            ["thing_id: Id(\"thing\")", "user_id: String"]
        );
        assert_eq!(
            properties(&thing(&uuid("thing_id")), "thing"),
            ["thing_id: String"]
        );
    }
}
