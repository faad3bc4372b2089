//! Schemas that hold themselves.

use std::collections::HashMap;

use super::inline::Inline;
use super::union::Eithers;
use crate::model::{Type, TypeId};

/// The schemas in the making that have no component's name, so that one which meets itself is found.
pub(super) struct Recursion<'a> {
    pub(super) inline: Inline<'a>,
    pub(super) eithers: Eithers,
    pub(super) joins: Eithers,
}

impl Recursion<'_> {
    pub(super) fn new() -> Self {
        Self {
            inline: Inline::default(),
            eithers: Eithers::of_choices(),
            joins: Eithers::of_joins(),
        }
    }

    /// The ids of recursive schemas, and what each came to.
    pub(super) fn into_recursive(self) -> HashMap<TypeId, Type> {
        let mut recursive = self.inline.into_recursive();
        recursive.extend(self.eithers.into_recursive());
        recursive.extend(self.joins.into_recursive());
        recursive
    }
}
