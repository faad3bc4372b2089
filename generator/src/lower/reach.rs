//! Which features bring a type in, and whether it is sent or received.

use std::collections::{BTreeMap, BTreeSet};

use super::dedup::COMMON;
use crate::model::{Api, Docs, Kind, Type, TypeId, Union};

/// One way in: a namespace's feature, none where only `undocumented` counts, and whether it takes `undocumented`.
type Gate = (Option<String>, bool);

/// Notes on each type what reaches it.
pub(super) fn gates(api: &mut Api) {
    let mut roots: Vec<(Gate, Type, bool)> = Vec::new();
    for namespace in &api.namespaces {
        let feature = (!namespace.is_undocumented()).then(|| namespace.name().to_owned());
        let mut endpoints = vec![namespace];
        while let Some(namespace) = endpoints.pop() {
            endpoints.extend(&namespace.children);
            for endpoint in &namespace.endpoints {
                let hidden = feature.is_none() || endpoint.docs.undocumented.is_some();
                let given = endpoint
                    .ways
                    .iter()
                    .flat_map(|way| &way.required)
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
                roots.extend(returned.map(|ty| ((feature.clone(), hidden), ty.clone(), false)));
            }
        }
    }
    for (gate, ty, sent) in roots {
        visit(api, &gate, &ty, sent);
    }
    reach_results(api);
    while widen(api) {}
}

/// The enum of all results comes with any of them: it is what says which action each is of.
fn reach_results(api: &mut Api) {
    for index in 0..api.types.len() {
        let Kind::Union(Union::Results(branches)) = &api.types[index].kind else {
            continue;
        };
        let mut results = Vec::new();
        for payload in branches.iter().filter_map(|branch| branch.payload.as_ref()) {
            payload.each_named(&mut |id| results.push(id));
        }
        let gates: BTreeSet<Gate> = results
            .iter()
            .flat_map(|id| api.type_def(*id).gate.clone())
            .collect();
        for gate in gates {
            visit(api, &gate, &Type::Named(TypeId(index)), false);
        }
    }
}

/// A resource comes as a whole: what is in its module has the same ways in, so that a file needs one `cfg`, not many.
fn widen(api: &mut Api) -> bool {
    let mut modules: BTreeMap<String, Vec<TypeId>> = BTreeMap::new();
    for (index, definition) in api.types.iter().enumerate() {
        let live = !definition.gate.is_empty() && !matches!(definition.kind, Kind::Replaced(_));
        if let (true, Some(root)) = (
            live,
            definition
                .home
                .module
                .first()
                .filter(|root| *root != COMMON),
        ) {
            modules.entry(root.clone()).or_default().push(TypeId(index));
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
            let wanted = all
                .iter()
                .map(|(feature, hidden)| (feature.clone(), *hidden || !documented));
            for gate in wanted
                .collect::<BTreeSet<_>>()
                .difference(&api.type_def(id).gate.clone())
            {
                let (sent, received) = (api.type_def(id).sent, api.type_def(id).received);
                for (used, sent) in [(sent, true), (received, false)] {
                    if used {
                        visit(api, gate, &Type::Named(id), sent);
                    }
                }
                widened = true;
            }
        }
    }
    widened
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
        for (hidden, ty) in mentions(api, id) {
            let gate = (gate.0.clone(), gate.1 || hidden);
            visit(api, &gate, &ty, sent);
        }
    }
}

/// The types in a definition, each with whether it takes `undocumented` to see it.
fn mentions(api: &Api, id: TypeId) -> Vec<(bool, Type)> {
    match &api.type_def(id).kind {
        Kind::Object(object) => object
            .fields
            .iter()
            .map(|field| (is_hidden(&field.docs), field.ty.clone()))
            .chain(
                object
                    .additional
                    .iter()
                    .map(|other| (false, other.ty.clone())),
            )
            .collect(),
        Kind::Enumeration(_) | Kind::Replaced(_) => Vec::new(),
        Kind::Union(union) => match union {
            Union::Tagged { branches, .. } | Union::Results(branches) => branches
                .iter()
                .filter_map(|branch| {
                    branch
                        .payload
                        .clone()
                        .map(|payload| (is_hidden(&branch.docs), payload))
                })
                .collect(),
            Union::Keyed(branches) => branches
                .iter()
                .map(|branch| (is_hidden(&branch.docs), branch.payload.clone()))
                .collect(),
            Union::Kinds(branches) => branches
                .iter()
                .map(|branch| (false, branch.payload.clone()))
                .collect(),
        },
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
