//! The last word on names: one of each in every module.

use std::collections::BTreeSet;

use crate::lower::operation::placeholders;
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
    let components: BTreeSet<Home> = (0..api.types.len())
        .filter(|index| is_live(api, *index) && api.types[*index].component.is_some())
        .map(|index| api.types[index].home.clone())
        .collect();
    for namespace in &mut api.namespaces {
        settle_calls(namespace, &mut api.decisions);
        settle_requests(namespace, &components, &mut taken);
    }
    // What is named at the crate's root has to have a name of its own there.
    let mut at_root: BTreeSet<String> = BTreeSet::new();
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
        let is_component = definition.component.is_some();
        // In scripts without capitals a type looks like its module.
        let apart = |name: &String| {
            *name != format!("{own}{own}") && definition.home.module.last() != Some(name)
        };
        let free = candidates.into_iter().filter(apart).find(|name| {
            let here = Home {
                module: definition.home.module.clone(),
                name: name.clone(),
            };
            let stands_at_root = is_component && at_root.contains(name);
            !taken.contains(&here) && !stands_at_root
        });
        definition.home.name = free.unwrap_or_else(|| format!("{own}Other{index}"));
        if definition.home.name != own {
            api.decisions.push(Decision {
                pointer: definition.pointer.clone(),
                text: format!(
                    "it is called `{}`, because its module has another `{own}`",
                    definition.home.name
                ),
            });
        }
        taken.insert(definition.home.clone());
        if is_component {
            at_root.insert(definition.home.name.clone());
        }
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

/// Gives each call of a namespace a method of its own.
///
/// Whoever has the fewest placeholders keeps the plain name, the others say what is in theirs; and a path of its own
/// comes before another call's way to name a key.
fn settle_calls(namespace: &mut Namespace, decisions: &mut Vec<Decision>) {
    let parent = names::type_name(namespace.name());
    let mut order: Vec<usize> = (0..namespace.endpoints.len()).collect();
    order.sort_by_key(|index| placeholders(&namespace.endpoints[*index].path).len());
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut spelled: Vec<String> = Vec::new();
    for index in order {
        let endpoint = &mut namespace.endpoints[index];
        let own = endpoint.name.clone();
        spelled.push(own.clone());
        let by = format!("{own}_by_{}", placeholders(&endpoint.path).join("_and_"));
        let exact = names::fields(&spelled.iter().map(String::as_str).collect::<Vec<_>>());
        let candidates = [own.clone(), by].into_iter().chain(exact.last().cloned());
        let numbered = (2..).map(|number: usize| format!("{own}_{number}"));
        let mut free = candidates
            .chain(numbered)
            .filter(|name| taken.insert(names::method_name(name)));
        if let Some(name) = free.next().filter(|name| *name != own) {
            endpoint.request = names::type_name_in(&name, &parent);
            endpoint.name = name;
            decisions.push(Decision {
                pointer: endpoint.pointer.clone(),
                text: format!(
                    "it is called `{}`, because its namespace has another `{own}`",
                    endpoint.name
                ),
            });
        }
    }
    for endpoint in &mut namespace.endpoints {
        for way in &mut endpoint.ways {
            let Some(suffix) = &way.suffix else { continue };
            let keys = suffix.strip_prefix("by_").unwrap_or(suffix);
            let candidates = [suffix.clone(), format!("with_{keys}")].into_iter();
            let numbered = (2..).map(|number: usize| format!("{suffix}_{number}"));
            let free = candidates.chain(numbered).find(|suffix| {
                taken.insert(names::method_name(&format!("{}_{suffix}", endpoint.name)))
            });
            way.suffix = free;
        }
    }
    for child in &mut namespace.children {
        settle_calls(child, decisions);
    }
}

fn settle_requests(
    namespace: &mut Namespace,
    components: &BTreeSet<Home>,
    taken: &mut BTreeSet<Home>,
) {
    let module: Vec<String> = namespace
        .path
        .iter()
        .map(|segment| names::module_name(segment))
        .collect();
    let home = |name: &str| Home {
        module: module.clone(),
        name: name.to_owned(),
    };
    // What generated files import has its name in every namespace.
    taken.extend(RUNTIME_TYPES.map(home));
    let mut claim = |name: &str, mark: &str| {
        let numbered = (2..).map(|number: usize| format!("{name}{mark}{number}"));
        let mut names = [name.to_owned(), format!("{name}{mark}")]
            .into_iter()
            .chain(numbered);
        let free = names.find(|name| !components.contains(&home(name)) && taken.insert(home(name)));
        free.unwrap_or_else(|| name.to_owned())
    };
    namespace.handle = claim(&namespace.handle, "Api");
    for endpoint in &mut namespace.endpoints {
        endpoint.request = claim(&endpoint.request, "Request");
    }
    for child in &mut namespace.children {
        settle_requests(child, components, taken);
    }
}

fn is_live(api: &Api, index: usize) -> bool {
    let definition = &api.types[index];
    !matches!(definition.kind, Kind::Replaced(_)) && !definition.gate.is_empty()
}
