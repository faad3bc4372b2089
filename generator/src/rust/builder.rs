//! Constructors and setters, with which callers make values of structs.

use crate::rust::items::TypeItem;
use proc_macro2::TokenStream;
use quote::quote;

use super::argument::{Argument, argument, converted, inline, into, into_optional};
use super::constant::{constant, of_field};
use super::docs;
use super::fields::{field_type, is_additional, is_boxed};
use super::scope::{Scope, ident, text};
use crate::model::{Api, Field, Type};
use crate::names;

pub(crate) struct Builder {
    /// The arguments of `new`: names and types.
    pub(crate) arguments: Vec<(String, TokenStream)>,
    pub(crate) initial: Vec<String>,
    pub(crate) all_set: bool,
    pub(crate) setters: Vec<Setter>,
}

pub(crate) struct Setter {
    pub(crate) method: String,
    pub(crate) field: String,
    pub(crate) attributes: Vec<String>,
    pub(crate) generics: &'static str,
    pub(crate) ty: TokenStream,
    pub(crate) value: String,
}

/// Returns the builder of a type.
pub(crate) fn builder(
    scope: &Scope<'_>,
    definition: &TypeItem<'_>,
    fields: &[(&Field, &String)],
) -> Builder {
    let required: Vec<_> = fields
        .iter()
        .filter(|(field, _)| is_argument(scope.plan.api, field))
        .collect();
    let constants: Vec<_> = fields
        .iter()
        .filter_map(|(field, name)| Some((of_field(scope, field)?, name)))
        .collect();
    let mut built = Builder {
        arguments: Vec::new(),
        initial: Vec::new(),
        // A received value keeps its unknown properties.
        all_set: required.len() + constants.len() == fields.len() && !definition.received,
        setters: Vec::new(),
    };
    for (field, name) in required {
        let argument = assigned(scope, definition, field, name);
        built.arguments.push((name.to_string(), argument.ty));
        let value = text(&argument.value);
        built.initial.push(if value == **name {
            value
        } else {
            format!("{name}: {value}")
        });
    }
    for (value, name) in constants {
        built.initial.push(format!("{name}: {}", text(&value)));
    }
    for (field, name) in fields
        .iter()
        .filter(|(field, _)| is_set_by_method(scope.plan.api, field))
    {
        let argument = assigned(scope, definition, field, name);
        let mut attributes =
            docs::attributes_in(scope.plan, &field.docs, docs::own_cfg(&field.docs));
        attributes.extend(inline(&argument.ty));
        built.setters.push(Setter {
            method: method(name),
            field: (*name).clone(),
            attributes,
            generics: argument.generics,
            ty: argument.ty,
            value: text(&argument.value),
        });
    }
    built
}

/// Returns true if `new` takes a field.
pub(crate) fn is_argument(api: &Api, field: &Field) -> bool {
    field.is_asked_for() && !docs::hidden(&field.docs) && constant(api, field).is_none()
}

/// Returns true if a method sets a field.
pub(crate) fn is_set_by_method(api: &Api, field: &Field) -> bool {
    field.access.is_sent() && !is_argument(api, field) && constant(api, field).is_none()
}

/// Returns the method that sets a field. No field's name ends with an underscore, except the few that cannot be raw identifiers.
pub(crate) fn method(field: &str) -> String {
    if names::is_own_method(field) {
        format!("{field}_")
    } else {
        field.to_owned()
    }
}

