//! Types that cannot be as the document has them, because they would have no end.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::model::{Api, Kind, Type, TypeId};
use crate::trace::Trace;

/// What holds itself refers to what it came to; any JSON where that is a list or a map of nothing but itself.
pub(crate) fn tie(api: &mut Api, trace: &mut Trace, recursive: &HashMap<TypeId, Type>) {
    if recursive.is_empty() {
        return;
    }
    let mut endless = BTreeSet::new();
    api.each_type(&mut |ty| follow(ty, recursive, &mut Vec::new(), &mut endless));
    for id in endless {
        let text = "it consists of itself only, so its content is any JSON";
        trace.decided(&api.type_def(id).pointer, text);
    }
}

fn follow(
    ty: &mut Type,
    recursive: &HashMap<TypeId, Type>,
    way: &mut Vec<TypeId>,
    endless: &mut BTreeSet<TypeId>,
) {
    match ty {
        Type::Named(id) if way.contains(id) || is_endless(*id, recursive) => {
            endless.insert(*id);
            *ty = Type::Json;
        }
        Type::Named(id) => {
            let id = *id;
            if let Some(came_to) = recursive.get(&id) {
                *ty = came_to.clone();
                way.push(id);
                follow(ty, recursive, way, endless);
                way.pop();
            }
        }
        Type::Nullable(inner) => {
            follow(inner, recursive, way, endless);
            // Null is JSON too, and what may be null twice may be null.
            match &**inner {
                Type::Json => *ty = Type::Json,
                Type::Nullable(_) => *ty = (**inner).clone(),
                _ => {}
            }
        }
        Type::List(inner) | Type::Map(inner) | Type::ActionAttempt(inner) => {
            follow(inner, recursive, way, endless);
        }
        Type::Tuple(places) => {
            for place in places {
                follow(place, recursive, way, endless);
            }
        }
        _ => {}
    }
}

/// Returns true if a list or a map holds nothing but itself.
fn is_endless(id: TypeId, recursive: &HashMap<TypeId, Type>) -> bool {
    let holds_it = |ty: &Type| {
        let mut found = false;
        ty.each_named(&mut |named| found |= named == id);
        found
    };
    recursive.get(&id).is_some_and(holds_it)
}

/// A tuple holds what stands in its places itself: where that leads back to the type around it, the tuple is a list of any JSON.
pub(crate) fn open_endless_tuples(api: &mut Api, trace: &mut Trace) {
    let edges: HashMap<TypeId, Vec<TypeId>> = (0..api.types.len())
        .map(|index| (TypeId(index), held(&api.types[index].kind)))
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
                .for_each(|place| in_one_piece(place, &mut within));
            if within.into_iter().any(|to| leads_to(edges, to, from)) {
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

/// Returns the types that a definition holds without a list or a map between them.
fn held(kind: &Kind) -> Vec<TypeId> {
    let mut held = Vec::new();
    for (_, ty) in kind.mentions() {
        in_one_piece(ty, &mut held);
    }
    held
}

fn in_one_piece(ty: &Type, held: &mut Vec<TypeId>) {
    match ty {
        Type::Named(id) => held.push(*id),
        Type::Nullable(inner) => in_one_piece(inner, held),
        Type::Tuple(places) => places.iter().for_each(|place| in_one_piece(place, held)),
        _ => {}
    }
}

/// An object that requires an object of its own kind could never be written down: such properties are optional.
pub(crate) fn loosen_required_cycles(api: &mut Api, trace: &mut Trace) {
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
            if leads_to(&edges, to, from) {
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

/// Returns the object that a property cannot be without.
fn in_place(field: &crate::model::Field) -> Option<TypeId> {
    match field.ty {
        Type::Named(id) if field.presence.required && !field.presence.nullable => Some(id),
        _ => None,
    }
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
