//! Document → model: every schema and every operation becomes what a caller meets.
//!
//! Names are a function of the place in the document: a property's type is named by the property and lives in the
//! module of the type that has it. So nothing that is added elsewhere renames it.

mod access;
mod all;
mod attempt;
mod body;
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
mod operation;
mod operation_id;
mod paging;
mod parameter;
mod place;
mod reply;
mod resolve;
mod resources;
mod rest;
mod rest_body;
mod rest_reply;
mod schema;
mod schemas;
mod sharing;
mod status;
mod tag;
mod union;
mod variants;

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use openapiv3::{OpenAPI, Schema, SchemaData, SchemaKind};

use crate::dialect::Dialect;
use crate::document::Pointer;
use crate::error::{Problem, Warning};
use crate::model::{Docs, Kind, Type, TypeDef, TypeId};
use crate::trace::{Reason, Trace};
use place::Place;

pub(crate) use all::{Input, Lowered, lower};
pub(crate) use resources::Resources;

/// A document on its way to a model.
struct Lowering<'a> {
    document: &'a OpenAPI,
    dialect: &'static dyn Dialect,
    /// What has an id of its own.
    resources: Resources,
    /// The type of each component, once it is known or while it is in the making.
    components: RefCell<HashMap<&'a str, Component>>,
    types: RefCell<Vec<TypeDef>>,
    /// What the success of each type of action holds.
    results: RefCell<HashMap<String, Type>>,
    problems: RefCell<Vec<Problem>>,
    warnings: RefCell<Vec<Warning>>,
    trace: RefCell<Trace>,
    /// The places that references led to, other than schemas.
    followed: RefCell<HashSet<String>>,
    /// Ids that were handed out while their type was being made.
    handed_out: RefCell<HashSet<TypeId>>,
    /// What those came to that need no type of their own: lists, maps, or the types of other components.
    came_to: RefCell<HashMap<TypeId, Type>>,
    /// How many components are in the making, each within the one before.
    depth: Cell<usize>,
    eithers: union::Eithers,
    joins: union::Eithers,
    inline: inline::Inline<'a>,
    /// Places that share one type.
    sharing: sharing::Sharing,
    /// The types of the bodies of failures, by the places of their schemas.
    failures: RefCell<HashMap<String, Type>>,
    /// What unions with tags of one name have in common.
    concepts: HashMap<String, concepts::Concept>,
    /// Components that some request refers to.
    sent: HashSet<&'a str>,
    subtypes: inherit::Subtypes<'a>,
    /// What the endpoints of plain REST are called, by path and method.
    rest: rest::Plan,
    anything: &'static Schema,
}

/// How far a component has come.
#[derive(Clone)]
enum Component {
    /// It is being made; whoever refers to it meanwhile gets this id.
    Reserved(TypeId),
    Done {
        ty: Type,
        nullable: bool,
    },
}

/// The longest chain of components that are made of each other.
const LONGEST_CHAIN: usize = 2000;

/// The longest way to a module, in letters: some file systems take no more.
const DEEPEST: usize = 1000;

static ANYTHING: LazyLock<Schema> = LazyLock::new(|| Schema {
    schema_data: SchemaData::default(),
    schema_kind: SchemaKind::Any(openapiv3::AnySchema::default()),
});

impl<'a> Lowering<'a> {
    fn new(document: &'a OpenAPI, dialect: &'static dyn Dialect) -> Self {
        Self {
            sharing: sharing::Sharing::default(),
            failures: RefCell::default(),
            concepts: HashMap::new(),
            sent: schemas::sent(document),
            document,
            rest: rest::Plan::of(document, dialect),
            dialect,
            resources: Resources::default(),
            components: RefCell::default(),
            types: RefCell::default(),
            results: RefCell::default(),
            problems: RefCell::default(),
            warnings: RefCell::default(),
            trace: RefCell::default(),
            followed: RefCell::default(),
            handed_out: RefCell::default(),
            came_to: RefCell::default(),
            depth: Cell::default(),
            eithers: union::Eithers::of_choices(),
            joins: union::Eithers::of_joins(),
            inline: inline::Inline::default(),
            subtypes: inherit::subtypes(document),
            anything: &ANYTHING,
        }
    }

    fn report(
        &self,
        pointer: &Pointer,
        found: impl Into<String>,
        expected: impl Into<String>,
        advice: impl Into<String>,
    ) {
        let problem = Problem {
            pointer: pointer.to_string(),
            found: found.into(),
            expected: expected.into(),
            advice: advice.into(),
        };
        let mut problems = self.problems.borrow_mut();
        // What is looked at twice is still one problem.
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }

    /// Notes how something is read that is not as OpenAPI has it.
    fn warn(&self, pointer: &Pointer, found: impl Into<String>, taken: impl Into<String>) {
        let warning = Warning {
            pointer: pointer.to_string(),
            found: found.into(),
            taken: taken.into(),
        };
        let mut warnings = self.warnings.borrow_mut();
        if !warnings.contains(&warning) {
            warnings.push(warning);
        }
    }

    /// Notes a choice and its reason, for whoever asks how something came about.
    fn decide(&self, pointer: &Pointer, text: impl Into<String>) {
        self.trace.borrow_mut().decided(pointer, text);
    }

    /// Notes that a place became something: part of a type, where there is one.
    fn emit(&self, pointer: &Pointer, of: Option<TypeId>) {
        self.trace.borrow_mut().emitted(pointer, of);
    }

    /// Notes that a place is left out with all that is below it.
    fn leave_out(&self, pointer: &Pointer, reason: Reason) {
        self.trace.borrow_mut().left_out(pointer, reason);
    }

    /// Hands out an id before the type is known, so that types can refer to each other in circles.
    fn reserve(&self, place: &Place, pointer: &Pointer, docs: Docs) -> TypeId {
        if place.module.iter().map(String::len).sum::<usize>() > DEEPEST {
            self.report(
                pointer,
                format!(
                    "a schema {} levels below the one that has a name",
                    place.module.len()
                ),
                "schemas that nest as people write them",
                "Give one of the schemas above it a name under #/components/schemas.",
            );
        }
        let mut types = self.types.borrow_mut();
        types.push(TypeDef {
            path: place.type_path(),
            component: None,
            pointer: pointer.to_string(),
            composed: false,
            docs,
            kind: Kind::Object(crate::model::Object::default()),
            sent: false,
            received: false,
            gate: std::collections::BTreeSet::new(),
        });
        TypeId(types.len() - 1)
    }

    fn define(&self, id: TypeId, kind: Kind) -> Type {
        self.types.borrow_mut()[id.0].kind = kind;
        Type::Named(id)
    }
}
