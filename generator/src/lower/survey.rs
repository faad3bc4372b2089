//! What is known of a document before its types are made.

use std::collections::{HashMap, HashSet};

use openapiv3::OpenAPI;

use super::{Resources, concepts, inherit, rest, schemas};
use crate::dialect::Dialect;

/// Facts about all of a document.
pub(super) struct Survey<'a> {
    /// What has an id of its own.
    pub(super) resources: Resources,
    /// What unions with tags of one name have in common.
    pub(super) concepts: HashMap<String, concepts::Concept>,
    /// Components that some request refers to.
    pub(super) sent: HashSet<&'a str>,
    pub(super) subtypes: inherit::Subtypes<'a>,
    /// What the endpoints of plain REST are called, by path and method.
    pub(super) rest: rest::Plan,
}

impl<'a> Survey<'a> {
    /// What the document says as it stands. Resources and concepts take a look at its schemas first.
    pub(super) fn of(document: &'a OpenAPI, dialect: &dyn Dialect) -> Self {
        Self {
            resources: Resources::default(),
            concepts: HashMap::new(),
            sent: schemas::sent(document),
            subtypes: inherit::subtypes(document),
            rest: rest::Plan::of(document, dialect),
        }
    }
}
