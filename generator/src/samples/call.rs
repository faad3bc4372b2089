//! The call of a sample: chooses the overload, and the setters for the other parameters.

use serde_json::{Map, Value};

use super::check::{Check, MISSING, UNKNOWN, below};
use super::read::Sample;
use super::value::Writer;
use super::{PARAMETERS, check};
use crate::dialect::attempt;
use crate::model::{Endpoint, Location, Namespace, Overload, Param, Type};
use crate::rust::call_docs::NEEDS_ONE;
use crate::rust::example::Call;
use crate::rust::idents;
use crate::rust::paths;
use crate::rust::scope::Scope;

/// A call as callers write it.
pub(super) struct RenderedCall {
    pub(super) code: String,
    /// The variable for its value, if the sample has the value.
    pub(super) variable: Option<String>,
}

/// Renders the call of a sample. Returns `None` if that is not possible; then `check` has the reason.
pub(super) fn call(
    scope: &Scope<'_>,
    check: &mut Check<'_>,
    namespace: &Namespace,
    endpoint: &Endpoint,
    sample: &Sample,
) -> Option<RenderedCall> {
    let overload = overload(endpoint, &sample.parameters, check)?;
    let given = given(check, endpoint, overload, &sample.parameters);
    if endpoint.needs_parameter && !given.iter().any(|given| given.param.location.counts()) {
        check.report(PARAMETERS, NEEDS_ONE);
    }
    let writer = Writer { scope };
    let mut arguments = vec![None; overload.required.len()];
    let mut setters = Vec::new();
    for given in &given {
        check.documented(&given.param.docs, &given.pointer);
        let before = check.found.len();
        let (param, json) = (given.param, &given.json);
        check.value(&param.ty, param.presence.nullable, json, &given.pointer);
        let value = writer.argument(&param.ty, param.presence.nullable, json);
        if value.is_none() && check.found.len() == before {
            check.report(&given.pointer, "the value cannot be written as Rust");
        }
        match given.place {
            Place::Argument(index) => arguments[index] = value,
            Place::Setter(ref name) => {
                setters.push(value.map(|value| format!(".{name}({value})")));
            }
        }
    }
    let arguments: Vec<String> = arguments.into_iter().collect::<Option<_>>()?;
    let setters: Vec<String> = setters.into_iter().collect::<Option<_>>()?;
    let call = paths::namespace_call(scope.plan.client, namespace);
    let method = paths::method(endpoint, overload);
    let mut parts = vec![format!("{call}.{method}({})", arguments.join(", "))];
    parts.extend(setters);
    if is_unfinished(endpoint, sample.body.as_ref()) {
        parts.push(".no_wait()".to_owned());
    }
    let payload = check::payload(&endpoint.output, sample.body.as_ref());
    let variable = Call::variable(&endpoint.output).filter(|_| payload.is_some());
    let mut calls = [Call::of(parts)];
    let imports = Call::import(&mut calls, &scope.plan.client.library);
    let [call] = calls;
    Some(RenderedCall {
        code: super::page::format_code(&imports, &call.statement(variable.as_deref()))?,
        variable,
    })
}

/// Returns true if the reply has a pending action. Waiting for it would not give the value in the sample.
fn is_unfinished(endpoint: &Endpoint, body: Option<&Value>) -> bool {
    let Some(Type::ActionAttempt(_)) = endpoint.output.ty else {
        return false;
    };
    let payload = check::payload(&endpoint.output, body);
    payload.is_some_and(|json| {
        json.get(attempt::STATUS).and_then(Value::as_str) != Some(attempt::SUCCESS)
    })
}

/// A value in a sample, with its parameter.
struct GivenValue<'a> {
    param: &'a Param,
    json: Value,
    pointer: String,
    place: Place,
}

enum Place {
    Argument(usize),
    Setter(String),
}

/// Returns the overload for a sample: the one with the most arguments, if the sample has all of them.
fn overload<'a>(
    endpoint: &'a Endpoint,
    parameters: &Map<String, Value>,
    check: &mut Check<'_>,
) -> Option<&'a Overload> {
    let missing = |overload: &Overload| -> Vec<String> {
        let required = overload.required.iter().filter(|param| !is_whole(param));
        let names = required.map(|param| param.name.clone());
        names
            .filter(|name| !parameters.contains_key(name))
            .collect()
    };
    let mut best: Option<&Overload> = None;
    for overload in endpoint
        .overloads
        .iter()
        .filter(|overload| missing(overload).is_empty())
    {
        if best.is_none_or(|best| best.required.len() < overload.required.len()) {
            best = Some(overload);
        }
    }
    if best.is_none()
        && let Some(first) = endpoint.overloads.first()
    {
        for name in missing(first) {
            check.report(&below(PARAMETERS, &name), MISSING);
        }
    }
    best
}

/// Returns the values of a sample with their parameters, in its order. Values without a parameter are mismatches.
fn given<'a>(
    check: &mut Check<'_>,
    endpoint: &'a Endpoint,
    overload: &'a Overload,
    parameters: &Map<String, Value>,
) -> Vec<GivenValue<'a>> {
    let arguments = overload.required.iter().enumerate();
    let arguments = arguments.map(|(index, param)| (param, Place::Argument(index)));
    let setters = endpoint
        .options
        .iter()
        .zip(idents::setters(&endpoint.options));
    let setters = setters.map(|(param, (setter, _))| (param, Place::Setter(setter)));
    let mut takers: Vec<(&Param, Place)> = arguments.chain(setters).collect();
    let mut given = Vec::new();
    let mut rest = Map::new();
    for (name, json) in parameters {
        let is_sent_anyway =
            |param: &Param| param.name == *name && param.only.as_ref() == Some(json);
        if endpoint.constants.iter().any(is_sent_anyway) {
            continue;
        }
        let taker = takers
            .iter()
            .position(|(param, _)| param.name == *name && !is_whole(param));
        let Some(taker) = taker else {
            rest.insert(name.clone(), json.clone());
            continue;
        };
        let (param, place) = takers.remove(taker);
        given.push(GivenValue {
            param,
            json: json.clone(),
            pointer: below(PARAMETERS, name),
            place,
        });
    }
    if !rest.is_empty() || takers.iter().any(is_body) {
        whole(check, &mut takers, rest, &mut given);
    }
    given
}

/// Assigns the remaining values to a parameter for several properties of the body, whose type they match.
fn whole<'a>(
    check: &mut Check<'_>,
    takers: &mut Vec<(&'a Param, Place)>,
    rest: Map<String, Value>,
    given: &mut Vec<GivenValue<'a>>,
) {
    let json = Value::Object(rest);
    let fits = |(param, _): &(&Param, Place)| is_whole(param) && check.fits(&param.ty, &json);
    let fitting = takers.iter().position(fits);
    match fitting.or_else(|| takers.iter().position(is_body)) {
        Some(taker) => {
            let (param, place) = takers.remove(taker);
            given.push(GivenValue {
                param,
                json,
                pointer: PARAMETERS.to_owned(),
                place,
            });
        }
        None => {
            for name in json.as_object().into_iter().flatten().map(|(name, _)| name) {
                check.report(&below(PARAMETERS, name), UNKNOWN);
            }
        }
    }
}

/// Returns true if a parameter is for several properties of the body, or for the whole body.
fn is_whole(param: &Param) -> bool {
    matches!(param.location, Location::Flat | Location::WholeBody)
}

/// Returns true if a required parameter is for several properties of the body, or for the whole body.
fn is_body((param, place): &(&Param, Place)) -> bool {
    is_whole(param) && matches!(place, Place::Argument(_))
}
