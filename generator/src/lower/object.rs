//! Lowers objects to structs.

use super::Lowering;
use super::access::access;
use super::facts::{Additional as Allowed, Facts, Property, SchemaRef};
use super::place::Place;
use super::schema::LoweredType;
use crate::model::{Additional, Docs, Field, Kind, Object, Presence, Type, TypeId};

impl<'a> Lowering<'a> {
    /// Returns a struct of the properties, without those in `left_out`.
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

    /// Returns the type of the additional properties of an object with named properties, if the document allows any.
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

    /// Returns the documentation of a property. A component that it refers to has its own documentation.
    pub(super) fn property_docs(&self, property: &Property<'a>) -> Docs {
        match property.value.schema {
            SchemaRef::Inline(schema) => self.dialect.schema_docs(&schema.schema_data),
            SchemaRef::Reference(_) | SchemaRef::Component(_) => Docs::default(),
        }
    }

    /// Returns the two sides of a change, if a property is one of them and both have a named type. Old and new state of one thing
    /// share a type.
    pub(super) fn change_of(&self, facts: &Facts<'a>, name: &str) -> Option<[&'static str; 2]> {
        const SIDES: [&str; 2] = ["from", "to"];
        let kind = |side: &str| self.named_kind(&facts.property(side)?.value);
        let [from, to] = SIDES.map(kind);
        (SIDES.contains(&name) && from.is_some() && from == to).then_some(SIDES)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{names, object, properties, received};

    #[test]
    fn what_was_and_what_will_be_are_two_states_of_one_type() {
        let api = received(
            "
thing:
  type: object
  properties:
    from: { type: object, required: [a], properties: { a: { type: string } } }
    to: { type: object, required: [a, b], properties: { a: { type: string }, b: { type: string } } }",
        );
        assert_eq!(
            properties(&api, "thing"),
            ["from: object state", "to: object state"]
        );
        assert_eq!(names(object(&api, "state")), ["a", "b?"]);
    }

    #[test]
    fn two_sides_of_different_json_types_are_no_change() {
        let api = received(
            "
thing:
  type: object
  properties:
    from: { type: string, enum: [x] }
    to: { type: object, properties: { a: { type: string } } }",
        );
        assert_eq!(
            properties(&api, "thing"),
            ["from: one of x", "to: object to"]
        );
    }
}
