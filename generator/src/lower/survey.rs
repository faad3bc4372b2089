//! Facts about a whole document, found before its types are made.

use std::collections::{HashMap, HashSet};

use openapiv3::OpenAPI;

use super::{Resources, concepts, inherit, rest, schemas};
use crate::dialect::Dialect;

/// Facts about all of a document.
pub(super) struct Survey<'a> {
    /// The resources that have an id of their own.
    pub(super) resources: Resources,
    /// What unions with tags of one name have in common.
    pub(super) concepts: HashMap<String, concepts::Concept>,
    /// Components that some request refers to.
    pub(super) sent: HashSet<&'a str>,
    pub(super) subtypes: inherit::Subtypes<'a>,
    /// The names of the endpoints of plain REST, by path and method.
    pub(super) rest: rest::CallNames,
}

impl<'a> Survey<'a> {
    /// Reads what the document says directly. `Lowering` adds resources and concepts, which need its view of
    /// schemas.
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
