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

#[cfg(test)]
mod tests {
    use super::super::tests::{get, plan};

    /// The types that hold another in a box, each with what it holds.
    fn boxed(schemas: &[&str]) -> Vec<String> {
        plan(&[&get("plants", "tree")], schemas, |plan| {
            let name = |id| &plan.type_item(id).path.name;
            let pairs = plan.boxed.iter();
            let pairs = pairs.map(|(from, to)| format!("{} in {}", name(*to), name(*from)));
            let mut pairs: Vec<String> = pairs.collect();
            pairs.sort();
            pairs
        })
    }

    const LEAF: &str = "leaf: { type: object, properties: { a: { type: string } } }";

    #[test]
    fn only_what_lies_on_a_cycle_is_in_a_box() {
        let tree = "tree: { type: object, properties: { root: { $ref: '#/components/schemas/root' }, leaf: { $ref: '#/components/schemas/leaf' } } }";
        let root =
            "root: { type: object, properties: { tree: { $ref: '#/components/schemas/tree' } } }";
        assert_eq!(boxed(&[tree, root, LEAF]), ["Root in Tree", "Tree in Root"]);
    }

    #[test]
    fn a_list_and_a_map_are_boxes_already() {
        let list = "{ type: array, items: { $ref: '#/components/schemas/tree' } }";
        let map = "{ type: object, additionalProperties: { $ref: '#/components/schemas/tree' } }";
        let tree = format!("tree: {{ type: object, properties: {{ all: {list}, named: {map} }} }}");
        assert!(boxed(&[&tree]).is_empty());
    }

    #[test]
    fn an_object_holds_the_variants_of_its_tag_in_place_and_they_hold_it_in_a_box() {
        let tree = "tree: { oneOf: [{ type: object, required: [kind], properties: { kind: { enum: [old] }, root: { $ref: '#/components/schemas/tree' } } }, { type: object, required: [kind], properties: { kind: { enum: [new] } } }] }";
        assert_eq!(boxed(&[tree]), ["Tree in TreeKind"]);
    }
}
