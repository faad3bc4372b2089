//! Lowers schemas to types.

use openapiv3::{AnySchema, ReferenceOr, Schema, SchemaKind};
use serde_json::Value;

use super::Lowering;
use super::facts::{Additional, Facts, JsonType, Located, SchemaRef};
use super::place::Place;
use super::union::{json_type, says_only_null};
use crate::model::{Docs, Type};
use crate::trace::Reason;

/// A type, nullable or not.
#[derive(Debug, Clone)]
pub(super) struct LoweredType {
    pub(super) ty: Type,
    pub(super) nullable: bool,
}

impl LoweredType {
    /// Returns the type with its nullability, for the items of lists and maps.
    pub(super) fn whole(self) -> Type {
        if self.nullable && self.ty != Type::Json {
            Type::Nullable(Box::new(self.ty))
        } else {
            self.ty
        }
    }
}

/// The type of an unknown schema.
pub(super) const ANY: LoweredType = LoweredType {
    ty: Type::Json,
    nullable: true,
};

impl<'a> Lowering<'a> {
    /// Returns the type of a schema at a place.
    pub(super) fn schema(&self, located: &Located<'a>, place: &Place) -> LoweredType {
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
                Some(ty) => LoweredType {
                    nullable: self.takes_null(&self.facts(located)),
                    ty,
                },
                None => self.inline_unshared(located, schema, place),
            },
        }
    }

    /// Returns the type of an inline schema, without the types that other places share.
    pub(super) fn inline_unshared(
        &self,
        located: &Located<'a>,
        schema: &'a Schema,
        place: &Place,
    ) -> LoweredType {
        match sole_part(schema) {
            Some((index, nullable)) => {
                let pointer = located.pointer.key("allOf").index(index);
                let part = Located::new(&parts(schema)[index], pointer);
                let lowered = self.schema(&part, place);
                LoweredType {
                    nullable: lowered.nullable || nullable,
                    ..lowered
                }
            }
            None => self.inline(located, place),
        }
    }

    /// Returns the type that these facts describe.
    pub(super) fn type_of(&self, facts: Facts<'a>, place: &Place) -> LoweredType {
        let nullable = facts.nullable || facts.values.contains(&Value::Null);
        if !facts.alternatives.is_empty() {
            let lowered = self.union(facts, place);
            return LoweredType {
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
        LoweredType { ty, nullable }
    }

    /// Returns a type without an enum for its values.
    pub(super) fn unnamed(&self, facts: &Facts<'a>, ty: Type) -> Type {
        self.note_values(facts);
        ty
    }

    /// Notes listed values without an enum as left out.
    pub(super) fn note_values(&self, facts: &Facts<'a>) {
        if facts.values.iter().all(Value::is_null) {
            // The property says that it is nullable.
            self.report.trace().values_emitted(&facts.values_at, None);
        } else {
            self.report
                .leave_out(&facts.values_at.key("enum"), Reason::NoName);
        }
    }

    /// Leaves out keywords that apply only to values of another type.
    fn note_other_kinds(&self, facts: &Facts<'a>) {
        let kind = json_type(facts);
        if kind != Some(JsonType::Object) {
            for property in &facts.properties {
                self.report
                    .leave_out(&property.value.pointer, Reason::OtherKind);
            }
            if let Some(Additional::Schema(values)) = &facts.additional {
                self.report.leave_out(&values.pointer, Reason::OtherKind);
            }
        }
        if let (Some(items), true) = (&facts.items, kind != Some(JsonType::Array)) {
            self.report.leave_out(&items.pointer, Reason::OtherKind);
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

    /// Returns the id to define at a place: the reserved one or a new one.
    pub(super) fn id_for(&self, facts: &Facts<'a>, place: &Place) -> crate::model::TypeId {
        let id = place
            .reserved
            .unwrap_or_else(|| self.reserve(place, &facts.pointer, self.docs(facts)));
        self.types.set_composed(id, facts.composed);
        id
    }

    /// Returns the documentation of a schema.
    pub(super) fn docs(&self, facts: &Facts<'a>) -> Docs {
        self.dialect.schema_docs(facts.data)
    }
}

/// Returns the index of the only reference in an `allOf`, and true if the place is nullable. The other parts may only contain a
/// description and `nullable`.
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

/// Returns the parts of a schema that has only an `allOf`.
fn parts(schema: &Schema) -> &[ReferenceOr<Schema>] {
    match &schema.schema_kind {
        SchemaKind::AllOf { all_of } => all_of,
        SchemaKind::Any(any) if !any.all_of.is_empty() => {
            // A type adds nothing to the reference.
            let siblings = AnySchema {
                typ: None,
                all_of: Vec::new(),
                ..any.clone()
            };
            match siblings == AnySchema::default() {
                true => &any.all_of,
                false => &[],
            }
        }
        _ => &[],
    }
}