/// Returns the argument that sets a field, and the value that it sets.
fn assigned(scope: &Scope<'_>, definition: &TypeItem<'_>, field: &Field, name: &str) -> Argument {
    let only_sent = definition.sent && !definition.received;
    let hidden = docs::hidden(&field.docs);
    scope.within(hidden, || {
        let ident = ident(name);
        let ident = quote!(#ident);
        let by_null = only_sent && field.presence.nullable && !field.presence.required;
        // Callers must set this property, but the field is optional, because replies do not have it.
        let is_filled = field.is_asked_for() && !field.presence.required;
        let received = !only_sent && differs_when_sent(&field.ty);
        let boxed = is_boxed(scope, definition, field);
        if boxed && !field.presence.required && !field.presence.nullable {
            let inner = scope.received(&field.ty);
            return some(into(scope, &quote!(Box<#inner>), &ident));
        }
        if received || boxed || (field.presence.nullable && !by_null) {
            // The value is not converted, so that a received value is sent back unchanged.
            return into(scope, &field_type(scope, definition, field), &ident);
        }
        let in_place = field.presence.required
            || is_additional(definition, field)
            || (!only_sent
                && matches!(field.ty, Type::List(_) | Type::Map(_))
                && !field.presence.nullable);
        let target = match field.ty {
            Type::Number if by_null => {
                let nullable = scope.root("Nullable");
                Some(quote!(#nullable<f64>))
            }
            Type::Number => Some(quote!(f64)),
            _ => converted(scope, &field.ty, by_null),
        };
        match target {
            Some(target) if in_place => into(scope, &target, &ident),
            Some(target) if is_filled => some(into(scope, &target, &ident)),
            Some(target) if field.ty != Type::Json => {
                let argument = into_optional(scope, &target, &ident);
                let value = argument.value;
                Argument {
                    value: quote!(#value.0),
                    ..argument
                }
            }
            _ if in_place => argument(scope, &field.ty, by_null, &ident),
            _ => some(argument(scope, &field.ty, by_null, &ident)),
        }
    })
}

fn some(argument: Argument) -> Argument {
    let value = argument.value;
    Argument {
        value: quote!(Some(#value)),
        ..argument
    }
}

/// Returns true if a received value has another type than a value that is only sent.
pub(crate) fn differs_when_sent(ty: &Type) -> bool {
    match ty {
        Type::DateTime | Type::Nullable(_) => true,
        Type::List(inner) | Type::Map(inner) | Type::ActionAttempt(inner) => {
            differs_when_sent(inner)
        }
        Type::Tuple(places) => places.iter().any(differs_when_sent),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::fields::names_of;
    use super::super::scope::{Scope, spelled};
    use super::super::tests::{get, item, plan, plant};
    use super::{Builder, builder};
    use crate::model::Kind;

    /// What `see` finds in the builder of an object of these calls: with these properties, some of them required.
    fn built<T>(
        paths: &[&str],
        (required, properties): (&str, &str),
        see: impl FnOnce(&Builder) -> T,
    ) -> T {
        let thing = format!(
            "thing: {{ type: object, required: [{required}], properties: {{ {properties} }} }}"
        );
        plan(paths, &[&thing], |plan| {
            let item = item(plan, "Thing");
            let Kind::Object(object) = &item.kind else {
                panic!("the thing is no object");
            };
            let (names, _) = names_of(object);
            let fields: Vec<_> = object.fields.iter().zip(&names).collect();
            let scope = Scope::new(plan, &item.path.module, BTreeSet::new());
            see(&builder(&scope, item, &fields))
        })
    }

    /// A call that takes a thing.
    fn sends() -> String {
        plant("it: { $ref: '#/components/schemas/thing' }")
    }

    #[test]
    fn new_takes_what_is_required_and_a_method_sets_what_else_callers_send() {
        let properties =
            "id: { type: string, readOnly: true }, a: { type: string }, b: { type: integer }";
        let paths = [sends(), get("things", "thing")];
        let paths = [paths[0].as_str(), paths[1].as_str()];
        built(&paths, ("id, a", properties), |built| {
            let arguments = built.arguments.iter();
            let arguments: Vec<(&str, String)> = arguments
                .map(|(name, ty)| (name.as_str(), spelled(ty)))
                .collect();
            assert_eq!(arguments, [("a", "impl IntoParam<String>".to_owned())]);
            let setters = built.setters.iter().map(|setter| setter.method.as_str());
            assert_eq!(setters.collect::<Vec<_>>(), ["b"]);
            assert!(!built.all_set);
        });
    }

    #[test]
    fn a_property_with_only_one_value_is_set_and_not_asked_for() {
        let properties = "kind: { type: string, enum: [big] }, a: { type: string }";
        built(&[&sends()], ("kind, a", properties), |built| {
            assert_eq!(built.arguments.len(), 1);
            assert!(built.setters.is_empty() && built.all_set);
            assert_eq!(built.initial[1], "kind: Kind :: Big");
        });
    }

    #[test]
    fn a_method_takes_no_name_that_every_struct_has() {
        let properties = "clone: { type: string }, type: { type: string }";
        built(&[&sends()], ("", properties), |built| {
            let setters = built.setters.iter();
            let names = setters.map(|setter| (setter.method.as_str(), setter.field.as_str()));
            let expected = [("clone_", "clone"), ("r#type", "r#type")];
            assert_eq!(names.collect::<Vec<_>>(), expected);
        });
    }
}
