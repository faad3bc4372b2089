//! What several variants of an object have, all of one type, can be had without a `match`.

use crate::model::{Accessor, Api, Docs, Kind, Object, Type, Variants};

/// Finds the properties that several variants have.
pub(super) fn find(api: &mut Api) {
    let found: Vec<Vec<Accessor>> = api
        .types
        .iter()
        .map(|definition| match &definition.kind {
            Kind::Object(object) => of_object(object, api),
            _ => Vec::new(),
        })
        .collect();
    for (definition, accessors) in api.types.iter_mut().zip(found) {
        if let Kind::Object(object) = &mut definition.kind {
            object.accessors = accessors;
        }
    }
}

fn of_object(object: &Object, api: &Api) -> Vec<Accessor> {
    match object.tag(&api.types) {
        Some((_, _, variants)) => of_variants(variants),
        None => Vec::new(),
    }
}

/// For each name the type that most variants give it; where that is a tie, the one that comes first.
fn of_variants(variants: &Variants) -> Vec<Accessor> {
    let mut found: Vec<Accessor> = Vec::new();
    for (index, variant) in variants.variants.iter().enumerate() {
        let fields = variant.fields.iter();
        for field in fields.filter(|field| field.docs.undocumented.is_none()) {
            let is_it = |known: &&mut Accessor| known.name == field.name && known.ty == field.ty;
            match found.iter_mut().find(is_it) {
                Some(known) => known.variants.push(index),
                None => found.push(Accessor {
                    name: field.name.clone(),
                    ty: field.ty.clone(),
                    docs: Docs::default(),
                    variants: vec![index],
                }),
            }
        }
    }
    let most = |accessor: &Accessor| {
        let same = found.iter().filter(|other| other.name == accessor.name);
        same.map(|other| other.variants.len()).max()
    };
    let mut kept: Vec<Accessor> = Vec::new();
    for accessor in &found {
        let is_first = kept.iter().all(|other| other.name != accessor.name);
        let is_most = most(accessor) == Some(accessor.variants.len());
        if accessor.variants.len() > 1 && is_first && is_most && accessor.ty != Type::Json {
            kept.push(Accessor {
                docs: docs(accessor, variants),
                ..accessor.clone()
            });
        }
    }
    kept.sort_by(|one, other| one.name.cmp(&other.name));
    kept
}

/// What is said of the property in most of the variants; nothing where no two say the same.
fn docs(accessor: &Accessor, variants: &Variants) -> Docs {
    let of_variant = |index: &usize| {
        let fields = &variants.variants[*index].fields;
        fields.iter().find(|field| field.name == accessor.name)
    };
    let said = accessor.variants.iter().filter_map(of_variant);
    let descriptions = said.filter_map(|field| field.docs.description.as_deref());
    Docs {
        description: super::most_common(descriptions.collect()),
        ..Docs::default()
    }
}
