//! An object becomes a struct.

use super::Lowering;
use super::facts::{Additional, Facts, Property, SchemaRef};
use super::place::Place;
use crate::model::{Field, Kind, Object, Presence, Type, TypeId};

impl<'a> Lowering<'a> {
    /// A struct of the properties, without those in `left_out`.
    pub(super) fn object(&self, facts: &Facts<'a>, place: &Place, left_out: &[&str]) -> Type {
        let id = self.id_for(facts, place);
        let fields = self.fields(facts, place, left_out);
        self.note_open(facts, id);
        self.define(
            id,
            Kind::Object(Object {
                fields,
                identity: None,
            }),
        )
    }

    /// Says of an object with named properties that the document allows others besides.
    fn note_open(&self, facts: &Facts<'a>, id: TypeId) {
        let open = matches!(
            facts.additional,
            Some(Additional::Any | Additional::Schema(_))
        );
        if !open || facts.properties.is_empty() {
            return;
        }
        self.decide(
            &facts.pointer,
            "it has named properties, so those that `additionalProperties` allows besides are left out",
        );
        let note = "The API allows further properties, which are not part of this type.";
        let docs = &mut self.types.borrow_mut()[id.0].docs;
        docs.description = Some(match docs.description.take() {
            Some(description) => format!("{}\n\n{note}", description.trim_end()),
            None => note.to_owned(),
        });
    }

    pub(super) fn fields(&self, facts: &Facts<'a>, place: &Place, left_out: &[&str]) -> Vec<Field> {
        for name in &facts.required {
            if facts.property(name).is_none() && !left_out.contains(name) {
                self.decide(
                    &facts.pointer,
                    format!(
                        "`required` names `{name}`, which is no property, so nobody is asked for it"
                    ),
                );
            }
        }
        facts
            .properties
            .iter()
            .filter(|property| !left_out.contains(&property.name))
            .map(|property| self.field(facts, property, place))
            .collect()
    }

    pub(super) fn field(&self, facts: &Facts<'a>, property: &Property<'a>, place: &Place) -> Field {
        let lowered = self.schema(&property.value, &place.property(property.name));
        let mut required = facts.requires(property.name);
        let docs = match property.value.schema {
            SchemaRef::Inline(schema) => {
                // It is never in a reply.
                required &= !schema.schema_data.write_only;
                self.conventions.schema_docs(&schema.schema_data)
            }
            SchemaRef::Reference(_) | SchemaRef::Component(_) => crate::model::Docs::default(),
        };
        Field {
            name: property.name.to_owned(),
            ty: lowered.ty,
            presence: Presence {
                required,
                nullable: lowered.nullable,
            },
            docs,
            pointer: property.value.pointer.to_string(),
        }
    }
}
