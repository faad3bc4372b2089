//! `client_settings.rs`: how a program says where the API is and who is calling.

use std::path::PathBuf;

use askama::Template;

use super::Source;
use crate::escape;
use crate::model::{KeyPlace, SchemeKind, Security, ServerVariable};
use crate::rust::Plan;
use crate::rust::connection::{SignIn, described, server_variables, sign_ins};

#[derive(Template)]
#[template(path = "client_settings.rs.jinja", escape = "none")]
struct AccessView {
    client: String,
    server: Option<String>,
    endpoint_variable: String,
    endpoint_docs: String,
    security: String,
    schemes: Vec<SchemeView>,
    variables: Vec<VariableView>,
    /// True if some credentials are tokens.
    has_tokens: bool,
}

struct SchemeView {
    index: usize,
    method: String,
    /// As Rust's string literals.
    noun: String,
    call: String,
    environment: String,
    place: String,
    docs: Vec<String>,
    /// True if they are a user name and a password.
    is_basic: bool,
    is_token: bool,
    default: String,
}

struct VariableView {
    method: String,
    argument: String,
    name: String,
    default: Option<String>,
    values: String,
    docs: Vec<String>,
}

/// Returns the file, where the document says how to sign in.
pub(super) fn file(plan: &Plan<'_>) -> Result<Option<Source>, askama::Error> {
    let api = plan.api;
    let Some(connection) = &api.connection else {
        return Ok(None);
    };
    let sign_ins = sign_ins(plan);
    let view = AccessView {
        client: plan.client.ty.clone(),
        server: connection
            .server
            .as_ref()
            .map(|server| format!("{:?}", server.url)),
        endpoint_variable: format!("{:?}", format!("{}_ENDPOINT", plan.client.environment)),
        endpoint_docs: format!("`{}_ENDPOINT`", plan.client.environment),
        security: security(&connection.security),
        has_tokens: sign_ins.iter().any(SignIn::is_token),
        schemes: sign_ins
            .iter()
            .enumerate()
            .map(|(index, sign_in)| scheme(index, sign_in))
            .collect(),
        variables: variables(plan, &sign_ins),
    };
    Ok(Some(Source {
        path: PathBuf::from("client_settings.rs"),
        rust: view.render()?,
        wire: String::new(),
    }))
}

fn scheme(index: usize, sign_in: &SignIn<'_>) -> SchemeView {
    let kind = &sign_in.scheme.kind;
    let is_basic = *kind == SchemeKind::Basic;
    SchemeView {
        index,
        noun: format!("{:?}", sign_in.noun),
        call: format!("{:?}", sign_in.call()),
        environment: format!("{:?}", sign_in.variables),
        place: place(kind),
        docs: [
            vec![format!("Calls with {}, {}.", sign_in.noun, sign_in.sent())],
            described(sign_in.scheme.description.as_deref()),
        ]
        .concat(),
        is_basic,
        is_token: sign_in.is_token(),
        default: sign_in
            .variables
            .iter()
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(" and "),
        method: sign_in.method.clone(),
    }
}

fn place(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::Bearer | SchemeKind::OAuth => "Place::Authorization(\"Bearer\")".to_owned(),
        SchemeKind::Other(kind) => format!("Place::Authorization({kind:?})"),
        SchemeKind::Basic => "Place::Basic".to_owned(),
        SchemeKind::Key(place, name) => {
            let place = match place {
                KeyPlace::Header => "Header",
                KeyPlace::Query => "Query",
                KeyPlace::Cookie => "Cookie",
            };
            format!("Place::{place}({name:?})")
        }
    }
}

/// Returns the alternatives, as Rust.
pub(super) fn security(security: &Security) -> String {
    let ways: Vec<String> = security.iter().map(|way| format!("&{way:?}")).collect();
    format!("&[{}]", ways.join(", "))
}

fn variables(plan: &Plan<'_>, sign_ins: &[SignIn<'_>]) -> Vec<VariableView> {
    let view = |(variable, method): (&ServerVariable, String)| {
        let mut text = format!(
            "Sets {} in the URL of the server.",
            escape::code(&variable.name)
        );
        if let Some(default) = &variable.default {
            text.push_str(&format!(" Default: {}.", escape::code(default)));
        }
        if !variable.values.is_empty() {
            let values: Vec<String> = variable
                .values
                .iter()
                .map(|value| escape::code(value))
                .collect();
            text.push_str(&format!(" One of {}.", values.join(", ")));
        }
        VariableView {
            argument: method.clone(),
            method,
            name: format!("{:?}", variable.name),
            default: variable
                .default
                .as_ref()
                .map(|default| format!("{default:?}")),
            values: format!("{:?}", variable.values),
            docs: [vec![text], described(variable.description.as_deref())].concat(),
        }
    };
    server_variables(plan, sign_ins)
        .into_iter()
        .map(view)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{place, security};
    use crate::model::{KeyPlace, SchemeKind};

    #[test]
    fn credentials_go_where_their_scheme_says() {
        for (kind, expected) in [
            (SchemeKind::OAuth, "Place::Authorization(\"Bearer\")"),
            (
                SchemeKind::Other("Digest".to_owned()),
                "Place::Authorization(\"Digest\")",
            ),
            (SchemeKind::Basic, "Place::Basic"),
            (
                SchemeKind::Key(KeyPlace::Query, "key".to_owned()),
                "Place::Query(\"key\")",
            ),
        ] {
            assert_eq!(place(&kind), expected);
        }
    }

    #[test]
    fn each_way_to_sign_in_lists_the_schemes_that_go_together() {
        assert_eq!(security(&vec![vec![0], vec![1, 2]]), "&[&[0], &[1, 2]]");
        assert_eq!(security(&vec![vec![]]), "&[&[]]");
    }
}
