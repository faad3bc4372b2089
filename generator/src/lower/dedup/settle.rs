//! The last word on names: one of each in every module.

use std::collections::{BTreeMap, BTreeSet};

use crate::lower::operation::placeholders;
use crate::model::{Api, Decision, Home, Kind, Namespace, TypeId};
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

/// Gives every type that is reached a name of its own in its module.
///
/// What callers write at every call, the namespaces and requests, comes first. Then each place gets the name that it has
/// whether its shape is equal to another's or not, so that shapes that become equal rename nothing. What merged shapes
/// are called together comes last; the names of their places are aliases.
pub(crate) fn settle_names(api: &mut Api, places: &[Home]) {
    let mut names = Names::default();
    let live = |api: &Api, index: usize| is_live(api, api.standing_for(TypeId(index)));
    let components: BTreeSet<Home> = (0..api.types.len())
        .filter(|index| live(api, *index) && api.types[*index].component.is_some())
        .map(|index| places[index].clone())
        .collect();
    for namespace in &mut api.namespaces {
        settle_calls(namespace, &mut api.decisions);
        settle_requests(namespace, &components, &mut names);
    }
    let mut order: Vec<usize> = (0..api.types.len())
        .filter(|index| live(api, *index))
        .collect();
    order.sort_by_key(|index| (api.types[*index].component.is_none(), *index));
    let mut own: BTreeMap<TypeId, BTreeMap<usize, Home>> = BTreeMap::new();
    for &index in &order {
        let id = api.standing_for(TypeId(index));
        let at_root = api.types[index].component.is_some();
        let home = names.claim(&places[index], id, at_root);
        own.entry(id).or_default().insert(index, home);
    }
    // What merged shapes would be called if fewer of them were equal, as far as nothing else is.
    let mut called: Vec<(TypeId, Vec<Home>)> = Vec::new();
    for (id, homes) in own {
        let wanted = api.types[id.0].home.clone();
        let home = match homes.get(&id.0) {
            // The definition stands where it did before others were found to be like it.
            Some(home) if wanted == places[id.0] => home.clone(),
            _ => names.claim(&wanted, id, false),
        };
        let definition = &mut api.types[id.0];
        if home.name != wanted.name {
            api.decisions.push(Decision {
                pointer: definition.pointer.clone(),
                text: format!(
                    "it is called `{}`, because its module has another `{}`",
                    home.name, wanted.name
                ),
            });
        }
        let others: BTreeSet<Home> = homes.into_values().filter(|other| *other != home).collect();
        definition.home = home;
        called.push((id, std::mem::take(&mut definition.aliases)));
        definition.aliases = others.into_iter().collect();
    }
    for (id, homes) in called {
        for home in homes {
            if names.taken.contains_key(&home) {
                continue;
            }
            names.taken.insert(home.clone(), Some(id));
            api.types[id.0].aliases.push(home);
        }
    }
}

/// What names there are, and what has each.
#[derive(Default)]
struct Names {
    /// Nothing where it is no type that has the name.
    taken: BTreeMap<Home, Option<TypeId>>,
    /// What is named at the crate's root has to have a name of its own there.
    at_root: BTreeSet<String>,
}

impl Names {
    /// The name of a type, as near as can be to the wanted one.
    fn claim(&mut self, wanted: &Home, id: TypeId, at_root: bool) -> Home {
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
        let here = |name: String| Home {
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
        let numbered = (2..).map(|number| names::numbered(&own, number));
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
            let numbered = (2..).map(|number| names::numbered(suffix, number));
            let free = candidates
                .chain(numbered)
                .find(|suffix| taken.insert(names::call_name(&endpoint.name, Some(suffix))));
            way.suffix = free;
        }
    }
    for child in &mut namespace.children {
        settle_calls(child, decisions);
    }
}

fn settle_requests(namespace: &mut Namespace, components: &BTreeSet<Home>, taken: &mut Names) {
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
    taken
        .taken
        .extend(RUNTIME_TYPES.map(|name| (home(name), None)));
    let mut claim = |name: &str, mark: &str| {
        let numbered = (2..).map(|number: usize| format!("{name}{mark}{number}"));
        let mut names = [name.to_owned(), format!("{name}{mark}")]
            .into_iter()
            .chain(numbered);
        let free = names
            .find(|name| {
                !components.contains(&home(name)) && !taken.taken.contains_key(&home(name))
            })
            .unwrap_or_else(|| name.to_owned());
        taken.taken.insert(home(&free), None);
        free
    };
    namespace.handle = claim(&namespace.handle, "Api");
    for endpoint in &mut namespace.endpoints {
        endpoint.request = claim(&endpoint.request, "Request");
    }
    for child in &mut namespace.children {
        settle_requests(child, components, taken);
    }
}

fn is_live(api: &Api, id: TypeId) -> bool {
    let definition = api.type_def(id);
    !matches!(definition.kind, Kind::Replaced(_)) && !definition.gate.is_empty()
}
