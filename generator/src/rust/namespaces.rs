//! The names of namespaces: modules, methods and features.

use crate::model::Namespace;
use crate::names;

/// Returns the segments of a namespace. The first is changed if the client has an item of that name.
fn segments(namespace: &Namespace) -> Vec<String> {
    let mut segments = namespace.path.clone();
    if let Some(first) = segments.first_mut() {
        *first = names::root_namespace(std::mem::take(first));
    }
    segments
}

/// Returns the module of a namespace.
pub(crate) fn module(namespace: &Namespace) -> Vec<String> {
    let segments = segments(namespace);
    segments
        .iter()
        .map(|segment| names::module_name(segment))
        .collect()
}

/// Returns the methods from the client to a namespace.
pub(crate) fn methods(namespace: &Namespace) -> Vec<String> {
    let segments = segments(namespace);
    segments
        .iter()
        .map(|segment| names::method_name(segment))
        .collect()
}

/// Returns the words that name a namespace's type.
pub(super) fn own_words(namespace: &Namespace) -> String {
    segments(namespace).pop().unwrap_or_default()
}

/// Returns the cargo feature of a namespace at the root.
pub(crate) fn feature(root: &str) -> String {
    names::feature_name(&names::root_namespace(root.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{feature, methods, module};
    use crate::model::Namespace;

    fn namespace(path: &[&str]) -> Namespace {
        Namespace {
            path: path.iter().map(|segment| (*segment).to_owned()).collect(),
            description: None,
            tag: None,
            endpoints: Vec::new(),
            children: Vec::new(),
        }
    }

    #[test]
    fn only_the_first_segment_is_changed_for_a_name_of_the_client() {
        let client = namespace(&["client", "retry"]);
        assert_eq!(module(&client), ["client_api", "retry"]);
        assert_eq!(methods(&client), ["client_api", "retry"]);
        assert_eq!(feature("client"), "client_api");
        assert_eq!(feature("access_codes"), "access_codes");
    }
}
