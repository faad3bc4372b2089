//! `readOnly` and `writeOnly`: who may send a property.

use openapiv3::{ReferenceOr, Schema, SchemaKind};

use super::Lowering;
use super::facts::{Located, Property, SchemaRef};
use crate::model::Access;

/// The sides on which the document allows a property.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sides {
    read_only: bool,
    write_only: bool,
}

impl Sides {
    /// Returns true if only the API sends the property.
    pub(super) fn is_read_only(self) -> bool {
        self.read_only && !self.write_only
    }

    fn or(self, other: Self) -> Self {
        Self {
            read_only: self.read_only || other.read_only,
            write_only: self.write_only || other.write_only,
        }
    }
}

/// Returns the access of a property, required or not.
pub(super) fn access(sides: Sides, required: bool) -> Access {
    match (sides.read_only, sides.write_only) {
        (true, false) => Access::ReadOnly,
        (false, true) => Access::WriteOnly { required },
        // If both are set, they are ignored, because nobody could send the property.
        (true, true) | (false, false) => Access::Both,
    }
}

impl<'a> Lowering<'a> {
    /// Returns the sides that a schema sets itself, in a part of its `allOf`, or in the component that it refers to.
    pub(super) fn sides(&self, located: &Located<'a>) -> Sides {
        match located.schema {
            SchemaRef::Inline(schema) => parts(schema)
                .iter()
                .map(|part| match part {
                    ReferenceOr::Item(part) => own(part),
                    ReferenceOr::Reference { reference } => self.sides_behind(reference),
                })
                .fold(own(schema), Sides::or),
            SchemaRef::Reference(reference) => self.sides_behind(reference),
            SchemaRef::Component(name) => self
                .component_target(name)
                .map_or_else(Sides::default, |target| of(target.schema)),
        }
    }

    fn sides_behind(&self, reference: &'a str) -> Sides {
        let target = self.target(reference);
        target.map_or_else(Sides::default, |target| of(target.schema))
    }

    /// Returns the access of a property with several places. It is limited to one side if all places limit it.
    pub(super) fn access_of_all(&self, places: &[Property<'a>], required: bool) -> Access {
        let mut all = places
            .iter()
            .map(|place| access(self.sides(&place.value), required));
        let first = all.next().unwrap_or_default();
        match all.all(|other| other == first) {
            true => first,
            false => Access::Both,
        }
    }
}

fn of(schema: SchemaRef<'_>) -> Sides {
    match schema {
        SchemaRef::Inline(schema) => own(schema),
        SchemaRef::Reference(_) | SchemaRef::Component(_) => Sides::default(),
    }
}

fn own(schema: &Schema) -> Sides {
    Sides {
        read_only: schema.schema_data.read_only,
        write_only: schema.schema_data.write_only,
    }
}

fn parts(schema: &Schema) -> &[ReferenceOr<Schema>] {
    match &schema.schema_kind {
        SchemaKind::AllOf { all_of } => all_of,
        SchemaKind::Any(any) => &any.all_of,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::received;
    use crate::model::{Access, Kind};

    #[test]
    fn the_side_is_read_from_the_schema_its_parts_or_its_reference() {
        let api = received(
            "
token: { type: string, writeOnly: true }
thing:
  type: object
  required: [secret]
  properties:
    id: { type: string, readOnly: true }
    made: { allOf: [{ type: string }, { readOnly: true }] }
    secret: { $ref: '#/components/schemas/token' }
    neither: { type: string, readOnly: true, writeOnly: true }",
        );
        let Some(Kind::Object(thing)) = api.types.first().map(|ty| &ty.kind) else {
            panic!("the thing is no object");
        };
        let access: Vec<Access> = thing.fields.iter().map(|field| field.access).collect();
        let secret = Access::WriteOnly { required: true };
        assert_eq!(
            access,
            [Access::ReadOnly, Access::ReadOnly, secret, Access::Both]
        );
    }
}
