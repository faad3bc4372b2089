//! Requests: method, path, headers, query and body are what the document says.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use generator::examples::Request;
use seam::Value;
use seam::test::Sent;

use crate::EXAMPLES;
use crate::call::{Call, Make, answered};
use crate::faults::{Side, at_odds};
use crate::generated::calls::CALLS;

/// What is due for each operation that is called.
static DUE: LazyLock<BTreeMap<&str, Request>> = LazyLock::new(|| {
    let due = |call: &Call| (call.operation, EXAMPLES.request(call.operation).unwrap());
    CALLS.iter().map(due).collect()
});

#[tokio::test]
async fn every_call_sends_what_the_document_says() {
    let mut faults = Vec::new();
    for call in CALLS {
        let due = &DUE[call.operation];
        for (what, make) in [("its required", Some(call.required)), ("all", call.all)] {
            let Some(make) = make else { continue };
            for fault in judge(due, &sent(due, make).await) {
                faults.push(at_odds(
                    Side::Client,
                    call.operation,
                    &format!("with {what} parameters, {fault}"),
                ));
            }
        }
    }
    println!("{} calls", CALLS.len());
    // A path has one call at least.
    assert!(CALLS.len() >= EXAMPLES.paths().len().max(1));
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[tokio::test]
async fn every_parameter_of_the_document_is_sent_by_some_call() {
    let mut sent_by: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for call in CALLS {
        let sent = sent(&DUE[call.operation], call.all.unwrap_or(call.required)).await;
        let names = sent_by.entry(call.operation).or_default();
        names.extend(sent.query.into_iter().map(|(name, _)| name));
        names.extend(members(&sent.body).map(|(name, _)| name.to_owned()));
    }
    let mut faults = Vec::new();
    let mut count = 0;
    for (operation, sent) in &sent_by {
        for name in declared(&DUE[operation]) {
            count += 1;
            let nested = format!("{name}.");
            if !sent
                .iter()
                .any(|sent| *sent == name || sent.starts_with(&nested))
            {
                faults.push(at_odds(
                    Side::Client,
                    operation,
                    &format!("it never sends {name}"),
                ));
            }
        }
    }
    println!("{} operations declare {count} parameters", sent_by.len());
    // A call takes several, more or less.
    let paths = EXAMPLES.paths().len();
    assert!(
        count >= paths.max(1),
        "only {count} parameters of {paths} paths"
    );
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[tokio::test]
async fn what_takes_null_is_sent_as_null_and_left_out_when_it_is_left_out() {
    let mut cleared: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut faults = Vec::new();
    for call in CALLS {
        let due = &DUE[call.operation];
        let Some(make) = call.nulls else { continue };
        let nulls = nulls(&sent(due, make).await);
        let left_out = sent(due, call.required).await;
        let is_asked = |name: &String| {
            let is_given = call.given.contains(&name.as_str());
            is_given || due.bodies.iter().any(|body| body.required.contains(name))
        };
        for name in nulls.iter().filter(|name| !is_asked(name)) {
            if is_sent(&left_out, name) {
                // A request that the document allows is no fault of the client.
                let is_allowed = judge(due, &left_out).is_empty() && !is_null(&left_out, name);
                let side = if is_allowed { Side::Test } else { Side::Client };
                let what = format!("{name} is sent, though the test does not set it");
                faults.push(at_odds(side, call.operation, &what));
            }
        }
        cleared.entry(call.operation).or_default().extend(nulls);
    }
    let mut count = 0;
    for (operation, due) in DUE.iter() {
        let nulls = cleared.remove(operation).unwrap_or_default();
        count += nulls.len();
        let nullable = nullable(due);
        if nulls != nullable {
            let what = format!("it clears {nulls:?} and not {nullable:?}");
            faults.push(at_odds(Side::Client, operation, &what));
        }
    }
    println!("{count} parameters take null, of {} operations", DUE.len());
    assert!(count > 0, "no parameter takes null");
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn every_path_has_a_call_and_post_is_used_where_the_document_has_it() {
    let mut called: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for request in DUE.values() {
        called
            .entry(&request.path)
            .or_default()
            .insert(&request.method);
    }
    let paths = EXAMPLES.paths();
    println!("{} paths", paths.len());
    assert!(!paths.is_empty(), "the document has no path");
    for (path, methods) in paths {
        let called = called
            .get(path)
            .unwrap_or_else(|| panic!("{path} has no call"));
        if methods.iter().any(|method| method == "POST") {
            assert_eq!(*called, BTreeSet::from(["POST"]), "{path}");
        }
    }
}

async fn sent(expected: &Request, make: Make) -> Sent {
    let (fake, _) = answered(&expected.path, make, &Value::Null).await;
    let mut sent = fake.sent();
    assert_eq!(sent.len(), 1, "{}", expected.path);
    sent.remove(0)
}

/// What is sent otherwise than the document says.
fn judge(expected: &Request, sent: &Sent) -> Vec<String> {
    let mut faults = Vec::new();
    if sent.method.as_str() != expected.method {
        faults.push(format!("the method is {}", sent.method));
    }
    let path = filled(expected);
    if sent.path != path {
        faults.push(format!("the path is {} and not {path}", sent.path));
    }
    judge_parameters(expected, sent, &mut faults);
    if !expected.bodies.is_empty() {
        judge_body(expected, sent, &mut faults);
    }
    faults
}

fn filled(expected: &Request) -> String {
    let mut path = expected.path.clone();
    while let Some((before, rest)) = path.split_once(['[', '{']) {
        let (_, after) = rest.split_once([']', '}']).unwrap();
        path = format!("{before}text{after}");
    }
    path
}

/// Whether a parameter is part of the path, wherever the document declares it.
fn is_in_path(request: &Request, name: &str) -> bool {
    [format!("[{name}]"), format!("{{{name}}}")]
        .iter()
        .any(|place| request.path.contains(place))
}

fn judge_parameters(expected: &Request, sent: &Sent, faults: &mut Vec<String>) {
    for parameter in expected
        .parameters
        .iter()
        .filter(|parameter| !is_in_path(expected, &parameter.name))
    {
        let text = match &parameter.value {
            Value::String(text) => text.clone(),
            Value::Array(_) | Value::Object(_) => continue,
            other => other.to_string(),
        };
        let found = match parameter.location.as_str() {
            "query" => sent
                .query
                .iter()
                .find(|(name, _)| *name == parameter.name)
                .map(|(_, value)| value.as_str()),
            "header" => sent.header(&parameter.name),
            _ => continue,
        };
        match found {
            Some(found) if found == text => {}
            None if !parameter.required => {}
            other => faults.push(format!("{} is {other:?} and not {text:?}", parameter.name)),
        }
    }
}

fn judge_body(expected: &Request, sent: &Sent, faults: &mut Vec<String>) {
    if sent.header("content-type") != Some("application/json") {
        faults.push(format!("the body is {:?}", sent.header("content-type")));
    }
    let is_anything = expected
        .bodies
        .iter()
        .all(|body| body.properties.is_empty());
    for (name, value) in members(&sent.body) {
        let values: Vec<&Value> = expected
            .bodies
            .iter()
            .filter_map(|body| body.properties.get(name))
            .flatten()
            .collect();
        if !values.contains(&value) && !is_anything {
            faults.push(format!("{name} is {value}, and could be {values:?}"));
        }
    }
    let names: BTreeSet<String> = members(&sent.body)
        .map(|(name, _)| name.to_owned())
        .collect();
    if !expected
        .bodies
        .iter()
        .any(|body| body.required.is_subset(&names))
    {
        let required: Vec<_> = expected.bodies.iter().map(|body| &body.required).collect();
        faults.push(format!("{names:?} lacks what is required: {required:?}"));
    }
}

fn members(body: &Value) -> impl Iterator<Item = (&str, &Value)> {
    body.as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.as_str(), value))
}

/// The names of the parameters that are sent as null: in a query, without a value.
fn nulls(sent: &Sent) -> BTreeSet<String> {
    let in_body = members(&sent.body).filter(|(_, value)| value.is_null());
    let in_query = sent.query.iter().filter(|(_, value)| value.is_empty());
    let in_query = in_query.map(|(name, _)| name.as_str());
    let names = in_body.map(|(name, _)| name).chain(in_query);
    names.map(str::to_owned).collect()
}

fn is_null(sent: &Sent, name: &str) -> bool {
    nulls(sent).contains(name)
}

fn is_sent(sent: &Sent, name: &str) -> bool {
    let mut in_query = sent.query.iter();
    sent.body.get(name).is_some() || in_query.any(|(known, _)| known == name)
}

/// The names of the parameters that may be null, but those of the path.
fn nullable(request: &Request) -> BTreeSet<String> {
    let parameters = request
        .parameters
        .iter()
        .filter(|parameter| parameter.nullable && !is_in_path(request, &parameter.name))
        .map(|parameter| &parameter.name);
    let properties = request.bodies.iter().flat_map(|body| &body.nullable);
    parameters.chain(properties).cloned().collect()
}

/// The names of all parameters but those of the path.
fn declared(request: &Request) -> BTreeSet<String> {
    let parameters = request
        .parameters
        .iter()
        .filter(|parameter| parameter.location == "query" && !is_in_path(request, &parameter.name))
        .map(|parameter| &parameter.name);
    let properties = request
        .bodies
        .iter()
        .flat_map(|body| body.properties.keys());
    parameters.chain(properties).cloned().collect()
}
