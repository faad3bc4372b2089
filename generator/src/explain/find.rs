//! The meaning of a path, a pointer or a Rust name.

use crate::model::{Endpoint, Field, Kind, Namespace};
use crate::names;
use crate::rust::Plan;
use crate::rust::items::TypeItem;
use crate::rust::namespaces;
use crate::rust::paths;
use crate::trace::{Reason, Trace};

/// Something that can be explained.
pub(super) enum Subject<'a> {
    Endpoint(&'a Namespace, &'a Endpoint),
    Type(&'a TypeItem<'a>),
    Field(&'a TypeItem<'a>, &'a Field),
    LeftOut(&'a str, Reason),
}

/// Everything that `what` may mean; a pointer may lead to the nearest thing above it.
pub(super) fn find<'a>(plan: &'a Plan<'a>, trace: &'a Trace, what: &str) -> Vec<Subject<'a>> {
    let pointer = what.trim_start_matches('#');
    let by_path = endpoints(plan).filter(|(_, endpoint)| endpoint.path == what);
    let found: Vec<Subject<'a>> = by_path
        .map(|(namespace, endpoint)| Subject::Endpoint(namespace, endpoint))
        .collect();
    if !found.is_empty() {
        return found;
    }
    if pointer.starts_with('/') {
        return by_pointer(plan, trace, pointer).into_iter().collect();
    }
    by_name(plan, what)
}

pub(super) fn endpoints<'a>(
    plan: &Plan<'a>,
) -> impl Iterator<Item = (&'a Namespace, &'a Endpoint)> {
    plan.api.endpoints().into_iter()
}

/// Returns every definition with its pointer; what another one replaced is found as well.
fn subjects<'a>(plan: &'a Plan<'a>) -> Vec<(&'a str, Subject<'a>)> {
    let mut all: Vec<(&str, Subject<'_>)> = Vec::new();
    for (namespace, endpoint) in endpoints(plan) {
        all.push((&endpoint.pointer, Subject::Endpoint(namespace, endpoint)));
        let params = endpoint.params().chain(&endpoint.constants);
        all.extend(params.map(|param| {
            (
                param.pointer.as_str(),
                Subject::Endpoint(namespace, endpoint),
            )
        }));
    }
    for definition in &plan.types {
        all.push((&definition.pointer, Subject::Type(definition)));
        if let Kind::Object(object) = &definition.kind {
            all.extend(
                object
                    .fields
                    .iter()
                    .map(|field| (field.pointer.as_str(), Subject::Field(definition, field))),
            );
        }
    }
    all
}

fn by_pointer<'a>(plan: &'a Plan<'a>, trace: &'a Trace, pointer: &str) -> Option<Subject<'a>> {
    let contains = |known: &str| {
        pointer
            .strip_prefix(known)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let known = subjects(plan)
        .into_iter()
        .filter(|(known, _)| contains(known));
    let nearest =
        known.max_by_key(|(known, subject)| (known.len(), matches!(subject, Subject::Type(_))));
    let left_out = trace
        .all_left_out()
        .into_iter()
        .filter(|(known, _)| contains(known));
    let left_out = left_out.max_by_key(|(known, _)| known.len());
    match (nearest, left_out) {
        (Some((known, subject)), Some((place, _))) if known.len() >= place.len() => Some(subject),
        (_, Some((place, reason))) => Some(Subject::LeftOut(place, reason)),
        (nearest, None) => nearest.map(|(_, subject)| subject),
    }
}

fn by_name<'a>(plan: &'a Plan<'a>, what: &str) -> Vec<Subject<'a>> {
    let cleaned = what.replace("()", "").replace('.', "::");
    let words: Vec<&str> = cleaned
        .split("::")
        .filter(|word| !matches!(*word, "" | "crate") && *word != plan.client.library)
        .collect();
    if words.is_empty() {
        return Vec::new();
    }
    let ends = |full: &[String]| {
        full.len() >= words.len()
            && full
                .iter()
                .rev()
                .zip(words.iter().rev())
                .all(|(one, other)| one == other)
    };
    let mut found = Vec::new();
    for definition in plan
        .types
        .iter()
        .filter(|definition| definition.is_reached())
    {
        if matches!(definition.kind, Kind::Unnamed) {
            continue;
        }
        let home = &definition.path;
        let full = [home.module.as_slice(), std::slice::from_ref(&home.name)].concat();
        if ends(&full) {
            found.push(Subject::Type(definition));
        }
        if let (Kind::Object(object), true) = (&definition.kind, words.len() > 1) {
            let wire_names: Vec<&str> = object
                .fields
                .iter()
                .map(|field| field.name.as_str())
                .collect();
            for (field, ident) in object.fields.iter().zip(names::fields(&wire_names)) {
                let member = [full.as_slice(), std::slice::from_ref(&ident)].concat();
                if ends(&member) {
                    found.push(Subject::Field(definition, field));
                }
            }
        }
    }
    for (namespace, endpoint) in endpoints(plan) {
        let with = |last: String| {
            let mut full = namespaces::module(namespace);
            full.push(last);
            full
        };
        let handled = [
            plan.names.namespace(namespace).to_owned(),
            names::method_name(&endpoint.name),
        ];
        let methods = endpoint
            .overloads
            .iter()
            .any(|overload| ends(&with(paths::method(endpoint, overload))));
        if ends(&with(plan.names.request(endpoint).to_owned())) || methods || ends(&handled) {
            found.push(Subject::Endpoint(namespace, endpoint));
        }
    }
    found
}
