//! Which things of the API have an id of their own.

use std::collections::BTreeSet;

use super::Lowering;
use super::facts::Located;
use crate::document::Pointer;
use crate::names;

impl<'a> Lowering<'a> {
    /// Everything that has a property named after itself: `device` has `device_id`.
    pub(super) fn resources(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        if !self.conventions.calls_by_path {
            return found;
        }
        let components = self
            .document
            .components
            .iter()
            .flat_map(|components| &components.schemas);
        for (name, schema) in components {
            let located = Located::new(schema, Pointer::root("/components/schemas").key(name));
            self.note_resource(name, &located, &mut found);
        }
        for (_, item) in self.document.paths.iter() {
            for (_, operation) in item
                .as_item()
                .into_iter()
                .flat_map(openapiv3::PathItem::iter)
            {
                let Some(reply) = self.success(operation, &Pointer::root("")) else {
                    continue;
                };
                for property in self.facts(&reply).properties {
                    let items = self.facts(&property.value).items;
                    let (name, value) = match items {
                        Some(items) => (names::singular(property.name), items),
                        None => (property.name.to_owned(), property.value),
                    };
                    self.note_resource(&name, &value, &mut found);
                }
            }
        }
        found
    }

    fn note_resource(&self, name: &str, located: &Located<'a>, found: &mut BTreeSet<String>) {
        let id = format!("{name}_id");
        let facts = self.facts(located);
        let (branches, _) = self.alternatives(&facts);
        let in_branches = !branches.is_empty()
            && branches
                .iter()
                .all(|branch| branch.facts.property(&id).is_some());
        if facts.property(&id).is_some() || in_branches {
            found.insert(name.to_owned());
        }
    }
}
