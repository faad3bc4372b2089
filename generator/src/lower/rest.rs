//! What the endpoints of plain REST are called.
//!
//! All names are settled before any endpoint is made, since types take theirs from the request they belong to.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use openapiv3::{OpenAPI, Operation, ReferenceOr};

use super::operation::{method, placeholders, static_segments, wire_name};
use crate::model::Method;
use crate::names;
use crate::seam::Conventions;

/// The namespace and the name of each operation, by path and method.
#[derive(Debug, Default)]
pub(super) struct Plan(HashMap<(String, Method), Named>);

/// Where an operation belongs and what it is called.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub(super) namespace: String,
    pub(super) name: String,
}

impl Plan {
    /// The names for a document; none where its calls are named by their paths.
    pub(super) fn of(document: &OpenAPI, conventions: &Conventions) -> Self {
        let mut plan = Self::default();
        if conventions.calls_by_path {
            return plan;
        }
        let mut namespaces = Namespaces::default();
        let mut taken: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (path, item) in document.paths.iter() {
            for (name, operation) in operations(document, item) {
                let method = method(name);
                let namespace = namespaces.of(operation, path);
                // `new` makes the namespace itself.
                let taken = taken
                    .entry(names::module_name(&namespace))
                    .or_insert_with(|| BTreeSet::from(["new".to_owned()]));
                let name = free_name(taken, &candidates(&namespace, path, method, operation));
                plan.0
                    .insert((path.clone(), method), Named { namespace, name });
            }
        }
        plan
    }

    /// The name of an operation that the document has.
    pub(super) fn name(&self, path: &str, method: Method) -> Option<&Named> {
        self.0.get(&(path.to_owned(), method))
    }
}

/// The operations of a path item, or of the one that it refers to.
fn operations<'a>(
    document: &'a OpenAPI,
    item: &'a ReferenceOr<openapiv3::PathItem>,
) -> Vec<(&'a str, &'a Operation)> {
    match item {
        ReferenceOr::Item(item) => item.iter().collect(),
        ReferenceOr::Reference { reference } => {
            let path = reference.strip_prefix("#/paths/").unwrap_or_default();
            let path = path.replace("~1", "/").replace("~0", "~");
            let target = document
                .paths
                .paths
                .get(&path)
                .and_then(ReferenceOr::as_item);
            target
                .into_iter()
                .flat_map(openapiv3::PathItem::iter)
                .collect()
        }
    }
}

/// Namespaces by their modules: `Pet Store` and `pet-store` are one.
#[derive(Default)]
struct Namespaces(BTreeMap<String, String>);

impl Namespaces {
    fn of(&mut self, operation: &Operation, path: &str) -> String {
        let statics = static_segments(path);
        let tag = operation.tags.iter().find(|tag| !tag.trim().is_empty());
        let name = match tag {
            Some(tag) => tag.clone(),
            None => {
                let telling = statics.iter().find(|segment| !says_version(segment));
                let segment = telling.or(statics.first());
                segment.map_or_else(|| "root".to_owned(), |segment| (*segment).to_owned())
            }
        };
        let module = names::module_name(&name);
        let hidden = names::is_runtime_module(&module)
            || names::is_client_method(&names::method_name(&name));
        self.0
            .entry(module)
            .or_insert_with(|| if hidden { format!("{name} api") } else { name })
            .clone()
    }
}

/// `/api/v1/` stands before everything and names nothing.
fn says_version(segment: &str) -> bool {
    let number = segment.strip_prefix('v').unwrap_or("");
    segment == "api" || number.starts_with(|c: char| c.is_ascii_digit())
}

/// What an operation may be called, the plainest first.
fn candidates(namespace: &str, path: &str, method: Method, operation: &Operation) -> Vec<String> {
    let by_path = name_by_path(namespace, path, method);
    let id = operation.operation_id.as_deref().unwrap_or_default();
    let own = without_prefix(id, namespace);
    let plain = if own.trim().is_empty() { &by_path } else { own };
    vec![
        plain.to_owned(),
        format!("{plain} {}", wire_name(method)),
        by_path.clone(),
        format!("{plain} {by_path}"),
        format!("{plain} {} {path}", wire_name(method)),
    ]
}

/// `pets.list` and `pets_list` are `list` in `pets`. Only what is set apart by a sign is dropped: `listPets` says what it lists.
fn without_prefix<'a>(id: &'a str, namespace: &str) -> &'a str {
    let sign = |c: char| !c.is_alphanumeric();
    let own = names::module_name(namespace);
    let Some((first, rest)) = id.split_once(sign) else {
        return id;
    };
    let repeats = names::module_name(first) == own || format!("{first}s") == own;
    let stands_alone = rest.starts_with(char::is_alphabetic);
    if repeats && stands_alone { rest } else { id }
}

/// `GET /pets/{id}/toys` is `get_toys_by_id` in `pets`.
fn name_by_path(namespace: &str, path: &str, method: Method) -> String {
    let own = names::module_name(namespace);
    let mut words: Vec<&str> = static_segments(path);
    words.retain(|segment| !says_version(segment));
    if words
        .first()
        .is_some_and(|first| names::module_name(first) == own)
    {
        words.remove(0);
    }
    let keys = placeholders(path).join("_and_");
    let by = if keys.is_empty() { "" } else { "by" };
    let parts = [wire_name(method), &words.join("_"), by, &keys];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("_")
}

/// How much of a name is kept where a number has to follow.
const ROOM: usize = 48;

/// The first candidate whose method and whose type nobody else has.
fn free_name(taken: &mut BTreeSet<String>, candidates: &[String]) -> String {
    let last = candidates.last().cloned().unwrap_or_default();
    // Cut beforehand: an over-long name loses its end, and with it the number that tells it apart.
    let last: String = names::method_name(&last).chars().take(ROOM).collect();
    let numbered = (2..).map(|number: usize| format!("{last} {number}"));
    let mut all = candidates.iter().cloned().chain(numbered);
    let free = all.find(|name| taken.insert(names::method_name(name)));
    free.unwrap_or(last)
}

#[cfg(test)]
mod tests {
    use super::{name_by_path, without_prefix};
    use crate::model::Method;

    #[test]
    fn over_long_names_that_collide_are_told_apart() {
        let mut taken = std::collections::BTreeSet::new();
        let long = ["word ".repeat(40)];
        let names: Vec<String> = (0..30)
            .map(|_| super::free_name(&mut taken, &long))
            .collect();
        let distinct: std::collections::BTreeSet<_> = names
            .iter()
            .map(|name| crate::names::method_name(name))
            .collect();
        assert_eq!(distinct.len(), names.len());
    }

    #[test]
    fn a_name_is_made_of_method_and_path_where_the_document_has_none() {
        let name = |path| name_by_path("pets", path, Method::Get);
        assert_eq!(name("/pets"), "get");
        assert_eq!(name("/pets/{id}"), "get_by_id");
        assert_eq!(
            name("/api/v2/pets/{id}/toys/{toyId}"),
            "get_toys_by_id_and_toyId"
        );
        assert_eq!(name("/"), "get");
    }

    #[test]
    fn the_namespace_is_not_said_twice_where_a_sign_sets_it_apart() {
        assert_eq!(without_prefix("pets.list", "pets"), "list");
        assert_eq!(without_prefix("Pets_list", "pets"), "list");
        assert_eq!(without_prefix("pet/list", "pets"), "list");
        assert_eq!(without_prefix("listPets", "pets"), "listPets");
        assert_eq!(without_prefix("pets_2", "pets"), "pets_2");
    }
}
