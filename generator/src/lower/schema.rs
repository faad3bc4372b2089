//! A schema becomes a type.

use serde_json::Value;

use super::facts::{Additional, Facts, JsonType, Located, SchemaRef};
use super::place::Place;
use super::{Component, Lowering};
use crate::document::Pointer;
use crate::model::{Docs, EnumValue, Enumeration, Kind, Type};

/// A type, and whether null may stand in its place.
#[derive(Debug, Clone)]
pub(super) struct Lowered {
    pub(super) ty: Type,
    pub(super) nullable: bool,
}

impl Lowered {
    /// The type with its nullability, for the items of lists and maps.
    fn whole(self) -> Type {
        if self.nullable && self.ty != Type::Json {
            Type::Nullable(Box::new(self.ty))
        } else {
            self.ty
        }
    }
}

impl<'a> Lowering<'a> {
    /// The type of a schema at a place.
    pub(super) fn schema(&self, located: &Located<'a>, place: &Place) -> Lowered {
        match located.schema {
            SchemaRef::Reference(reference) => self.reference(reference, &located.pointer),
            SchemaRef::Inline(_) => self.type_of(self.facts(located), place),
        }
    }

    fn reference(&self, reference: &'a str, pointer: &Pointer) -> Lowered {
        let Some((name, schema)) = self.component(reference) else {
            self.report(
                pointer,
                format!("a reference to {reference}"),
                "a schema under #/components/schemas",
                "Add the component, or correct the reference in spec/overlay.yaml.",
            );
            return Lowered {
                ty: Type::Json,
                nullable: true,
            };
        };
        if let Some(component) = self.components.borrow().get(name) {
            return match component.clone() {
                Component::Reserved(id) => Lowered {
                    ty: Type::Named(id),
                    nullable: false,
                },
                Component::Done { ty, nullable } => Lowered { ty, nullable },
            };
        }
        let located = Located::new(schema, Pointer::root("/components/schemas").key(name));
        if let SchemaRef::Reference(other) = located.schema {
            return self.reference(other, &located.pointer);
        }
        let facts = self.facts(&located);
        if self.conventions.is_action_attempt(name) {
            let ty = self.action_attempt(name, &facts);
            self.components.borrow_mut().insert(
                name,
                Component::Done {
                    ty: ty.clone(),
                    nullable: false,
                },
            );
            return Lowered {
                ty,
                nullable: false,
            };
        }
        let mut place = Place::component(name, self.conventions.resource_module(name));
        let id = self.reserve(&place, &located.pointer, self.docs(&facts), None);
        place.reserved = Some(id);
        self.components
            .borrow_mut()
            .insert(name, Component::Reserved(id));
        let lowered = self.type_of(facts, &place);
        let unused = lowered.ty != Type::Named(id);
        {
            let mut types = self.types.borrow_mut();
            if unused {
                // A component that is a list, a map or a scalar needs no type of its own.
                types[id.0].kind = Kind::Replaced(id);
            } else {
                types[id.0].component = Some(name.to_owned());
            }
        }
        let done = Component::Done {
            ty: lowered.ty.clone(),
            nullable: lowered.nullable,
        };
        self.components.borrow_mut().insert(name, done);
        lowered
    }

    /// The type that these facts describe.
    pub(super) fn type_of(&self, facts: Facts<'a>, place: &Place) -> Lowered {
        let nullable = facts.nullable || facts.values.contains(&Value::Null);
        if !facts.alternatives.is_empty() {
            let lowered = self.union(facts, place);
            return Lowered {
                nullable: lowered.nullable || nullable,
                ..lowered
            };
        }
        let ty = match facts.json_type {
            Some(JsonType::String) => self.string(&facts, place),
            Some(JsonType::Boolean) => Type::Boolean,
            Some(JsonType::Integer) => Type::Integer,
            Some(JsonType::Number) => Type::Number,
            Some(JsonType::Array) => self.list(&facts, place),
            Some(JsonType::Object) => self.object_or_map(facts, place),
            None if !facts.properties.is_empty() => self.object_or_map(facts, place),
            None if facts.values.iter().any(Value::is_string) => self.string(&facts, place),
            None if facts.items.is_some() => self.list(&facts, place),
            None => {
                return Lowered {
                    ty: Type::Json,
                    nullable: true,
                };
            }
        };
        Lowered { ty, nullable }
    }

    fn string(&self, facts: &Facts<'a>, place: &Place) -> Type {
        if facts.values.iter().any(Value::is_string) {
            return self.enumeration(facts, &facts.values, place);
        }
        match facts.format.as_deref() {
            Some("date-time") => Type::DateTime,
            Some("uuid") => match self.conventions.id_of(&place.local) {
                Some(id) => Type::Id(id),
                None => Type::String,
            },
            _ => Type::String,
        }
    }

    /// A string enum of the values that are strings.
    pub(super) fn enumeration(&self, facts: &Facts<'a>, values: &[Value], place: &Place) -> Type {
        let mut distinct: Vec<EnumValue> = Vec::new();
        for value in values.iter().filter_map(Value::as_str) {
            if distinct.iter().all(|known| known.value != value) {
                distinct.push(EnumValue {
                    value: value.to_owned(),
                    docs: Docs::default(),
                });
            }
        }
        let id = self.id_for(facts, place);
        self.define(id, Kind::Enumeration(Enumeration { values: distinct }))
    }

    fn list(&self, facts: &Facts<'a>, place: &Place) -> Type {
        match &facts.items {
            Some(items) => self.schema(items, &place.item()).whole().list(),
            None => Type::Json.list(),
        }
    }

    fn object_or_map(&self, facts: Facts<'a>, place: &Place) -> Type {
        if !facts.properties.is_empty() {
            return self.object(&facts, place, &[]);
        }
        match &facts.additional {
            Some(Additional::Schema(values)) => {
                Type::Map(Box::new(self.schema(values, &place.value()).whole()))
            }
            Some(Additional::None) => self.object(&facts, place, &[]),
            Some(Additional::Any) | None => Type::Map(Box::new(Type::Json)),
        }
    }

    /// The id to define at a place: the reserved one or a new one.
    pub(super) fn id_for(&self, facts: &Facts<'a>, place: &Place) -> crate::model::TypeId {
        place.reserved.unwrap_or_else(|| {
            let resource = self.conventions.resource_of(facts.data);
            self.reserve(place, &facts.pointer, self.docs(facts), resource)
        })
    }

    /// What the document says about these facts.
    pub(super) fn docs(&self, facts: &Facts<'a>) -> Docs {
        self.conventions.schema_docs(facts.data)
    }
}
