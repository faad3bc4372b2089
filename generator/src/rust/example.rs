//! Examples of calls, as callers write them.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::idents;
use super::sample::{Sample, argument, is_alternative, is_current};
use super::scope::Scope;
use crate::model::{
    Endpoint, Kind, Location, Method, Output, Overload, Paging, Param, Reply, Type,
};
use crate::names;

/// The width of an example on one line.
const WIDTH: usize = 100;

/// The number of optional parameters that the page of a call shows.
const SHOWN: usize = 2;

/// A call in an example.
#[derive(Clone)]
pub(crate) struct Call {
    /// The client and its namespace, and each method that follows.
    parts: Vec<String>,
    /// The values that it sends.
    pub(crate) sent: Vec<Sent>,
}

/// The value of a parameter in an example.
#[derive(Clone)]
pub(crate) struct Sent {
    pub(crate) location: Location,
    pub(crate) name: String,
    pub(crate) json: Value,
}

impl Call {
    /// Returns the call with these parts.
    pub(crate) fn of(parts: Vec<String>) -> Self {
        Self {
            parts,
            sent: Vec::new(),
        }
    }

    /// Returns the shortest call: with its arguments, and with one optional parameter if it does nothing or fails without any.
    pub(crate) fn least(
        scope: &Scope<'_>,
        endpoint: &Endpoint,
        overload: &Overload,
        namespace: &str,
    ) -> Self {
        let has_one = overload
            .required
            .iter()
            .any(|param| param.location.counts());
        let needs = endpoint.needs_parameter && !has_one;
        let count = usize::from(needs || changes(endpoint));
        Self::with(scope, endpoint, overload, namespace, count)
    }

    /// Returns the call with some of its optional parameters.
    pub(crate) fn fuller(
        scope: &Scope<'_>,
        endpoint: &Endpoint,
        overload: &Overload,
        namespace: &str,
    ) -> Self {
        Self::with(scope, endpoint, overload, namespace, SHOWN)
    }

    fn with(
        scope: &Scope<'_>,
        endpoint: &Endpoint,
        overload: &Overload,
        namespace: &str,
        count: usize,
    ) -> Self {
        let mut sent = Vec::new();
        let arguments = overload.required.iter().map(|param| {
            let Some(value) = argument(scope, &param.ty, &param.name) else {
                return "Default::default()".to_owned();
            };
            sent.push(Sent::of(param, value.json));
            value.code
        });
        let arguments = arguments.collect::<Vec<_>>().join(", ");
        for param in &endpoint.constants {
            sent.extend(param.only.clone().map(|json| Sent::of(param, json)));
        }
        let method = names::call_name(&endpoint.name, overload.suffix.as_deref());
        let mut parts: Vec<String> = namespace.split_inclusive("()").map(str::to_owned).collect();
        parts.push(format!(".{method}({arguments})"));
        for (param, setter, json) in options(scope, endpoint, overload, count) {
            parts.push(setter);
            sent.push(Sent::of(param, json));
        }
        Self { parts, sent }
    }

    /// Returns the call followed by another method.
    pub(crate) fn then(&self, method: &str) -> Self {
        let mut call = self.clone();
        call.parts.push(method.to_owned());
        call
    }

    /// Returns a statement that awaits the call, on one line.
    pub(crate) fn statement(&self, variable: Option<&str>) -> String {
        format!("{}{}.await?;", assigned(variable), self.parts.concat())
    }

    /// Returns the lines of a statement that awaits the call.
    pub(crate) fn awaited(&self, variable: Option<&str>) -> Vec<String> {
        let line = self.statement(variable);
        if line.len() <= WIDTH {
            return vec![line];
        }
        let (first, rest) = self
            .parts
            .split_first()
            .map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
        let (seam, namespace) = first.split_once('.').unwrap_or((first, ""));
        let mut lines = vec![
            format!("{}{seam}", assigned(variable)),
            format!("    .{namespace}"),
        ];
        lines.extend(rest.iter().map(|part| format!("    {part}")));
        lines.push("    .await?;".to_owned());
        lines
    }

    /// Shortens the paths of types in these calls, and returns the imports; does nothing if two types have the same name.
    pub(crate) fn import(calls: &mut [Self], library: &str) -> Vec<String> {
        let parts = calls.iter().flat_map(|call| &call.parts);
        let paths: BTreeSet<String> = parts.flat_map(|part| types(part, library)).collect();
        let name = |path: &str| path.rsplit("::").next().unwrap_or_default().to_owned();
        let names: BTreeSet<String> = paths.iter().map(|path| name(path)).collect();
        if names.len() < paths.len() {
            return Vec::new();
        }
        for part in calls.iter_mut().flat_map(|call| &mut call.parts) {
            for path in &paths {
                *part = part.replace(&format!("{path}::"), &format!("{}::", name(path)));
            }
        }
        paths.iter().map(|path| format!("use {path};")).collect()
    }

