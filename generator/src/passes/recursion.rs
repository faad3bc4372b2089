//! Changes recursive types of the document that would be infinite in Rust.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::model::{Api, Kind, Type, TypeId};
use crate::trace::Trace;

/// Replaces the ids of recursive types by their types. A list or a map that contains only itself becomes any JSON.
pub(crate) fn resolve(api: &mut Api, trace: &mut Trace, recursive: &HashMap<TypeId, Type>) {
    if recursive.is_empty() {
        return;
    }
    let mut infinite = BTreeSet::new();
    api.each_type(&mut |ty| follow(ty, recursive, &mut Vec::new(), &mut infinite));
    for id in infinite {
        let text = "it consists of itself only, so its content is any JSON";
        trace.decided(&api.type_def(id).pointer, text);
    }
}

fn follow(
    ty: &mut Type,
    recursive: &HashMap<TypeId, Type>,
    path: &mut Vec<TypeId>,
    infinite: &mut BTreeSet<TypeId>,
) {
    match ty {
        Type::Named(id) if path.contains(id) || is_infinite(*id, recursive) => {
            infinite.insert(*id);
            *ty = Type::Json;
        }
        Type::Named(id) => {
            let id = *id;
            if let Some(resolved) = recursive.get(&id) {
                *ty = resolved.clone();
                path.push(id);
                follow(ty, recursive, path, infinite);
                path.pop();
            }
        }
        Type::Nullable(inner) => {
            follow(inner, recursive, path, infinite);
            // JSON includes null, and a nullable value need not be nullable twice.
            match &**inner {
                Type::Json => *ty = Type::Json,
                Type::Nullable(_) => *ty = (**inner).clone(),
                _ => {}
            }
        }
        Type::List(inner) | Type::Map(inner) | Type::ActionAttempt(inner) => {
            follow(inner, recursive, path, infinite);
        }
        Type::Tuple(places) => {
            for place in places {
                follow(place, recursive, path, infinite);
            }
        }
        _ => {}
    }
}

/// Returns true if a list or a map contains only itself.
fn is_infinite(id: TypeId, recursive: &HashMap<TypeId, Type>) -> bool {
    let holds_it = |ty: &Type| {
        let mut found = false;
        ty.each_named(&mut |named| found |= named == id);
        found
    };
    recursive.get(&id).is_some_and(holds_it)
}

/// Replaces tuples that contain the type around them by lists of any JSON, because the items of a tuple are not boxed.
pub(crate) fn open_recursive_tuples(api: &mut Api, trace: &mut Trace) {
    let edges: HashMap<TypeId, Vec<TypeId>> = (0..api.types.len())
        .map(|index| (TypeId(index), direct_types(&api.types[index].kind)))
        .collect();
    for index in 0..api.types.len() {
        let from = TypeId(index);
        let mut opened = false;
        api.types[index]
            .kind
            .each_type(&mut |ty| open_tuple(ty, from, &edges, &mut opened));
        if opened {
            let text = "a tuple in it would hold itself, so it is a list of any JSON";
            trace.decided(&api.types[index].pointer, text);
        }
    }
}

fn open_tuple(
    ty: &mut Type,
    from: TypeId,
    edges: &HashMap<TypeId, Vec<TypeId>>,
    opened: &mut bool,
) {
    match ty {
        Type::Tuple(places) => {
            let mut within = Vec::new();
            places
                .iter()
                .for_each(|place| collect_direct_types(place, &mut within));
            if within.into_iter().any(|to| reaches(edges, to, from)) {
                *ty = Type::Json.list();
                *opened = true;
            }
        }
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => {
            open_tuple(inner, from, edges, opened);
        }
        _ => {}
    }
}

/// Returns the types that a definition contains without a list or a map in between.
fn direct_types(kind: &Kind) -> Vec<TypeId> {
    let mut held = Vec::new();
    for (_, ty) in kind.mentions() {
        collect_direct_types(ty, &mut held);
    }
    held
}

