//! A model as its callers see it: the items that they can name, by their paths.

use crate::rust::items::TypeItem;
use crate::rust::namespaces;
use std::collections::{BTreeMap, HashMap};

use crate::model::{Api, Endpoint, Namespace, TypeId};
use crate::names;
use crate::rust::Plan;
use crate::rust::paths;

/// The owner of the types in a module.
#[derive(Debug, Clone)]
pub(super) enum Owner {
    /// The type that they are properties or branches of.
    Type(TypeId),
    /// The path of the call that takes or returns them.
    Call(String),
}

/// A model with its names.
pub(super) struct View<'a> {
    pub(super) api: &'a Api,
    pub(super) plan: &'a Plan<'a>,
    /// Every path of every type that is part of the client.
    pub(super) paths: BTreeMap<String, TypeId>,
    /// Every endpoint by the path of its plain call.
    pub(super) calls: BTreeMap<String, (&'a Namespace, &'a Endpoint)>,
    /// The owner of each module that has one.
    owners: HashMap<String, Owner>,
}

impl<'a> View<'a> {
    pub(super) fn of(plan: &'a Plan<'a>) -> Self {
        let api = plan.api;
        let mut paths = BTreeMap::new();
        for item in plan.live() {
            for path in paths_of(plan, item) {
                paths.insert(path, item.id);
            }
        }
        let calls = api.endpoints().into_iter().map(|(namespace, endpoint)| {
            (call_path(plan, namespace, endpoint), (namespace, endpoint))
        });
        let calls: BTreeMap<_, _> = calls.collect();
        let of_types = plan.live().map(|item| {
            // A resource is at the root, and its module has the types that belong to it.
            let module = match item.component {
                Some(_) => item.path.module.clone(),
                None => item.path.children(),
            };
            let module = paths::below(plan.client, &module.join("::"));
            (module, Owner::Type(item.id))
        });
        let of_calls = calls.iter().map(|(call, (namespace, endpoint))| {
            let module = namespaces::module(namespace).join("::");
            let own = names::module_name(plan.names.request(endpoint));
            let module = paths::below(plan.client, &format!("{module}::{own}"));
            (module, Owner::Call(call.clone()))
        });
        Self {
            api,
            plan,
            owners: of_calls.chain(of_types).collect(),
            paths,
            calls,
        }
    }

    /// Returns the owner of a path: that of its module, or else of the nearest module around it. The value is true for its own
    /// module.
    pub(super) fn owner(&self, path: &str) -> Option<(&Owner, bool)> {
        let mut module = path.rsplit_once("::")?.0;
        let mut is_own = true;
        loop {
            if let Some(owner) = self.owners.get(module) {
                return Some((owner, is_own));
            }
            module = module.rsplit_once("::")?.0;
            is_own = false;
        }
    }

    /// Returns the paths in this model for the types of the other one.
    pub(super) fn names_of(&self, other: &View<'_>) -> HashMap<TypeId, String> {
        let named = |definition: &TypeItem<'_>| {
            let own = self.paths.get(&paths::of_type(other.plan, definition))?;
            Some((
                definition.id,
                paths::of_type(self.plan, self.plan.type_item(*own)),
            ))
        };
        other.plan.live().filter_map(named).collect()
    }
}

/// Returns all paths by which callers can name a type, its own first.
pub(super) fn paths_of(plan: &Plan<'_>, item: &TypeItem<'_>) -> Vec<String> {
    let mut paths = vec![paths::of_type(plan, item)];
    paths.push(paths::below(plan.client, &item.path.to_string()));
    paths.dedup();
    paths
}

/// Returns the path of a call: `seam::locks::Locks::lock_door`.
pub(super) fn call_path(plan: &Plan<'_>, namespace: &Namespace, endpoint: &Endpoint) -> String {
    format!(
        "{}::{}",
        namespace_path(plan, namespace),
        names::method_name(&endpoint.name)
    )
}

/// Returns the path of a namespace's type: `seam::locks::Locks`.
pub(super) fn namespace_path(plan: &Plan<'_>, namespace: &Namespace) -> String {
    let module = namespaces::module(namespace).join("::");
    paths::below(
        plan.client,
        &format!("{module}::{}", plan.names.namespace(namespace)),
    )
}
