//! An object becomes a struct.

use super::Lowering;
use super::facts::{Additional as Allowed, Facts, Property, SchemaRef};
use super::place::Place;
use crate::model::{Additional, Field, Kind, Object, Presence, Type, TypeId};

impl<'a> Lowering<'a> {
    /// A struct of the properties, without those in `left_out`.
    pub(super) fn object(&self, facts: &Facts<'a>, place: &Place, left_out: &[&str]) -> Type {
        let id = self.id_for(facts, place);
        let fields = self.fields(facts, place, left_out);
        self.tell_fields(&fields, id);
        let additional = self.additional(facts, place, left_out);
        self.define(
            id,
            Kind::Object(Object {
                fields,
                identity: None,
                additional,
            }),
        )
    }

    /// Notes which type has the properties.
    pub(super) fn tell_fields(&self, fields: &[Field], id: TypeId) {
        let mut ledger = self.ledger.borrow_mut();
        for field in fields {
            ledger.tell(&field.pointer, Some(id));
        }
    }

    /// What an object with named properties may have besides, where the document says so.
    pub(super) fn additional(
        &self,
        facts: &Facts<'a>,
        place: &Place,
        left_out: &[&str],
    ) -> Option<Additional> {
        let (ty, pointer) = match &facts.additional {
            Some(Allowed::Any) => (Type::Json, facts.pointer.key("additionalProperties")),
            Some(Allowed::Schema(values)) => {
                let place = place.property("additional_property");
                (self.schema(values, &place).whole(), values.pointer.clone())
            }
            Some(Allowed::None) | None => return None,
        };
        Some(Additional {
            ty,
            besides: left_out.iter().copied().map(str::to_owned).collect(),
            pointer: pointer.to_string(),
        })
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
        let docs = self.with_listed(docs, &lowered.ty, &property.value);
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
