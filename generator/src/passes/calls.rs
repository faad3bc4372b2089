//! Gives calls unique names in their namespace.

use std::collections::BTreeSet;

use crate::model::Namespace;
use crate::model::path::placeholders;
use crate::trace::Trace;
use crate::{names, words};

/// Gives each call of a namespace a unique method.
///
/// The call with the fewest placeholders keeps the plain name, and placeholders are added to the names of others. A call of its
/// own takes precedence over an overload of another call.
pub(super) fn make_unique(namespace: &mut Namespace, trace: &mut Trace) {
    let mut order: Vec<usize> = (0..namespace.endpoints.len()).collect();
    order.sort_by_key(|index| placeholders(&namespace.endpoints[*index].path).len());
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut spelled: Vec<String> = Vec::new();
    for index in order {
        let endpoint = &mut namespace.endpoints[index];
        let own = endpoint.name.clone();
        spelled.push(own.clone());
        let by = format!("{own}_by_{}", placeholders(&endpoint.path).join("_and_"));
        let exact = names::fields(&spelled.iter().map(String::as_str).collect::<Vec<_>>());
        let candidates = [own.clone(), by].into_iter().chain(exact.last().cloned());
        let numbered = (2..).map(|number| words::numbered(&own, number));
        let mut free = candidates
            .chain(numbered)
            .filter(|name| taken.insert(names::method_name(name)));
        if let Some(name) = free.next().filter(|name| *name != own) {
            endpoint.name = name;
            let text = format!(
                "it is called `{}`, because its namespace has another `{own}`",
                endpoint.name
            );
            trace.decided(&endpoint.pointer, text);
        }
    }
    for endpoint in &mut namespace.endpoints {
        for overload in &mut endpoint.overloads {
            let Some(suffix) = &overload.suffix else {
                continue;
            };
            let keys = suffix.strip_prefix("by_").unwrap_or(suffix);
            let candidates = [suffix.clone(), format!("with_{keys}")].into_iter();
            let numbered = (2..).map(|number| words::numbered(suffix, number));
            let free = candidates
                .chain(numbered)
                .find(|suffix| taken.insert(names::call_name(&endpoint.name, Some(suffix))));
            overload.suffix = free;
        }
    }
    for child in &mut namespace.children {
        make_unique(child, trace);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::model;

    fn names(paths: &str) -> Vec<String> {
        let api = model(paths, "unused: { type: string }");
        let endpoints = api.endpoints().into_iter();
        endpoints
            .map(|(_, endpoint)| endpoint.name.clone())
            .collect()
    }

    #[test]
    fn the_call_with_fewer_keys_keeps_the_plain_name() {
        let call = "{ post: { summary: PATH, responses: { '200': { description: OK } } } }";
        let path =
            |path: &str| format!("'{path}': {}\n", call.replace("PATH", &format!("'{path}'")));
        let paths = [path("/things/get/{name}"), path("/things/get")].concat();
        assert_eq!(names(&paths), ["get_by_name", "get"]);
    }
}
