//! Rust paths and calls as text, as callers write them.

use std::collections::HashMap;

use super::items::TypeItem;
use super::scope::{Scope, spelled};
use super::{Plan, idents, namespaces};
use crate::model::{Endpoint, Namespace, Overload, Type};
use crate::names::{self, ClientName};

/// Returns the type of a value that is received.
pub(crate) fn ty(plan: &Plan<'_>, ty: &Type) -> String {
    spelled(&Scope::outside(plan, HashMap::new()).received(ty))
}

/// Returns a call: `seam.acs().users().create(full_name, acs_system_id)`.
pub(crate) fn call(
    client: &ClientName,
    namespace: &Namespace,
    endpoint: &Endpoint,
    overload: &Overload,
) -> String {
    format!(
        "{}.{}({})",
        namespace_call(client, namespace),
        method(endpoint, overload),
        idents::idents(&overload.required).join(", ")
    )
}

/// Returns the expression for a namespace: `seam.acs().users()`.
pub(crate) fn namespace_call(client: &ClientName, namespace: &Namespace) -> String {
    let methods = namespaces::methods(namespace).into_iter();
    let path: String = methods.map(|method| format!(".{method}()")).collect();
    format!("{}{path}", client.library)
}

/// Returns the method of an overload.
pub(crate) fn method(endpoint: &Endpoint, overload: &Overload) -> String {
    names::call_name(&endpoint.name, overload.suffix.as_deref())
}

/// Returns the file of a module below `src/generated`.
pub(crate) fn file(module: &[String]) -> String {
    let segments: Vec<&str> = module
        .iter()
        .map(|segment| segment.trim_start_matches("r#"))
        .collect();
    segments.join("/") + ".rs"
}

/// Returns the method from a namespace to one of its children.
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

/// Returns the path of a type as callers write it: resources are at the root.
pub(crate) fn of_type(plan: &Plan<'_>, item: &TypeItem<'_>) -> String {
    match item.component {
        Some(_) => below(plan.client, &item.path.name),
        None => below(plan.client, &item.path.to_string()),
    }
}

/// Returns a path below the root of the crate, as a program writes it.
pub(crate) fn below(client: &ClientName, path: &str) -> String {
    format!("{}::{path}", client.library)
}
