//! A schema becomes a type.

use std::collections::HashSet;

use openapiv3::{AnySchema, ReferenceOr, Schema, SchemaKind};
use serde_json::Value;

use super::facts::{Additional, Facts, JsonType, Located, SchemaRef};
use super::place::Place;
use super::resolve::Target;
use super::union::{json_type, says_only_null};
use super::values::said_of_values;
use super::{Component, LONGEST_CHAIN, Lowering};
use crate::document::Pointer;
use crate::model::{Docs, EnumValue, Enumeration, Kind, Type, TypeId};
use crate::trace::Reason;

/// A type, and whether null may stand in its place.
#[derive(Debug, Clone)]
pub(super) struct Lowered {
    pub(super) ty: Type,
    pub(super) nullable: bool,
}

impl Lowered {
    /// The type with its nullability, for the items of lists and maps.
    pub(super) fn whole(self) -> Type {
        if self.nullable && self.ty != Type::Json {
            Type::Nullable(Box::new(self.ty))
        } else {
            self.ty
        }
    }
}

/// Where nothing is known.
const ANY: Lowered = Lowered {
    ty: Type::Json,
    nullable: true,
};

impl<'a> Lowering<'a> {
    /// The type of a schema at a place.
    pub(super) fn schema(&self, located: &Located<'a>, place: &Place) -> Lowered {
        match located.schema {
            SchemaRef::Reference(reference) => match self.target(reference) {
                Some(target) => self.component_type(target),
                None => {
                    self.unresolved(&located.pointer, reference, "a schema", Some("any JSON"));
                    ANY
                }
            },
            SchemaRef::Component(name) => match self.component_target(name) {
                Some(target) => self.component_type(target),
                None => ANY,
            },
            SchemaRef::Inline(schema) => match self.shared(&located.pointer) {
                Some(ty) => Lowered {
                    nullable: self.takes_null(&self.facts(located)),
                    ty,
                },
                None => self.inline_anew(located, schema, place),
            },
        }
    }

    /// The type of an inline schema, whatever other places share it.
    pub(super) fn inline_anew(
        &self,
        located: &Located<'a>,
        schema: &'a Schema,
        place: &Place,
    ) -> Lowered {
        match sole_part(schema) {
            Some((index, nullable)) => {
                let pointer = located.pointer.key("allOf").index(index);
                let part = Located::new(&parts(schema)[index], pointer);
                let lowered = self.schema(&part, place);
                Lowered {
                    nullable: lowered.nullable || nullable,
                    ..lowered
                }
            }
            None => self.inline(located, place),
        }
    }

    fn component_type(&self, target: Target<'a>) -> Lowered {
        if let Some(component) = self.components.borrow().get(target.key) {
            return match component.clone() {
                Component::Reserved(id) => {
                    self.handed_out.borrow_mut().insert(id);
                    Lowered {
                        ty: Type::Named(id),
                        nullable: self.component_takes_null(target),
                    }
                }
                Component::Done { ty, nullable } => Lowered { ty, nullable },
            };
        }
        if self.dialect.is_action_attempt(target.key) {
            return self.attempt_type(target);
        }
        if let Some(ty) = self.shared(&target.pointer) {
            return self.settled(target.key, ty, false);
        }
        if self.depth.get() >= LONGEST_CHAIN {
            self.report(
                &target.pointer,
                format!("the last of {LONGEST_CHAIN} schemas, each of which refers to the next"),
                "schemas that lead to their end in fewer steps",
                "Take a reference out of the chain with an entry in the overlay.",
            );
            return ANY;
        }
        self.depth.set(self.depth.get() + 1);
        let lowered = self.new_component(target);
        self.depth.set(self.depth.get() - 1);
        lowered
    }

    /// Whether null may stand where a component is meant that is still being made.
    fn component_takes_null(&self, target: Target<'a>) -> bool {
        match target.schema {
            SchemaRef::Inline(_) => {
                let located = Located::new(target.schema, target.pointer);
                self.takes_null(&self.facts(&located))
            }
            _ => false,
        }
    }

