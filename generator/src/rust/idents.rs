//! What the parameters of an endpoint are called in Rust, where several places may use one name.

use crate::model::{Location, Param};
use crate::names;

/// What a request has already: a parameter of that name is set by a method with a longer one.
const REQUEST_METHODS: [&str; 32] = [
    "new",
    "method",
    "path",
    "body",
    "query_pairs",
    "timeout",
    "header",
    "send",
    "call",
    "no_wait",
    "wait_timeout",
    "wait_interval",
    "strict",
    "retry",
    "workspace",
    "stream",
    "pages",
    "all",
    "into_future",
    "clone",
    "with_body",
    "with_query",
    "with_path",
    "with_header",
    "query",
    "with_fields",
    "with_whole_body",
    "with_form",
    "with_part",
    "with_file",
    "fmt",
    "into",
];

/// The identifiers of parameters that stand side by side.
pub(crate) fn idents(params: &[Param]) -> Vec<String> {
    let labels: Vec<String> = params
        .iter()
        .enumerate()
        .map(|(index, param)| label(params, index, param))
        .collect();
    names::fields(&labels.iter().map(String::as_str).collect::<Vec<_>>())
}

/// The methods that set parameters: as [`idents`], apart from what every request has.
pub(crate) fn setters(params: &[Param]) -> Vec<(String, String)> {
    let arguments = idents(params);
    let mut taken: Vec<String> = arguments
        .iter()
        .filter(|name| !REQUEST_METHODS.contains(&name.as_str()))
        .cloned()
        .collect();
    let method = |argument: &String| {
        if !REQUEST_METHODS.contains(&argument.as_str()) {
            return argument.clone();
        }
        let mut name = format!("{argument}_param");
        while taken.contains(&name) {
            name.push('_');
        }
        taken.push(name.clone());
        name
    };
    let methods: Vec<String> = arguments.iter().map(method).collect();
    methods.into_iter().zip(arguments).collect()
}

/// The name on the wire; where another parameter has the same, the place as well.
fn label(params: &[Param], index: usize, param: &Param) -> String {
    let first = params.iter().position(|other| other.name == param.name);
    let place = match param.location {
        Location::Query | Location::Styled(_) => "query",
        Location::Header => "header",
        Location::Cookie(_) => "cookie",
        Location::Path | Location::StyledPath(_) => "path",
        _ => "body",
    };
    if first == Some(index) {
        param.name.clone()
    } else {
        format!("{}_{place}", param.name)
    }
}
