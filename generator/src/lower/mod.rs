//! Document → model: lowers every schema to a type and every operation to an endpoint.
//!
//! Names follow from the place in the document: the type of a property is named by the property, and is in the module of the
//! type that has it. So an addition elsewhere does not rename it.

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
mod request_contents;
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

/// The state of lowering a document.
///
/// Schemas refer to each other, also in cycles. So all functions share this state, and the parts that change have cells of
/// their own.
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

/// The longest path of a module, in letters. Some file systems allow no longer ones.
const MAX_MODULE_PATH: usize = 1000;

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

    /// Reserves the id of a type at a place.
    fn reserve(&self, place: &Place, pointer: &Pointer, docs: Docs) -> TypeId {
        let letters = place.module.iter().map(|name| words::folded(name).len());
        if letters.sum::<usize>() > MAX_MODULE_PATH {
            self.report.problem(
                pointer,
                format!(
                    "a schema {} levels below the one that has a name",
                    place.module.len()
                ),
                "schemas that are not nested so deeply",
                "Give one of the schemas above it a name under #/components/schemas.",
            );
        }
        self.types.reserve(place, pointer, docs)
    }
}
