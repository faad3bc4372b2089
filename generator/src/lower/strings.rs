//! Text: an enum where the document lists the values, an id or a time by its format.

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
    /// A text, or one of a list of them.
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

    /// A string enum of the values that are strings, listed by these schemas.
    pub(super) fn enumeration(
        &self,
        facts: &Facts<'a>,
        values: &[Value],
        listed: &[&Pointer],
        place: &Place,
    ) -> Type {
        let mut distinct: Vec<EnumValue> = Vec::new();
        let mut known: HashSet<&str> = HashSet::new();
        // What several schemas list is in no order that names could follow.
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

    /// The type of an enum whose values these schemas list.
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
