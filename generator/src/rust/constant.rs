//! Properties with only one value. Callers do not set them.

use super::variants::value_names;
use crate::model::{Api, EnumValue, Enumeration, Field, Kind, Type, TypeId};

/// The only value of a property that is always sent.
pub(crate) struct Constant<'a> {
    /// The enum with the value.
    pub(crate) ty: TypeId,
    enumeration: &'a Enumeration,
    value: &'a EnumValue,
}

impl Constant<'_> {
    /// Returns the variant of the value in the enum, which has the name `of`.
    pub(crate) fn variant(&self, of: &str) -> String {
        value_names(of, self.enumeration).remove(0)
    }

    /// Returns the value as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        let text = self.value.value.as_str();
        match text.parse::<i64>() {
            Ok(number) if self.enumeration.whole => number.into(),
            _ => text.into(),
        }
    }
}

/// Returns the only value of a property, if it is required and a constant.
pub(crate) fn constant<'a>(api: &'a Api, field: &Field) -> Option<Constant<'a>> {
    let Type::Named(ty) = field.ty else {
        return None;
    };
    let definition = api.type_def(ty);
    let Kind::Enumeration(enumeration) = &definition.kind else {
        return None;
    };
    let value = enumeration
        .values
        .first()
        .filter(|_| enumeration.constant)?;
    let is_always_sent =
        field.is_asked_for() && field.presence.required && !field.presence.nullable;
    is_always_sent.then_some(Constant {
        ty,
        enumeration,
        value,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{item, plan, plant};
    use super::constant;
    use crate::model::Kind;

    /// The constant of the property `it`, if it has one: its JSON, and the name of the value.
    fn it(required: &str, schema: &str) -> Option<(serde_json::Value, String)> {
        let path = plant("thing: { $ref: '#/components/schemas/thing' }");
        let thing = format!(
            "thing: {{ type: object, required: [{required}], properties: {{ it: {schema} }} }}"
        );
        plan(&[&path], &[&thing], |plan| {
            let Kind::Object(object) = &item(plan, "Thing").kind else {
                panic!("the thing is no object");
            };
            let constant = constant(plan.api, &object.fields[0])?;
            Some((constant.json(), constant.variant("It")))
        })
    }

    #[test]
    fn a_required_property_with_one_value_is_a_constant() {
        let big = Some(("big".into(), "Big".to_owned()));
        assert_eq!(it("it", "{ type: string, enum: [big] }"), big);
        let one = Some((1.into(), "V1".to_owned()));
        assert_eq!(it("it", "{ type: integer, enum: [1] }"), one);
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
