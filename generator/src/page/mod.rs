//! `calls.html`: every call in Rust beside the request that it sends, in one file that can be searched without a network.

mod curl;

use crate::rust::namespaces;
use std::collections::HashMap;

use askama::Template;

use crate::model::{Endpoint, Namespace, Param};
use crate::rust::call_docs::Subject;
use crate::rust::connection::{SignIn, sign_ins};
use crate::rust::scope::Scope;
use crate::rust::{Plan, docs, idents, paths};
use crate::rustdoc;

#[derive(Template)]
#[template(path = "calls.html.jinja", escape = "html")]
struct PageView<'a> {
    title: &'a str,
    library: &'a str,
    count: usize,
    namespaces: Vec<NamespaceView>,
}

struct NamespaceView {
    call: String,
    calls: Vec<CallView>,
}

struct CallView {
    id: String,
    signature: String,
    path: String,
    about: String,
    marks: Vec<&'static str>,
    rust: String,
    curl: String,
    gives: String,
    feature: String,
    page: Option<String>,
    params: Vec<ParamView>,
    /// What a search looks in, in lower case.
    words: String,
}

struct ParamView {
    name: String,
    about: String,
    is_required: bool,
}

/// Returns the page.
pub(crate) fn page(plan: &Plan<'_>) -> Result<String, askama::Error> {
    let outside = Scope::outside(plan, HashMap::new());
    let sign_ins = sign_ins(plan);
    let mut namespaces: Vec<NamespaceView> = Vec::new();
    for (namespace, endpoint) in plan.api.endpoints() {
        let call = paths::namespace_call(plan.client, namespace);
        let view = view(&outside, &sign_ins, (namespace, endpoint), &call);
        match namespaces.last_mut().filter(|last| last.call == call) {
            Some(last) => last.calls.push(view),
            None => namespaces.push(NamespaceView {
                call,
                calls: vec![view],
            }),
        }
    }
    let page = PageView {
        title: &plan.api.title,
        library: &plan.client.library,
        count: namespaces
            .iter()
            .map(|namespace| namespace.calls.len())
            .sum(),
        namespaces,
    };
    page.render()
}

fn view(
    outside: &Scope<'_>,
    sign_ins: &[SignIn<'_>],
    (namespace, endpoint): (&Namespace, &Endpoint),
    call: &str,
) -> CallView {
    let plan = outside.plan;
    let subject = Subject {
        endpoint,
        type_name: plan.names.namespace(namespace),
        call,
        outside,
    };
    let overload = endpoint.overloads.first();
    let signature = overload.map_or_else(String::new, |overload| {
        paths::call(plan.client, namespace, endpoint, overload)
    });
    let params = params(endpoint);
    let about = described(endpoint.docs.description.as_deref());
    let hidden = docs::hidden(&endpoint.docs);
    let mut words = vec![
        signature.clone(),
        endpoint.path.clone(),
        endpoint.path.replace('_', " "),
        about.clone(),
    ];
    words.extend(params.iter().map(|param| param.name.clone()));
    let output = endpoint.output.ty.as_ref();
    CallView {
        id: endpoint_id(namespace, endpoint),
        rust: subject.example().join("\n"),
        curl: curl::command(plan.api, sign_ins, endpoint, &subject.sent()),
        gives: output.map_or("nothing".to_owned(), |ty| paths::ty(plan, ty)),
        feature: match hidden {
            true => "undocumented".to_owned(),
            false => namespaces::feature(namespace.path.first().map_or("", String::as_str)),
        },
        marks: [
            endpoint.docs.deprecated.is_some().then_some("deprecated"),
            hidden.then_some("undocumented"),
            endpoint.paging.is_some().then_some("in pages"),
        ]
        .into_iter()
        .flatten()
        .collect(),
        page: endpoint.page.clone().filter(|_| !hidden),
        path: endpoint.path.clone(),
        words: words.join(" ").to_lowercase(),
        signature,
        about,
        params,
    }
}

/// `locks.lock_door`.
fn endpoint_id(namespace: &Namespace, endpoint: &Endpoint) -> String {
    format!("{}.{}", namespace.path.join("."), endpoint.name)
}

fn params(endpoint: &Endpoint) -> Vec<ParamView> {
    let mut found: Vec<ParamView> = Vec::new();
    let required = endpoint
        .overloads
        .iter()
        .flat_map(|overload| &overload.required);
    let idents: Vec<String> = idents::setters(&endpoint.options)
        .into_iter()
        .map(|(setter, _)| setter)
        .collect();
    let in_all = |param: &Param| {
        let mut overloads = endpoint.overloads.iter();
        overloads.all(|overload| {
            overload
                .required
                .iter()
                .any(|other| other.name == param.name)
        })
    };
    let required = required.map(|param| (param, param.name.clone(), in_all(param)));
    let optional = endpoint.options.iter().zip(idents);
    let optional = optional.map(|(param, setter)| {
        (
            param,
            format!(".{}", setter.trim_start_matches("r#")),
            false,
        )
    });
    for (param, name, is_required) in required.chain(optional) {
        let is_known = found.iter().any(|known| known.name == name);
        let is_shown = !docs::hidden(&param.docs) || docs::hidden(&endpoint.docs);
        if !is_known && is_shown {
            found.push(ParamView {
                name,
                about: described(param.docs.description.as_deref()),
                is_required,
            });
        }
    }
    found
}

/// Returns the first sentence of a description, without its Markdown.
fn described(description: Option<&str>) -> String {
    let summary = description.map(rustdoc::summary).unwrap_or_default();
    rustdoc::plain(&summary)
}
