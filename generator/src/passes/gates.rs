//! Which features bring a type in, and whether it is sent or received.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Api, DELIVERIES, Docs, Field, Kind, Type, TypeDef, TypeId};
use crate::words;

/// One way in: a namespace's feature, none where only `undocumented` counts, and whether it takes `undocumented`.
type Gate = (Option<String>, bool);

/// How many types of other modules may come with a resource for the sake of one `cfg`.
const A_FEW: usize = 8;

/// Notes on each type what reaches it, and what comes along with it.
pub(crate) fn gates(api: &mut Api) {
    mark(api);
    while widen(api) {}
}

/// Notes on each type what reaches it.
pub(crate) fn mark(api: &mut Api) {
    let mut roots: Vec<(Gate, Type, bool)> = Vec::new();
    for namespace in &api.namespaces {
        let feature = (!namespace.is_undocumented()).then(|| namespace.name().to_owned());
        let mut endpoints = vec![namespace];
        while let Some(namespace) = endpoints.pop() {
            endpoints.extend(&namespace.children);
            for endpoint in &namespace.endpoints {
                let hidden = feature.is_none() || endpoint.docs.undocumented.is_some();
                let given = endpoint
                    .overloads
                    .iter()
                    .flat_map(|overload| &overload.required)
                    .chain(&endpoint.options);
                for param in given {
                    let gate = (feature.clone(), hidden || is_hidden(&param.docs));
                    roots.push((gate, param.ty.clone(), true));
                }
                let returned = endpoint
                    .output
                    .ty
                    .iter()
                    .chain(endpoint.output.others.iter().map(|(_, ty)| ty));
                let failed = endpoint.failures.iter().map(|failure| &failure.ty);
                let returned = returned.chain(failed).chain(&endpoint.events);
                roots.extend(returned.map(|ty| ((feature.clone(), hidden), ty.clone(), false)));
            }
        }
    }
    if let Some(id) = api.deliveries {
        let gate = (Some(DELIVERIES.to_owned()), false);
        roots.push((gate, Type::Named(id), false));
    }
    for (gate, ty, sent) in roots {
        visit(api, &gate, &ty, sent);
    }
}

/// A resource comes as a whole: what is in its module has the same ways in, so that a file needs one `cfg`, not many.
/// Only what would bring in much more than that module stands under a gate of its own.
fn widen(api: &mut Api) -> bool {
    let mut modules: BTreeMap<String, Vec<TypeId>> = BTreeMap::new();
    for (index, definition) in api.types.iter().enumerate() {
        let live = !definition.gate.is_empty() && !matches!(definition.kind, Kind::Replaced(_));
        if let (true, Some(root)) = (live, root(definition)) {
            modules.entry(root).or_default().push(TypeId(index));
        }
    }
    let mut widened = false;
    for ids in modules.into_values() {
        let all: BTreeSet<Gate> = ids
            .iter()
            .flat_map(|id| api.type_def(*id).gate.clone())
            .collect();
        for id in ids {
            let documented = api.type_def(id).gate.iter().any(|(_, hidden)| !hidden);
            let wanted: BTreeSet<Gate> = all
                .iter()
                .map(|(feature, hidden)| (feature.clone(), *hidden || !documented))
                .filter(|gate| !api.type_def(id).gate.contains(gate))
                .collect();
            for gate in wanted {
                if brings_in_much(api, &gate, id) {
                    continue;
                }
                let (sent, received) = (api.type_def(id).sent, api.type_def(id).received);
                for (used, sent) in [(sent, true), (received, false)] {
                    if used {
                        visit(api, &gate, &Type::Named(id), sent);
                    }
                }
                widened = true;
            }
        }
    }
    widened
}

/// What the module of a definition starts from.
fn root(definition: &TypeDef) -> Option<String> {
    definition
        .place
        .module
        .first()
        .map(|name| words::folded(name))
}

/// The types that another way in to a definition would bring in.
fn brought_in(api: &Api, gate: &Gate, id: TypeId, seen: &mut BTreeSet<TypeId>) {
    for (hidden, ty) in api.type_def(id).kind.mentions() {
        let gate = (gate.0.clone(), gate.1 || hidden);
        let mut named = Vec::new();
        ty.each_named(&mut |id| named.push(id));
        for id in named {
            let open = (gate.0.clone(), false);
            let known = [&gate, &open]
                .iter()
                .any(|gate| api.type_def(id).gate.contains(*gate));
            if !known && seen.insert(id) {
                brought_in(api, &gate, id, seen);
            }
        }
    }
}

/// Whether another way in to a definition would bring in more than a few types of other modules.
fn brings_in_much(api: &Api, gate: &Gate, id: TypeId) -> bool {
    let mut seen = BTreeSet::new();
    let module = root(api.type_def(id));
    brought_in(api, gate, id, &mut seen);
    let elsewhere = |id: &&TypeId| root(api.type_def(**id)) != module;
    seen.iter().filter(elsewhere).count() > A_FEW
}

fn is_hidden(docs: &Docs) -> bool {
    docs.undocumented.is_some()
}

fn visit(api: &mut Api, gate: &Gate, ty: &Type, sent: bool) {
    let mut named = Vec::new();
    ty.each_named(&mut |id| named.push(id));
    for id in named {
        let definition = &mut api.types[id.0];
        let known = if sent {
            definition.sent
        } else {
            definition.received
        };
        if !definition.gate.insert(gate.clone()) && known {
            continue;
        }
        if sent {
            definition.sent = true;
        } else {
            definition.received = true;
        }
        let counts = |field: &Field| match sent {
            true => field.access.is_sent(),
            false => field.access.is_received(),
        };
        let mentions = definition.kind.mentions_of(&counts).into_iter();
        let mentions: Vec<(bool, Type)> =
            mentions.map(|(hidden, ty)| (hidden, ty.clone())).collect();
        for (hidden, ty) in mentions {
            let gate = (gate.0.clone(), gate.1 || hidden);
            visit(api, &gate, &ty, sent);
        }
    }
}

/// The gate without ways in that another one covers.
pub(crate) fn simplified(gate: &BTreeSet<Gate>) -> BTreeSet<Gate> {
    let any_undocumented = gate.contains(&(None, true));
    gate.iter()
        .filter(|(feature, hidden)| {
            !hidden
                || feature.is_none()
                || (!any_undocumented && !gate.contains(&(feature.clone(), false)))
        })
        .cloned()
        .collect()
}
