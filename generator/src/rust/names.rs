//! Unique names for the types in every module.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::items::TypePath;
use super::namespaces;
use crate::model::{Api, Endpoint, Namespace, Root, TypeDef, TypeId};
use crate::names::{self, ClientName};
use crate::trace::Trace;

/// The types of the runtime that generated files import, in addition to the client.
const RUNTIME_TYPES: [&str; 12] = [
    "ActionAttempt",
    "DateTime",
    "Endpoint",
    "Extra",
    "Method",
    "Nullable",
    "Operation",
    "Reply",
    "Request",
    "Timestamp",
    "UnknownVariant",
    "Value",
];

/// Returns the name of a namespace's type.
fn type_of_namespace(namespace: &str, client: &ClientName) -> String {
    let name = names::type_name_in(namespace, "Api");
    if RUNTIME_TYPES.contains(&name.as_str()) || name == client.ty {
        format!("{name}Namespace")
    } else {
        name
    }
}

/// The names of the crate's types.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// The type of each namespace, by its path.
    namespaces: HashMap<Vec<String>, String>,
    /// The type of each request, by the place and the name of its endpoint.
    requests: HashMap<(String, String), String>,
    /// The JSON pointers of types whose name differs from the document's, with the reason.
    decisions: Vec<(String, String)>,
}

impl Names {
    /// Gives every reached type a unique name in its module, and returns the path of each type as well.
    ///
    /// Namespaces and requests have the first choice, because callers use them most. Then come the resources, then all other
    /// types in the order of the document.
    pub(super) fn of(api: &Api, client: &ClientName) -> (Self, Vec<TypePath>) {
        let mut names = Self::default();
        let mut paths: Vec<TypePath> = api.types.iter().map(wanted).collect();
        let mut order: Vec<usize> = (0..api.types.len())
            .filter(|index| api.types[*index].is_live())
            .collect();
        order.sort_by_key(|index| (api.types[*index].component.is_none(), *index));
        let components = order
            .iter()
            .filter(|index| api.types[**index].component.is_some())
            .map(|index| paths[*index].clone());
        let mut taken = Taken::new(client, components.collect());
        for namespace in &api.namespaces {
            names.name_calls(namespace, client, &mut taken);
        }
        for index in order {
            let definition = &api.types[index];
            names.name_type(TypeId(index), definition, &mut paths[index], &mut taken);
        }
        (names, paths)
    }

    /// Returns the type of a namespace.
    pub(crate) fn namespace(&self, namespace: &Namespace) -> &str {
        self.namespaces
            .get(&namespace.path)
            .map_or("", String::as_str)
    }

    /// Returns the type of a request.
    pub(crate) fn request(&self, endpoint: &Endpoint) -> &str {
        let key = (endpoint.pointer.clone(), endpoint.name.clone());
        self.requests.get(&key).map_or("", String::as_str)
    }

    /// Records the names that differ from those of the document.
    pub(crate) fn record(&self, trace: &mut Trace) {
        for (pointer, text) in &self.decisions {
            trace.decided(pointer, text.as_str());
        }
    }

    fn name_calls(&mut self, namespace: &Namespace, client: &ClientName, taken: &mut Taken) {
        let module = namespaces::module(namespace);
        taken.import(&module, client);
        let own = namespaces::own_words(namespace);
        let name = taken.claim_call(&module, &type_of_namespace(&own, client), "Api");
        self.namespaces.insert(namespace.path.clone(), name);
        let parent = names::type_name(&own);
        for endpoint in &namespace.endpoints {
            let name = names::type_name_in(&endpoint.name, &parent);
            let name = taken.claim_call(&module, &name, "Request");
            let key = (endpoint.pointer.clone(), endpoint.name.clone());
            self.requests.insert(key, name);
        }
        for child in &namespace.children {
            self.name_calls(child, client, taken);
        }
    }

    fn name_type(
        &mut self,
        id: TypeId,
        definition: &TypeDef,
        path: &mut TypePath,
        taken: &mut Taken,
    ) {
        let free = taken.claim(path, id, definition.component.is_some());
        if free.name != path.name {
            let reason = taken.reason(&path.name, definition.component.is_some());
            let text = format!("it is called `{}`, because {reason}", free.name);
            self.decisions.push((definition.pointer.clone(), text));
        }
        *path = free;
    }
}

/// Returns the preferred path of a type.
fn wanted(definition: &TypeDef) -> TypePath {
    let place = &definition.place;
    let mut module: Vec<String> = place
        .module
        .iter()
        .map(|segment| names::module_name(segment))
        .collect();
    if let (Some(first), Some(words)) = (module.first_mut(), place.module.first()) {
        *first = match place.root {
            Root::Namespace => names::module_name(&names::root_namespace(words.clone())),
            Root::Component => names::resource_module(words),
        };
    }
    let words = match definition.component {
        Some(_) => names::resource_name(&place.name),
        None => place.name.clone(),
    };
    TypePath {
        module,
        name: names::type_name_in(&words, &names::type_name(&place.parent)),
    }
}

/// The names in use, each with its type.
struct Taken {
    /// The value is `None` if the name does not belong to a type of the model.
    by: BTreeMap<TypePath, Option<TypeId>>,
    /// The names of resources, which types of calls do not take.
    components: BTreeSet<TypePath>,
    /// The names at the crate's root, where resources are re-exported.
    at_root: BTreeSet<String>,
    /// The type of the client. It keeps its name, so that a new schema does not rename it.
    client: String,
}