    fn new_component(&self, target: Target<'a>) -> Lowered {
        let mut place = Place {
            sent: self.sent.contains(target.key),
            ..Place::component(&target.name)
        };
        let located = Located::new(target.schema, target.pointer);
        let docs = match located.schema {
            SchemaRef::Inline(schema) => self.dialect.schema_docs(&schema.schema_data),
            _ => Docs::default(),
        };
        let id = self.reserve(&place, &located.pointer, docs);
        place.reserved = Some(id);
        self.components
            .borrow_mut()
            .insert(target.key, Component::Reserved(id));
        let lowered = match located.schema {
            SchemaRef::Inline(_) => self.own_type(target.key, &located, &place),
            // A component that only refers to another one is that one.
            _ => self.schema(&located, &place),
        };
        self.settle_component(id, &target.name, &lowered);
        self.settled(target.key, lowered.ty, lowered.nullable)
    }

    /// Says of each component that nothing led to that it is left out.
    pub(super) fn note_unreferenced(&self) {
        let Some(components) = &self.document.components else {
            return;
        };
        let pointer = Pointer::root("/components");
        let (schemas, made) = (pointer.key("schemas"), self.components.borrow());
        for name in components.schemas.keys() {
            match made.get(name.as_str()) {
                Some(_) => self.emit(&schemas.key(name), None),
                None => self.leave_out(&schemas.key(name), Reason::Unreferenced),
            }
        }
        let sections: [(&str, Vec<&String>); 4] = [
            ("parameters", components.parameters.keys().collect()),
            ("requestBodies", components.request_bodies.keys().collect()),
            ("responses", components.responses.keys().collect()),
            ("headers", components.headers.keys().collect()),
        ];
        let followed = self.followed.borrow();
        for (section, names) in sections {
            let pointer = pointer.key(section);
            for place in names.into_iter().map(|name| pointer.key(name)) {
                if !followed.contains(&place.to_string()) {
                    self.leave_out(&place, Reason::Unreferenced);
                }
            }
        }
    }

    fn own_type(&self, name: &str, located: &Located<'a>, place: &Place) -> Lowered {
        let facts = self.with_heirs(name, self.facts(located));
        self.type_of(facts, place)
    }

    fn attempt_type(&self, target: Target<'a>) -> Lowered {
        let located = Located::new(target.schema, target.pointer);
        let ty = self.action_attempt(target.key, &self.facts(&located));
        self.settled(target.key, ty, false)
    }

    /// Keeps the type of a component.
    fn settled(&self, key: &'a str, ty: Type, nullable: bool) -> Lowered {
        let done = Component::Done {
            ty: ty.clone(),
            nullable,
        };
        self.components.borrow_mut().insert(key, done);
        Lowered { ty, nullable }
    }

    /// A component that is a list, a map or a scalar needs no type of its own.
    fn settle_component(&self, id: TypeId, name: &str, lowered: &Lowered) {
        let mut types = self.types.borrow_mut();
        if lowered.ty == Type::Named(id) {
            types[id.0].component = Some(name.to_owned());
            return;
        }
        types[id.0].kind = Kind::Replaced(id);
        if self.handed_out.borrow().contains(&id) {
            self.came_to.borrow_mut().insert(id, lowered.ty.clone());
        }
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
        if says_only_null(&facts) {
            self.note_values(&facts);
            return ANY;
        }
        self.note_other_kinds(&facts);
        let ty = match json_type(&facts) {
            Some(JsonType::String) => self.string(&facts, place),
            Some(JsonType::Boolean) => self.unnamed(&facts, Type::Boolean),
            Some(JsonType::Integer) => self.integer(&facts, place),
            Some(JsonType::Number) => self.number(&facts, place),
            Some(JsonType::Array) => {
                self.note_values(&facts);
                self.list(&facts, place)
            }
            Some(JsonType::Object) => {
                self.note_values(&facts);
                self.object_or_map(facts, place)
            }
            None => {
                self.note_values(&facts);
                return ANY;
            }
        };
        Lowered { ty, nullable }
    }

    /// A type whose values have no names.
    pub(super) fn unnamed(&self, facts: &Facts<'a>, ty: Type) -> Type {
        self.note_values(facts);
        ty
    }

