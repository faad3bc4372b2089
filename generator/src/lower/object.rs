//! An object becomes a struct.

use super::Lowering;
use super::access::access;
use super::facts::{Additional as Allowed, Facts, Property, SchemaRef};
use super::place::Place;
use super::schema::LoweredType;
use crate::model::{Additional, Docs, Field, Kind, Object, Presence, Type, TypeId};

impl<'a> Lowering<'a> {
    /// A struct of the properties, without those in `left_out`.
    pub(super) fn object(&self, facts: &Facts<'a>, place: &Place, left_out: &[&str]) -> Type {
        let id = self.id_for(facts, place);
        let fields = self.fields(facts, place, left_out);
        self.emit_fields(&fields, id);
        let additional = self.additional(facts, place, left_out);
        self.types.define(
            id,
            Kind::Object(Object {
                fields,
                additional,
                ..Object::default()
            }),
        )
    }

    /// Notes which type has the properties.
    pub(super) fn emit_fields(&self, fields: &[Field], id: TypeId) {
        let mut trace = self.report.trace();
        for field in fields {
            trace.emitted(&field.pointer, Some(id));
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
                self.report.decide(
                    &facts.pointer,
                    format!(
                        "`required` names `{name}`, which is not a property, so callers need not give it"
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
        let lowered = match self.change_of(facts, property.name) {
            Some(sides) => {
                let sides = sides.into_iter().filter_map(|side| facts.property(side));
                let values = sides.map(|side| side.value.clone());
                let both = self.joined(values.collect(), &place.property("state"));
                LoweredType {
                    nullable: self.takes_null(&self.facts(&property.value)),
                    ..both
                }
            }
            None => self.schema(&property.value, &place.property(property.name)),
        };
        let required = facts.requires(property.name);
        let docs = self.property_docs(property);
        let docs = self.with_listed(docs, &lowered.ty, &property.value);
        Field {
            name: property.name.to_owned(),
            ty: lowered.ty,
            presence: Presence {
                required,
                nullable: lowered.nullable,
            },
            only: match property.one_of_several {
                true => None,
                false => self.only_value(&property.value),
            },
            access: access(self.sides(&property.value), required),
            docs,
            pointer: property.value.pointer.to_string(),
        }
    }

    /// The documentation of a property where it stands. A component that it refers to has documentation of its own.
    pub(super) fn property_docs(&self, property: &Property<'a>) -> Docs {
        match property.value.schema {
            SchemaRef::Inline(schema) => self.dialect.schema_docs(&schema.schema_data),
            SchemaRef::Reference(_) | SchemaRef::Component(_) => Docs::default(),
        }
    }

    /// The two sides of a change, where a property is one of them and both have a type with a name: what was and what will be are
    /// two states of one thing.
    pub(super) fn change_of(&self, facts: &Facts<'a>, name: &str) -> Option<[&'static str; 2]> {
        const SIDES: [&str; 2] = ["from", "to"];
        let kind = |side: &str| self.named_kind(&facts.property(side)?.value);
        let [from, to] = SIDES.map(kind);
        (SIDES.contains(&name) && from.is_some() && from == to).then_some(SIDES)
    }
}
