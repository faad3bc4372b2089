//! Lowers the whole document: paths in their order, and the tree of namespaces.

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

/// The size of the stack, large enough for the longest chain of components.
const STACK: usize = 512 << 20;

/// The model of a document, and facts that the passes need.
pub(crate) struct Lowered {
    pub(crate) api: Api,
    pub(crate) trace: Trace,
    pub(crate) dialect: &'static dyn Dialect,
    pub(crate) resources: Resources,
    /// The ids of recursive types that have no type of their own, each with its type.
    pub(crate) recursive: HashMap<TypeId, Type>,
    /// The differences between the document and the structs that `names.yaml` fixes.
    pub(crate) structs: Structs,
}

/// A document, and the parts of it that are read separately.
pub(crate) struct Input<'a> {
    pub(crate) document: &'a OpenAPI,
    /// The webhooks and callbacks.
    pub(crate) deliveries: &'a [Delivery],
    pub(crate) dialect: &'static dyn Dialect,
    /// The names for places from `names.yaml`.
    pub(crate) names: &'a Names,
    /// Servers and security schemes.
    pub(crate) connection: DeclaredConnection,
}

/// Makes the model of a document. `name` is its name in errors.
pub(crate) fn lower(input: Input<'_>, name: &str) -> Result<Lowered, Errors> {
    let builder = std::thread::Builder::new().stack_size(STACK);
    std::thread::scope(|scope| {
        let started = builder.spawn_scoped(scope, || model(input, name));
        let thread = started.map_err(|error| {
            let problem = Problem {
                pointer: String::new(),
                found: error.to_string(),
                expected: "a thread with a large stack".to_owned(),
                advice: "Give this program more memory.".to_owned(),
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
    lowering.report.clear();
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

/// Gives each endpoint its own server and security requirements.
fn attach(
    namespaces: &mut [Namespace],
    operations: HashMap<(String, Method), OperationConnection>,
) {
    let mut open: Vec<&mut Namespace> = namespaces.iter_mut().collect();
    while let Some(namespace) = open.pop() {
        for endpoint in &mut namespace.endpoints {
            // One operation may be several endpoints, one for each kind of body.
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

/// Returns a normalised path of a namespace: two spellings of one name are the same namespace.
fn folded(path: &[String]) -> Vec<String> {
    path.iter().map(|segment| words::folded(segment)).collect()
}

/// Copies the descriptions of tags to their namespaces.
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

#[cfg(test)]
mod tests {
    use super::super::tests::{model, seam_call};
    use crate::model::Namespace;

    /// The namespaces below a path, each with how many calls it has.
    fn tree(namespaces: &[Namespace]) -> Vec<String> {
        let each = |of: &Namespace| {
            let own = format!("{} {}", of.path.join("/"), of.endpoints.len());
            let below = tree(&of.children);
            [vec![own], below].concat()
        };
        namespaces.iter().flat_map(each).collect()
    }

    #[test]
    fn the_segments_of_a_path_are_namespaces_within_each_other() {
        let paths = ["/acs/users/get", "/acs/get", "/acs/users/list"];
        let call = |path: &str| {
            let path = format!("post {path}");
            seam_call(&path, "", "thing", "{ type: string }")
        };
        let paths = paths.map(call).concat();
        let api = model(&paths, "unused: { type: string }").unwrap();
        assert_eq!(tree(&api.namespaces), ["acs 1", "acs/users 2"]);
    }

    #[test]
    fn two_spellings_of_a_segment_are_one_namespace() {
        let call = |path| seam_call(path, "", "thing", "{ type: string }");
        let paths = ["post /access_codes/get", "post /access-codes/list"].map(call);
        let api = model(&paths.concat(), "unused: { type: string }").unwrap();
        assert_eq!(tree(&api.namespaces), ["access_codes 2"]);
    }

    #[test]
    fn a_namespace_of_a_tag_has_the_tag_as_the_document_spells_it() {
        let path = "/a: { get: { tags: [Access Codes], operationId: get, responses: { '204': { description: OK } } } }";
        let api = model(path, "unused: { type: string }").unwrap();
        assert_eq!(api.namespaces[0].tag.as_deref(), Some("Access Codes"));
    }
}
