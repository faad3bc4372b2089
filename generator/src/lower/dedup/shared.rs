//! What all branches of a union have is had from the union itself.

use super::said::Said;
use super::shape;
use crate::model::{Api, Field, Kind, Tag, Type, TypeId, Union, UnionBranch};

/// Finds the properties that all branches of a union have alike, for whoever receives one: what is only sent is not asked
/// for its properties, and holds some of them as other types.
pub(in crate::lower) fn share_fields(api: &mut Api, said: &Said) {
    let places = said.places(api);
    for index in 0..api.types.len() {
        if !api.types[index].received {
            continue;
        }
        let Kind::Union(Union::Tagged { branches, tag, .. }) = &api.types[index].kind else {
            continue;
        };
        let objects: Option<Vec<&[Field]>> = branches
            .iter()
            .map(|branch| fields_of(api, branch.payload.as_ref()?))
            .collect();
        let Some([first, rest @ ..]) = objects.as_deref() else {
            continue;
        };
        let alike = |field: &Field| {
            rest.iter().all(|fields| {
                fields
                    .iter()
                    .any(|other| other.name == field.name && other.ty == field.ty)
            })
        };
        let anywhere = |field: &Field, holds: fn(&Field) -> bool| {
            rest.iter()
                .flat_map(|fields| fields.iter())
                .any(|other| other.name == field.name && holds(other))
        };
        // A boolean tag is a property of the thing too; one that is text has an accessor already.
        let marks = |branch: &UnionBranch| matches!(branch.tag, Tag::String(_));
        let has_accessor = branches.iter().all(marks);
        let beside = first
            .iter()
            .filter(|field| !has_accessor || field.name != *tag);
        let mut common: Vec<Field> = beside.filter(|field| alike(field)).cloned().collect();
        for field in &mut common {
            field.presence.required &= !anywhere(field, shape::is_option);
            field.presence.nullable |= anywhere(field, |other| other.presence.nullable);
            if let Some(places) = places.get(&TypeId(index)) {
                field.docs = said.shared(places, field);
            }
        }
        if let Kind::Union(Union::Tagged { shared, .. }) = &mut api.types[index].kind {
            *shared = common;
        }
    }
}

fn fields_of<'a>(api: &'a Api, payload: &Type) -> Option<&'a [Field]> {
    match payload {
        Type::Named(id) => match &api.type_def(*id).kind {
            Kind::Object(object) => Some(&object.fields),
            _ => None,
        },
        _ => None,
    }
}