    /// Values that no enum is made of are left out.
    pub(super) fn note_values(&self, facts: &Facts<'a>) {
        if facts.values.iter().all(Value::is_null) {
            // Whether null may stand there is told by the property.
            self.trace
                .borrow_mut()
                .values_emitted(&facts.values_at, None);
        } else {
            self.leave_out(&facts.values_at.key("enum"), Reason::NoName);
        }
    }

    /// What only values of another type have is left out.
    fn note_other_kinds(&self, facts: &Facts<'a>) {
        let kind = json_type(facts);
        if kind != Some(JsonType::Object) {
            for property in &facts.properties {
                self.leave_out(&property.value.pointer, Reason::OtherKind);
            }
            if let Some(Additional::Schema(values)) = &facts.additional {
                self.leave_out(&values.pointer, Reason::OtherKind);
            }
        }
        if let (Some(items), true) = (&facts.items, kind != Some(JsonType::Array)) {
            self.leave_out(&items.pointer, Reason::OtherKind);
        }
    }

    pub(super) fn string(&self, facts: &Facts<'a>, place: &Place) -> Type {
        if facts.values.iter().any(Value::is_string) {
            return self.enumeration(facts, &facts.values, &[&facts.values_at], place);
        }
        self.note_values(facts);
        match facts.format.as_deref() {
            Some("date-time") => Type::DateTime,
            Some("uuid") => match self.resources.id_within(&place.local) {
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
        let said = (listed.len() == 1).then(|| said_of_values(facts));
        for (index, value) in values.iter().enumerate() {
            let reason = match value {
                Value::String(value) if known.insert(value) => {
                    distinct.push(match &said {
                        Some(said) => said.value(index, value.clone()),
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
                self.leave_out(&only.key("enum").index(index), reason);
            }
        }
        let made = Enumeration {
            constant: distinct.len() == 1 && self.dialect.has_constants(),
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
            self.trace.borrow_mut().values_emitted(pointer, Some(id));
        }
        self.define(id, Kind::Enumeration(made))
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
        let id = place
            .reserved
            .unwrap_or_else(|| self.reserve(place, &facts.pointer, self.docs(facts)));
        self.types.borrow_mut()[id.0].composed = facts.composed;
        id
    }

    /// What the document says about these facts.
    pub(super) fn docs(&self, facts: &Facts<'a>) -> Docs {
        self.dialect.schema_docs(facts.data)
    }
}

/// The reference that a schema is made of, by its index, when all else it has to say is about this place: whether it may be
/// null here, and a description.
fn sole_part(schema: &Schema) -> Option<(usize, bool)> {
    let parts = parts(schema);
    let says_nothing = |part: &ReferenceOr<Schema>| match part {
        ReferenceOr::Item(part) => {
            let is_empty = match &part.schema_kind {
                SchemaKind::Any(any) => *any == AnySchema::default(),
                _ => false,
            };
            is_empty && part.schema_data.discriminator.is_none()
        }
        ReferenceOr::Reference { .. } => false,
    };
    let mut telling = (0..parts.len()).filter(|index| !says_nothing(&parts[*index]));
    let index = telling.next()?;
    let is_sole = telling.next().is_none() && schema.schema_data.discriminator.is_none();
    let is_reference = matches!(parts[index], ReferenceOr::Reference { .. });
    let nullable = parts.iter().filter_map(ReferenceOr::as_item);
    let nullable = nullable
        .map(|part| &part.schema_data)
        .any(|part| part.nullable);
    (is_sole && is_reference).then_some((index, nullable || schema.schema_data.nullable))
}

/// What a schema is put together from, when that is all there is to it.
fn parts(schema: &Schema) -> &[ReferenceOr<Schema>] {
    match &schema.schema_kind {
        SchemaKind::AllOf { all_of } => all_of,
        SchemaKind::Any(any) if !any.all_of.is_empty() => {
            // A type says no more than the reference does.
            let beside = AnySchema {
                typ: None,
                all_of: Vec::new(),
                ..any.clone()
            };
            match beside == AnySchema::default() {
                true => &any.all_of,
                false => &[],
            }
        }
        _ => &[],
    }
}
