//! Finds the calls that reach each type, and if it is sent or received.

use crate::model::{Api, DELIVERIES, Docs, Field, Reach, Type};

/// Records on each type the calls that reach it.
pub(super) fn mark(api: &mut Api) {
    let mut roots: Vec<(Reach, Type, bool)> = Vec::new();
    for namespace in &api.namespaces {
        let root = namespace.name();
        let from = |undocumented: bool| Reach {
            namespace: root.to_owned(),
            undocumented,
        };
        let mut endpoints = vec![namespace];
        while let Some(namespace) = endpoints.pop() {
            endpoints.extend(&namespace.children);
            for endpoint in &namespace.endpoints {
                let hidden = is_hidden(&endpoint.docs);
                for param in endpoint.params() {
                    let reach = from(hidden || is_hidden(&param.docs));
                    roots.push((reach, param.ty.clone(), true));
                }
                let returned = endpoint
                    .output
                    .ty
                    .iter()
                    .chain(endpoint.output.others.iter().map(|(_, ty)| ty));
                let failed = endpoint.failures.iter().map(|failure| &failure.ty);
                let returned = returned.chain(failed).chain(&endpoint.events);
                roots.extend(returned.map(|ty| (from(hidden), ty.clone(), false)));
            }
        }
    }
    if let Some(id) = api.deliveries {
        let reach = Reach {
            namespace: DELIVERIES.to_owned(),
            undocumented: false,
        };
        roots.push((reach, Type::Named(id), false));
    }
    for (reach, ty, sent) in roots {
        visit(api, &reach, &ty, sent);
    }
}

fn is_hidden(docs: &Docs) -> bool {
    docs.undocumented.is_some()
}

fn visit(api: &mut Api, reach: &Reach, ty: &Type, sent: bool) {
    let mut named = Vec::new();
    ty.each_named(&mut |id| named.push(id));
    for id in named {
        let definition = &mut api.types[id.0];
        let known = if sent {
            definition.sent
        } else {
            definition.received
        };
        if !definition.reached.insert(reach.clone()) && known {
            continue;
        }
        if sent {
            definition.sent = true;
        } else {
            definition.received = true;
        }
        let counts = |field: &Field| match sent {
            true => field.access.is_sent(),
            false => field.access.is_received(),
        };
        let mentions = definition.kind.mentions_of(&counts).into_iter();
        let mentions: Vec<(bool, Type)> =
            mentions.map(|(hidden, ty)| (hidden, ty.clone())).collect();
        for (hidden, ty) in mentions {
            let reach = Reach {
                undocumented: reach.undocumented || hidden,
                ..reach.clone()
            };
            visit(api, &reach, &ty, sent);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::mark;
    use crate::model::{
        Api, Docs, Field, Kind, Object, Presence, Reach, Root, Type, TypeDef, TypeId, TypePlace,
    };

    fn object(field: Option<(&str, Option<&str>, usize)>) -> TypeDef {
        let fields = field.map(|(name, undocumented, of)| Field {
            name: name.to_owned(),
            ty: Type::Named(TypeId(of)),
            presence: Presence {
                required: true,
                nullable: false,
            },
            only: None,
            access: Default::default(),
            docs: Docs {
                undocumented: undocumented.map(str::to_owned),
                ..Docs::default()
            },
            pointer: String::new(),
        });
        TypeDef {
            place: TypePlace {
                root: Root::Component,
                module: Vec::new(),
                name: String::new(),
                parent: String::new(),
            },
            component: None,
            pointer: String::new(),
            composed: false,
            docs: Docs::default(),
            kind: Kind::Object(Object {
                fields: fields.into_iter().collect(),
                ..Object::default()
            }),
            sent: false,
            received: false,
            reached: Default::default(),
        }
    }

    #[test]
    fn a_type_of_only_an_undocumented_property_is_undocumented() {
        let mut api = Api {
            types: vec![
                object(Some(("it", Some("draft"), 1))),
                object(None),
                object(None),
            ],
            deliveries: Some(TypeId(0)),
            ..Api::default()
        };
        mark(&mut api);
        let reach = |undocumented| Reach {
            namespace: "webhooks".to_owned(),
            undocumented,
        };
        assert!(api.types[0].reached.contains(&reach(false)) && api.types[0].received);
        assert!(api.types[1].reached.contains(&reach(true)) && api.types[1].is_undocumented());
        assert!(!api.types[2].is_reached() && !api.types[1].sent);
    }
}
