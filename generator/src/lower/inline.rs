//! The types of inline schemas. Each has one type, even if `allOf` makes it recursive.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::Lowering;
use super::facts::{Facts, Located};
use super::place::Place;
use super::schema::LoweredType;
use super::union::is_null;
use crate::document::Pointer;
use crate::model::{Type, TypeId};

/// The inline schemas that have properties or branches.
#[derive(Default)]
pub(super) struct Inline<'a> {
    /// The schemas in progress, from the outermost.
    open: RefCell<Vec<Pointer>>,
    /// The type of each, by its pointer.
    made: RefCell<HashMap<String, Type>>,
    /// The schemas that contain themselves or their component, by their pointers.
    recursive: RefCell<BTreeMap<String, Recursive<'a>>>,
}

#[derive(Clone)]
struct Recursive<'a> {
    id: TypeId,
    located: Located<'a>,
    place: Place,
}

impl Inline<'_> {
    /// Returns true if the schema is in progress, or belongs to a component in progress but not to the part that is in progress.
    fn is_recursive(&self, pointer: &Pointer) -> bool {
        let component = pointer.component();
        let leads_here = |outer: &Pointer| {
            let is_of_it = component.is_some() && outer.component() == component;
            outer == pointer || (is_of_it && !pointer.is_below(outer))
        };
        self.open.borrow().iter().any(leads_here)
    }

    /// Returns the ids of recursive schemas, each with its type.
    pub(super) fn into_recursive(self) -> HashMap<TypeId, Type> {
        let mut made = self.made.into_inner();
        let recursive = self.recursive.into_inner().into_iter();
        recursive
            .filter_map(|(pointer, recursive)| Some((recursive.id, made.remove(&pointer)?)))
            .collect()
    }
}

impl<'a> Lowering<'a> {
    /// Returns the type of an inline schema.
    pub(super) fn inline(&self, located: &Located<'a>, place: &Place) -> LoweredType {
        let facts = self.facts(located);
        if facts.alternatives.is_empty() && facts.properties.is_empty() {
            return self.type_of(facts, place);
        }
        if self.recursion.inline.is_recursive(&located.pointer) {
            return LoweredType {
                nullable: self.takes_null(&facts),
                ty: Type::Named(self.reserve_recursive(located, &facts, place)),
            };
        }
        self.recursion
            .inline
            .open
            .borrow_mut()
            .push(located.pointer.clone());
        let lowered = self.type_of(facts, place);
        self.recursion.inline.open.borrow_mut().pop();
        let mut made = self.recursion.inline.made.borrow_mut();
        made.entry(located.pointer.to_string())
            .or_insert_with(|| lowered.ty.clone());
        lowered
    }

    /// Reserves an id for a recursive schema, whose type is made later.
    fn reserve_recursive(&self, located: &Located<'a>, facts: &Facts<'a>, place: &Place) -> TypeId {
        let pointer = located.pointer.to_string();
        if let Some(recursive) = self.recursion.inline.recursive.borrow().get(&pointer) {
            return recursive.id;
        }
        let id = self.id_for(facts, place);
        self.types.leave_unnamed(id);
        let recursive = Recursive {
            id,
            located: located.clone(),
            place: place.clone(),
        };
        self.recursion
            .inline
            .recursive
            .borrow_mut()
            .insert(pointer, recursive);
        id
    }

    /// Makes the recursive schemas that have no type yet.
    pub(super) fn make_recursive(&self) {
        loop {
            let is_made =
                |pointer: &String| self.recursion.inline.made.borrow().contains_key(pointer);
            let recursive = self.recursion.inline.recursive.borrow();
            let left = recursive.iter().find(|(pointer, _)| !is_made(pointer));
            let Some(left) = left.map(|(_, recursive)| recursive.clone()) else {
                return;
            };
            drop(recursive);
            self.inline(&left.located, &left.place);
        }
    }

    /// Returns true if the schema is nullable, or a branch of it at any depth.
    pub(super) fn takes_null(&self, facts: &Facts<'a>) -> bool {
        if facts.nullable {
            return true;
        }
        let mut seen = HashSet::new();
        let mut open = vec![facts.clone()];
        while let Some(union) = open.pop() {
            for branch in &union.alternatives {
                let branch = self.facts(branch);
                if branch.nullable || is_null(&branch, &union) {
                    return true;
                }
                if !branch.alternatives.is_empty() && seen.insert(branch.pointer.to_string()) {
                    open.push(branch);
                }
            }
        }
        false
    }
}
