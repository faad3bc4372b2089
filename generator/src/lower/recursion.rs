//! Detects recursive schemas.

use std::collections::HashMap;

use super::inline::Inline;
use super::union::SchemaSets;
use crate::model::{Type, TypeId};

/// The schemas in progress that are not components, to detect recursion.
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

    /// Returns the ids of recursive schemas, each with its type.
    pub(super) fn into_recursive(self) -> HashMap<TypeId, Type> {
        let mut recursive = self.inline.into_recursive();
        recursive.extend(self.choices.into_recursive());
        recursive.extend(self.joins.into_recursive());
        recursive
    }
}
