//! Arguments of methods: their types in the signature, and their conversion to the value that is sent.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use super::scope::Scope;
use crate::model::{Kind, Type, Union};

/// The trait of the runtime that converts arguments. It is like `Into`, with its own messages of the compiler.
const INTO_PARAM: &str = "IntoParam";

/// An argument of a method.
pub(crate) struct Argument {
    /// The type parameters of the method for this argument.
    pub(crate) generics: &'static str,
    /// The type in the signature.
    pub(crate) ty: TokenStream,
    /// The expression that converts the argument to the value that is sent.
    pub(crate) value: TokenStream,
}

/// Returns the argument `name` of an optional parameter. If it is converted, it also takes an `Option`, and the value is an
/// `OptionalValue`.
pub(crate) fn optional_argument(
    scope: &Scope<'_>,
    ty: &Type,
    nullable: bool,
    name: &TokenStream,
) -> Argument {
    // For JSON the conversion takes an `Option` already, and `None` is null.
    match converted(scope, ty, nullable).filter(|_| *ty != Type::Json) {
        Some(target) => into_optional(scope, &target, name),
        None => argument(scope, ty, nullable, name),
    }
}

/// Returns the argument `name` that is converted to an `OptionalValue` of the target.
pub(super) fn into_optional(
    scope: &Scope<'_>,
    target: &TokenStream,
    name: &TokenStream,
) -> Argument {
    let optional = scope.root("Optional");
    Argument {
        generics: "<M>",
        ty: quote!(impl #optional<#target, M>),
        value: quote!(#name.optional()),
    }
}

/// Returns the argument `name` that is converted to the target.
pub(super) fn into(scope: &Scope<'_>, target: &TokenStream, name: &TokenStream) -> Argument {
    let into_param = scope.root(INTO_PARAM);
    Argument {
        generics: "",
        ty: quote!(impl #into_param<#target>),
        value: quote!(#name.into_param()),
    }
}

/// Returns the argument `name` of this type, which may be nullable.
pub(crate) fn argument(
    scope: &Scope<'_>,
    ty: &Type,
    nullable: bool,
    name: &TokenStream,
) -> Argument {
    if let Some(target) = converted(scope, ty, nullable) {
        return into(scope, &target, name);
    }
    if nullable {
        return nullable_list(scope, ty, name);
    }
    let sent = scope.sent(ty);
    match ty {
        Type::List(item) if **item == Type::String => Argument {
            generics: "",
            ty: quote!(impl IntoIterator<Item = impl AsRef<str>>),
            value: quote!(crate::param::texts(#name)),
        },
        Type::List(item) => {
            let (item, convert) = element(scope, item);
            let value = if convert {
                let into_param = scope.root(INTO_PARAM);
                quote!(#name.into_iter().map(#into_param::into_param).collect::<#sent>())
            } else {
                quote!(#name.into_iter().collect::<#sent>())
            };
            Argument {
                generics: "",
                ty: quote!(impl IntoIterator<Item = #item>),
                value,
            }
        }
        Type::Map(value) => {
            let (value, convert) = element(scope, value);
            let into = if convert {
                quote!(value.into_param())
            } else {
                quote!(value)
            };
            Argument {
                generics: "",
                ty: quote!(impl IntoIterator<Item = (impl Into<String>, #value)>),
                value: quote!(#name.into_iter().map(|(key, value)| (key.into(), #into)).collect::<#sent>()),
            }
        }
        _ => Argument {
            generics: "",
            ty: sent,
            value: name.clone(),
        },
    }
}

/// Returns the argument for a nullable list or map. It takes all types that the argument takes without null.
fn nullable_list(scope: &Scope<'_>, ty: &Type, name: &TokenStream) -> Argument {
    if *ty == Type::String.list() {
        return Argument {
            generics: "",
            ty: quote!(impl crate::param::TextsOrNull),
            value: quote!(crate::param::TextsOrNull::or_null(#name)),
        };
    }
    let sent = scope.sent(ty);
    Argument {
        generics: "",
        ty: quote!(impl crate::param::OrNull<#sent>),
        value: quote!(crate::param::OrNull::<#sent>::or_null(#name)),
    }
}

/// Returns the type that an argument is converted to; `None` if it is passed unchanged or converted item by item.
pub(super) fn converted(scope: &Scope<'_>, ty: &Type, nullable: bool) -> Option<TokenStream> {
    let target = match ty {
        Type::List(_) | Type::Map(_) => return None,
        Type::Number => scope.root("Number"),
        _ => scope.sent(ty),
    };
    if nullable && *ty != Type::Json {
        let nullable = scope.root("Nullable");
        return Some(quote!(#nullable<#target>));
    }
    converts(scope, ty).then_some(target)
}

/// Returns the attribute of a setter that takes this type. Without it a setter that is not generic would be compiled with the
/// crate, even if no program uses it.
pub(crate) fn inline(ty: &TokenStream) -> Option<String> {
    let mut words = ty.clone().into_iter();
    let is_generic = words.any(|word| matches!(word, TokenTree::Ident(word) if word == "impl"));
    (!is_generic).then(|| "#[inline]".to_owned())
}

/// Returns the type of an item, and true if it is converted.
fn element(scope: &Scope<'_>, ty: &Type) -> (TokenStream, bool) {
    let sent = scope.sent(ty);
    if converts(scope, ty) {
        let into_param = scope.root(INTO_PARAM);
        (quote!(impl #into_param<#sent>), true)
    } else {
        (sent, false)
    }
}

/// Returns true if the argument also takes other types than the type itself.
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
        | Type::Tuple(_)
        | Type::Map(_)
        | Type::ActionAttempt(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use quote::quote;

    use super::super::scope::{Scope, spelled};
    use super::super::tests::{plan, plant};
    use super::{argument, inline, optional_argument};
    use crate::model::Type;

    /// What `see` finds in a scope that imports all that it names.
    fn scope<T>(see: impl FnOnce(&Scope<'_>) -> T) -> T {
        let path = plant("a: { type: string }");
        plan(&[&path], &["unused: { type: string }"], |plan| {
            see(&Scope::new(plan, &[], BTreeSet::new()))
        })
    }

    #[test]
    fn an_argument_takes_what_callers_have_at_hand() {
        let taken = |ty: &Type| scope(|scope| spelled(&argument(scope, ty, false, &quote!(a)).ty));
        for (ty, expected) in [
            (Type::String, "impl IntoParam<String>"),
            (Type::DateTime, "impl IntoParam<DateTime>"),
            (Type::Number, "impl IntoParam<Number>"),
            (Type::Integer, "i64"),
            (
                Type::String.list(),
                "impl IntoIterator<Item = impl AsRef<str>>",
            ),
            (Type::Integer.list(), "impl IntoIterator<Item = i64>"),
            (
                Type::DateTime.list(),
                "impl IntoIterator<Item = impl IntoParam<DateTime>>",
            ),
            (
                Type::Map(Box::new(Type::Boolean)),
                "impl IntoIterator<Item = (impl Into<String>, bool)>",
            ),
        ] {
            assert_eq!(taken(&ty), expected, "{ty:?}");
        }
    }

    #[test]
    fn an_argument_that_may_be_null_takes_null_besides() {
        let taken = |ty: &Type| scope(|scope| spelled(&argument(scope, ty, true, &quote!(a)).ty));
        for (ty, expected) in [
            (Type::String, "impl IntoParam<Nullable<String>>"),
            (Type::Integer, "impl IntoParam<Nullable<i64>>"),
            (Type::String.list(), "impl crate::param::TextsOrNull"),
            (Type::Integer.list(), "impl crate::param::OrNull<Vec<i64>>"),
            // Null is JSON too.
            (Type::Json, "impl IntoParam<Value>"),
        ] {
            assert_eq!(taken(&ty), expected, "{ty:?}");
        }
    }

    #[test]
    fn an_optional_argument_takes_an_option_where_it_is_converted() {
        let taken = |ty: &Type| {
            scope(|scope| {
                let argument = optional_argument(scope, ty, false, &quote!(a));
                (argument.generics, spelled(&argument.ty))
            })
        };
        assert_eq!(
            taken(&Type::String),
            ("<M>", "impl Optional<String, M>".to_owned())
        );
        assert_eq!(taken(&Type::Integer), ("", "i64".to_owned()));
    }

    #[test]
    fn only_a_setter_that_is_not_generic_is_marked_for_inlining() {
        assert_eq!(inline(&quote!(i64)).as_deref(), Some("#[inline]"));
        assert_eq!(inline(&quote!(impl IntoParam<String>)), None);
    }
}
