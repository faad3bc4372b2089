//! Schemas that hold themselves.

use std::collections::HashMap;

use super::inline::Inline;
use super::union::SchemaSets;
use crate::model::{Type, TypeId};

/// The schemas in the making that have no component's name, so that one which meets itself is found.
pub(super) struct Recursion<'a> {
    pub(super) inline: Inline<'a>,
    pub(super) choices: SchemaSets,
    pub(super) joins: SchemaSets,
}

impl Recursion<'_> {
    pub(super) fn new() -> Self {
        Self {
            inline: Inline::default(),
            choices: SchemaSets::of_choices(),
            joins: SchemaSets::of_joins(),
        }
    }

    /// The ids of recursive schemas, and the type of each.
    pub(super) fn into_recursive(self) -> HashMap<TypeId, Type> {
        let mut recursive = self.inline.into_recursive();
        recursive.extend(self.choices.into_recursive());
        recursive.extend(self.joins.into_recursive());
        recursive
    }
}
