//! Properties and parameters with only one value. Callers do not set them.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::scope::{Scope, ident};
use super::variants::value_names;
use crate::model::{Api, Enumeration, Field, Kind, Param, Type};

/// Returns the only value of a property, if it is required and a constant.
pub(crate) fn constant<'a>(api: &Api, field: &'a Field) -> Option<&'a Value> {
    let is_always_sent =
        field.is_asked_for() && field.presence.required && !field.presence.nullable;
    let only = field.only.as_ref().filter(|_| is_always_sent)?;
    let has_it = match &field.ty {
        Type::Named(id) => match &api.type_def(*id).kind {
            Kind::Enumeration(enumeration) => position(enumeration, only).is_some(),
            _ => false,
        },
        Type::Boolean => only.is_boolean(),
        Type::Integer | Type::Unsigned | Type::Number => only.is_number(),
        _ => false,
    };
    has_it.then_some(only)
}

/// The place of a value in an enum.
fn position(enumeration: &Enumeration, value: &Value) -> Option<usize> {
    let text = match (enumeration.whole, value) {
        (false, Value::String(text)) => text.clone(),
        (true, Value::Number(number)) => number.to_string(),
        _ => return None,
    };
    let mut values = enumeration.values.iter();
    values.position(|listed| listed.value == text)
}

/// The value of a constant property in Rust, of exactly the property's type.
pub(crate) fn of_field(scope: &Scope<'_>, field: &Field) -> Option<TokenStream> {
    let value = constant(scope.plan.api, field)?;
    let Type::Named(id) = field.ty else {
        return literal(&field.ty, value);
    };
    let definition = scope.plan.type_item(id);
    let Kind::Enumeration(enumeration) = &definition.kind else {
        return None;
    };
    let at = position(enumeration, value)?;
    let variant = ident(&value_names(&definition.path.name, enumeration).remove(at));
    let path = scope.named(id);
    Some(quote!(#path::#variant))
}

/// The value of a constant parameter in Rust. The enum that it may be of has no name here, because callers never see it.
pub(crate) fn of_param(param: &Param) -> Option<TokenStream> {
    match param.only.as_ref()? {
        Value::String(text) => Some(quote!(#text.to_owned())),
        value => literal(&param.ty, value),
    }
}

fn literal(ty: &Type, value: &Value) -> Option<TokenStream> {
    let literal = match (ty, value) {
        (_, Value::Bool(flag)) => return Some(quote!(#flag)),
        (Type::Number, number) => Literal::f64_suffixed(number.as_f64()?),
        (Type::Unsigned, number) => Literal::u64_suffixed(number.as_u64()?),
        (_, number) => Literal::i64_suffixed(number.as_i64()?),
    };
    Some(quote!(#literal))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{item, plan, plant};
    use std::collections::HashMap;

    use super::{constant, of_field};
    use crate::model::Kind;
    use crate::rust::scope::Scope;

    /// The constant of the property `it`, if it has one: as JSON, and as Rust.
    fn it(required: &str, schema: &str) -> Option<(serde_json::Value, String)> {
        let path = plant("thing: { $ref: '#/components/schemas/thing' }");
        let thing = format!(
            "thing: {{ type: object, required: [{required}], properties: {{ it: {schema} }} }}"
        );
        plan(&[&path], &[&thing], |plan| {
            let Kind::Object(object) = &item(plan, "Thing").kind else {
                panic!("the thing is no object");
            };
            let field = &object.fields[0];
            let scope = Scope::outside(plan, HashMap::new());
            let value = of_field(&scope, field)?;
            Some((constant(plan.api, field)?.clone(), value.to_string()))
        })
    }

    #[test]
    fn a_required_property_with_one_value_is_a_constant() {
        let big = Some(("big".into(), "garden :: thing :: It :: Big".to_owned()));
        assert_eq!(it("it", "{ type: string, enum: [big] }"), big);
        let one = Some((1.into(), "garden :: thing :: It :: V1".to_owned()));
        assert_eq!(it("it", "{ type: integer, enum: [1] }"), one);
        let yes = Some((true.into(), "true".to_owned()));
        assert_eq!(it("it", "{ type: boolean, enum: [true] }"), yes);
    }

    #[test]
    fn callers_choose_whether_to_send_what_may_be_absent_or_null() {
        assert_eq!(it("", "{ type: string, enum: [big] }"), None);
        assert_eq!(
            it("it", "{ type: string, nullable: true, enum: [big, null] }"),
            None
        );
        assert_eq!(it("it", "{ type: string, enum: [big, small] }"), None);
    }
}
