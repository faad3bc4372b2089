//! What a namespace is called: its modules, methods and feature.

use crate::model::Namespace;
use crate::names;

/// The segments of a namespace. The first is another where the client has something of that name.
fn segments(namespace: &Namespace) -> Vec<String> {
    let mut segments = namespace.path.clone();
    if let Some(first) = segments.first_mut() {
        *first = names::root_namespace(std::mem::take(first));
    }
    segments
}

/// The module of a namespace.
pub(crate) fn module(namespace: &Namespace) -> Vec<String> {
    let segments = segments(namespace);
    segments
        .iter()
        .map(|segment| names::module_name(segment))
        .collect()
}

/// The methods that lead to a namespace, from the client on.
pub(crate) fn methods(namespace: &Namespace) -> Vec<String> {
    let segments = segments(namespace);
    segments
        .iter()
        .map(|segment| names::method_name(segment))
        .collect()
}

/// The words that name a namespace's type.
pub(super) fn own_words(namespace: &Namespace) -> String {
    segments(namespace).pop().unwrap_or_default()
}

/// The cargo feature of the namespace at the root that is called so.
pub(crate) fn feature(root: &str) -> String {
    names::feature_name(&names::root_namespace(root.to_owned()))
}
