//! Model → plan of the crate: every name, path, signature, feature and sentence of documentation is decided here.
//!
//! A [`Plan`] is made once for a model. Its readers (`render`, `diff`, `explain`, `reference`, `samples`) take names from it
//! and derive none themselves.

pub(crate) mod argument;
pub(crate) mod builder;
pub(crate) mod call_docs;
pub(crate) mod connection;
pub(crate) mod constant;
mod cycles;
pub(crate) mod docs;
pub(crate) mod example;
pub(crate) mod fields;
pub(crate) mod gate;
pub(crate) mod idents;
pub(crate) mod ids;
pub(crate) mod items;
pub(crate) mod modules;
mod names;
pub(crate) mod namespaces;
pub(crate) mod pages;
pub(crate) mod paths;
mod placement;
pub(crate) mod sample;
pub(crate) mod scope;
pub(crate) mod unions;
pub(crate) mod variants;

#[cfg(test)]
pub(crate) mod tests;

use std::collections::{BTreeMap, BTreeSet};

use items::TypeItem;
use modules::Module;
use names::Names;

pub(crate) use placement::check_placement;

use crate::model::{Api, Kind, Reply, Type, TypeId, Union};
use crate::names::ClientName;

/// The plan of a crate: the API, and all decisions about its Rust.
pub(crate) struct Plan<'a> {
    pub(crate) api: &'a Api,
    /// The name of the client.
    pub(crate) client: &'a ClientName,
    pub(crate) names: Names,
    /// The types of the model, by their ids.
    pub(crate) types: Vec<TypeItem<'a>>,
    /// The modules of the crate, each a file.
    pub(crate) modules: Module<'a>,
    pub(crate) boxed: cycles::Boxed,
    /// The types of the results of actions.
    pub(crate) results: BTreeSet<TypeId>,
    /// The properties of each type that another item reads: tags of unions, and the status in a body.
    pub(crate) read_elsewhere: BTreeMap<TypeId, BTreeSet<String>>,
    /// The calls for the paths of the API, by path and suffix of the method; the plain call has an empty suffix.
    calls: BTreeMap<(String, String), String>,
}

impl<'a> Plan<'a> {
    pub(crate) fn new(api: &'a Api, client: &'a ClientName) -> Self {
        let (names, paths) = Names::of(api, client);
        let gates = gate::gates(api, &paths);
        let types: Vec<TypeItem<'a>> = paths
            .into_iter()
            .zip(gates)
            .zip(&api.types)
            .enumerate()
            .map(|(index, (decided, definition))| TypeItem::new(TypeId(index), decided, definition))
            .collect();
        Self {
            api,
            client,
            modules: modules::modules(api, &types),
            names,
            types,
            boxed: cycles::boxed(api),
            results: results(api),
            read_elsewhere: read_elsewhere(api),
            calls: calls(api, client),
        }
    }

    /// Returns a type of the model as an item of the crate.
    pub(crate) fn type_item(&self, id: TypeId) -> &TypeItem<'a> {
        &self.types[id.0]
    }

    /// Returns the types that are part of the client.
    pub(crate) fn live(&self) -> impl Iterator<Item = &TypeItem<'a>> {
        self.types.iter().filter(|item| item.is_live())
    }

    /// Returns the call for a path of the API: the one whose method has this suffix, or else the plain one.
    pub(crate) fn call(&self, path: &str, suffix: Option<&str>) -> Option<&str> {
        let by = |suffix: &str| self.calls.get(&(path.to_owned(), suffix.to_owned()));
        let call = suffix.and_then(by).or_else(|| by(""));
        call.map(String::as_str)
    }
}

/// Returns the calls of each path: `seam.devices().get` for `/devices/get`, and with the suffix `by_name`
/// `seam.devices().get_by_name`.
fn calls(api: &Api, client: &ClientName) -> BTreeMap<(String, String), String> {
    let mut calls = BTreeMap::new();
    for (namespace, endpoint) in api.endpoints() {
        for (index, overload) in endpoint.overloads.iter().enumerate() {
            let method = paths::method(endpoint, overload);
            let call = format!("{}.{method}", paths::namespace_call(client, namespace));
            let suffix = overload.suffix.clone().unwrap_or_default();
            calls.insert((endpoint.path.clone(), suffix), call.clone());
            if index == 0 {
                calls.insert((endpoint.path.clone(), String::new()), call);
            }
        }
    }
    calls
}

fn results(api: &Api) -> BTreeSet<TypeId> {
    let mut results = BTreeSet::new();
    for definition in &api.types {
        if let Kind::Union(Union::Results(branches)) = &definition.kind {
            for payload in branches.iter().filter_map(|branch| branch.payload.as_ref()) {
                payload.each_named(&mut |id| {
                    results.insert(id);
                });
            }
        }
    }
    results
}

/// Returns the properties of each type that another item reads: the tags of the unions that it is a branch of, unless it has a
/// field for them; and in a body that is returned as a whole, the property that only says that the call succeeded.
fn read_elsewhere(api: &Api) -> BTreeMap<TypeId, BTreeSet<String>> {
    let mut found: BTreeMap<TypeId, BTreeSet<String>> = BTreeMap::new();
    let mut note = |ty: Option<&Type>, name: &str| {
        let Some(Type::Named(id)) = ty else { return };
        let id = *id;
        if let Kind::Object(object) = &api.type_def(id).kind
            && !object.fields.iter().any(|field| field.name == name)
        {
            found.entry(id).or_default().insert(name.to_owned());
        }
    };
    for definition in &api.types {
        if let Kind::Union(Union::Tagged { tag, branches, .. }) = &definition.kind {
            for branch in branches {
                note(branch.payload.as_ref(), tag);
            }
        }
    }
    for (_, endpoint) in api.endpoints() {
        if let (Reply::Body, Some(status)) = (&endpoint.output.reply, &endpoint.output.status) {
            note(endpoint.output.ty.as_ref(), status);
        }
    }
    found
}
