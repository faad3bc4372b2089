//! A JSON value as the Rust that a caller writes for it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use crate::model::{Kind, Type, Union};
use crate::rust::scope::Scope;

/// Returns the argument that hands over `json` where a method takes a value of type `ty`, which may be null.
pub(super) fn argument(scope: &Scope<'_>, ty: &Type, nullable: bool, json: &Value) -> TokenStream {
    if let Some(literal) = literal(scope, ty, json) {
        return literal;
    }
    match (ty, json) {
        (Type::Bytes, _) => quote!(b"data"),
        (Type::List(item), Value::Array(items)) if !nullable => {
            let literals: Option<Vec<_>> = items
                .iter()
                .map(|json| self::literal(scope, item, json))
                .collect();
            match literals {
                Some(literals) if !literals.is_empty() => quote!([#(#literals),*]),
                _ => parsed(scope, ty, json),
            }
        }
        _ => parsed(scope, ty, json),
    }
}

/// What callers write for a scalar.
fn literal(scope: &Scope<'_>, ty: &Type, json: &Value) -> Option<TokenStream> {
    let token = |literal: Literal| Some(quote!(#literal));
    let text = |json: &Value| token(Literal::string(json.as_str()?));
    match ty {
        Type::String | Type::Id(_) | Type::DateTime => text(json),
        Type::Boolean => json.as_bool().map(|value| quote!(#value)),
        Type::Integer => token(Literal::i64_unsuffixed(json.as_i64()?)),
        Type::Unsigned => token(Literal::u64_unsuffixed(json.as_u64()?)),
        Type::Number => token(Literal::f64_unsuffixed(json.as_f64()?)),
        Type::Named(id) => match &scope.plan.api.type_def(*id).kind {
            Kind::Enumeration(of) if of.whole => token(Literal::i64_unsuffixed(json.as_i64()?)),
            Kind::Enumeration(_) => text(json),
            Kind::Union(Union::Kinds(_)) if json.is_string() => text(json),
            _ => None,
        },
        _ => None,
    }
}

/// Returns the value out of its JSON: what callers build from several types.
fn parsed(scope: &Scope<'_>, ty: &Type, json: &Value) -> TokenStream {
    let ty = scope.sent(ty);
    let json = raw_literal(&json.to_string());
    quote!(of::<#ty>(#json))
}

/// Returns a string literal without escapes, so that JSON stays readable; invisible characters are escaped.
fn raw_literal(text: &str) -> TokenStream {
    let is_seen = |character: char| {
        matches!(character, '"' | '\\' | '\'') || character.escape_debug().len() == 1
    };
    if !text.chars().all(is_seen) {
        return quote!(#text);
    }
    let hashes = (1..)
        .map(|count| "#".repeat(count))
        .find(|hashes| !text.contains(&format!("\"{hashes}")))
        .unwrap_or_default();
    format!("r{hashes}\"{text}\"{hashes}")
        .parse()
        .unwrap_or_else(|_| quote!(#text))
}
