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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::{Value, json};

    use super::{argument, raw_literal};
    use crate::model::Type;
    use crate::rust::scope::Scope;
    use crate::rust::tests::{plan, plant};

    fn written(ty: &Type, nullable: bool, json: &Value) -> String {
        let path = plant("a: { type: string }");
        plan(&[&path], &["unused: { type: string }"], |plan| {
            let scope = Scope::new(plan, &[], BTreeSet::new());
            argument(&scope, ty, nullable, json).to_string()
        })
    }

    #[test]
    fn scalars_and_lists_of_them_are_written_as_callers_write_them() {
        assert_eq!(written(&Type::Integer, false, &json!(5)), "5");
        assert_eq!(
            written(&Type::String.list(), false, &json!(["a", "b"])),
            r#"["a" , "b"]"#
        );
    }

    #[test]
    fn all_else_is_read_from_its_json() {
        let list = Type::Integer.list();
        // The type of the items of an empty list is not told, and neither is that of a list that may be null.
        for (json, nullable) in [(json!([]), false), (json!([5]), true)] {
            assert!(written(&list, nullable, &json).starts_with("of :: < Vec < i64 > > (r#"));
        }
    }

    #[test]
    fn a_raw_literal_ends_where_its_text_does() {
        assert_eq!(raw_literal("a\"b").to_string(), "r#\"a\"b\"#");
        assert_eq!(raw_literal("a\"#b").to_string(), "r##\"a\"#b\"##");
        assert_eq!(raw_literal("a\nb").to_string(), r#""a\nb""#);
    }
}
