//! Compares the items at the root: features and ids.

use std::collections::BTreeMap;

use super::Comparison;
use super::change::{Event, Item, Side};
use super::place::Place;
use crate::escape;
use crate::model::{Api, Kind, Namespace, Type};
use crate::rust::{Plan, docs, ids, namespaces, paths};

impl Comparison<'_> {
    pub(super) fn roots(&mut self) {
        let (old, new) = (features(self.old.api), features(self.new.api));
        for (name, namespace) in &old {
            if !new.contains_key(name) {
                let place = feature(self.old.plan, name, namespace, Side::Old);
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
                let place = feature(self.new.plan, name, namespace, Side::New);
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
        let (old, new) = (ids::all(self.old.api), ids::all(self.new.api));
        for id in &old {
            if !new.contains(id) {
                let place = newtype(self.old.plan, &id.0, Side::Old);
                self.breaking(&place, Event::Gone, false, "is gone");
            }
        }
        for id in &new {
            if !old.contains(id) {
                let of = escape::line(&id.1);
                let fact = format!("is new: the ID of {} {of}", docs::article(&of));
                let place = newtype(self.new.plan, &id.0, Side::New);
                self.additive(&place, Event::New, false, &fact);
            }
        }
    }

    /// Compares the value that `Webhook::verify` returns.
    fn delivered(&mut self) {
        let (old, new) = (self.old.api.delivered, self.new.api.delivered);
        if old.and_then(|id| self.pairs.new_of(id)) == new && old.is_some() == new.is_some() {
            return;
        }
        let named = |plan: &Plan<'_>, id: Option<crate::model::TypeId>| {
            id.map_or("Value".to_owned(), |id| {
                paths::of_type(plan, plan.type_item(id))
            })
        };
        let verify = paths::below(self.new.plan.client, "webhook::Webhook::verify");
        let place = Place {
            item: Item::Output,
            subject: verify.clone(),
            name: None,
            wire: None,
            rust: verify,
            pointer: new.map_or(String::new(), |id| {
                self.new.plan.type_item(id).pointer.clone()
            }),
            side: Side::New,
            page: None,
            written: Default::default(),
        };
        let fact = format!(
            "gives `{}` now; it gave `{}`",
            named(self.new.plan, new),
            named(self.old.plan, old)
        );
        self.breaking(&place, Event::Changed, false, &fact);
    }
}

/// Returns the features of namespaces, each with its namespace.
fn features(api: &Api) -> BTreeMap<String, &Namespace> {
    let documented = api
        .namespaces
        .iter()
        .filter(|namespace| !namespace.is_undocumented());
    documented
        .map(|namespace| (namespaces::feature(namespace.name()), namespace))
        .collect()
}

fn feature(plan: &Plan<'_>, name: &str, namespace: &Namespace, side: Side) -> Place {
    let first = namespace_pointer(namespace);
    Place {
        item: Item::Feature,
        subject: paths::namespace_call(plan.client, namespace),
        name: None,
        wire: None,
        rust: paths::below(plan.client, name),
        pointer: first,
        side,
        page: None,
        written: Default::default(),
    }
}

/// Returns the place of the first endpoint, because a namespace has no place in the document.
fn namespace_pointer(namespace: &Namespace) -> String {
    let own = namespace
        .endpoints
        .first()
        .map(|endpoint| endpoint.pointer.clone());
    let below = || namespace.children.iter().map(namespace_pointer).next();
    own.or_else(below).unwrap_or_default()
}

/// Returns the first place of an id: in the resource that it identifies, or else in any type or call.
fn pointer_of_id(api: &Api, name: &str) -> String {
    let is_wanted = |ty: &Type| {
        let mut ty = ty;
        while let Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) = ty {
            ty = inner;
        }
        matches!(ty, Type::Id(of) if ids::type_name(of) == name)
    };
    let objects = || {
        let live = api.types.iter().filter(|definition| definition.is_live());
        live.filter_map(|definition| match &definition.kind {
            Kind::Object(object) => Some(object),
            _ => None,
        })
    };
    let identified = objects().filter(|object| {
        let identity = object.identity.as_ref();
        identity.is_some_and(|identity| ids::type_name(&identity.id) == name)
    });
    let fields = identified
        .chain(objects())
        .flat_map(|object| &object.fields);
    let mut fields = fields.filter(|field| is_wanted(&field.ty));
    let calls = api.endpoints();
    let mut given = calls.iter().flat_map(|(_, endpoint)| endpoint.params());
    fields
        .next()
        .map(|field| field.pointer.clone())
        .or_else(|| {
            given
                .find(|param| is_wanted(&param.ty))
                .map(|param| param.pointer.clone())
        })
        .unwrap_or_default()
}

fn newtype(plan: &Plan<'_>, name: &str, side: Side) -> Place {
    let rust = paths::below(plan.client, name);
    Place {
        item: Item::Id,
        subject: rust.clone(),
        name: None,
        wire: None,
        rust,
        pointer: pointer_of_id(plan.api, name),
        side,
        page: None,
        written: Default::default(),
    }
}
