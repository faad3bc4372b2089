//! Sorts arguments by their names, so that reordering a document does not change signatures.

use crate::model::{Api, Location, Namespace, Param};
use crate::words;

/// Sorts the required parameters of each call: those in the path in its order, the id of the namespace, other ids, then the
/// others by name. A whole body comes last.
pub(super) fn sort(api: &mut Api) {
    api.namespaces.iter_mut().for_each(sort_in);
}

fn sort_in(namespace: &mut Namespace) {
    let own = format!("{}_id", words::singular(namespace.name()));
    for overload in namespace
        .endpoints
        .iter_mut()
        .flat_map(|endpoint| &mut endpoint.overloads)
    {
        overload
            .required
            .sort_by_cached_key(|param| rank(param, &own));
    }
    namespace.children.iter_mut().for_each(sort_in);
}

/// Returns the sort key of a parameter. Sorting is stable, so parameters of the path keep their order.
fn rank(param: &Param, own: &str) -> (Class, (String, bool)) {
    if param.location.is_path() {
        return (Class::Path, (String::new(), false));
    }
    let class = if matches!(param.location, Location::Flat | Location::WholeBody) {
        Class::Whole
    } else if param.name == own || param.name.ends_with(&format!("_{own}")) {
        Class::Own
    } else if param.name.ends_with("_id") {
        Class::Id
    } else if param.name.ends_with("_ids") {
        Class::Ids
    } else {
        Class::Other
    };
    (class, name_order(&param.name))
}

/// Pairs of words of which the first one comes before the second one.
const PAIRS: [(&str, &str); 6] = [
    ("start", "end"),
    ("starts", "ends"),
    ("from", "to"),
    ("min", "max"),
    ("lower", "upper"),
    ("first", "last"),
];

/// Sorts by name, the first of a pair such as `starts_at` and `ends_at` right before the second.
fn name_order(name: &str) -> (String, bool) {
    let words: Vec<&str> = name.split('_').collect();
    let second = |word: &str| PAIRS.iter().find(|(first, _)| *first == word);
    let shared: Vec<&str> = words
        .iter()
        .map(|word| second(word).map_or(*word, |(_, second)| second))
        .collect();
    let shared = shared.join("_");
    let is_second = shared == name;
    (shared, is_second)
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Path,
    Own,
    Id,
    Ids,
    Other,
    Whole,
}

#[cfg(test)]
mod tests {
    use super::rank;
    use crate::model::{Docs, Location, Param, Presence, Type};

    fn param(name: &str, location: Location) -> Param {
        Param {
            name: name.to_owned(),
            location,
            ty: Type::String,
            presence: Presence {
                required: true,
                nullable: false,
            },
            only: None,
            media: None,
            docs: Docs::default(),
            pointer: String::new(),
        }
    }

    fn sorted(names: &[(&str, Location)], own: &str) -> Vec<String> {
        let mut params: Vec<Param> = names.iter().map(|(name, at)| param(name, *at)).collect();
        params.sort_by_cached_key(|param| rank(param, own));
        params.into_iter().map(|param| param.name).collect()
    }

    #[test]
    fn the_order_in_the_document_does_not_matter() {
        let body = Location::Body;
        let expected = ["acs_user_id", "acs_system_id", "device_ids", "code", "name"];
        let document = ["name", "device_ids", "acs_system_id", "code", "acs_user_id"];
        let mut given: Vec<(&str, Location)> = document.map(|name| (name, body)).to_vec();
        assert_eq!(sorted(&given, "user_id"), expected);
        given.reverse();
        assert_eq!(sorted(&given, "user_id"), expected);
    }

    #[test]
    fn a_start_comes_before_an_end() {
        let body = Location::Body;
        let document = ["ends_at", "max_price", "name", "starts_at", "min_price"];
        let given: Vec<(&str, Location)> = document.map(|name| (name, body)).to_vec();
        assert_eq!(
            sorted(&given, "user_id"),
            ["starts_at", "ends_at", "min_price", "max_price", "name"]
        );
    }

    #[test]
    fn parameters_of_the_path_keep_their_order() {
        let given = [
            ("title", Location::Body),
            ("repository", Location::Path),
            ("number", Location::Path),
        ];
        assert_eq!(
            sorted(&given, "issue_id"),
            ["repository", "number", "title"]
        );
    }
}
