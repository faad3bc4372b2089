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
