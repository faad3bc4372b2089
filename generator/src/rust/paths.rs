//! Rust as callers write it, for people to read.

use std::collections::HashMap;

use crate::model::{Api, Endpoint, Namespace, Overload, Type, TypeDef};
use crate::names;

use super::scope::{Scope, spelled};
use super::{Plan, idents};

/// The type of a value that is received.
pub(crate) fn ty(api: &Api, ty: &Type) -> String {
    let plan = Plan::of_expressions(api);
    spelled(&Scope::outside(&plan, HashMap::new()).received(ty))
}

/// `seam.acs().users().create(full_name, acs_system_id)`.
pub(crate) fn call(
    api: &Api,
    namespace: &Namespace,
    endpoint: &Endpoint,
    overload: &Overload,
) -> String {
    format!(
        "{}.{}({})",
        namespace_call(api, namespace),
        method(endpoint, overload),
        idents::idents(&overload.required).join(", ")
    )
}

/// `seam.acs().users()`.
pub(crate) fn namespace_call(api: &Api, namespace: &Namespace) -> String {
    let path: Vec<String> = namespace
        .path
        .iter()
        .map(|segment| format!(".{}()", names::method_name(segment)))
        .collect();
    format!("{}{}", api.client.library, path.concat())
}

/// The method of an overload.
pub(crate) fn method(endpoint: &Endpoint, overload: &Overload) -> String {
    names::call_name(&endpoint.name, overload.suffix.as_deref())
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

/// The method that leads to a namespace below another.
pub(crate) fn child_method(namespace: &Namespace, child: &Namespace) -> String {
    let method = names::method_name(child.name());
    let is_call = |endpoint: &Endpoint| {
        let mut overloads = endpoint.overloads.iter();
        overloads.any(|overload| self::method(endpoint, overload) == method)
    };
    if namespace.endpoints.iter().any(is_call) {
        format!("{method}_namespace")
    } else {
        method
    }
}

/// The path by which a caller names a type: resources stand at the root.
pub(crate) fn of_type(api: &Api, definition: &TypeDef) -> String {
    match definition.component {
        Some(_) => below(api, &definition.path.name),
        None => below(api, &definition.path.to_string()),
    }
}

/// A path below the root of the crate, as a program writes it.
pub(crate) fn below(api: &Api, path: &str) -> String {
    format!("{}::{path}", api.client.library)
}
