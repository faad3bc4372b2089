//! The types of components, and which components something refers to.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};

use super::schema::Lowered;
use crate::model::{Type, TypeId};

/// The longest chain of components that are made of each other.
pub(super) const LONGEST_CHAIN: usize = 2000;

/// The components that are made or in the making.
#[derive(Default)]
pub(super) struct Components<'a> {
    states: RefCell<HashMap<&'a str, State>>,
    /// Ids that were handed out while their type was being made.
    handed_out: RefCell<HashSet<TypeId>>,
    /// What those came to that need no type of their own: lists, maps, or the types of other components.
    came_to: RefCell<HashMap<TypeId, Type>>,
    /// How many components are in the making, each within the one before.
    depth: Cell<usize>,
    /// The places that references led to, other than schemas.
    followed: RefCell<HashSet<String>>,
}

/// How far a component has come.
#[derive(Clone)]
pub(super) enum State {
    /// It is being made; whoever refers to it meanwhile gets this id.
    Reserved(TypeId),
    Done(Lowered),
}

impl<'a> Components<'a> {
    /// How far a component has come that something refers to; nothing where it is the first to do so.
    pub(super) fn refer(&self, key: &str) -> Option<State> {
        let state = self.states.borrow().get(key).cloned()?;
        if let State::Reserved(id) = state {
            self.handed_out.borrow_mut().insert(id);
        }
        Some(state)
    }

    /// Returns true if something refers to a component.
    pub(super) fn is_used(&self, key: &str) -> bool {
        self.states.borrow().contains_key(key)
    }

    pub(super) fn reserve(&self, key: &'a str, id: TypeId) {
        self.states.borrow_mut().insert(key, State::Reserved(id));
    }

    /// Keeps the type of a component.
    pub(super) fn settle(&self, key: &'a str, lowered: &Lowered) {
        let done = State::Done(lowered.clone());
        self.states.borrow_mut().insert(key, done);
    }

    /// Keeps what an id came to that has no type of its own, if something refers to it.
    pub(super) fn keep(&self, id: TypeId, ty: &Type) {
        if self.handed_out.borrow().contains(&id) {
            self.came_to.borrow_mut().insert(id, ty.clone());
        }
    }

    /// Runs `make` for a component within the one that is being made; not where the chain of them is too long.
    pub(super) fn within<T>(&self, make: impl FnOnce() -> T) -> Option<T> {
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
    pub(super) fn is_followed(&self, place: &str) -> bool {
        self.followed.borrow().contains(place)
    }

    /// The ids that have no type of their own, and what each came to.
    pub(super) fn into_recursive(self) -> HashMap<TypeId, Type> {
        self.came_to.into_inner()
    }
}
