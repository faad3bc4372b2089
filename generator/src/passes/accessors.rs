//! Accessors: properties that several variants of an object have with one type, readable without a `match`.

use crate::model::{Accessor, Api, Docs, Field, Kind, Object, Type, Variant, Variants};
use crate::names;

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

/// Returns for each name the type that most variants have; the first of several equally frequent ones.
fn of_variants(variants: &Variants) -> Vec<Accessor> {
    let mut found: Vec<(String, Accessor)> = Vec::new();
    for (index, variant) in variants.variants.iter().enumerate() {
        for (method, field) in methods(variant) {
            let known = found.iter_mut().find(|(known, accessor)| {
                *known == method && accessor.name == field.name && accessor.ty == field.ty
            });
            match known {
                Some((_, known)) => known.variants.push(index),
                None => found.push((
                    method,
                    Accessor {
                        name: field.name.clone(),
                        ty: field.ty.clone(),
                        docs: Docs::default(),
                        variants: vec![index],
                    },
                )),
            }
        }
    }
    let most = |method: &str| {
        let same = found.iter().filter(|(other, _)| other == method);
        same.map(|(_, accessor)| accessor.variants.len()).max()
    };
    let mut kept: Vec<(&str, Accessor)> = Vec::new();
    for (method, accessor) in &found {
        let is_first = kept.iter().all(|(other, _)| other != method);
        let is_most = most(method) == Some(accessor.variants.len());
        if accessor.variants.len() > 1 && is_first && is_most && accessor.ty != Type::Json {
            let docs = docs(accessor, variants);
            let accessor = Accessor {
                docs,
                ..accessor.clone()
            };
            kept.push((method, accessor));
        }
    }
    let mut kept: Vec<Accessor> = kept.into_iter().map(|(_, accessor)| accessor).collect();
    kept.sort_by(|one, other| one.name.cmp(&other.name));
    kept
}

/// Returns the documented fields of a variant, each with the method that could give it.
fn methods(variant: &Variant) -> impl Iterator<Item = (String, &Field)> {
    let wire_names = variant.fields.iter().map(|field| field.name.as_str());
    let idents = names::fields(&wire_names.collect::<Vec<_>>());
    let fields = idents.into_iter().zip(&variant.fields);
    fields.filter(|(ident, field)| {
        // A suffix that distinguishes two fields of one variant, such as a number, may be missing in other variants.
        *ident == names::field_name(&field.name)
            && !names::is_own_method(ident)
            && field.docs.undocumented.is_none()
    })
}

/// Returns the documentation of the property in most variants; empty if no two agree.
fn docs(accessor: &Accessor, variants: &Variants) -> Docs {
    let of_variant = |index: &usize| {
        let fields = &variants.variants[*index].fields;
        fields.iter().find(|field| field.name == accessor.name)
    };
    let fields = accessor.variants.iter().filter_map(of_variant);
    let descriptions = fields.filter_map(|field| field.docs.description.as_deref());
    Docs {
        description: crate::rustdoc::most_common(descriptions.collect()),
        ..Docs::default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{GET, model};
    use crate::lower::tests::object;

    /// The accessors of a thing of kinds that have these properties: the name of each, its type and its variants.
    fn accessors(kinds: &[&str]) -> Vec<String> {
        let branch = |(index, properties): (usize, &&str)| {
            format!(
                "{{ type: object, required: [kind], properties: {{ kind: {{ enum: [k{index}] }}, {properties} }} }}"
            )
        };
        let branches: Vec<String> = kinds.iter().enumerate().map(branch).collect();
        let api = model(
            GET,
            &format!("thing: {{ oneOf: [{}] }}", branches.join(", ")),
        );
        let accessors = object(&api, "thing").accessors.iter();
        accessors
            .map(|accessor| {
                format!(
                    "{}: {:?} {:?}",
                    accessor.name, accessor.ty, accessor.variants
                )
            })
            .collect()
    }

    #[test]
    fn a_property_of_several_variants_has_an_accessor() {
        let size = "size: { type: integer }";
        let other = "size: { type: integer }, other: { type: string }";
        assert_eq!(accessors(&[size, "", other]), ["size: Integer [0, 2]"]);
    }

    #[test]
    fn an_accessor_has_the_type_that_most_variants_give_the_property() {
        let (whole, text) = ("size: { type: integer }", "size: { type: string }");
        assert_eq!(
            accessors(&[whole, whole, text, text, text, ""]),
            ["size: String [2, 3, 4]"]
        );
        assert_eq!(
            accessors(&[whole, text, text, whole, ""]),
            ["size: Integer [0, 3]"]
        );
        // Of two types none is that of several variants.
        assert!(accessors(&[whole, text, ""]).is_empty());
    }

    #[test]
    fn any_json_and_a_method_that_every_struct_has_are_no_accessors() {
        let properties = "any: { description: Any. }, clone: { type: string }";
        assert!(accessors(&[properties, properties, ""]).is_empty());
    }
}
