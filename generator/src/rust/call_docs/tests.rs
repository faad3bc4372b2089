use std::collections::HashMap;

use super::super::tests::{plan, plant};
use super::{Subject, or};
use crate::rust::scope::Scope;

/// What `see` finds in the documentation of the one call of a path.
fn call<T>(path: &str, see: impl FnOnce(&Subject<'_>) -> T) -> T {
    let leaf = "leaf: { type: object, properties: { a: { type: string } } }";
    let fault = "fault: { type: object, properties: { a: { type: string } } }";
    plan(&[path], &[leaf, fault], |plan| {
        let (namespace, endpoint) = plan.api.endpoints()[0];
        see(&Subject {
            endpoint,
            type_name: plan.names.namespace(namespace),
            call: "garden.plants()",
            outside: &Scope::outside(plan, HashMap::new()),
        })
    })
}

/// A call with these replies, by status.
fn get(replies: &[(&str, &str)]) -> String {
    let reply = |(status, component): &(&str, &str)| {
        format!(
            "'{status}': {{ description: OK, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/{component}' }} }} }} }}"
        )
    };
    let replies: Vec<String> = replies.iter().map(reply).collect();
    format!(
        "/plants: {{ get: {{ tags: [plants], operationId: get, responses: {{ {} }} }} }}",
        replies.join(", ")
    )
}

#[test]
fn a_call_says_what_awaiting_it_gives_with_a_link() {
    assert_eq!(
        call(&plant("a: { type: string }"), |subject| subject.gives()),
        "`.await` gives `()`."
    );
    assert_eq!(
        call(&get(&[("200", "leaf")]), |subject| subject.gives()),
        "`.await` gives [`Leaf`](crate::Leaf)."
    );
}

#[test]
fn failures_are_listed_by_their_types_each_with_its_statuses() {
    let replies = get(&[
        ("200", "leaf"),
        ("400", "fault"),
        ("404", "fault"),
        ("default", "leaf"),
    ]);
    let lines = call(&replies, |subject| subject.failures());
    let listed: Vec<&String> = lines.iter().filter(|line| line.starts_with("- ")).collect();
    assert_eq!(
        listed,
        [
            "- `400`, `404`: [`Fault`](crate::Fault)",
            "- any other status: [`Leaf`](crate::Leaf)"
        ]
    );
}

#[test]
fn options_are_links_and_those_that_are_deprecated_come_after_the_others() {
    let path = plant(
        "old: { type: string, deprecated: true }, a: { type: string }, type: { type: string }",
    );
    let listed = call(&path, |subject| {
        subject.optional(&subject.endpoint.overloads[0])
    });
    assert_eq!(
        listed.as_deref(),
        Some(
            "Optional: [`a`](Plant#method.a), [`type`](Plant#method.type). Deprecated: [`old`](Plant#method.old)."
        )
    );
}

#[test]
fn a_page_names_the_method_that_makes_its_request() {
    assert_eq!(
        call(&get(&[("200", "leaf")]), |subject| subject.made_by()),
        "Returned by [`garden.plants().get`](Plants::get)."
    );
    assert_eq!(or(&["a", "b", "c"].map(str::to_owned)), "a, b or c");
}
