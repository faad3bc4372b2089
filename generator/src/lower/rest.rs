//! Names of the endpoints of plain REST.
//!
//! All endpoints are named before any is made, because types are named by their request.

use crate::words;
use std::collections::{BTreeMap, HashMap};

use openapiv3::{OpenAPI, Operation, ReferenceOr};

use super::operation_id::{below_namespace, without_address};
use crate::dialect::Dialect;
use crate::document::unescaped;
use crate::model::Method;
use crate::model::path::{placeholders, static_segments};

/// The namespace and the name of each operation, by path and method.
#[derive(Debug, Default)]
pub(super) struct CallNames(HashMap<(String, Method), CallName>);

/// The namespace and the name of an operation.
#[derive(Debug, Clone)]
pub(super) struct CallName {
    pub(super) namespace: String,
    pub(super) name: String,
}

impl CallNames {
    /// Returns the names for a document; empty if the dialect names calls by their paths.
    pub(super) fn of(document: &OpenAPI, dialect: &dyn Dialect) -> Self {
        let mut names = Self::default();
        if dialect.calls_by_path() {
            return names;
        }
        let mut namespaces = Namespaces::default();
        let mut taken: BTreeMap<String, Taken> = BTreeMap::new();
        for (path, item) in document.paths.iter() {
            for (key, operation) in operations(document, item) {
                let Some(method) = Method::of_key(key) else {
                    continue;
                };
                let namespace = namespaces.of(operation, path);
                let taken = taken.entry(words::folded(&namespace)).or_default();
                let name = free_name(taken, path, candidates(&namespace, path, method, operation));
                names
                    .0
                    .insert((path.clone(), method), CallName { namespace, name });
            }
        }
        names
    }

    /// Returns the name of an operation.
    pub(super) fn name(&self, path: &str, method: Method) -> Option<&CallName> {
        self.0.get(&(path.to_owned(), method))
    }
}

/// The names in use in a namespace, each with its path.
type Taken = BTreeMap<String, String>;

