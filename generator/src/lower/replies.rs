//! The types of replies that several calls share.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::model::Type;

#[derive(Default)]
pub(super) struct Replies {
    /// The result types, by the type of the action.
    results: RefCell<HashMap<String, Type>>,
    /// The types of failures, by the places of their schemas.
    failures: RefCell<HashMap<String, Type>>,
}

impl Replies {
    /// Returns the result type of an action.
    pub(super) fn result(&self, action: &str) -> Option<Type> {
        self.results.borrow().get(action).cloned()
    }

    pub(super) fn set_result(&self, action: &str, ty: Type) {
        self.results.borrow_mut().insert(action.to_owned(), ty);
    }

    /// Returns the type of a failure by the place of its schema.
    pub(super) fn failure(&self, pointer: &str) -> Option<Type> {
        self.failures.borrow().get(pointer).cloned()
    }

    pub(super) fn set_failure(&self, pointer: String, ty: Type) {
        self.failures.borrow_mut().insert(pointer, ty);
    }
}
