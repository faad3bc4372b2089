//! Properties that can only have one value: callers are not asked for them.

use super::variants::value_names;
use crate::model::{Api, EnumValue, Field, Kind, Type, TypeId};

/// The only value of a property that is always sent.
pub(crate) struct Constant<'a> {
    /// The enum that has it.
    pub(crate) ty: TypeId,
    /// What the enum calls it.
    pub(crate) variant: String,
    value: &'a EnumValue,
    is_whole: bool,
}

impl Constant<'_> {
    /// The value in JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        let text = self.value.value.as_str();
        match text.parse::<i64>() {
            Ok(number) if self.is_whole => number.into(),
            _ => text.into(),
        }
    }
}

/// The only value that a property may have, if it is required and a constant.
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
    is_always_sent.then(|| Constant {
        ty,
        variant: value_names(&definition.path.name, enumeration).remove(0),
        value,
        is_whole: enumeration.whole,
    })
}
