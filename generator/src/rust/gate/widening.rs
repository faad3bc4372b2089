//! Gives all types in the module of a resource the same conditions, so that a file needs one `cfg`, not many.

use std::collections::{BTreeMap, BTreeSet};

use super::super::items::TypePath;
use super::{Condition, Gate};
use crate::model::{Api, Field, TypeId};

/// The number of types in other modules that may get further conditions to save a `cfg`.
const MAX_OTHERS: usize = 8;

/// Returns the gates with the conditions of each module. A type that would add many types of other modules keeps its own gate.
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
    /// Gives each type the conditions of its module; returns true if any gate has changed.
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
                    .filter(|condition| !gate.contains(condition))
                    .collect();
                for condition in wanted {
                    if !self.adds_many(&condition, id) {
                        self.add_condition(&condition, id);
                        widened = true;
                    }
                }
            }
        }
        widened
    }

    /// Returns the module at the crate's root that contains a type.
    fn root(&self, id: TypeId) -> Option<&'a str> {
        self.paths[id.0].module.first().map(String::as_str)
    }

    /// Returns true if another condition of a type would add more than `MAX_OTHERS` types of other modules.
    fn adds_many(&self, condition: &Condition, id: TypeId) -> bool {
        let mut seen = BTreeSet::new();
        self.collect_added(condition, id, &mut seen);
        let elsewhere = |other: &&TypeId| self.root(**other) != self.root(id);
        seen.iter().filter(elsewhere).count() > MAX_OTHERS
    }

    /// Collects the types that another condition of a type would add.
    fn collect_added(&self, condition: &Condition, id: TypeId, seen: &mut BTreeSet<TypeId>) {
        for (hidden, ty) in self.api.type_def(id).kind.mentions() {
            let condition = (condition.0.clone(), condition.1 || hidden);
            let open = (condition.0.clone(), false);
            ty.each_named(&mut |id| {
                let gate = &self.gates[id.0];
                let is_known = gate.contains(&condition) || gate.contains(&open);
                if !is_known && seen.insert(id) {
                    self.collect_added(&condition, id, seen);
                }
            });
        }
    }

    /// Adds a condition to a type, and to the types that it mentions in requests or replies, as it is used.
    fn add_condition(&mut self, condition: &Condition, id: TypeId) {
        let definition = self.api.type_def(id);
        for (is_used, sent) in [(definition.sent, true), (definition.received, false)] {
            if is_used {
                self.visit(condition, id, sent);
            }
        }
    }

    fn visit(&mut self, condition: &Condition, id: TypeId, sent: bool) {
        if !self.gates[id.0].insert(condition.clone()) {
            return;
        }
        let api = self.api;
        let counts = |field: &Field| match sent {
            true => field.access.is_sent(),
            false => field.access.is_received(),
        };
        for (hidden, ty) in api.type_def(id).kind.mentions_of(&counts) {
            let condition = (condition.0.clone(), condition.1 || hidden);
            ty.each_named(&mut |id| self.visit(&condition, id, sent));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::{get, plan};

    #[test]
    fn types_in_the_module_of_a_resource_have_its_gate() {
        // The namespace has the name of the resource, so its reply is in the module of the resource.
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