    /// Returns the variable for the value of the call, if it has a value.
    pub(crate) fn variable(output: &Output) -> Option<String> {
        output.ty.as_ref()?;
        Some(match &output.reply {
            Reply::Key(key) => names::field_name(key),
            Reply::Location => "location".to_owned(),
            _ => "reply".to_owned(),
        })
    }
}

impl Sent {
    fn of(param: &Param, json: Value) -> Self {
        Self {
            location: param.location,
            name: param.name.clone(),
            json,
        }
    }
}

/// Returns the JSON body that an example sends.
pub(crate) fn json_body(sent: &[Sent]) -> Option<Value> {
    let mut object = Map::new();
    for Sent {
        location,
        name,
        json,
    } in sent
    {
        match location {
            Location::WholeBody => return Some(json.clone()),
            Location::Flat => object.extend(json.as_object().cloned().unwrap_or_default()),
            Location::Body => drop(object.insert(name.clone(), json.clone())),
            _ => {}
        }
    }
    (!object.is_empty()).then(|| object.into())
}

/// Returns the start of a statement that assigns a value to a variable, if there is one.
fn assigned(variable: Option<&str>) -> String {
    variable.map_or_else(String::new, |name| format!("let {name} = "))
}

/// Returns the paths of types in an expression that are in modules below the root.
fn types(code: &str, library: &str) -> Vec<String> {
    let start = format!("{library}::");
    let is_path =
        |character: char| character.is_alphanumeric() || matches!(character, '_' | ':' | '#');
    let words = code.split(|character| !is_path(character));
    let paths = words.filter_map(|word| word.strip_prefix(start.as_str()));
    let found = paths.filter_map(|path| {
        let segments: Vec<&str> = path.split("::").collect();
        let is_type = |segment: &&str| segment.starts_with(char::is_uppercase);
        let at = segments.iter().position(is_type).filter(|at| *at > 0)?;
        Some(format!("{start}{}", segments[..=at].join("::")))
    });
    found.collect()
}

/// Returns true if a call updates something: leaving a parameter out keeps its value, and null may clear it.
pub(crate) fn changes(endpoint: &Endpoint) -> bool {
    matches!(endpoint.semantic, Method::Patch | Method::Put)
        || endpoint.name.split('_').any(|word| word == "update")
}

/// Returns the setters that an example shows: those with the lowest weight, in the document's order.
fn options<'a>(
    scope: &Scope<'_>,
    endpoint: &'a Endpoint,
    overload: &Overload,
    count: usize,
) -> Vec<(&'a Param, String, Value)> {
    let setters = idents::setters(&endpoint.options);
    let mut options: Vec<(usize, &Param, &str)> = endpoint
        .options
        .iter()
        .zip(&setters)
        .enumerate()
        .filter(|(_, (param, _))| is_current(&param.docs) && param.location.counts())
        .filter(|(_, (param, _))| !asks_for_page(endpoint, param))
        .filter(|(_, (param, _))| {
            !overload
                .required
                .iter()
                .any(|given| is_alternative_of(given, param))
        })
        .map(|(at, (param, (setter, _)))| (at, param, setter.as_str()))
        .collect();
    options.sort_by_key(|(at, param, _)| (weight(scope, endpoint, param), *at));
    let mut chosen: Vec<(usize, &Param, String, Value)> = Vec::new();
    for (at, param, setter) in options {
        let is_free = !chosen
            .iter()
            .any(|(_, other, ..)| is_alternative_of(other, param));
        if chosen.len() < count
            && is_free
            && let Some(Sample { code, json }) = argument(scope, &param.ty, &param.name)
        {
            chosen.push((at, param, format!(".{setter}({code})"), json));
        }
    }
    chosen.sort_by_key(|(at, ..)| *at);
    let chosen = chosen.into_iter();
    chosen
        .map(|(_, param, setter, json)| (param, setter, json))
        .collect()
}

fn is_alternative_of(one: &Param, other: &Param) -> bool {
    one.name == other.name || is_alternative(&one.name, &other.name)
}

/// Returns true if the runtime sets the parameter to get the next page.
fn asks_for_page(endpoint: &Endpoint, param: &Param) -> bool {
    let parameter = endpoint.paging.as_ref().and_then(Paging::parameter);
    parameter == Some(&param.name)
}

/// Returns how little a parameter explains in an example: names, times and enums explain most, objects little, and a cursor
/// nothing.
fn weight(scope: &Scope<'_>, endpoint: &Endpoint, param: &Param) -> usize {
    if endpoint.paging.is_some() && param.name.ends_with("cursor") {
        return 9;
    }
    match &param.ty {
        Type::String if param.name == "code" || param.name.ends_with("name") => 0,
        Type::Id(_) => 1,
        Type::DateTime | Type::Integer | Type::Unsigned | Type::Number => 2,
        Type::Named(id) => match scope.plan.api.type_def(*id).kind {
            Kind::Enumeration(_) => 2,
            _ => 6,
        },
        Type::String => 3,
        Type::List(item) if matches!(**item, Type::String | Type::Id(_)) => 4,
        Type::Boolean => 5,
        _ => 7,
    }
}

#[cfg(test)]
mod tests;
