//! The example in the documentation of every call, as code that runs.

use std::collections::HashMap;

use crate::rust::call_docs::Subject;
use crate::rust::example::json_body;
use crate::rust::scope::Scope;
use crate::rust::{Plan, paths};

pub(super) struct ExampleView {
    pub(super) operation: String,
    /// How many calls it makes: one for each overload.
    pub(super) calls: usize,
    /// The JSON body of the first call, as a string literal in an `Option`.
    pub(super) body: String,
    pub(super) lines: Vec<String>,
}

/// Returns the examples, line by line as the documentation has them.
pub(super) fn examples(plan: &Plan<'_>) -> Vec<ExampleView> {
    let outside = Scope::outside(plan, HashMap::new());
    let endpoints = plan.api.endpoints().into_iter();
    let views = endpoints.map(|(namespace, endpoint)| {
        let subject = Subject {
            endpoint,
            type_name: plan.names.namespace(namespace),
            call: &paths::namespace_call(plan.client, namespace),
            outside: &outside,
        };
        ExampleView {
            operation: endpoint.pointer.clone(),
            calls: endpoint.overloads.len(),
            body: format!(
                "{:?}",
                json_body(&subject.sent()).map(|json| json.to_string())
            ),
            lines: subject.example(),
        }
    });
    views.collect()
}
