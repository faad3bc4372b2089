//! Identifiers of parameters. Parameters in several locations of a request may have the same name.

use crate::model::{Location, Param};
use crate::names;
use crate::words;

/// Methods that every request has: a parameter of that name gets a setter with a longer name.
const REQUEST_METHODS: [&str; 46] = [
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
    "with_cookie",
    "with_styled_query",
    "with_styled_path",
    "with_text_body",
    "with_bytes_body",
    "with_files",
    "not_empty",
    "query",
    "with_fields",
    "with_whole_body",
    "with_form",
    "with_part",
    "with_file",
    "with_styled_form",
    "with_typed_part",
    "with_exploded_header",
    "total_timeout",
    "send_blocking",
    "events",
    "download",
    "fmt",
    "into",
];

/// Returns the identifiers of parameters of one call.
pub(crate) fn idents(params: &[Param]) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    for (index, param) in params.iter().enumerate() {
        labels.push(label(params, &labels, (index, param)));
    }
    names::fields(&labels.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Returns the methods that set parameters: like [`idents`], but different from the methods of every request.
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

/// Returns a label that no other parameter has: the name on the wire, with the location if another parameter has the same name.
fn label(params: &[Param], labels: &[String], (index, param): (usize, &Param)) -> String {
    let first = params.iter().position(|other| other.name == param.name);
    let place = match param.location {
        Location::Query | Location::Styled(_) => "query",
        Location::Header | Location::ExplodedHeader => "header",
        Location::Cookie(_) => "cookie",
        Location::Path | Location::StyledPath(_) => "path",
        _ => "body",
    };
    if first == Some(index) {
        return param.name.clone();
    }
    let plain = format!("{}_{place}", param.name);
    let candidates = [plain.clone(), format!("{}_in_{place}", param.name)].into_iter();
    let numbered = (2..).map(|number| words::numbered(&plain, number));
    let is_free =
        |label: &String| !labels.contains(label) && params.iter().all(|other| other.name != *label);
    candidates.chain(numbered).find(is_free).unwrap_or(plain)
}

#[cfg(test)]
mod tests {
    use super::idents;
    use crate::model::{Docs, Location, Param, Presence, Type};

    #[test]
    fn parameters_of_one_name_are_told_apart_by_their_locations() {
        let param = |name: &str, location| Param {
            name: name.to_owned(),
            location,
            ty: Type::String,
            presence: Presence {
                required: true,
                nullable: false,
            },
            only: None,
            media: None,
            docs: Docs::default(),
            pointer: String::new(),
        };
        let params = [
            param("id", Location::Path),
            param("id", Location::Body),
            param("id", Location::Header),
            param("id_body", Location::Body),
            param("id_in_body", Location::Body),
        ];
        assert_eq!(
            idents(&params),
            ["id", "id_body_2", "id_header", "id_body", "id_in_body"]
        );
    }
}
