//! The last word on names: one of each in every module.

use std::collections::BTreeSet;

use crate::model::{Api, Decision, Home, Kind, Namespace};
use crate::names;

/// What generated files import from the runtime.
const RUNTIME_TYPES: [&str; 12] = [
    "ActionAttempt",
    "DateTime",
    "Endpoint",
    "Method",
    "Nullable",
    "Operation",
    "Reply",
    "Request",
    "Seam",
    "Timestamp",
    "UnknownVariant",
    "Value",
];

/// The name of a namespace's type.
pub(crate) fn handle(namespace: &str) -> String {
    let name = names::type_name_in(namespace, "Api");
    if RUNTIME_TYPES.contains(&name.as_str()) {
        format!("{name}Namespace")
    } else {
        name
    }
}

/// Gives every type that is reached a name of its own in its module; aliases take what is left.
///
/// What callers write at every call, the namespaces and requests, comes first; then what the document names.
pub(crate) fn settle_names(api: &mut Api) {
    let mut taken: BTreeSet<Home> = BTreeSet::new();
    for namespace in &mut api.namespaces {
        settle_requests(namespace, &mut taken);
    }
    let mut order: Vec<usize> = (0..api.types.len())
        .filter(|index| is_live(api, *index))
        .collect();
    order.sort_by_key(|index| (api.types[*index].component.is_none(), *index));
    for &index in &order {
        let definition = &mut api.types[index];
        let parent = definition
            .home
            .module
            .last()
            .map(|module| names::type_name(module))
            .unwrap_or_default();
        let own = definition.home.name.clone();
        let candidates = [
            own.clone(),
            format!("{parent}{own}"),
            format!("{own}Item"),
            format!("{own}Value"),
        ];
        let apart = |name: &String| *name != format!("{own}{own}");
        let free = candidates.into_iter().filter(apart).find(|name| {
            !taken.contains(&Home {
                module: definition.home.module.clone(),
                name: name.clone(),
            })
        });
        definition.home.name = free.unwrap_or_else(|| format!("{own}Other{index}"));
        if definition.home.name != own {
            api.decisions.push(Decision {
                pointer: definition.pointer.clone(),
                text: format!("it is called `{}`, because its module has another `{own}`", definition.home.name),
            });
        }
        taken.insert(definition.home.clone());
    }
    for &index in &order {
        let aliases = std::mem::take(&mut api.types[index].aliases);
        let kept = aliases
            .into_iter()
            .filter(|alias| taken.insert(alias.clone()))
            .collect();
        api.types[index].aliases = kept;
    }
}

fn settle_requests(namespace: &mut Namespace, taken: &mut BTreeSet<Home>) {
    let module: Vec<String> = namespace
        .path
        .iter()
        .map(|segment| names::module_name(segment))
        .collect();
    let mut claim = |name: &str| {
        let home = |name: String| Home {
            module: module.clone(),
            name,
        };
        let free = if taken.contains(&home(name.to_owned())) {
            format!("{name}Request")
        } else {
            name.to_owned()
        };
        taken.insert(home(free.clone()));
        free
    };
    claim(&namespace.handle);
    for endpoint in &mut namespace.endpoints {
        endpoint.request = claim(&endpoint.request);
    }
    for child in &mut namespace.children {
        settle_requests(child, taken);
    }
}

fn is_live(api: &Api, index: usize) -> bool {
    let definition = &api.types[index];
    !matches!(definition.kind, Kind::Replaced(_)) && !definition.gate.is_empty()
}
