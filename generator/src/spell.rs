//! Rust as callers write it, for people to read.

use std::collections::HashMap;

use crate::model::{Api, Endpoint, Namespace, Type, Way};
use crate::names;
use crate::render::scope::{Scope, spelled};
use crate::render::{Context, idents};

/// The type of a value that is received.
pub(crate) fn ty(api: &Api, ty: &Type) -> String {
    let context = Context::of_expressions(api);
    spelled(&Scope::outside(&context, HashMap::new()).received(ty))
}

/// `seam.acs().users().create(full_name, acs_system_id)`.
pub(crate) fn call(namespace: &Namespace, endpoint: &Endpoint, way: &Way) -> String {
    format!(
        "{}.{}({})",
        namespace_call(namespace),
        method(endpoint, way),
        idents::idents(&way.required).join(", ")
    )
}

/// `seam.acs().users()`.
pub(crate) fn namespace_call(namespace: &Namespace) -> String {
    let path: Vec<String> = namespace
        .path
        .iter()
        .map(|segment| format!(".{}()", names::method_name(segment)))
        .collect();
    format!("seam{}", path.concat())
}

/// The method of a way.
pub(crate) fn method(endpoint: &Endpoint, way: &Way) -> String {
    names::call_name(&endpoint.name, way.suffix.as_deref())
}

/// The module of a namespace.
pub(crate) fn module(namespace: &Namespace) -> Vec<String> {
    namespace
        .path
        .iter()
        .map(|segment| names::module_name(segment))
        .collect()
}

/// The file of a module below `src/generated`.
pub(crate) fn file(module: &[String]) -> String {
    let segments: Vec<&str> = module
        .iter()
        .map(|segment| segment.trim_start_matches("r#"))
        .collect();
    segments.join("/") + ".rs"
}
