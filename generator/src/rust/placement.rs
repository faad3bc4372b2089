//! Checks that `names.yaml` does not put a shared type into the module of one namespace.

use std::collections::BTreeSet;

use super::Plan;
use super::items::TypeItem;
use super::namespaces::{feature, module};
use crate::error::Problem;
use crate::model::Namespace;
use crate::names::module_name;

/// Checks entries, each a path and its place in the file. Returns those that put a type of several features into the module of
/// one namespace. Such a module would need the features of other namespaces, and change when another namespace uses the type.
pub(crate) fn check_placement<'n>(
    plan: &Plan<'_>,
    entries: impl Iterator<Item = (&'n str, &'n str)>,
) -> Vec<Problem> {
    let in_namespaces = entries.filter_map(|entry| {
        let (first, _) = entry.0.split_once("::")?;
        let mut namespaces = plan.api.namespaces.iter();
        let namespace = namespaces.find(|namespace| module(namespace) == [first])?;
        // A resource may have the name of a namespace.
        let is_resource =
            |item: &TypeItem<'_>| item.component.is_some() && module_name(&item.path.name) == first;
        (!plan.types.iter().any(is_resource)).then_some((entry, namespace))
    });
    in_namespaces
        .filter_map(|(entry, namespace)| problem(plan, entry, namespace))
        .collect()
}

fn problem(
    plan: &Plan<'_>,
    (name, pointer): (&str, &str),
    namespace: &Namespace,
) -> Option<Problem> {
    let item = plan.live().find(|item| item.path.to_string() == name)?;
    let used_by = |namespace: &Option<String>| match namespace {
        Some(name) => feature(name),
        None => "undocumented".to_owned(),
    };
    let own = match namespace.is_undocumented() {
        true => "undocumented".to_owned(),
        false => feature(namespace.name()),
    };
    let used: BTreeSet<String> = item.gate.iter().map(|(by, _)| used_by(by)).collect();
    if used.iter().all(|name| *name == own) {
        return None;
    }
    let used: Vec<String> = used.iter().map(|name| format!("`{name}`")).collect();
    let local = name.rsplit("::").next().unwrap_or_default();
    Some(Problem {
        pointer: pointer.to_owned(),
        found: format!(
            "`{}`, which calls of several features use: {}",
            name,
            used.join(", ")
        ),
        expected: format!(
            "only types of its own calls in the module of the namespace `{}`",
            namespace.name()
        ),
        advice: format!(
            "Put the type at the root, `name: {local}`, or in the module of a resource, such as `name: device::{local}`."
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{get, named_plan};
    use super::check_placement;

    /// What is found about a name for the component `leaf`, which the calls of these namespaces return.
    fn found(name: &str, namespaces: &[&str]) -> Vec<String> {
        let paths: Vec<String> = namespaces.iter().map(|tag| get(tag, "leaf")).collect();
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        let names = format!(
            "types: [{{ name: '{name}', reason: It reads better., places: [/components/schemas/leaf] }}]"
        );
        let leaf = "leaf: { type: object, properties: { a: { type: string } } }";
        named_plan(&paths, &[leaf], Some(&names), |plan| {
            let problems = check_placement(plan, [(name, "/types/0")].into_iter());
            problems.into_iter().map(|problem| problem.found).collect()
        })
    }

    #[test]
    fn a_type_of_several_features_may_not_be_in_the_module_of_one_namespace() {
        assert_eq!(
            found("plants::Blade", &["plants", "trees"]),
            ["`plants::Blade`, which calls of several features use: `plants`, `trees`"]
        );
    }

    #[test]
    fn a_type_of_one_namespace_may_be_in_its_module_and_any_type_at_the_root() {
        assert!(found("plants::Blade", &["plants"]).is_empty());
        assert!(found("Blade", &["plants", "trees"]).is_empty());
    }
}
