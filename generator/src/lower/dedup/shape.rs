//! When two shapes are equal.

use crate::model::{Field, Kind, Type, Union};

/// A text that two definitions share exactly when their shapes are equal; descriptions do not count.
pub(super) fn key(kind: &Kind) -> String {
    match kind {
        Kind::Object(object) => format!(
            "object {:?} {:?}",
            object.fields.iter().map(field).collect::<Vec<_>>(),
            object.additional.as_ref().map(|a| (&a.ty, &a.besides)),
        ),
        Kind::Enumeration(enumeration) => {
            // The order of values means nothing.
            let mut values: Vec<_> = enumeration
                .values
                .iter()
                .map(|value| &value.value)
                .collect();
            values.sort();
            format!("enumeration {values:?}")
        }
        Kind::Union(Union::Tagged {
            tag,
            branches,
            open,
            ..
        }) => {
            let branches: Vec<_> = branches
                .iter()
                .map(|b| (&b.tag, &b.payload, b.docs.undocumented.is_some()))
                .collect();
            format!("tagged {tag} {branches:?} {open}")
        }
        Kind::Union(Union::Results(branches)) => {
            format!(
                "results {:?}",
                branches
                    .iter()
                    .map(|b| (&b.tag, &b.payload))
                    .collect::<Vec<_>>()
            )
        }
        Kind::Union(Union::Keyed(branches)) => {
            format!(
                "keyed {:?}",
                branches
                    .iter()
                    .map(|b| (&b.key, &b.payload))
                    .collect::<Vec<_>>()
            )
        }
        Kind::Union(Union::Kinds(branches)) => {
            format!(
                "kinds {:?}",
                branches
                    .iter()
                    .map(|b| (b.kind, &b.payload))
                    .collect::<Vec<_>>()
            )
        }
        Kind::Replaced(by) => format!("replaced {by:?}"),
    }
}

fn field(field: &Field) -> (&str, &Type, bool, bool, bool) {
    let presence = field.presence;
    (
        &field.name,
        &field.ty,
        presence.required,
        presence.nullable,
        field.docs.undocumented.is_some(),
    )
}

/// Whether a property may be absent or null: whether it is an `Option`.
pub(crate) fn is_option(field: &Field) -> bool {
    !field.presence.required || field.presence.nullable
}
