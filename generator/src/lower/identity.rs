//! What has an id: which newtypes there are, and which property of a resource holds its own.

use std::collections::BTreeSet;

use super::Lowering;
use super::facts::Located;
use crate::document::Pointer;
use crate::model::{Api, Decision, Endpoint, Id, Identity, Kind, Output, Type, TypeDef};
use crate::names;
use crate::seam::Conventions;

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

/// Makes ids of parameters that are called so, where the document only says that they are strings: what stands there is always
/// Seam's own, so that a device can be handed over wherever one is named.
pub(super) fn name_ids(endpoint: &mut Endpoint, conventions: &Conventions) -> Vec<Decision> {
    let required = endpoint.ways.iter_mut().flat_map(|way| &mut way.required);
    let mut decisions = Vec::new();
    for param in required.chain(&mut endpoint.options) {
        let named = match &mut param.ty {
            Type::List(item) => name_id(item, &names::singular(&param.name), conventions),
            ty => name_id(ty, &param.name, conventions),
        };
        if named {
            decisions.push(Decision {
                pointer: param.pointer.clone(),
                text: "an id by its name, though the document says of it no more than that it is a string".to_owned(),
            });
        }
    }
    decisions
}

/// The same for the id of each resource in itself. Elsewhere in replies an id of that name may be another system's.
pub(super) fn name_own_ids(types: &mut [TypeDef], conventions: &Conventions) {
    for definition in types {
        let (Some(component), Kind::Object(object)) = (&definition.component, &mut definition.kind)
        else {
            continue;
        };
        let own = format!("{component}_id");
        let own = object.fields.iter_mut().filter(|field| field.name == own);
        for field in own {
            name_id(&mut field.ty, &field.name, conventions);
        }
    }
}

fn name_id(ty: &mut Type, name: &str, conventions: &Conventions) -> bool {
    let id = conventions.id_named(name).filter(|_| *ty == Type::String);
    let named = id.is_some();
    if let Some(id) = id {
        *ty = Type::Id(id);
    }
    named
}

/// The newtypes that the model mentions, and the one that identifies each type.
pub(super) fn identify(api: &mut Api, resources: &BTreeSet<String>) {
    api.ids = resources
        .iter()
        .map(|of| Id {
            name: names::type_name(&format!("{of}_id")),
            of: of.replace('_', " "),
        })
        // The client itself has the id of an action attempt.
        .filter(|id| !names::is_runtime_type(&id.name))
        .collect();
    api.ids.sort();
    for definition in &mut api.types {
        let own = own_identity(definition);
        if let Kind::Object(object) = &mut definition.kind {
            object.identity = own;
        }
    }
    let by_get: Vec<_> = api
        .endpoints()
        .into_iter()
        .filter_map(|(_, endpoint)| identity_by_get(endpoint))
        .collect();
    for (id, identity) in by_get {
        if let Kind::Object(object) = &mut api.types[id.0].kind {
            let holds = object.fields.iter().any(|field| {
                let always = field.presence.required && !field.presence.nullable;
                field.name == identity.field && field.ty == Type::Id(identity.id.clone()) && always
            });
            if object.identity.is_none() && holds {
                object.identity = Some(identity);
            }
        }
    }
}

/// `unmanaged_device` is a `device`: its id is the property that its name ends with.
fn own_identity(definition: &TypeDef) -> Option<Identity> {
    let Kind::Object(object) = &definition.kind else {
        return None;
    };
    let own = names::module_name(&definition.home.name);
    object.fields.iter().find_map(|field| {
        let Type::Id(id) = &field.ty else { return None };
        let of = field.name.strip_suffix("_id")?;
        let named_so = own == of || own.strip_suffix(of).is_some_and(|rest| rest.ends_with('_'));
        (named_so && !field.presence.nullable && field.presence.required).then(|| Identity {
            field: field.name.clone(),
            id: id.clone(),
        })
    })
}

/// What `get` asks for and returns is identified by what it asks for.
fn identity_by_get(endpoint: &Endpoint) -> Option<(crate::model::TypeId, Identity)> {
    let Output {
        ty: Some(Type::Named(returned)),
        ..
    } = &endpoint.output
    else {
        return None;
    };
    match (
        endpoint.name.as_str(),
        endpoint.ways.first()?.required.as_slice(),
    ) {
        ("get", [only]) => match &only.ty {
            Type::Id(id) => Some((
                *returned,
                Identity {
                    field: only.name.clone(),
                    id: id.clone(),
                },
            )),
            _ => None,
        },
        _ => None,
    }
}
