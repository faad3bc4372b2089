//! The tree of modules; each module is a file.

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
    /// The feature of the namespace; `None` if it needs only `undocumented`.
    pub(crate) feature: Option<String>,
    pub(crate) types: Vec<TypeId>,
    pub(crate) children: BTreeMap<String, Module<'a>>,
    /// The gate of the module: the conditions of all items in it and below.
    pub(crate) gate: Gate,
}

impl<'a> Module<'a> {
    /// Returns all modules below this one, parents before children.
    pub(crate) fn all(&self) -> Vec<&Self> {
        let mut found = Vec::new();
        for child in self.children.values() {
            found.push(child);
            found.extend(child.all());
        }
        found
    }

    /// Returns the module at a path below this one, and adds the gate to each module on the path.
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

/// Returns the tree of modules of a model.
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

#[cfg(test)]
mod tests {
    use super::super::tests::{get, plan};

    #[test]
    fn a_module_has_the_features_of_all_that_is_in_it_or_below() {
        let found = plan(
            &[&get("plants", "leaf"), &get("trees", "leaf")],
            &[
                "leaf: { type: object, properties: { vein: { type: object, properties: { a: { type: string } } } } }",
            ],
            |plan| {
                let modules = plan.modules.all().into_iter();
                let found = modules.map(|module| {
                    let gate = module
                        .gate
                        .iter()
                        .filter_map(|(feature, _)| feature.clone());
                    let gate: Vec<String> = gate.collect();
                    let kind = match module.namespace {
                        Some(_) => "calls",
                        None => "types",
                    };
                    format!("{}: {kind}, {}", module.path.join("::"), gate.join(" "))
                });
                found.collect::<Vec<_>>()
            },
        );
        assert_eq!(
            found,
            [
                "leaf: types, plants trees",
                "plants: calls, plants",
                "trees: calls, trees"
            ]
        );
    }

    #[test]
    fn a_type_that_belongs_to_a_call_is_in_the_module_of_its_namespace() {
        let path = "/plants: { get: { tags: [plants], operationId: get, responses: { '200': { description: OK, content: { application/json: { schema: { type: object, properties: { a: { type: string } } } } } } } } }";
        let types = plan(&[path], &["unused: { type: string }"], |plan| {
            let modules = plan.modules.all();
            let [only] = modules[..] else {
                panic!("there are {} modules", modules.len());
            };
            let types = only.types.iter().map(|id| &plan.type_item(*id).path.name);
            types.cloned().collect::<Vec<_>>()
        });
        assert_eq!(types, ["GetResponse"]);
    }
}
