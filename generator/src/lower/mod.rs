//! Document → model: every schema and every operation becomes what a caller meets.
//!
//! Names are a function of the place in the document: a property's type is named by the property and lives in the
//! module of the type that has it. So nothing that is added elsewhere renames it.

mod access;
mod all;
mod attempt;
mod body;
mod components;
mod concepts;
mod deliveries;
mod events;
mod facts;
mod failure;
mod inherit;
mod inline;
mod inputs;
mod join;
mod keyed;
mod list;
mod media;
mod merge;
mod names;
mod node;
mod numbers;
mod object;
mod only;
mod operation;
mod operation_id;
mod paging;
mod parameter;
mod place;
mod recursion;
mod replies;
mod reply;
mod report;
mod resolve;
mod resources;
mod rest;
mod rest_body;
mod rest_reply;
mod schema;
mod schemas;
mod sharing;
mod status;
mod strings;
mod survey;
mod tag;
mod types;
mod union;
mod values;
mod variants;
mod ways;

#[cfg(test)]
pub(crate) mod tests;

use std::cell::RefCell;
use std::sync::LazyLock;

use openapiv3::{OpenAPI, Schema, SchemaData, SchemaKind};

use crate::dialect::Dialect;
use crate::document::Pointer;
use crate::model::{Docs, TypeId};
use crate::words;
use components::Components;
use merge::Composed;
use place::Place;
use recursion::Recursion;
use replies::Replies;
use report::Report;
use sharing::Sharing;
use survey::Survey;
use types::Types;

pub(crate) use all::{Input, Lowered, lower};
pub(crate) use resources::Resources;

/// A document on its way to a model.
///
/// One schema leads to others, and back. So the parts that change while types are made have cells of their own.
struct Lowering<'a> {
    document: &'a OpenAPI,
    dialect: &'static dyn Dialect,
    survey: Survey<'a>,
    types: Types,
    composed: RefCell<Composed<'a>>,
    components: Components<'a>,
    recursion: Recursion<'a>,
    /// Places that share one type.
    sharing: Sharing,
    replies: Replies,
    report: Report,
}

/// The longest way to a module, in letters: some file systems take no more.
const DEEPEST: usize = 1000;

static ANYTHING: LazyLock<Schema> = LazyLock::new(|| Schema {
    schema_data: SchemaData::default(),
    schema_kind: SchemaKind::Any(openapiv3::AnySchema::default()),
});

impl<'a> Lowering<'a> {
    fn new(document: &'a OpenAPI, dialect: &'static dyn Dialect) -> Self {
        Self {
            document,
            dialect,
            survey: Survey::of(document, dialect),
            types: Types::default(),
            composed: RefCell::default(),
            components: Components::default(),
            recursion: Recursion::new(),
            sharing: Sharing::default(),
            replies: Replies::default(),
            report: Report::default(),
        }
    }

    /// Hands out the id of a type at a place.
    fn reserve(&self, place: &Place, pointer: &Pointer, docs: Docs) -> TypeId {
        let letters = place.module.iter().map(|name| words::folded(name).len());
        if letters.sum::<usize>() > DEEPEST {
            self.report.problem(
                pointer,
                format!(
                    "a schema {} levels below the one that has a name",
                    place.module.len()
                ),
                "schemas that nest as people write them",
                "Give one of the schemas above it a name under #/components/schemas.",
            );
        }
        self.types.reserve(place, pointer, docs)
    }
}
