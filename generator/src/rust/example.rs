//! Examples of calls, as a caller writes them.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::idents;
use super::sample::{Sample, argument, is_alternative, is_current};
use super::scope::Scope;
use crate::model::{
    Endpoint, Kind, Location, Method, Output, Overload, Paging, Param, Reply, Type,
};
use crate::names;

/// Columns of an example on one line.
const WIDTH: usize = 100;

/// How many optional parameters the page of a call shows.
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
    /// The call that these parts make.
    pub(crate) fn of(parts: Vec<String>) -> Self {
        Self {
            parts,
            sent: Vec::new(),
        }
    }

    /// The call with what it takes at least: its arguments, and an option where it does nothing or is refused without any.
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

    /// The call with some of its optional parameters.
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

    /// The call followed by another method.
    pub(crate) fn then(&self, method: &str) -> Self {
        let mut call = self.clone();
        call.parts.push(method.to_owned());
        call
    }

    /// A statement that awaits the call, on one line.
    pub(crate) fn statement(&self, variable: Option<&str>) -> String {
        format!("{}{}.await?;", assigned(variable), self.parts.concat())
    }

    /// The lines of a statement that awaits the call.
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

    /// Imports the types that some calls name, and names them shortly there; nothing where two have one name.
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

    /// The variable for what the call gives, where it gives something.
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

/// The JSON body that an example sends.
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

/// The start of a statement that keeps what an expression gives, if it does.
fn assigned(variable: Option<&str>) -> String {
    variable.map_or_else(String::new, |name| format!("let {name} = "))
}

/// The paths of types in modules below the crate that stand in an expression.
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

/// Returns true if a call changes what is there: leaving a parameter out keeps it, and null may clear it.
pub(crate) fn changes(endpoint: &Endpoint) -> bool {
    matches!(endpoint.semantic, Method::Patch | Method::Put)
        || endpoint.name.split('_').any(|word| word == "update")
}

/// The setters that an example shows: those that say most first, in the document's order.
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

/// Returns true if the runtime sets the parameter, to go from page to page.
fn asks_for_page(endpoint: &Endpoint, param: &Param) -> bool {
    let parameter = endpoint.paging.as_ref().and_then(Paging::parameter);
    parameter == Some(&param.name)
}

/// How little a parameter says in an example: names, times and enums say most, whole objects least, and a cursor nothing.
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
