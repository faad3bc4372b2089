//! The resources of an API with their own ids.

use crate::words;
use std::collections::BTreeSet;

use super::Lowering;
use super::facts::Located;
use crate::document::Pointer;

/// The names of the resources with their own ids: `access_code`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Resources(BTreeSet<String>);

impl Resources {
    /// Returns the resources, sorted.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Returns the resource that a property identifies by its name: `webhook` for `webhook_id`.
    pub(crate) fn id_named(&self, property: &str) -> Option<String> {
        let of = property.strip_suffix("_id")?;
        let is_resource = self.0.contains(of);
        is_resource.then(|| of.to_owned())
    }

    /// Returns the resource that a property identifies by the end of its name: `access_code` for
    /// `pulled_backup_access_code_id`.
    pub(super) fn id_within(&self, property: &str) -> Option<String> {
        let of = property.strip_suffix("_id")?;
        let ends_with = |resource: &str| {
            let before = of.strip_suffix(resource);
            before.is_some_and(|before| before.is_empty() || before.ends_with('_'))
        };
        let resources = self.iter().filter(|resource| ends_with(resource));
        let resource = resources.max_by_key(|resource| resource.len())?;
        Some(resource.to_owned())
    }
}

impl<'a> Lowering<'a> {
    /// Returns the components with a property for their own id: `device` has `device_id`.
    pub(super) fn resources(&self) -> Resources {
        let mut found = Resources::default();
        if !self.dialect.resources_have_ids() {
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
                        Some(items) => (words::singular(property.name), items),
                        None => (property.name.to_owned(), property.value),
                    };
                    self.note_resource(&name, &value, &mut found);
                }
            }
        }
        found
    }

    fn note_resource(&self, name: &str, located: &Located<'a>, found: &mut Resources) {
        let id = format!("{name}_id");
        let facts = self.facts(located);
        let (branches, _) = self.alternatives(&facts);
        let in_branches = !branches.is_empty()
            && branches
                .iter()
                .all(|branch| branch.facts.property(&id).is_some());
        if facts.property(&id).is_some() || in_branches {
            found.0.insert(name.to_owned());
        }
    }
}
