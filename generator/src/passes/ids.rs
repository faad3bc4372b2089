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

#[cfg(test)]
mod tests {
    use super::super::tests::model;
    use crate::lower::tests::{object, seam_call};
    use crate::model::{Api, Type};

    /// The model of a call of Seam's dialect that takes `thing_id`, and returns a component.
    fn call(name: &str, component: &str, schemas: &str) -> Api {
        let body =
            "{ type: object, required: [thing_id], properties: { thing_id: { type: string } } }";
        let reply = format!("{{ $ref: '#/components/schemas/{component}' }}");
        let path = format!("post /{component}s/{name}");
        model(&seam_call(&path, body, component, &reply), schemas)
    }

    const THING: &str = "thing: { type: object, required: [thing_id], properties: { thing_id: { type: string }, part: { $ref: '#/components/schemas/part' } } }\npart: { type: object, properties: { thing_id: { type: string } } }";

    fn id() -> Type {
        Type::Id("thing".to_owned())
    }

    #[test]
    fn a_text_is_an_id_by_its_name_in_a_parameter_and_in_its_own_resource() {
        let api = call("find", "thing", THING);
        let (_, endpoint) = api.endpoints()[0];
        assert_eq!(endpoint.params().next().unwrap().ty, id());
        assert_eq!(object(&api, "thing").fields[0].ty, id());
        // It may be the id of another system.
        assert_eq!(object(&api, "part").fields[0].ty, Type::String);
    }

    /// What identifies an object: the property.
    fn identity(api: &Api, name: &str) -> Option<String> {
        let identity = object(api, name).identity.as_ref();
        identity.map(|identity| identity.field.clone())
    }

    #[test]
    fn a_resource_is_identified_by_the_required_id_that_its_name_ends_with() {
        let found = |component: &str, required: &str| {
            let schemas = format!(
                "{THING}\n{component}: {{ type: object{required}, properties: {{ thing_id: {{ type: string, format: uuid }}, thing: {{ $ref: '#/components/schemas/thing' }} }} }}"
            );
            identity(&call("find", component, &schemas), component)
        };
        let required = ", required: [thing_id]";
        assert_eq!(found("old_thing", required), Some("thing_id".to_owned()));
        assert_eq!(found("old_thing", ""), None);
        assert_eq!(found("report", required), None);
    }

    #[test]
    fn what_get_returns_is_identified_by_the_id_that_it_asks_for() {
        let returns = |required: &str| {
            let schemas = format!(
                "{THING}\nreport: {{ type: object{required}, properties: {{ thing_id: {{ type: string, format: uuid }}, thing: {{ $ref: '#/components/schemas/thing' }} }} }}"
            );
            identity(&call("get", "report", &schemas), "report")
        };
        assert_eq!(
            returns(", required: [thing_id]"),
            Some("thing_id".to_owned())
        );
        assert_eq!(returns(""), None);
    }
}
