//! Types that contain themselves: somewhere on the way round there has to be a `Box`.

use std::collections::{HashMap, HashSet};

use crate::model::{Api, Kind, Type, TypeId};

/// The pairs of types of which the first holds the second in a box.
pub(crate) type Boxed = HashSet<(TypeId, TypeId)>;

/// Every edge that lies on a cycle, but for those to the enum under a tag: its own fields are in boxes.
pub(crate) fn boxed(api: &Api) -> Boxed {
    let edges: HashMap<TypeId, Vec<TypeId>> = (0..api.types.len())
        .map(|index| (TypeId(index), held(&api.types[index].kind)))
        .collect();
    let mut found = Boxed::new();
    for (from, held) in &edges {
        found.extend(
            held.iter()
                .filter(|to| !api.is_tag(**to) && leads_to(&edges, **to, *from))
                .map(|to| (*from, *to)),
        );
    }
    found
}

fn leads_to(edges: &HashMap<TypeId, Vec<TypeId>>, from: TypeId, to: TypeId) -> bool {
    let mut seen = HashSet::new();
    let mut open = vec![from];
    while let Some(id) = open.pop() {
        if id == to {
            return true;
        }
        if seen.insert(id) {
            open.extend(edges.get(&id).into_iter().flatten());
        }
    }
    false
}

/// What a definition holds in place: lists and maps are boxes already.
fn held(kind: &Kind) -> Vec<TypeId> {
    let types = kind.mentions().into_iter().map(|(_, ty)| ty);
    types
        .filter_map(|ty| match ty {
            Type::Named(id) => Some(*id),
            Type::Nullable(inner) | Type::ActionAttempt(inner) => match **inner {
                Type::Named(id) => Some(id),
                _ => None,
            },
            _ => None,
        })
        .collect()
}
