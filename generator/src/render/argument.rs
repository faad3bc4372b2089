//! How a caller hands over a value: what a method takes, and how that becomes what is sent.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use super::scope::Scope;
use crate::model::{Kind, Type, TypeId, Union};
use crate::names;

/// An argument of a method.
pub(crate) struct Argument {
    /// The type in the signature.
    pub(crate) ty: TokenStream,
    /// The value that is sent, made of the argument.
    pub(super) value: TokenStream,
    /// What an example passes.
    pub(super) example: String,
}

/// The argument `name` of a type, which may be null.
pub(crate) fn argument(
    scope: &Scope<'_>,
    ty: &Type,
    nullable: bool,
    name: &TokenStream,
    wire: &str,
) -> Argument {
    let sent = scope.sent(ty);
    let example = example(scope, ty, wire);
    if nullable && *ty != Type::Json {
        return nullable_argument(scope, ty, name, example);
    }
    match ty {
        Type::List(item) if **item == Type::String => Argument {
            ty: quote!(impl IntoIterator<Item = impl AsRef<str>>),
            value: quote!(crate::param::texts(#name)),
            example,
        },
        Type::List(item) => {
            let (item, convert) = element(scope, item);
            let value = if convert {
                quote!(#name.into_iter().map(Into::into).collect::<#sent>())
            } else {
                quote!(#name.into_iter().collect::<#sent>())
            };
            Argument {
                ty: quote!(impl IntoIterator<Item = #item>),
                value,
                example,
            }
        }
        Type::Map(value) => {
            let (value, convert) = element(scope, value);
            let into = if convert {
                quote!(value.into())
            } else {
                quote!(value)
            };
            Argument {
                ty: quote!(impl IntoIterator<Item = (impl Into<String>, #value)>),
                value: quote!(#name.into_iter().map(|(key, value)| (key.into(), #into)).collect::<#sent>()),
                example,
            }
        }
        Type::Number => {
            let number = scope.root("Number");
            Argument {
                ty: quote!(impl Into<#number>),
                value: quote!(#name.into()),
                example,
            }
        }
        other if converts(scope, other) => Argument {
            ty: quote!(impl Into<#sent>),
            value: quote!(#name.into()),
            example,
        },
        _ => Argument {
            ty: sent,
            value: name.clone(),
            example,
        },
    }
}

/// An argument that may be null: it takes all that it would take otherwise.
fn nullable_argument(
    scope: &Scope<'_>,
    ty: &Type,
    name: &TokenStream,
    example: String,
) -> Argument {
    let sent = scope.sent(ty);
    match ty {
        Type::List(item) if **item == Type::String => Argument {
            ty: quote!(impl crate::param::TextsOrNull),
            value: quote!(crate::param::TextsOrNull::or_null(#name)),
            example,
        },
        Type::List(_) | Type::Map(_) => Argument {
            ty: quote!(impl crate::param::OrNull<#sent>),
            value: quote!(crate::param::OrNull::<#sent>::or_null(#name)),
            example,
        },
        _ => {
            let nullable = scope.root("Nullable");
            let taken = match ty {
                Type::Number => scope.root("Number"),
                _ => sent,
            };
            Argument {
                ty: quote!(impl Into<#nullable<#taken>>),
                value: quote!(#name.into()),
                example,
            }
        }
    }
}

/// The attribute of a setter that takes this type. One that is not generic would be compiled with the crate, and all that it
/// drops and converts, for nobody.
pub(super) fn inline(ty: &TokenStream) -> Option<String> {
    let mut words = ty.clone().into_iter();
    let is_generic = words.any(|word| matches!(word, TokenTree::Ident(word) if word == "impl"));
    (!is_generic).then(|| "#[inline]".to_owned())
}

/// The type of an item, and whether it is converted.
fn element(scope: &Scope<'_>, ty: &Type) -> (TokenStream, bool) {
    let sent = scope.sent(ty);
    if converts(scope, ty) {
        (quote!(impl Into<#sent>), true)
    } else {
        (sent, false)
    }
}

/// Whether callers have other things at hand than the type itself.
fn converts(scope: &Scope<'_>, ty: &Type) -> bool {
    match ty {
        Type::String
        | Type::Id(_)
        | Type::DateTime
        | Type::Number
        | Type::Bytes
        | Type::Json
        | Type::Nullable(_) => true,
        Type::Named(id) => matches!(
            scope.context.api.type_def(*id).kind,
            Kind::Enumeration(_) | Kind::Union(Union::Kinds(_))
        ),
        Type::Boolean
        | Type::Integer
        | Type::Unsigned
        | Type::List(_)
        | Type::Map(_)
        | Type::ActionAttempt(_) => false,
    }
}

/// What an example passes for a type.
fn example(scope: &Scope<'_>, ty: &Type, wire: &str) -> String {
    example_within(scope, ty, wire, &mut Vec::new())
        .unwrap_or_else(|| "seam::Value::Null".to_owned())
}

/// The same within the unions around it; nothing for one of those again.
fn example_within(
    scope: &Scope<'_>,
    ty: &Type,
    wire: &str,
    around: &mut Vec<TypeId>,
) -> Option<String> {
    let plain = match ty {
        Type::String | Type::Id(_) => format!("{:?}", sample(wire)),
        Type::DateTime => "\"2028-08-12T19:23:42Z\"".to_owned(),
        Type::Integer | Type::Unsigned | Type::Number => "1".to_owned(),
        Type::Boolean => "true".to_owned(),
        Type::Bytes => "*b\"data\"".to_owned(),
        Type::Json => "seam::Value::Null".to_owned(),
        Type::Nullable(inner) => return example_within(scope, inner, wire, around),
        Type::List(item) => {
            let item = example_within(scope, item, &names::singular(wire), around)?;
            format!("[{item}]")
        }
        Type::Map(value) => {
            let value = example_within(scope, value, "value", around)?;
            format!("[(\"key\", {value})]")
        }
        Type::ActionAttempt(_) => "Default::default()".to_owned(),
        Type::Named(id) => match &scope.context.api.type_def(*id).kind {
            Kind::Enumeration(enumeration) => {
                let first = enumeration
                    .values
                    .first()
                    .map_or("", |value| value.value.as_str());
                format!("{first:?}")
            }
            Kind::Union(Union::Kinds(_)) if around.contains(id) => return None,
            Kind::Union(Union::Kinds(branches)) => {
                around.push(*id);
                let mut examples = branches
                    .iter()
                    .map(|branch| example_within(scope, &branch.payload, wire, around));
                let found = examples.find_map(|example| example);
                around.pop();
                return found;
            }
            _ => "Default::default()".to_owned(),
        },
    };
    Some(plain)
}

/// A value that looks like what belongs there.
fn sample(wire: &str) -> String {
    match wire {
        "code" => "1234".to_owned(),
        other if other.ends_with("email") || other.ends_with("email_address") => {
            "jane@example.com".to_owned()
        }
        other if other.ends_with("url") => "https://example.com".to_owned(),
        other if other.ends_with("name") => "Front Door".to_owned(),
        other => other.to_owned(),
    }
}