/// Returns the operations of a path item, or of the one that it refers to.
fn operations<'a>(
    document: &'a OpenAPI,
    item: &'a ReferenceOr<openapiv3::PathItem>,
) -> Vec<(&'a str, &'a Operation)> {
    match item {
        ReferenceOr::Item(item) => item.iter().collect(),
        ReferenceOr::Reference { reference } => {
            let path = reference.strip_prefix("#/paths/").unwrap_or_default();
            let path = unescaped(path);
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

/// Namespaces by their modules: `Pet Store` and `pet-store` are the same.
#[derive(Default)]
struct Namespaces(BTreeMap<String, String>);

impl Namespaces {
    fn of(&mut self, operation: &Operation, path: &str) -> String {
        let statics = static_segments(path);
        let tag = operation.tags.iter().find(|tag| !tag.trim().is_empty());
        let name = match tag {
            Some(tag) => tag.clone(),
            None => {
                let telling = statics.iter().find(|segment| !is_version(segment));
                let segment = telling.or(statics.first());
                segment.map_or_else(|| "root".to_owned(), |segment| (*segment).to_owned())
            }
        };
        let module = words::folded(&name);
        self.0.entry(module).or_insert(name).clone()
    }
}

/// Returns true for a prefix of all paths without a meaning, such as `api` and `v1`.
fn is_version(segment: &str) -> bool {
    let number = segment.strip_prefix('v').unwrap_or("");
    matches!(segment, "api" | "v") || number.starts_with(|c: char| c.is_ascii_digit())
}

/// The names that an operation can have, the shortest first.
struct Candidates {
    plain: String,
    with_method: String,
    by_path: String,
    last: [String; 2],
}

fn candidates(namespace: &str, path: &str, method: Method, operation: &Operation) -> Candidates {
    let by_path = name_by_path(namespace, path, method);
    let id = operation.operation_id.as_deref().unwrap_or_default();
    let id = without_address(id, path, method);
    let own = below_namespace(without_prefix(id, namespace), namespace);
    let plain = if own.trim().is_empty() { &by_path } else { own };
    Candidates {
        plain: plain.to_owned(),
        with_method: format!("{plain} {}", method.key()),
        last: [
            format!("{plain} {by_path}"),
            format!("{plain} {} {path}", method.key()),
        ],
        by_path,
    }
}

/// Removes the namespace from the start of an id: `pets.list` and `pets_list` are `list` in `pets`, `oauth-tokens/list` is in
/// `OAuth Tokens`. Only a prefix with a separator is removed: `listPets` is unchanged.
fn without_prefix<'a>(id: &'a str, namespace: &str) -> &'a str {
    // `OAuth` is `oauth` in paths.
    let letters = |name: &str| words::folded(name).replace('_', "");
    let own = letters(namespace);
    let repeats = |start: &str| {
        let start = letters(start);
        [start.clone(), format!("{start}s"), format!("{start}api")].contains(&own)
    };
    // A prefix has the letters of the namespace, and few other signs.
    let longest = 2 * own.len();
    let signs = id.match_indices(|c: char| !c.is_alphanumeric());
    let found = signs
        .take_while(|(at, _)| *at <= longest)
        .map(|(at, sign)| (&id[..at], &id[at + sign.len()..]))
        .find(|(start, rest)| rest.starts_with(char::is_alphabetic) && repeats(start));
    found.map_or(id, |(_, rest)| rest)
}

/// Returns a name made of method and path: `get_toys_by_id` in `pets` for `GET /pets/{id}/toys`. A name that is too long has only
/// the keys at the end of the path.
fn name_by_path(namespace: &str, path: &str, method: Method) -> String {
    let own = words::folded(namespace);
    let mut words: Vec<&str> = static_segments(path);
    words.retain(|segment| !is_version(segment));
    if words
        .first()
        .is_some_and(|first| words::folded(first) == own)
    {
        words.remove(0);
    }
    let by = |path: &str| {
        let keys = placeholders(path).join("_and_");
        let by = if keys.is_empty() { "" } else { "by" };
        let parts = [method.key(), &words.join("_"), by, &keys];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join("_")
    };
    let whole = by(path);
    match words::is_cut(&whole) {
        true => by(&path[end_of_words(path)..]),
        false => whole,
    }
}

/// Returns the end of the last segment without a placeholder.
fn end_of_words(path: &str) -> usize {
    let ends = path.match_indices('/').map(|(at, _)| at);
    let is_fixed = |end: &usize| {
        let segment = path[..*end].rsplit('/').next().unwrap_or_default();
        *end > 0 && placeholders(segment).is_empty()
    };
    ends.chain([path.len()]).rfind(is_fixed).unwrap_or_default()
}

/// Returns the name with the words that only this one of two paths has, or else with its keys.
fn distinguish(plain: &str, path: &str, other: &str) -> Option<String> {
    let (words, others) = (static_segments(path), static_segments(other));
    let words: Vec<&str> = words
        .into_iter()
        .filter(|word| !others.contains(word) && !is_version(word))
        .collect();
    let others = placeholders(other);
    let keys: Vec<&str> = placeholders(path)
        .into_iter()
        .filter(|key| !others.contains(key))
        .collect();
    match (words.is_empty(), keys.is_empty()) {
        (false, _) => Some(format!("{plain} {}", words.join(" "))),
        (true, false) => Some(format!("{plain} by {}", keys.join(" and "))),
        (true, true) => None,
    }
}

/// Returns the first candidate whose method and type are free. Operations of one path are distinguished by their methods, others
/// by the differences of their paths.
fn free_name(taken: &mut Taken, path: &str, candidates: Candidates) -> String {
    let Candidates {
        plain,
        with_method,
        by_path,
        last,
    } = candidates;
    let apart = taken
        .get(&words::snake(&plain))
        .and_then(|other| distinguish(&plain, path, other));
    let next = apart.into_iter().chain([with_method, by_path]);
    let exact = words::snake(&last[1]);
    let numbered = (2..).map(|number| words::numbered(&exact, number));
    let mut all = [plain].into_iter().chain(next).chain(last).chain(numbered);
    let free = all.find(|name| !taken.contains_key(&words::snake(name)));
    let name = free.unwrap_or(exact);
    taken.insert(words::snake(&name), path.to_owned());
    name
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use openapiv3::Operation;

    use super::{Taken, candidates, free_name, name_by_path, without_prefix};
    use crate::model::Method;

    fn named(taken: &mut Taken, id: &str, path: &str, method: Method) -> String {
        let operation = Operation {
            operation_id: Some(id.to_owned()),
            ..Operation::default()
        };
        free_name(taken, path, candidates("pets", path, method, &operation))
    }

    #[test]
    fn too_long_names_that_collide_are_distinguished() {
        let mut taken = Taken::new();
        let long = "word ".repeat(40);
        let names: BTreeSet<String> = (0..30)
            .map(|_| named(&mut taken, &long, &long, Method::Get))
            .map(|name| crate::words::snake(&name))
            .collect();
        assert_eq!(names.len(), 30);
    }

    #[test]
    fn equal_ids_are_distinguished_by_method_on_one_path_and_by_path_on_several() {
        let mut taken = Taken::new();
        let mut name = |path, method| named(&mut taken, "item", path, method);
        assert_eq!(name("/pets", Method::Get), "item");
        assert_eq!(name("/pets", Method::Put), "item put");
        assert_eq!(name("/pets/{id}/toys", Method::Get), "item toys");
        assert_eq!(name("/v2/pets/{id}", Method::Get), "item by id");
        assert_eq!(name("/v2/pets/{id}", Method::Put), "put_by_id");
    }

    #[test]
    fn a_name_is_made_of_method_and_path_if_the_document_has_none() {
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
    fn a_too_long_name_has_only_the_keys_at_the_end() {
        let name = |path| name_by_path("pets", path, Method::Get);
        assert_eq!(
            name("/customers/{customerId}/households/{householdId}/appointments/{appointmentId}"),
            "get_customers_households_appointments_by_appointmentId"
        );
        assert_eq!(
            name("/customers/{customerId}/households/{householdId}/appointments"),
            "get_customers_households_appointments"
        );
    }

    #[test]
    fn the_namespace_is_removed_from_a_name_with_a_separator() {
        assert_eq!(without_prefix("pets.list", "pets"), "list");
        assert_eq!(without_prefix("Pets_list", "pets"), "list");
        assert_eq!(without_prefix("pet/list", "pets"), "list");
        assert_eq!(without_prefix("listPets", "pets"), "listPets");
        assert_eq!(without_prefix("pets_2", "pets"), "pets_2");
    }

    #[test]
    fn a_namespace_of_several_words_is_removed_from_a_name() {
        for id in [
            "oauth-tokens/list",
            "oauthTokens_list",
            "oauth_token.list",
            "OAUTH_TOKENS-list",
        ] {
            assert_eq!(without_prefix(id, "OAuth Tokens"), "list", "{id}");
            assert_eq!(without_prefix(id, "oauth-tokens"), "list", "{id}");
        }
        assert_eq!(without_prefix("oauth_list", "oauth_tokens"), "oauth_list");
    }

    #[test]
    fn a_name_without_its_prefix_does_not_collide_with_another() {
        let mut taken = Taken::new();
        let mut name = |id, path| named(&mut taken, id, path, Method::Get);
        assert_eq!(name("pets/list", "/pets"), "list");
        assert_eq!(name("list", "/pets/all"), "list all");
        assert_eq!(name("pets_list", "/v2/pets"), "list get");
    }
}
