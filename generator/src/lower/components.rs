//! The types of components, and the components that are referenced.

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

/// The longest chain of components that refer to each other.
const MAX_CHAIN: usize = 2000;

/// The components whose types are resolved or in progress.
#[derive(Default)]
pub(super) struct Components<'a> {
    states: RefCell<HashMap<&'a str, State>>,
    /// The ids that were referenced while their type was in progress.
    referenced_ids: RefCell<HashSet<TypeId>>,
    /// The types of those ids that have no type of their own: lists, maps, or the types of other components.
    resolved: RefCell<HashMap<TypeId, Type>>,
    /// The number of nested components in progress.
    depth: Cell<usize>,
    /// The places, other than schemas, that references point to.
    followed: RefCell<HashSet<String>>,
}

/// The state of a component.
#[derive(Clone)]
enum State {
    /// Its type is in progress; references get this id.
    InProgress(TypeId),
    Resolved(LoweredType),
}

impl<'a> Components<'a> {
    /// Returns the state of a referenced component; `None` for the first reference.
    fn reference_state(&self, key: &str) -> Option<State> {
        let state = self.states.borrow().get(key).cloned()?;
        if let State::InProgress(id) = state {
            self.referenced_ids.borrow_mut().insert(id);
        }
        Some(state)
    }

    /// Returns true if something refers to a component.
    fn is_referenced(&self, key: &str) -> bool {
        self.states.borrow().contains_key(key)
    }

    fn reserve(&self, key: &'a str, id: TypeId) {
        self.states.borrow_mut().insert(key, State::InProgress(id));
    }

    /// Stores the type of a component.
    fn set_resolved(&self, key: &'a str, lowered: &LoweredType) {
        let done = State::Resolved(lowered.clone());
        self.states.borrow_mut().insert(key, done);
    }

    /// Stores the type of an id that has no type of its own, if the id is referenced.
    fn set_type_of_id(&self, id: TypeId, ty: &Type) {
        if self.referenced_ids.borrow().contains(&id) {
            self.resolved.borrow_mut().insert(id, ty.clone());
        }
    }

    /// Runs `make` for a component inside of the one in progress; returns `None` if the chain is too long.
    fn within<T>(&self, make: impl FnOnce() -> T) -> Option<T> {
        if self.depth.get() >= MAX_CHAIN {
            return None;
        }
        self.depth.set(self.depth.get() + 1);
        let made = make();
        self.depth.set(self.depth.get() - 1);
        Some(made)
    }

    /// Records that a reference points to a place.
    pub(super) fn follow(&self, place: &str) {
        self.followed.borrow_mut().insert(place.to_owned());
    }

    /// Returns true if a reference points to a place.
    fn is_followed(&self, place: &str) -> bool {
        self.followed.borrow().contains(place)
    }

    /// Returns the ids that have no type of their own, each with its type.
    pub(super) fn into_recursive(self) -> HashMap<TypeId, Type> {
        self.resolved.into_inner()
    }
}

impl<'a> Lowering<'a> {
    /// Returns the type of a component.
    pub(super) fn component_type(&self, target: Target<'a>) -> LoweredType {
        match self.components.reference_state(target.key) {
            Some(State::Resolved(lowered)) => return lowered,
            Some(State::InProgress(id)) => {
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
            return self.resolve_component(target.key, ty, false);
        }
        let pointer = target.pointer.clone();
        let made = self.components.within(|| self.new_component(target));
        made.unwrap_or_else(|| {
            self.report.problem(
                &pointer,
                format!("the last of {MAX_CHAIN} schemas, each of which refers to the next"),
                "a shorter chain of references",
                "Remove a reference from the chain with an entry in the overlay.",
            );
            ANY
        })
    }

    /// Returns true if a component in progress is nullable.
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
            // A component that is only a reference has the type of its target.
            _ => self.schema(&located, &place),
        };
        self.set_component_type(id, &target.name, &lowered);
        self.resolve_component(target.key, lowered.ty, lowered.nullable)
    }

    /// Notes the components that nothing refers to as left out.
    pub(super) fn note_unreferenced(&self) {
        let Some(components) = &self.document.components else {
            return;
        };
        let pointer = Pointer::root("/components");
        let schemas = pointer.key("schemas");
        for name in components.schemas.keys() {
            match self.components.is_referenced(name) {
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
        self.resolve_component(target.key, ty, false)
    }

    /// Stores the type of a component, and returns it.
    fn resolve_component(&self, key: &'a str, ty: Type, nullable: bool) -> LoweredType {
        let lowered = LoweredType { ty, nullable };
        self.components.set_resolved(key, &lowered);
        lowered
    }

    /// Assigns a type to the id of a component. A list, a map or a scalar needs no type of its own.
    fn set_component_type(&self, id: TypeId, name: &str, lowered: &LoweredType) {
        if lowered.ty == Type::Named(id) {
            self.types.set_component(id, name);
        } else {
            self.types.leave_unnamed(id);
            self.components.set_type_of_id(id, &lowered.ty);
        }
    }
}
