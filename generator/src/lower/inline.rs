//! An inline schema is one type, also where `allOf` brings the component around it into it.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::Lowering;
use super::facts::{Facts, Located};
use super::place::Place;
use super::schema::Lowered;
use crate::document::Pointer;
use crate::model::{Kind, Type, TypeId};

/// The inline schemas that have properties or branches.
#[derive(Default)]
pub(super) struct Inline<'a> {
    /// Those in the making, from the outermost.
    open: RefCell<Vec<Pointer>>,
    /// What each came to, by its pointer.
    made: RefCell<HashMap<String, Type>>,
    /// Those that were met within themselves or their component, by their pointers.
    met: RefCell<BTreeMap<String, Met<'a>>>,
}

#[derive(Clone)]
struct Met<'a> {
    id: TypeId,
    located: Located<'a>,
    place: Place,
}

impl Inline<'_> {
    /// Whether a schema stands in a component that is being made around it, elsewhere than where that is at.
    fn is_met(&self, pointer: &Pointer) -> bool {
        let component = pointer.component();
        let leads_here = |outer: &Pointer| {
            let is_of_it = component.is_some() && outer.component() == component;
            outer == pointer || (is_of_it && !pointer.is_below(outer))
        };
        self.open.borrow().iter().any(leads_here)
    }

    /// The ids of those that were met, and what each came to.
    pub(super) fn into_met(self) -> HashMap<TypeId, Type> {
        let mut made = self.made.into_inner();
        let met = self.met.into_inner().into_iter();
        met.filter_map(|(pointer, met)| Some((met.id, made.remove(&pointer)?)))
            .collect()
    }
}

impl<'a> Lowering<'a> {
    /// The type of an inline schema.
    pub(super) fn inline(&self, located: &Located<'a>, place: &Place) -> Lowered {
        let facts = self.facts(located);
        if facts.alternatives.is_empty() && facts.properties.is_empty() {
            return self.type_of(facts, place);
        }
        if self.inline.is_met(&located.pointer) {
            return Lowered {
                nullable: self.takes_null(&facts),
                ty: Type::Named(self.meet(located, &facts, place)),
            };
        }
        self.inline.open.borrow_mut().push(located.pointer.clone());
        let lowered = self.type_of(facts, place);
        self.inline.open.borrow_mut().pop();
        let mut made = self.inline.made.borrow_mut();
        made.entry(located.pointer.to_string())
            .or_insert_with(|| lowered.ty.clone());
        lowered
    }

    /// An id that stands for a schema until all are made.
    fn meet(&self, located: &Located<'a>, facts: &Facts<'a>, place: &Place) -> TypeId {
        let pointer = located.pointer.to_string();
        if let Some(met) = self.inline.met.borrow().get(&pointer) {
            return met.id;
        }
        let id = self.id_for(facts, place);
        self.types.borrow_mut()[id.0].kind = Kind::Replaced(id);
        let met = Met {
            id,
            located: located.clone(),
            place: place.clone(),
        };
        self.inline.met.borrow_mut().insert(pointer, met);
        id
    }

    /// Makes those that were met and never reached from outside of themselves.
    pub(super) fn make_met(&self) {
        loop {
            let is_made = |pointer: &String| self.inline.made.borrow().contains_key(pointer);
            let met = self.inline.met.borrow();
            let left = met.iter().find(|(pointer, _)| !is_made(pointer));
            let Some(left) = left.map(|(_, met)| met.clone()) else {
                return;
            };
            drop(met);
            self.inline(&left.located, &left.place);
        }
    }

    /// Whether null may stand there: the schema says so, or a branch of it at any depth.
    pub(super) fn takes_null(&self, facts: &Facts<'a>) -> bool {
        self.takes_null_within(facts, &mut HashSet::new())
    }

    fn takes_null_within(&self, facts: &Facts<'a>, seen: &mut HashSet<String>) -> bool {
        let (branches, null) = self.alternatives(facts);
        let takes_null = |branch: &Facts<'a>, seen: &mut HashSet<String>| {
            let is_union = !branch.alternatives.is_empty();
            branch.nullable
                || is_union
                    && seen.insert(branch.pointer.to_string())
                    && self.takes_null_within(branch, seen)
        };
        null || facts.nullable
            || branches
                .iter()
                .any(|branch| takes_null(&branch.facts, seen))
    }
}
