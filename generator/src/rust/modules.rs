//! Which module holds what: one file each.

use std::collections::BTreeMap;

use super::gate::Gate;
use super::items::TypeItem;
use super::namespaces;
use crate::model::{Api, Namespace, TypeId};

/// A module and the modules below it.
#[derive(Default)]
pub(crate) struct Module<'a> {
    pub(crate) path: Vec<String>,
    pub(crate) namespace: Option<&'a Namespace>,
    /// The feature of the namespace; none where only `undocumented` counts.
    pub(crate) feature: Option<String>,
    pub(crate) types: Vec<TypeId>,
    pub(crate) children: BTreeMap<String, Module<'a>>,
    /// The ways in to anything at or below it.
    pub(crate) gate: Gate,
}

impl<'a> Module<'a> {
    /// Every module, itself left out, parents before children.
    pub(crate) fn all(&self) -> Vec<&Self> {
        let mut found = Vec::new();
        for child in self.children.values() {
            found.push(child);
            found.extend(child.all());
        }
        found
    }

    /// The module at a path below this one, and the gate noted on the way there.
    fn at(&mut self, path: &[String], gate: &Gate) -> &mut Self {
        self.gate.extend(gate.iter().cloned());
        let Some((first, rest)) = path.split_first() else {
            return self;
        };
        let mut below = self.path.clone();
        below.push(first.clone());
        let child = self.children.entry(first.clone()).or_default();
        child.path = below;
        child.at(rest, gate)
    }
}

/// The tree of a model.
pub(crate) fn modules<'a>(api: &'a Api, types: &[TypeItem<'_>]) -> Module<'a> {
    let mut root = Module::default();
    for item in types.iter().filter(|item| item.is_live()) {
        root.at(&item.path.module, &item.gate).types.push(item.id);
    }
    for namespace in &api.namespaces {
        let feature = (!namespace.is_undocumented()).then(|| namespace.name().to_owned());
        add_namespace(&mut root, namespace, &feature);
    }
    root
}

fn add_namespace<'a>(root: &mut Module<'a>, namespace: &'a Namespace, feature: &Option<String>) {
    let gate = Gate::from([(feature.clone(), namespace.is_undocumented())]);
    let module = root.at(&namespaces::module(namespace), &gate);
    module.namespace = Some(namespace);
    module.feature.clone_from(feature);
    for child in &namespace.children {
        add_namespace(root, child, feature);
    }
}
