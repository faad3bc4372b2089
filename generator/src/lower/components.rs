//! The types of components, and which components something refers to.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};

use super::Lowering;
use super::facts::{Located, SchemaRef};
use super::place::Place;
use super::resolve::Target;
use super::schema::{ANY, LoweredType};
use crate::document::Pointer;
use crate::model::{Docs, Type, TypeId};
use crate::trace::Reason;

/// The longest chain of components that are made of each other.
const LONGEST_CHAIN: usize = 2000;

/// The components that are made or in the making.
#[derive(Default)]
pub(super) struct Components<'a> {
    states: RefCell<HashMap<&'a str, State>>,
    /// Ids that were handed out while their type was being made.
    handed_out: RefCell<HashSet<TypeId>>,
    /// The types of those ids that have no type of their own: lists, maps, or the types of other components.
    came_to: RefCell<HashMap<TypeId, Type>>,
    /// How many components are in the making, each within the one before.
    depth: Cell<usize>,
    /// The places that references led to, other than schemas.
    followed: RefCell<HashSet<String>>,
}

/// How far a component has come.
#[derive(Clone)]
enum State {
    /// It is being made; whoever refers to it meanwhile gets this id.
    Reserved(TypeId),
    Done(LoweredType),
}

impl<'a> Components<'a> {
    /// How far a component has come that something refers to; nothing where it is the first to do so.
    fn refer(&self, key: &str) -> Option<State> {
        let state = self.states.borrow().get(key).cloned()?;
        if let State::Reserved(id) = state {
            self.handed_out.borrow_mut().insert(id);
        }
        Some(state)
    }

    /// Returns true if something refers to a component.
    fn is_used(&self, key: &str) -> bool {
        self.states.borrow().contains_key(key)
    }

    fn reserve(&self, key: &'a str, id: TypeId) {
        self.states.borrow_mut().insert(key, State::Reserved(id));
    }

    /// Keeps the type of a component.
    fn settle(&self, key: &'a str, lowered: &LoweredType) {
        let done = State::Done(lowered.clone());
        self.states.borrow_mut().insert(key, done);
    }

    /// Keeps the type behind an id that has no type of its own, if something refers to the id.
    fn keep(&self, id: TypeId, ty: &Type) {
        if self.handed_out.borrow().contains(&id) {
            self.came_to.borrow_mut().insert(id, ty.clone());
        }
    }

    /// Runs `make` for a component within the one that is being made; not where the chain of them is too long.
    fn within<T>(&self, make: impl FnOnce() -> T) -> Option<T> {
        if self.depth.get() >= LONGEST_CHAIN {
            return None;
        }
        self.depth.set(self.depth.get() + 1);
        let made = make();
        self.depth.set(self.depth.get() - 1);
        Some(made)
    }

    /// Keeps that a reference led to a place.
    pub(super) fn follow(&self, place: &str) {
        self.followed.borrow_mut().insert(place.to_owned());
    }

    /// Returns true if a reference led to a place.
    fn is_followed(&self, place: &str) -> bool {
        self.followed.borrow().contains(place)
    }

    /// The ids that have no type of their own, and the type behind each.
    pub(super) fn into_recursive(self) -> HashMap<TypeId, Type> {
        self.came_to.into_inner()
    }
}

impl<'a> Lowering<'a> {
    /// The type of a component.
    pub(super) fn component_type(&self, target: Target<'a>) -> LoweredType {
        match self.components.refer(target.key) {
            Some(State::Done(lowered)) => return lowered,
            Some(State::Reserved(id)) => {
                return LoweredType {
                    ty: Type::Named(id),
                    nullable: self.component_takes_null(target),
                };
            }
            None => {}
        }
        if self.dialect.is_action_attempt(target.key) {
            return self.attempt_type(target);
        }
        if let Some(ty) = self.shared(&target.pointer) {
            return self.settled(target.key, ty, false);
        }
        let pointer = target.pointer.clone();
        let made = self.components.within(|| self.new_component(target));
        made.unwrap_or_else(|| {
            self.report.problem(
                &pointer,
                format!("the last of {LONGEST_CHAIN} schemas, each of which refers to the next"),
                "schemas that lead to their end in fewer steps",
                "Take a reference out of the chain with an entry in the overlay.",
            );
            ANY
        })
    }

    /// Returns true if null may stand where a component is meant that is still being made.
    fn component_takes_null(&self, target: Target<'a>) -> bool {
        match target.schema {
            SchemaRef::Inline(_) => {
                let located = Located::new(target.schema, target.pointer);
                self.takes_null(&self.facts(&located))
            }
            _ => false,
        }
    }

    fn new_component(&self, target: Target<'a>) -> LoweredType {
        let mut place = Place {
            sent: self.survey.sent.contains(target.key),
            ..Place::component(&target.name)
        };
        let located = Located::new(target.schema, target.pointer);
        let docs = match located.schema {
            SchemaRef::Inline(schema) => self.dialect.schema_docs(&schema.schema_data),
            _ => Docs::default(),
        };
        let id = self.reserve(&place, &located.pointer, docs);
        place.reserved = Some(id);
        self.components.reserve(target.key, id);
        let lowered = match located.schema {
            SchemaRef::Inline(_) => self.own_type(target.key, &located, &place),
            // A component that only refers to another one is that one.
            _ => self.schema(&located, &place),
        };
        self.settle_component(id, &target.name, &lowered);
        self.settled(target.key, lowered.ty, lowered.nullable)
    }

    /// Says of each component that nothing led to that it is left out.
    pub(super) fn note_unreferenced(&self) {
        let Some(components) = &self.document.components else {
            return;
        };
        let pointer = Pointer::root("/components");
        let schemas = pointer.key("schemas");
        for name in components.schemas.keys() {
            match self.components.is_used(name) {
                true => self.report.emit(&schemas.key(name), None),
                false => self
                    .report
                    .leave_out(&schemas.key(name), Reason::Unreferenced),
            }
        }
        let sections: [(&str, Vec<&String>); 4] = [
            ("parameters", components.parameters.keys().collect()),
            ("requestBodies", components.request_bodies.keys().collect()),
            ("responses", components.responses.keys().collect()),
            ("headers", components.headers.keys().collect()),
        ];
        for (section, names) in sections {
            let pointer = pointer.key(section);
            for place in names.into_iter().map(|name| pointer.key(name)) {
                if !self.components.is_followed(&place.to_string()) {
                    self.report.leave_out(&place, Reason::Unreferenced);
                }
            }
        }
    }

    fn own_type(&self, name: &str, located: &Located<'a>, place: &Place) -> LoweredType {
        let facts = self.with_subtypes(name, self.facts(located));
        self.type_of(facts, place)
    }

    fn attempt_type(&self, target: Target<'a>) -> LoweredType {
        let located = Located::new(target.schema, target.pointer);
        let ty = self.action_attempt(target.key, &self.facts(&located));
        self.settled(target.key, ty, false)
    }

    /// Keeps the type of a component.
    fn settled(&self, key: &'a str, ty: Type, nullable: bool) -> LoweredType {
        let lowered = LoweredType { ty, nullable };
        self.components.settle(key, &lowered);
        lowered
    }

    /// A component that is a list, a map or a scalar needs no type of its own.
    fn settle_component(&self, id: TypeId, name: &str, lowered: &LoweredType) {
        if lowered.ty == Type::Named(id) {
            self.types.set_component(id, name);
        } else {
            self.types.leave_unnamed(id);
            self.components.keep(id, &lowered.ty);
        }
    }
}
