//! A resource comes as a whole: what is in its module has the same ways in, so that a file needs one `cfg`, not many.

use std::collections::{BTreeMap, BTreeSet};

use super::super::items::TypePath;
use super::{Gate, Way};
use crate::model::{Api, Field, TypeId};

/// How many types of other modules may come with a resource for the sake of one `cfg`.
const A_FEW: usize = 8;

/// The gates with the ways in that each module has. Only what would bring in much more than that module keeps a gate of its own.
pub(super) fn widened(api: &Api, paths: &[TypePath], gates: Vec<Gate>) -> Vec<Gate> {
    let mut widening = Widening { api, paths, gates };
    while widening.widen() {}
    widening.gates
}

struct Widening<'a> {
    api: &'a Api,
    paths: &'a [TypePath],
    gates: Vec<Gate>,
}

impl<'a> Widening<'a> {
    /// Gives each type the ways in of its module; returns true if there was one to give.
    fn widen(&mut self) -> bool {
        let mut modules: BTreeMap<&str, Vec<TypeId>> = BTreeMap::new();
        for (index, definition) in self.api.types.iter().enumerate() {
            if let (true, Some(root)) = (definition.is_live(), self.root(TypeId(index))) {
                modules.entry(root).or_default().push(TypeId(index));
            }
        }
        let mut widened = false;
        for ids in modules.into_values() {
            let all: Gate = ids
                .iter()
                .flat_map(|id| self.gates[id.0].iter().cloned())
                .collect();
            for id in ids {
                let gate = &self.gates[id.0];
                let documented = gate.iter().any(|(_, hidden)| !hidden);
                let wanted: Gate = all
                    .iter()
                    .map(|(feature, hidden)| (feature.clone(), *hidden || !documented))
                    .filter(|way| !gate.contains(way))
                    .collect();
                for way in wanted {
                    if !self.brings_in_much(&way, id) {
                        self.let_in(&way, id);
                        widened = true;
                    }
                }
            }
        }
        widened
    }

    /// The module at the crate's root that holds a type.
    fn root(&self, id: TypeId) -> Option<&'a str> {
        self.paths[id.0].module.first().map(String::as_str)
    }

    /// Returns true if another way in to a type would bring in more than a few types of other modules.
    fn brings_in_much(&self, way: &Way, id: TypeId) -> bool {
        let mut seen = BTreeSet::new();
        self.brought_in(way, id, &mut seen);
        let elsewhere = |other: &&TypeId| self.root(**other) != self.root(id);
        seen.iter().filter(elsewhere).count() > A_FEW
    }

    /// The types that another way in to a type would bring in.
    fn brought_in(&self, way: &Way, id: TypeId, seen: &mut BTreeSet<TypeId>) {
        for (hidden, ty) in self.api.type_def(id).kind.mentions() {
            let way = (way.0.clone(), way.1 || hidden);
            let open = (way.0.clone(), false);
            ty.each_named(&mut |id| {
                let gate = &self.gates[id.0];
                let is_known = gate.contains(&way) || gate.contains(&open);
                if !is_known && seen.insert(id) {
                    self.brought_in(&way, id, seen);
                }
            });
        }
    }

    /// Adds a way in to a type, and to all that it mentions on the sides of a call on which it is used.
    fn let_in(&mut self, way: &Way, id: TypeId) {
        let definition = self.api.type_def(id);
        for (is_used, sent) in [(definition.sent, true), (definition.received, false)] {
            if is_used {
                self.visit(way, id, sent);
            }
        }
    }

    fn visit(&mut self, way: &Way, id: TypeId, sent: bool) {
        if !self.gates[id.0].insert(way.clone()) {
            return;
        }
        let api = self.api;
        let counts = |field: &Field| match sent {
            true => field.access.is_sent(),
            false => field.access.is_received(),
        };
        for (hidden, ty) in api.type_def(id).kind.mentions_of(&counts) {
            let way = (way.0.clone(), way.1 || hidden);
            ty.each_named(&mut |id| self.visit(&way, id, sent));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::{get, plan};

    #[test]
    fn what_is_in_the_module_of_a_resource_comes_with_it() {
        // The namespace has the name of the resource, so its reply is in the resource's module.
        let own = "/leaf: { get: { tags: [leaf], operationId: own, responses: { '200': { description: OK, content: { application/json: { schema: { type: object, properties: { a: { type: string } } } } } } } } }";
        let (reached, gate) = plan(
            &[&get("plants", "leaf"), own],
            &["leaf: { type: object, properties: { b: { type: string } } }"],
            |plan| {
                let mut live = plan.live();
                let leaf = live.find(|item| item.path.name == "Leaf").expect("a leaf");
                let reached = leaf.reached.iter().map(|reach| reach.namespace.clone());
                let gate = leaf
                    .gate
                    .iter()
                    .filter_map(|(namespace, _)| namespace.clone());
                (reached.collect::<Vec<_>>(), gate.collect::<Vec<_>>())
            },
        );
        assert_eq!(reached, ["plants"]);
        assert_eq!(gate, ["leaf", "plants"]);
    }
}
