//! The types of replies that several calls have in common.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::model::Type;

#[derive(Default)]
pub(super) struct Replies {
    /// The result of each type of action.
    results: RefCell<HashMap<String, Type>>,
    /// The bodies of failures, by the places of their schemas.
    failures: RefCell<HashMap<String, Type>>,
}

impl Replies {
    /// The result of an action.
    pub(super) fn result(&self, action: &str) -> Option<Type> {
        self.results.borrow().get(action).cloned()
    }

    pub(super) fn set_result(&self, action: &str, ty: Type) {
        self.results.borrow_mut().insert(action.to_owned(), ty);
    }

    /// The body of a failure whose schema stands there.
    pub(super) fn failure(&self, pointer: &str) -> Option<Type> {
        self.failures.borrow().get(pointer).cloned()
    }

    pub(super) fn set_failure(&self, pointer: String, ty: Type) {
        self.failures.borrow_mut().insert(pointer, ty);
    }
}
