//! What stands at the root: features and ids.

use std::collections::BTreeMap;

use super::Comparison;
use super::change::{Event, Item, Side};
use super::place::Place;
use crate::escape;
use crate::model::{Api, Namespace};
use crate::names;
use crate::rust::paths;

impl Comparison<'_> {
    pub(super) fn roots(&mut self) {
        let (old, new) = (features(self.old.api), features(self.new.api));
        for (name, namespace) in &old {
            if !new.contains_key(name) {
                let place = feature(name, namespace, Side::Old);
                let mut kept = self.new.api.namespaces.iter();
                let fact = if kept.any(|other| other.path == namespace.path) {
                    format!(
                        "is there only with the feature `undocumented` now, and the feature `{name}` is gone"
                    )
                } else {
                    format!("is gone, and the cargo feature `{name}` with it")
                };
                self.breaking(&place, Event::Gone, false, &fact);
            }
        }
        for (name, namespace) in &new {
            if !old.contains_key(name) {
                let place = feature(name, namespace, Side::New);
                self.additive(
                    &place,
                    Event::New,
                    false,
                    &format!("is new, behind the cargo feature `{name}`"),
                );
            }
        }
        self.ids();
        self.delivered();
    }

    fn ids(&mut self) {
        let (old, new) = (&self.old.api.ids, &self.new.api.ids);
        for id in old {
            if new.iter().all(|other| other.name != id.name) {
                self.breaking(&newtype(&id.name, Side::Old), Event::Gone, false, "is gone");
            }
        }
        for id in new {
            if old.iter().all(|other| other.name != id.name) {
                let fact = format!("is new: the id of a resource, {}", escape::code(&id.of));
                self.additive(&newtype(&id.name, Side::New), Event::New, false, &fact);
            }
        }
    }

    /// What `Webhook::verify` gives.
    fn delivered(&mut self) {
        let (old, new) = (self.old.api.delivered, self.new.api.delivered);
        if old.and_then(|id| self.pairs.new_of(id)) == new && old.is_some() == new.is_some() {
            return;
        }
        let named = |api: &Api, id: Option<crate::model::TypeId>| {
            id.map_or("Value".to_owned(), |id| paths::of_type(api.type_def(id)))
        };
        let place = Place {
            item: Item::Output,
            subject: "seam::webhook::Webhook::verify".to_owned(),
            name: None,
            wire: None,
            rust: "seam::webhook::Webhook::verify".to_owned(),
            pointer: new.map_or(String::new(), |id| {
                self.new.api.type_def(id).pointer.clone()
            }),
            side: Side::New,
            page: None,
        };
        let fact = format!(
            "gives `{}` now; it gave `{}`",
            named(self.new.api, new),
            named(self.old.api, old)
        );
        self.breaking(&place, Event::Changed, false, &fact);
    }
}

/// The features that follow the document, and the namespace of each.
fn features(api: &Api) -> BTreeMap<String, &Namespace> {
    let documented = api
        .namespaces
        .iter()
        .filter(|namespace| !namespace.is_undocumented());
    documented
        .map(|namespace| (names::feature_name(namespace.name()), namespace))
        .collect()
}

fn feature(name: &str, namespace: &Namespace, side: Side) -> Place {
    let first = namespace_pointer(namespace);
    Place {
        item: Item::Feature,
        subject: paths::namespace_call(namespace),
        name: None,
        wire: None,
        rust: format!("seam::{name}"),
        pointer: first,
        side,
        page: None,
    }
}

/// A namespace has no place of its own in the document: its first endpoint stands for it.
fn namespace_pointer(namespace: &Namespace) -> String {
    let own = namespace
        .endpoints
        .first()
        .map(|endpoint| endpoint.pointer.clone());
    let below = || namespace.children.iter().map(namespace_pointer).next();
    own.or_else(below).unwrap_or_default()
}

fn newtype(name: &str, side: Side) -> Place {
    let rust = format!("seam::{name}");
    Place {
        item: Item::Id,
        subject: rust.clone(),
        name: None,
        wire: None,
        rust,
        pointer: "/components/schemas".to_owned(),
        side,
        page: None,
    }
}
