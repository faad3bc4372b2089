//! Recursive types: each cycle needs a `Box`.

use std::collections::{HashMap, HashSet};

use crate::model::{Api, Kind, Type, TypeId};

/// The pairs of types of which the first has the second in a box.
pub(crate) type Boxed = HashSet<(TypeId, TypeId)>;

/// Returns every edge on a cycle, except edges to the enum of a tag: the fields of its variants are in boxes instead.
pub(crate) fn boxed(api: &Api) -> Boxed {
    let edges: HashMap<TypeId, Vec<TypeId>> = (0..api.types.len())
        .map(|index| (TypeId(index), direct_types(&api.types[index].kind)))
        .collect();
    let mut found = Boxed::new();
    for (from, held) in &edges {
        found.extend(
            held.iter()
                .filter(|to| !api.is_tag(**to) && reaches(&edges, **to, *from))
                .map(|to| (*from, *to)),
        );
    }
    found
}

fn reaches(edges: &HashMap<TypeId, Vec<TypeId>>, from: TypeId, to: TypeId) -> bool {
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

/// Returns the types that a definition contains directly. Lists and maps are on the heap already.
fn direct_types(kind: &Kind) -> Vec<TypeId> {
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
