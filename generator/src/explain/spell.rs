//! Rust as callers write it, for people to read.

use crate::model::{Api, Endpoint, Namespace, Type, Way};
use crate::names;

/// The type of a value that is received.
pub(super) fn ty(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Json => "Value".to_owned(),
        Type::String => "String".to_owned(),
        Type::Integer => "i64".to_owned(),
        Type::Number => "f64".to_owned(),
        Type::Bytes => "Bytes".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::DateTime => "Timestamp".to_owned(),
        Type::Id(name) => name.clone(),
        Type::Named(id) => definition(api.type_def(*id)),
        Type::List(item) => format!("Vec<{}>", self::ty(api, item)),
        Type::Map(value) => format!("BTreeMap<String, {}>", self::ty(api, value)),
        Type::Nullable(inner) => format!("Option<{}>", self::ty(api, inner)),
        Type::ActionAttempt(result) => format!("ActionAttempt<{}>", self::ty(api, result)),
    }
}

/// The path of a type: resources stand at the root.
pub(super) fn definition(definition: &crate::model::TypeDef) -> String {
    if definition.component.is_some() {
        format!("seam::{}", definition.home.name)
    } else {
        format!("seam::{}", definition.home)
    }
}

/// `seam.acs().users().create(full_name, acs_system_id)`.
pub(super) fn call(namespace: &Namespace, endpoint: &Endpoint, way: &Way) -> String {
    let above: Vec<String> = namespace
        .path
        .iter()
        .map(|segment| format!("{}()", names::method_name(segment)))
        .collect();
    let arguments: Vec<String> = way
        .required
        .iter()
        .map(|param| names::field_name(&param.name))
        .collect();
    format!(
        "seam.{}.{}({})",
        above.join("."),
        method(endpoint, way),
        arguments.join(", ")
    )
}

/// The method of a way.
pub(super) fn method(endpoint: &Endpoint, way: &Way) -> String {
    names::call_name(&endpoint.name, way.suffix.as_deref())
}

/// The module of a namespace.
pub(super) fn module(namespace: &Namespace) -> Vec<String> {
    namespace
        .path
        .iter()
        .map(|segment| names::module_name(segment))
        .collect()
}