impl Taken {
    fn new(client: &ClientName, components: BTreeSet<TypePath>) -> Self {
        Self {
            by: BTreeMap::new(),
            components,
            client: client.ty.clone(),
            at_root: BTreeSet::from([client.ty.clone(), format!("{}Builder", client.ty)]),
        }
    }

    /// Reserves the names that generated files import into a module.
    fn import(&mut self, module: &[String], client: &ClientName) {
        let imported = RUNTIME_TYPES.into_iter().chain([client.ty.as_str()]);
        self.by
            .extend(imported.map(|name| (type_path(module, name), None)));
    }

    /// Returns a free name for a type of calls. If the name is in use, the suffix `mark` is added.
    fn claim_call(&mut self, module: &[String], name: &str, mark: &str) -> String {
        let numbered = (2..).map(|number: usize| format!("{name}{mark}{number}"));
        let mut names = [name.to_owned(), format!("{name}{mark}")]
            .into_iter()
            .chain(numbered);
        let is_free = |name: &String| {
            let path = type_path(module, name);
            !self.components.contains(&path) && !self.by.contains_key(&path)
        };
        let free = names.find(is_free).unwrap_or_else(|| name.to_owned());
        self.by.insert(type_path(module, &free), None);
        free
    }

    /// Returns the reason why a type does not have the preferred name.
    fn reason(&self, wanted: &str, at_root: bool) -> String {
        match at_root && wanted == self.client {
            true => {
                format!("the client is called `{wanted}`; --name gives the client another name")
            }
            false => format!("its module has another `{wanted}`"),
        }
    }

    /// Returns a free name for a type that is similar to the preferred one.
    fn claim(&mut self, wanted: &TypePath, id: TypeId, at_root: bool) -> TypePath {
        let own = &wanted.name;
        let parent = wanted.module.last().map(|module| names::type_name(module));
        let parent = parent.unwrap_or_default();
        // A suffix such as `Item` would change the meaning: `CalendarItem` would be something in a calendar.
        let is_clients = at_root && *own == self.client;
        let as_resource = is_clients.then(|| format!("{own}Resource"));
        let candidates = [own.clone()].into_iter().chain(as_resource).chain([
            format!("{parent}{own}"),
            format!("{own}Item"),
            format!("{own}Value"),
        ]);
        // In scripts without capital letters a type has the same name as its module.
        let apart =
            |name: &String| *name != format!("{own}{own}") && wanted.module.last() != Some(name);
        let others = (2..).map(|number: usize| format!("{own}Other{number}"));
        let here = |name: String| type_path(&wanted.module, &name);
        let free = candidates
            .filter(apart)
            .chain(others)
            .map(here)
            .find(|home| {
                let by_another = self.by.get(home).is_some_and(|by| *by != Some(id));
                !(by_another || (at_root && self.at_root.contains(&home.name)))
            })
            .unwrap_or_else(|| wanted.clone());
        self.by.insert(free.clone(), Some(id));
        if at_root {
            self.at_root.insert(free.name.clone());
        }
        free
    }
}

fn type_path(module: &[String], name: &str) -> TypePath {
    TypePath {
        module: module.to_vec(),
        name: name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{get, paths, plan};

    #[test]
    fn a_component_with_a_name_of_the_client_gets_another_name_and_module() {
        let found = plan(
            &[&get("plants", "error")],
            &[
                "error: { type: object, properties: { cause: { type: object, properties: { a: { type: string } } } } }",
            ],
            paths,
        );
        assert_eq!(found, ["error_resource::ApiError", "error_resource::Cause"]);
    }

    #[test]
    fn a_property_may_have_the_name_of_its_renamed_component() {
        let found = plan(
            &[&get("plants", "error")],
            &[
                "error: { type: object, properties: { error: { type: object, properties: { a: { type: string } } } } }",
            ],
            paths,
        );
        assert_eq!(found, ["error_resource::ApiError", "error_resource::Error"]);
    }

    #[test]
    fn a_type_with_a_name_of_the_prelude_is_prefixed_with_its_parent() {
        let found = plan(
            &[&get("plants", "form")],
            &[
                "form: { type: object, properties: { option: { type: object, properties: { a: { type: string } } } } }",
            ],
            paths,
        );
        assert_eq!(found, ["form::Form", "form::FormOption"]);
    }

    #[test]
    fn namespaces_and_requests_are_named_before_the_types_of_a_module() {
        let names = plan(
            &[
                "/requests: { get: { tags: [request], operationId: plant, responses: { '204': { description: OK } } } }",
            ],
            &["unused: { type: string }"],
            |plan| {
                let (namespace, endpoint) = plan.api.endpoints()[0];
                let names = &plan.names;
                [names.namespace(namespace), names.request(endpoint)].map(str::to_owned)
            },
        );
        // Every module imports `Request` from the client.
        assert_eq!(names, ["RequestApi", "Plant"]);
    }

    #[test]
    fn a_name_in_use_is_prefixed_with_that_of_the_module() {
        let names = plan(
            &[
                "/plants: { get: { tags: [plants], operationId: plants, responses: { '204': { description: OK } } } }",
            ],
            &["unused: { type: string }"],
            |plan| {
                let (namespace, endpoint) = plan.api.endpoints()[0];
                let names = &plan.names;
                [names.namespace(namespace), names.request(endpoint)].map(str::to_owned)
            },
        );
        assert_eq!(names, ["Plants", "PlantsRequest"]);
    }
}