fn collect_direct_types(ty: &Type, held: &mut Vec<TypeId>) {
    match ty {
        Type::Named(id) => held.push(*id),
        Type::Nullable(inner) => collect_direct_types(inner, held),
        Type::Tuple(places) => places
            .iter()
            .for_each(|place| collect_direct_types(place, held)),
        _ => {}
    }
}

/// Makes properties optional that require an object of the same type, because such a value would be infinite.
pub(crate) fn break_required_cycles(api: &mut Api, trace: &mut Trace) {
    let edges: HashMap<TypeId, Vec<TypeId>> = (0..api.types.len())
        .map(|index| (TypeId(index), required(&api.types[index].kind)))
        .collect();
    for index in 0..api.types.len() {
        let from = TypeId(index);
        let Kind::Object(object) = &mut api.types[index].kind else {
            continue;
        };
        for field in &mut object.fields {
            let Some(to) = in_place(field) else { continue };
            if reaches(&edges, to, from) {
                field.presence.required = false;
                let text = "it is optional, because requiring it could never end";
                trace.decided(&field.pointer, text);
            }
        }
    }
}

fn required(kind: &Kind) -> Vec<TypeId> {
    match kind {
        Kind::Object(object) => object.fields.iter().filter_map(in_place).collect(),
        _ => Vec::new(),
    }
}

/// Returns the object that a property requires.
fn in_place(field: &crate::model::Field) -> Option<TypeId> {
    match field.ty {
        Type::Named(id) if field.presence.required && !field.presence.nullable => Some(id),
        _ => None,
    }
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

#[cfg(test)]
mod tests {
    use super::super::tests::{GET, model, model_of};
    use crate::lower::tests::{names, object, properties, shape, short_document};

    #[test]
    fn an_object_does_not_require_one_that_requires_it() {
        let api = model(
            GET,
            "
thing: { type: object, required: [it, leaf], properties: { it: { $ref: '#/components/schemas/other' }, leaf: { $ref: '#/components/schemas/leaf' } } }
other: { type: object, required: [back], properties: { back: { $ref: '#/components/schemas/thing' } } }
leaf: { type: object, properties: { a: { type: string } } }",
        );
        assert_eq!(names(object(&api, "thing")), ["it?", "leaf"]);
        assert_eq!(names(object(&api, "other")), ["back?"]);
    }

    #[test]
    fn an_object_may_require_a_list_of_its_own_kind() {
        let api = model(
            GET,
            "thing: { type: object, required: [all], properties: { all: { type: array, items: { $ref: '#/components/schemas/thing' } } } }",
        );
        assert_eq!(names(object(&api, "thing")), ["all"]);
    }

    #[test]
    fn what_holds_itself_refers_to_what_it_came_to() {
        let api = model(
            GET,
            "
thing: { type: object, properties: { it: { $ref: '#/components/schemas/list' } } }
list: { type: array, items: { type: object, properties: { below: { $ref: '#/components/schemas/list' } } } }",
        );
        assert_eq!(properties(&api, "thing"), ["it: list of object list"]);
        let below = &object(&api, "list").fields[0];
        assert_eq!(shape(&api, &below.ty), "list of object list");
    }

    #[test]
    fn a_list_of_nothing_but_itself_is_any_json() {
        let api = model(
            GET,
            "
thing: { type: object, properties: { it: { $ref: '#/components/schemas/loop' } } }
loop: { type: array, items: { $ref: '#/components/schemas/loop' } }",
        );
        assert_eq!(properties(&api, "thing"), ["it: list of Json"]);
    }

    #[test]
    fn a_tuple_that_would_hold_itself_is_a_list_of_any_json() {
        let tuple = |of: &str| {
            let thing = format!(
                "thing: {{ type: object, properties: {{ it: {{ type: array, prefixItems: [{of}, {{ type: string }}], items: false, minItems: 2, maxItems: 2 }} }} }}"
            );
            let document = short_document(GET, &thing).replacen("3.0.0", "3.1.0", 1);
            properties(&model_of(&document), "thing").swap_remove(0)
        };
        assert_eq!(tuple("{ type: integer }"), "it: Tuple([Integer, String])");
        assert_eq!(
            tuple("{ $ref: '#/components/schemas/thing' }"),
            "it: list of Json"
        );
    }
}
