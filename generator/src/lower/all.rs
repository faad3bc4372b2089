//! The whole document: paths in their order, namespaces as their segments say.

use crate::words;
use std::collections::{BTreeSet, HashMap};

use openapiv3::OpenAPI;

use super::concepts::Structs;
use super::operation::PlacedEndpoint;
use super::{Lowering, Resources};
use crate::dialect::Dialect;
use crate::document::{DeclaredConnection, Delivery, Names, Pointer};
use crate::error::{Errors, Problem};
use crate::model::{Api, Method, Namespace, OperationConnection, Type, TypeId};
use crate::trace::Trace;

/// The stack on which the longest chain of components is made.
const STACK: usize = 512 << 20;

/// A document after lowering, and what the passes over it need to know besides.
pub(crate) struct Lowered {
    pub(crate) api: Api,
    pub(crate) trace: Trace,
    pub(crate) dialect: &'static dyn Dialect,
    pub(crate) resources: Resources,
    /// Types that hold themselves, and what each came to.
    pub(crate) recursive: HashMap<TypeId, Type>,
    /// How the structs that `names.yaml` fixes and the document differ.
    pub(crate) structs: Structs,
}

/// A document, and what has been read of it apart.
pub(crate) struct Input<'a> {
    pub(crate) document: &'a OpenAPI,
    /// What the API sends by itself.
    pub(crate) deliveries: &'a [Delivery],
    pub(crate) dialect: &'static dyn Dialect,
    /// The names that a file gives to places.
    pub(crate) names: &'a Names,
    /// Servers and ways to sign in.
    pub(crate) connection: DeclaredConnection,
}

/// Makes the model of a document that is called `name` in errors, its types named and shared as `names` says.
pub(crate) fn lower(input: Input<'_>, name: &str) -> Result<Lowered, Errors> {
    let builder = std::thread::Builder::new().stack_size(STACK);
    std::thread::scope(|scope| {
        let started = builder.spawn_scoped(scope, || model(input, name));
        let thread = started.map_err(|error| {
            let problem = Problem {
                pointer: String::new(),
                found: error.to_string(),
                expected: "a thread with a large stack".to_owned(),
                advice: "Let this program use more memory.".to_owned(),
            };
            Errors::one(name, problem)
        })?;
        let panicked = |panic| std::panic::resume_unwind(panic);
        thread.join().unwrap_or_else(panicked)
    })
}

fn model(input: Input<'_>, name: &str) -> Result<Lowered, Errors> {
    let Input {
        document,
        deliveries,
        dialect,
        names,
        connection,
    } = input;
    let mut lowering = Lowering::new(document, dialect);
    lowering.survey.resources = lowering.resources();
    lowering.survey.concepts = lowering.concepts(names);
    lowering.find_shared(names);
    lowering.report.start_anew();
    lowering.composed.take();
    let mut api = Api {
        title: document.info.title.clone(),
        version: document.info.version.clone(),
        description: document.info.description.clone(),
        ..Api::default()
    };
    for (path, item) in document.paths.iter() {
        let pointer = Pointer::root("/paths").key(path);
        let Some(item) = lowering.path_item(item, &pointer) else {
            continue;
        };
        for placed in lowering.path(path, item) {
            insert(&mut api.namespaces, &[], placed);
        }
    }
    api.url = connection.url;
    if dialect.client().is_none() {
        attach(&mut api.namespaces, connection.operations);
        api.connection = Some(connection.api);
    }
    api.deliveries = lowering.deliveries(deliveries);
    describe(&mut api.namespaces, document, lowering.dialect);
    lowering.make_recursive();
    lowering.note_unreferenced();
    lowering.note_unused_names(names);
    let structs = lowering.structs(names);
    let Lowering {
        dialect,
        survey,
        types,
        components,
        recursion,
        report,
        ..
    } = lowering;
    let (warnings, trace) = report.into_result().map_err(|problems| Errors {
        document: name.to_owned(),
        problems,
    })?;
    api.warnings = warnings;
    api.types = types.into_all();
    let mut recursive = recursion.into_recursive();
    recursive.extend(components.into_recursive());
    Ok(Lowered {
        api,
        trace,
        dialect,
        resources: survey.resources,
        recursive,
        structs,
    })
}

/// Gives each endpoint the server and the ways to sign in that are its own.
fn attach(
    namespaces: &mut [Namespace],
    operations: HashMap<(String, Method), OperationConnection>,
) {
    let mut open: Vec<&mut Namespace> = namespaces.iter_mut().collect();
    while let Some(namespace) = open.pop() {
        for endpoint in &mut namespace.endpoints {
            // Several endpoints may be the ways to send one operation.
            let own = operations.get(&(endpoint.path.clone(), endpoint.wire));
            endpoint.connection = own.cloned().unwrap_or_default();
        }
        open.extend(&mut namespace.children);
    }
}

fn insert(namespaces: &mut Vec<Namespace>, above: &[String], mut placed: PlacedEndpoint) {
    let depth = above.len();
    let path: Vec<String> = placed.namespace[..=depth.min(placed.namespace.len() - 1)].to_vec();
    let index = match namespaces
        .iter()
        .position(|namespace| folded(&namespace.path) == folded(&path))
    {
        Some(index) => index,
        None => {
            namespaces.push(Namespace {
                path: path.clone(),
                description: None,
                tag: None,
                endpoints: Vec::new(),
                children: Vec::new(),
            });
            namespaces.len() - 1
        }
    };
    let namespace = &mut namespaces[index];
    if placed.namespace.len() == path.len() {
        placed.namespace.clear();
        namespace.endpoints.push(placed.endpoint);
    } else {
        insert(&mut namespace.children, &path, placed);
    }
}

/// The way to a namespace: two spellings of one name are one namespace.
fn folded(path: &[String]) -> Vec<String> {
    path.iter().map(|segment| words::folded(segment)).collect()
}

/// Says of namespaces that are tags what the document says of them.
fn describe(namespaces: &mut [Namespace], document: &OpenAPI, dialect: &dyn Dialect) {
    if dialect.calls_by_path() {
        return;
    }
    let used = document
        .operations()
        .flat_map(|(_, _, operation)| &operation.tags);
    let described: Vec<&openapiv3::Tag> = document.tags.iter().collect();
    let all: BTreeSet<&str> = used.map(String::as_str).collect();
    for namespace in namespaces {
        let module = words::folded(namespace.name());
        let is_wanted = |tag: &str| words::folded(tag) == module;
        namespace.tag = all
            .iter()
            .find(|tag| is_wanted(tag))
            .map(|tag| (*tag).to_owned());
        let tag = described.iter().find(|tag| is_wanted(&tag.name));
        namespace.description = tag.and_then(|tag| tag.description.clone());
    }
}
