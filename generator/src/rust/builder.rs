//! How callers make values of structs.

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
    /// What `new` takes: the name and the type of each.
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

/// How a caller makes a value of the type.
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
        // What is received keeps what it does not model.
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

/// The method that sets a field. No field's name ends with an underscore, but for the few that cannot be raw.
pub(crate) fn method(field: &str) -> String {
    if names::is_own_method(field) {
        format!("{field}_")
    } else {
        field.to_owned()
    }
}

/// The argument that sets a field, and the value that it sets.
fn assigned(scope: &Scope<'_>, definition: &TypeItem<'_>, field: &Field, name: &str) -> Argument {
    let only_sent = definition.sent && !definition.received;
    let hidden = docs::hidden(&field.docs);
    scope.within(hidden, || {
        let ident = ident(name);
        let ident = quote!(#ident);
        let by_null = only_sent && field.presence.nullable && !field.presence.required;
        // What replies never have may be absent, though callers must give it.
        let is_filled = field.is_asked_for() && !field.presence.required;
        let received = !only_sent && differs_when_sent(&field.ty);
        let boxed = is_boxed(scope, definition, field);
        if boxed && !field.presence.required && !field.presence.nullable {
            let inner = scope.received(&field.ty);
            return some(into(scope, &quote!(Box<#inner>), &ident));
        }
        if received || boxed || (field.presence.nullable && !by_null) {
            // Kept as it is: what was received goes back out the same way.
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

/// Returns true if what is received is held as another type than what is only sent.
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
