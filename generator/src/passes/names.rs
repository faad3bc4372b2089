//! The last word on names: one of each in every module.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::path::placeholders;
use crate::model::{Api, Namespace, TypeId, TypePath};
use crate::names::{self, ClientName};
use crate::trace::Trace;

/// What generated files import from the runtime, beside the client.
const RUNTIME_TYPES: [&str; 12] = [
    "ActionAttempt",
    "DateTime",
    "Endpoint",
    "Extra",
    "Method",
    "Nullable",
    "Operation",
    "Reply",
    "Request",
    "Timestamp",
    "UnknownVariant",
    "Value",
];

/// The name of a namespace's type.
fn type_of_namespace(namespace: &str, client: &ClientName) -> String {
    let name = names::type_name_in(namespace, "Api");
    if RUNTIME_TYPES.contains(&name.as_str()) || name == client.ty {
        format!("{name}Namespace")
    } else {
        name
    }
}

fn name_namespaces(namespace: &mut Namespace, client: &ClientName) {
    namespace.type_name = type_of_namespace(namespace.name(), client);
    for child in &mut namespace.children {
        name_namespaces(child, client);
    }
}

/// Gives every type that is reached a name of its own in its module.
///
/// What callers write at every call, the namespaces and requests, comes first; then the resources, then all other types in the
/// order of the document.
pub(crate) fn settle_names(api: &mut Api, trace: &mut Trace) {
    let client = api.client.clone();
    let builder = format!("{}Builder", client.ty);
    let mut names = Names {
        at_root: BTreeSet::from([client.ty.clone(), builder]),
        ..Names::default()
    };
    let mut order: Vec<usize> = (0..api.types.len())
        .filter(|index| api.types[*index].is_live())
        .collect();
    order.sort_by_key(|index| (api.types[*index].component.is_none(), *index));
    let components: BTreeSet<TypePath> = order
        .iter()
        .filter(|index| api.types[**index].component.is_some())
        .map(|index| api.types[*index].path.clone())
        .collect();
    for namespace in &mut api.namespaces {
        name_namespaces(namespace, &client);
        settle_calls(namespace, trace);
        settle_requests(namespace, &components, &client, &mut names);
    }
    for index in order {
        let definition = &mut api.types[index];
        let at_root = definition.component.is_some();
        let home = names.claim(&definition.path, TypeId(index), at_root);
        if home.name != definition.path.name {
            let text = format!(
                "it is called `{}`, because its module has another `{}`",
                home.name, definition.path.name
            );
            trace.decided(&definition.pointer, text);
        }
        definition.path = home;
    }
}

/// What names there are, and what has each.
#[derive(Default)]
struct Names {
    /// Nothing where it is no type that has the name.
    taken: BTreeMap<TypePath, Option<TypeId>>,
    /// What is named at the crate's root has to have a name of its own there.
    at_root: BTreeSet<String>,
}

impl Names {
    /// The name of a type, as near as can be to the wanted one.
    fn claim(&mut self, wanted: &TypePath, id: TypeId, at_root: bool) -> TypePath {
        let own = &wanted.name;
        let parent = wanted.module.last().map(|module| names::type_name(module));
        let parent = parent.unwrap_or_default();
        let candidates = [
            own.clone(),
            format!("{parent}{own}"),
            format!("{own}Item"),
            format!("{own}Value"),
        ];
        // In scripts without capitals a type looks like its module.
        let apart =
            |name: &String| *name != format!("{own}{own}") && wanted.module.last() != Some(name);
        let others = (2..).map(|number: usize| format!("{own}Other{number}"));
        let here = |name: String| TypePath {
            module: wanted.module.clone(),
            name,
        };
        let free = candidates
            .into_iter()
            .filter(apart)
            .chain(others)
            .map(here)
            .find(|home| {
                let by_another = self.taken.get(home).is_some_and(|by| *by != Some(id));
                !(by_another || (at_root && self.at_root.contains(&home.name)))
            })
            .unwrap_or_else(|| wanted.clone());
        self.taken.insert(free.clone(), Some(id));
        if at_root {
            self.at_root.insert(free.name.clone());
        }
        free
    }
}

/// Gives each call of a namespace a method of its own.
///
/// Whoever has the fewest placeholders keeps the plain name, the others say what is in theirs; and a path of its own
/// comes before another call's way to name a key.
fn settle_calls(namespace: &mut Namespace, trace: &mut Trace) {
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
        let numbered = (2..).map(|number| names::numbered(&own, number));
        let mut free = candidates
            .chain(numbered)
            .filter(|name| taken.insert(names::method_name(name)));
        if let Some(name) = free.next().filter(|name| *name != own) {
            endpoint.request = names::type_name_in(&name, &parent);
            endpoint.name = name;
            let text = format!(
                "it is called `{}`, because its namespace has another `{own}`",
                endpoint.name
            );
            trace.decided(&endpoint.pointer, text);
        }
    }
    for endpoint in &mut namespace.endpoints {
        for overload in &mut endpoint.overloads {
            let Some(suffix) = &overload.suffix else {
                continue;
            };
            let keys = suffix.strip_prefix("by_").unwrap_or(suffix);
            let candidates = [suffix.clone(), format!("with_{keys}")].into_iter();
            let numbered = (2..).map(|number| names::numbered(suffix, number));
            let free = candidates
                .chain(numbered)
                .find(|suffix| taken.insert(names::call_name(&endpoint.name, Some(suffix))));
            overload.suffix = free;
        }
    }
    for child in &mut namespace.children {
        settle_calls(child, trace);
    }
}

fn settle_requests(
    namespace: &mut Namespace,
    components: &BTreeSet<TypePath>,
    client: &ClientName,
    taken: &mut Names,
) {
    let module: Vec<String> = namespace
        .path
        .iter()
        .map(|segment| names::module_name(segment))
        .collect();
    let type_path = |name: &str| TypePath {
        module: module.clone(),
        name: name.to_owned(),
    };
    // What generated files import has its name in every namespace.
    let imported = RUNTIME_TYPES.into_iter().chain([client.ty.as_str()]);
    let imported = imported.map(|name| (type_path(name), None));
    taken.taken.extend(imported);
    let mut claim = |name: &str, mark: &str| {
        let numbered = (2..).map(|number: usize| format!("{name}{mark}{number}"));
        let mut names = [name.to_owned(), format!("{name}{mark}")]
            .into_iter()
            .chain(numbered);
        let free = names
            .find(|name| {
                !components.contains(&type_path(name))
                    && !taken.taken.contains_key(&type_path(name))
            })
            .unwrap_or_else(|| name.to_owned());
        taken.taken.insert(type_path(&free), None);
        free
    };
    namespace.type_name = claim(&namespace.type_name, "Api");
    for endpoint in &mut namespace.endpoints {
        endpoint.request = claim(&endpoint.request, "Request");
    }
    for child in &mut namespace.children {
        settle_requests(child, components, client, taken);
    }
}
