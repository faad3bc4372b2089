//! The names and the types of the fields of a struct.

use crate::rust::items::TypeItem;
use proc_macro2::TokenStream;
use quote::quote;

use super::scope::Scope;
use crate::model::{Api, Field, Kind, Object, Type, TypeDef};
use crate::names;

/// Returns the names of an object's fields, and of the field for all other properties.
pub(crate) fn names_of(object: &Object) -> (Vec<String>, Option<String>) {
    let wire_names: Vec<&str> = object
        .fields
        .iter()
        .map(|field| field.name.as_str())
        .collect();
    let idents = names::fields(&wire_names);
    let numbered = (2..).map(|number: usize| format!("additional_properties_{number}"));
    let others = object.additional.as_ref().and_then(|_| {
        ["additional_properties", "other_properties"]
            .map(str::to_owned)
            .into_iter()
            .chain(numbered)
            .find(|name| !idents.contains(name))
    });
    (idents, others)
}

/// Returns true if a field is the one of all other properties.
pub(crate) fn is_additional(definition: &TypeDef, field: &Field) -> bool {
    match &definition.kind {
        Kind::Object(object) => {
            let additional = object.additional.as_ref();
            additional.is_some_and(|additional| additional.pointer == field.pointer)
        }
        _ => false,
    }
}

/// Returns true if a field holds the enum of the variants of its object.
pub(crate) fn is_tag(api: &Api, field: &Field) -> bool {
    matches!(field.ty, Type::Named(id) if api.is_tag(id))
}

/// Returns the type of a field. If the property may be absent or null, it is an `Option`; but an absent list is empty.
pub(crate) fn field_type(
    scope: &Scope<'_>,
    definition: &TypeItem<'_>,
    field: &Field,
) -> TokenStream {
    let presence = field.presence;
    let only_sent = definition.sent && !definition.received;
    let mut ty = if only_sent {
        scope.sent(&field.ty)
    } else {
        scope.received(&field.ty)
    };
    if is_tag(scope.plan.api, field) {
        return ty;
    }
    if is_boxed(scope, definition, field) {
        ty = quote!(Box<#ty>);
    }
    if field.ty == Type::Json {
        return if presence.required {
            ty
        } else {
            quote!(Option<#ty>)
        };
    }
    let collects = matches!(field.ty, Type::List(_) | Type::Map(_));
    match (presence.required, presence.nullable) {
        (true, false) => ty,
        (false, false) if collects && (!only_sent || is_additional(definition, field)) => ty,
        (false, true) if only_sent => {
            let nullable = scope.root("Nullable");
            quote!(Option<#nullable<#ty>>)
        }
        _ => quote!(Option<#ty>),
    }
}

/// Returns true if a field has its object in a box: if the type is recursive, and if the object is received and optional. A
/// resource has many optional objects, of which few are present. Without a box each would take its space in every item of a list.
pub(crate) fn is_boxed(scope: &Scope<'_>, definition: &TypeItem<'_>, field: &Field) -> bool {
    let Type::Named(other) = field.ty else {
        return false;
    };
    let may_be_missing = !field.presence.required || field.presence.nullable;
    let is_object = matches!(scope.plan.api.type_def(other).kind, Kind::Object(_));
    (definition.received && may_be_missing && is_object)
        || scope.plan.boxed.contains(&(definition.id, other))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::scope::{Scope, spelled};
    use super::super::tests::{get, item, plan, plant};
    use super::{field_type, names_of};
    use crate::model::Kind;

    /// The type of the property `it` of an object: received or sent, with this schema, required or not.
    fn it(is_sent: bool, required: &str, schema: &str) -> String {
        let path = match is_sent {
            true => plant("leaf: { $ref: '#/components/schemas/leaf' }"),
            false => get("plants", "leaf"),
        };
        let leaf = format!(
            "leaf: {{ type: object, required: [{required}], properties: {{ it: {schema} }} }}"
        );
        plan(&[&path], &[&leaf], |plan| {
            let item = item(plan, "Leaf");
            let Kind::Object(object) = &item.kind else {
                panic!("the leaf is no object");
            };
            let scope = Scope::new(plan, &item.path.module, BTreeSet::new());
            spelled(&field_type(&scope, item, &object.fields[0]))
        })
    }

    const TEXT: &str = "{ type: string }";
    const NULLABLE: &str = "{ type: string, nullable: true }";
    const LIST: &str = "{ type: array, items: { type: string } }";
    const OBJECT: &str = "{ type: object, properties: { a: { type: string } } }";

    #[test]
    fn what_is_received_may_be_absent_or_null_and_an_absent_list_is_empty() {
        assert_eq!(it(false, "it", TEXT), "String");
        assert_eq!(it(false, "", TEXT), "Option<String>");
        assert_eq!(it(false, "it", NULLABLE), "Option<String>");
        assert_eq!(it(false, "", LIST), "Vec<String>");
        assert_eq!(it(false, "", OBJECT), "Option<Box<It>>");
        assert_eq!(it(false, "it", OBJECT), "It");
    }

    #[test]
    fn what_is_sent_may_be_left_out_or_null() {
        assert_eq!(it(true, "", NULLABLE), "Option<Nullable<String>>");
        assert_eq!(it(true, "", LIST), "Option<Vec<String>>");
        assert_eq!(it(true, "", OBJECT), "Option<It>");
    }

    #[test]
    fn the_field_of_all_other_properties_takes_no_name_of_a_property() {
        let others = |name: &str| {
            let leaf = format!(
                "leaf: {{ type: object, properties: {{ {name}: {TEXT} }}, additionalProperties: true }}"
            );
            plan(&[&get("plants", "leaf")], &[&leaf], |plan| {
                match &item(plan, "Leaf").kind {
                    Kind::Object(object) => names_of(object).1,
                    _ => None,
                }
            })
        };
        assert_eq!(others("a").as_deref(), Some("additional_properties"));
        assert_eq!(
            others("additionalProperties").as_deref(),
            Some("other_properties")
        );
    }
}
