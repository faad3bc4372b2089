//! Facts about the whole document, which are found before its types are made.

use std::collections::{HashMap, HashSet};

use openapiv3::OpenAPI;

use super::{Resources, concepts, inherit, rest, schemas};
use crate::dialect::Dialect;

/// Facts about the whole document.
pub(super) struct Survey<'a> {
    /// The resources with their own ids.
    pub(super) resources: Resources,
    /// The common properties of unions with the same tag.
    pub(super) concepts: HashMap<String, concepts::Concept>,
    /// The components that requests refer to.
    pub(super) sent: HashSet<&'a str>,
    pub(super) subtypes: inherit::Subtypes<'a>,
    /// The names of the endpoints of plain REST, by path and method.
    pub(super) rest: rest::CallNames,
}

impl<'a> Survey<'a> {
    /// Reads the facts that need no lowering. `Lowering` adds resources and concepts.
    pub(super) fn of(document: &'a OpenAPI, dialect: &dyn Dialect) -> Self {
        Self {
            resources: Resources::default(),
            concepts: HashMap::new(),
            sent: schemas::sent(document),
            subtypes: inherit::subtypes(document),
            rest: rest::CallNames::of(document, dialect),
        }
    }
}
