//! Whether `names.yaml` puts a type where all who use it find it.

use std::collections::BTreeSet;

use crate::document::{NamedType, Names};
use crate::error::Problem;
use crate::model::{Api, Namespace, TypeDef};
use crate::names::{feature_name, module_name};

/// The entries that put a type which several features use in the module of one namespace. The module would then stand for features
/// of others, and move once another namespace uses the type.
pub(crate) fn misplaced(api: &Api, names: &Names) -> Vec<Problem> {
    let in_namespaces = names.types.iter().filter_map(|named| {
        let (first, _) = named.name.split_once("::")?;
        let mut namespaces = api.namespaces.iter();
        let namespace = namespaces.find(|namespace| module_name(namespace.name()) == first)?;
        // A resource may have the name of a namespace.
        let is_resource = |definition: &TypeDef| {
            definition.component.is_some() && module_name(&definition.path.name) == first
        };
        (!api.types.iter().any(is_resource)).then_some((named, namespace))
    });
    in_namespaces
        .filter_map(|(named, namespace)| problem(api, named, namespace))
        .collect()
}

fn problem(api: &Api, named: &NamedType, namespace: &Namespace) -> Option<Problem> {
    let is_wanted =
        |definition: &&TypeDef| definition.is_live() && definition.path.to_string() == named.name;
    let definition = api.types.iter().find(is_wanted)?;
    let feature = |feature: &Option<String>| match feature {
        Some(name) => feature_name(name),
        None => "undocumented".to_owned(),
    };
    let own = match namespace.is_undocumented() {
        true => "undocumented".to_owned(),
        false => feature_name(namespace.name()),
    };
    let used: BTreeSet<String> = definition.gate.iter().map(|(by, _)| feature(by)).collect();
    if used.iter().all(|name| *name == own) {
        return None;
    }
    let used: Vec<String> = used.iter().map(|name| format!("`{name}`")).collect();
    let local = named.name.rsplit("::").next().unwrap_or_default();
    Some(Problem {
        pointer: named.pointer.clone(),
        found: format!(
            "`{}`, which calls of several features use: {}",
            named.name,
            used.join(", ")
        ),
        expected: format!(
            "in the module of the namespace `{}` only what its own calls use",
            namespace.name()
        ),
        advice: format!(
            "Put the type at the root, `name: {local}`, or in the module of a resource, such as `name: device::{local}`."
        ),
    })
}
