//! Finds the ids: the resources that have one, and the property with the id.

use crate::lower::Resources;
use crate::model::{Api, Endpoint, Identity, Kind, Output, Param, Type, TypeDef};
use crate::trace::Trace;
use crate::words;

/// Changes strings to ids by their names: in parameters, whose ids are always those of the API, and for the own id of each
/// resource. Other ids in replies may belong to another system.
pub(super) fn name_ids(api: &mut Api, trace: &mut Trace, resources: &Resources) {
    let mut namespaces: Vec<_> = api.namespaces.iter_mut().collect();
    while let Some(namespace) = namespaces.pop() {
        for endpoint in &mut namespace.endpoints {
            for param in endpoint.params_mut() {
                name_param(param, trace, resources);
            }
        }
        namespaces.extend(&mut namespace.children);
    }
    for definition in &mut api.types {
        let (Some(component), Kind::Object(object)) = (&definition.component, &mut definition.kind)
        else {
            continue;
        };
        let own = format!("{component}_id");
        let own = object.fields.iter_mut().filter(|field| field.name == own);
        for field in own {
            name_id(&mut field.ty, &field.name, resources);
        }
    }
}

fn name_param(param: &mut Param, trace: &mut Trace, resources: &Resources) {
    let named = match &mut param.ty {
        Type::List(item) => name_id(item, &words::singular(&param.name), resources),
        ty => name_id(ty, &param.name, resources),
    };
    if named {
        let text = "it is an id by its name, though the document only says that it is a string";
        trace.decided(&param.pointer, text);
    }
}

fn name_id(ty: &mut Type, name: &str, resources: &Resources) -> bool {
    let id = resources.id_named(name).filter(|_| *ty == Type::String);
    let named = id.is_some();
    if let Some(id) = id {
        *ty = Type::Id(id);
    }
    named
}

/// Collects the ids that the model mentions, and sets the identity of each type.
pub(super) fn identify(api: &mut Api, resources: &Resources) {
    api.ids = resources.iter().map(str::to_owned).collect();
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

/// Returns the identity of a type by the end of its name: `unmanaged_device` is a `device`.
fn own_identity(definition: &TypeDef) -> Option<Identity> {
    let Kind::Object(object) = &definition.kind else {
        return None;
    };
    let own = words::folded(&definition.place.name);
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

/// Returns the identity of the type that `get` returns: the id that it takes.
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
        endpoint.overloads.first()?.required.as_slice(),
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
