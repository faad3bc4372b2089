//! Model → plan of the crate: every name, path, signature, feature and sentence of documentation is decided here.
//!
//! A [`Plan`] is made once for a model. Whoever needs Rust of it (`render`, `changes`, `explain`, `reference`) asks here and
//! derives no name anew.

pub(crate) mod argument;
pub(crate) mod builder;
pub(crate) mod call_docs;
pub(crate) mod connection;
mod cycles;
pub(crate) mod docs;
pub(crate) mod example;
pub(crate) mod fields;
pub(crate) mod gate;
pub(crate) mod idents;
pub(crate) mod modules;
pub(crate) mod pages;
pub(crate) mod paths;
pub(crate) mod sample;
pub(crate) mod scope;
pub(crate) mod unions;
pub(crate) mod variants;

use std::collections::{BTreeMap, BTreeSet};

use modules::Module;

use crate::model::{Api, Kind, Reply, Type, TypeId, Union};

/// The plan of a crate: the API, and what of its Rust is decided once for all of it.
pub(crate) struct Plan<'a> {
    pub(crate) api: &'a Api,
    /// The modules of the crate, each a file.
    pub(crate) modules: Module<'a>,
    pub(crate) boxed: cycles::Boxed,
    /// The types that an action gives once it is done.
    pub(crate) results: BTreeSet<TypeId>,
    /// The properties of each type that something around it reads: tags of unions, and the status in a body.
    pub(crate) read_elsewhere: BTreeMap<TypeId, BTreeSet<String>>,
    /// The calls that stand for the paths of the API.
    pub(crate) calls: BTreeMap<String, String>,
}

impl<'a> Plan<'a> {
    pub(crate) fn new(api: &'a Api) -> Self {
        Self {
            api,
            modules: modules::modules(api),
            boxed: cycles::boxed(api),
            results: results(api),
            read_elsewhere: read_elsewhere(api),
            calls: calls(api),
        }
    }

    /// For type expressions that stand in no definition: nothing there is boxed.
    pub(crate) fn of_expressions(api: &'a Api) -> Self {
        Self {
            api,
            modules: Module::default(),
            boxed: cycles::Boxed::new(),
            results: BTreeSet::new(),
            read_elsewhere: BTreeMap::new(),
            calls: BTreeMap::new(),
        }
    }
}

/// The plain call of each path: `seam.devices().get` for `/devices/get`.
fn calls(api: &Api) -> BTreeMap<String, String> {
    let endpoints = api.endpoints().into_iter();
    let plain = endpoints.filter_map(|(namespace, endpoint)| {
        let method = paths::method(endpoint, endpoint.overloads.first()?);
        let call = format!("{}.{method}", paths::namespace_call(api, namespace));
        Some((endpoint.path.clone(), call))
    });
    plain.collect()
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

/// What is read outside of each type: the tags of the unions that it is a branch of, unless it has a property for them itself, and
/// in a body that is given as a whole the property that only says that the call succeeded.
fn read_elsewhere(api: &Api) -> BTreeMap<TypeId, BTreeSet<String>> {
    let mut found: BTreeMap<TypeId, BTreeSet<String>> = BTreeMap::new();
    let mut note = |ty: Option<&Type>, name: &str| {
        let Some(Type::Named(id)) = ty else { return };
        let id = api.standing_for(*id);
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
