//! How a caller hands over a value: what a method takes, and how that becomes what is sent.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use super::scope::Scope;
use crate::model::{Kind, Type, Union};

/// An argument of a method.
pub(crate) struct Argument {
    /// The type in the signature.
    pub(crate) ty: TokenStream,
    /// The value that is sent, made of the argument.
    pub(crate) value: TokenStream,
}

/// The argument `name` of a type, which may be null.
pub(crate) fn argument(
    scope: &Scope<'_>,
    ty: &Type,
    nullable: bool,
    name: &TokenStream,
) -> Argument {
    let sent = scope.sent(ty);
    if nullable && *ty != Type::Json {
        return nullable_argument(scope, ty, name);
    }
    match ty {
        Type::List(item) if **item == Type::String => Argument {
            ty: quote!(impl IntoIterator<Item = impl AsRef<str>>),
            value: quote!(crate::param::texts(#name)),
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
            }
        }
        Type::Number => {
            let number = scope.root("Number");
            Argument {
                ty: quote!(impl Into<#number>),
                value: quote!(#name.into()),
            }
        }
        other if converts(scope, other) => Argument {
            ty: quote!(impl Into<#sent>),
            value: quote!(#name.into()),
        },
        _ => Argument {
            ty: sent,
            value: name.clone(),
        },
    }
}

/// An argument that may be null: it takes all that it would take otherwise.
fn nullable_argument(scope: &Scope<'_>, ty: &Type, name: &TokenStream) -> Argument {
    let sent = scope.sent(ty);
    match ty {
        Type::List(item) if **item == Type::String => Argument {
            ty: quote!(impl crate::param::TextsOrNull),
            value: quote!(crate::param::TextsOrNull::or_null(#name)),
        },
        Type::List(_) | Type::Map(_) => Argument {
            ty: quote!(impl crate::param::OrNull<#sent>),
            value: quote!(crate::param::OrNull::<#sent>::or_null(#name)),
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
            }
        }
    }
}

/// The attribute of a setter that takes this type. One that is not generic would be compiled with the crate, and all that it
/// drops and converts, for nobody.
pub(crate) fn inline(ty: &TokenStream) -> Option<String> {
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
            scope.plan.api.type_def(*id).kind,
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
