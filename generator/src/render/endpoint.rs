//! A namespace and its endpoints.

use askama::Template;
use quote::quote;

use super::argument::{argument, inline};
use super::docs;
use super::gate::{Gate, cfg};
use super::idents;
use super::operation::operation;
use super::scope::{Scope, ident, text};
use crate::escape;
use crate::model::{Endpoint, Location, Namespace, Output, Param, Reply, Type, Way};
use crate::{names, seam};

#[derive(Template)]
#[template(path = "namespace.rs.jinja", escape = "none")]
pub(super) struct NamespaceView {
    docs: Vec<String>,
    name: String,
    children: Vec<ChildView>,
    methods: Vec<MethodView>,
    endpoints: Vec<EndpointView>,
}

struct ChildView {
    attributes: Vec<String>,
    docs: String,
    method: String,
    module: String,
    name: String,
}

struct MethodView {
    docs: Vec<String>,
    attributes: Vec<String>,
    name: String,
    arguments: Vec<String>,
    sets: Vec<String>,
    request: String,
}

struct EndpointView {
    docs: Vec<String>,
    attributes: Vec<String>,
    cfg: Vec<String>,
    name: String,
    operation: String,
    output: String,
    setters: Vec<SetterView>,
    /// What a list that comes in pages holds.
    pages: Option<String>,
}

struct SetterView {
    docs: Vec<String>,
    attributes: Vec<String>,
    name: String,
    argument: String,
    ty: String,
    set: String,
}

/// The view of a namespace.
pub(super) fn namespace(
    scope: &Scope<'_>,
    namespace: &Namespace,
    (feature, gate): (&Option<String>, &Gate),
) -> NamespaceView {
    let path: Vec<String> = namespace
        .path
        .iter()
        .map(|segment| names::method_name(segment))
        .collect();
    let call = format!("seam.{}()", path.join("()."));
    let mut view = NamespaceView {
        docs: docs::namespace(namespace),
        name: namespace.handle.clone(),
        children: Vec::new(),
        methods: Vec::new(),
        endpoints: Vec::new(),
    };
    for endpoint in &namespace.endpoints {
        let hidden = docs::hidden(&endpoint.docs);
        let own_gate = Gate::from([(feature.clone(), feature.is_none() || hidden)]);
        let own_cfg = cfg(&own_gate, gate);
        scope.within(hidden, || {
            for way in &endpoint.ways {
                view.methods
                    .push(method(scope, endpoint, way, &call, own_cfg.clone()));
            }
            view.endpoints
                .push(marker(scope, endpoint, &namespace.handle, own_cfg));
        });
    }
    for child in &namespace.children {
        let method = child_method(namespace, child);
        let hidden = child.is_undocumented() && !namespace.is_undocumented();
        view.children.push(ChildView {
            attributes: if hidden {
                vec!["#[cfg(feature = \"undocumented\")]".to_owned()]
            } else {
                Vec::new()
            },
            docs: docs::calls(child),
            method,
            module: names::module_name(child.name()),
            name: child.handle.clone(),
        });
    }
    view
}

/// The method that leads to a namespace below another.
pub(crate) fn child_method(namespace: &Namespace, child: &Namespace) -> String {
    let method = names::method_name(child.name());
    let is_call = |endpoint: &Endpoint| {
        let mut ways = endpoint.ways.iter();
        ways.any(|way| method_name(endpoint, way) == method)
    };
    if namespace.endpoints.iter().any(is_call) {
        format!("{method}_namespace")
    } else {
        method
    }
}

fn method_name(endpoint: &Endpoint, way: &Way) -> String {
    names::call_name(&endpoint.name, way.suffix.as_deref())
}

fn method(
    scope: &Scope<'_>,
    endpoint: &Endpoint,
    way: &Way,
    call: &str,
    cfg: Option<String>,
) -> MethodView {
    let idents = idents::idents(&way.required);
    let mut view = MethodView {
        docs: Vec::new(),
        attributes: docs::attributes(&endpoint.docs, cfg),
        name: method_name(endpoint, way),
        arguments: Vec::new(),
        sets: Vec::new(),
        request: endpoint.request.clone(),
    };
    let mut examples = Vec::new();
    for (param, name) in way.required.iter().zip(&idents) {
        let ident = ident(name);
        let argument = argument(
            scope,
            &param.ty,
            param.presence.nullable,
            &quote!(#ident),
            &param.name,
        );
        view.arguments
            .push(format!("{name}: {}", text(&argument.ty)));
        view.sets.push(set(endpoint, param, &text(&argument.value)));
        if is_nothing_when_empty(param) {
            view.sets.push(format!("not_empty({:?})", param.name));
        }
        examples.push(argument.example);
    }
    view.docs = method_docs(
        endpoint,
        way,
        &idents,
        &format!("{call}.{}({})", view.name, examples.join(", ")),
    );
    view
}

/// Whether an empty value leaves a required parameter unsaid: text, and a list of what to act on. Ids see to it themselves.
fn is_nothing_when_empty(param: &Param) -> bool {
    let is_text = match &param.ty {
        Type::String => true,
        Type::List(item) => matches!(**item, Type::Id(_)),
        _ => false,
    };
    is_text
        && !param.presence.nullable
        && matches!(param.location, Location::Body | Location::Query)
}

/// What the documentation of a call says of its pages.
const FIRST_PAGE: &str = "Awaiting this gives the first page. [`stream`](Request::stream) and [`all`](Request::all) give the \
     items of all pages; of a page, [`has_next_page`](crate::Response::has_next_page) says whether more follow.";

fn method_docs(endpoint: &Endpoint, way: &Way, idents: &[String], example: &str) -> Vec<String> {
    let mut lines = docs::lines(&endpoint.docs, &docs::words(&endpoint.name), 4);
    if !way.required.is_empty() {
        lines.push(String::new());
    }
    for (param, ident) in way.required.iter().zip(idents) {
        let what = docs::brief(&param.docs, &docs::words(&param.name));
        let note = docs::nullable_note(param.presence);
        lines.extend(docs::wrapped(
            &format!("- `{}`: {what}{note}", ident.trim_start_matches("r#")),
            4,
        ));
    }
    let remarks = endpoint.remarks.iter().map(String::as_str);
    for remark in remarks.chain(endpoint.paginated.then_some(FIRST_PAGE)) {
        lines.push(String::new());
        lines.extend(docs::wrapped(remark, 4));
    }
    if let Some(page) = &endpoint.page {
        lines.extend([
            String::new(),
            format!("See [{}]({page}).", escape::code(&endpoint.path)),
        ]);
    }
    lines.extend([
        String::new(),
        "# Errors".to_owned(),
        String::new(),
        errors(endpoint).to_owned(),
        String::new(),
    ]);
    lines.extend(docs::example(&[match &endpoint.output.ty {
        Some(_) => format!("let {} = {example}.await?;", variable(&endpoint.output)),
        None => format!("{example}.await?;"),
    }]));
    lines.extend(attempt_beside(endpoint, example));
    lines
}

/// How to wait for the action whose attempt the reply carries beside its payload.
fn attempt_beside(endpoint: &Endpoint, example: &str) -> Vec<String> {
    let attempt = endpoint
        .output
        .others
        .iter()
        .find_map(|(key, ty)| match ty {
            Type::ActionAttempt(_) => Some(key.as_str()),
            _ => None,
        });
    let Some(key) = attempt else {
        return Vec::new();
    };
    let attempt = match key {
        seam::attempt::KEY => "reply.action_attempt()".to_owned(),
        other => format!("reply.field::<seam::ActionAttempt>({other:?})"),
    };
    let mut lines = vec![String::new()];
    lines.extend(docs::wrapped(
        "The call does not wait until the device has done it. The reply carries the action attempt, which can be waited for:",
        4,
    ));
    lines.push(String::new());
    lines.extend(docs::example(&[
        format!("let reply = {example}.send().await?;"),
        format!("if let Some(attempt) = {attempt} {{"),
        "    attempt.wait(&seam).await?;".to_owned(),
        "}".to_owned(),
    ]));
    lines
}

fn errors(endpoint: &Endpoint) -> &'static str {
    match endpoint.output.ty {
        Some(Type::ActionAttempt(_)) => {
            "[`Error`](crate::Error) when the request fails, or the action does, or has not ended in time."
        }
        _ => "[`Error`](crate::Error) when the request fails.",
    }
}

fn variable(output: &Output) -> String {
    match &output.reply {
        Reply::Key(key) => names::field_name(key),
        Reply::Empty | Reply::Body | Reply::Text | Reply::Bytes => "reply".to_owned(),
    }
}

fn set(endpoint: &Endpoint, param: &Param, value: &str) -> String {
    let name = &param.name;
    match param.location {
        Location::Body => format!("with_body({name:?}, {value})"),
        Location::Flat => format!("with_fields({value})"),
        Location::WholeBody => format!("with_whole_body({value})"),
        Location::Query => format!("with_query({name:?}, {value})"),
        Location::Path => format!("with_path({name:?}, {value})"),
        Location::StyledPath(style) => {
            format!("with_styled_path({name:?}, {value}, crate::request::PathStyle::{style:?})")
        }
        Location::Header => format!("with_header({name:?}, {value})"),
        Location::Styled(style) => {
            format!("with_styled_query({name:?}, {value}, crate::request::Style::{style:?})")
        }
        Location::Form => format!("with_form({name:?}, {value})"),
        Location::Part => format!("with_part({name:?}, {value})"),
        Location::File => format!("with_file({name:?}, {value})"),
        Location::Files => format!("with_files({name:?}, {value})"),
        Location::Text => match &endpoint.sends {
            Some(media) if media != "text/plain" => {
                format!("with_bytes_body(String::into_bytes({value}), {media:?})")
            }
            _ => format!("with_text_body({value})"),
        },
        Location::Bytes => {
            let media = endpoint
                .sends
                .as_deref()
                .unwrap_or("application/octet-stream");
            format!("with_bytes_body({value}, {media:?})")
        }
    }
}

fn marker(
    scope: &Scope<'_>,
    endpoint: &Endpoint,
    handle: &str,
    cfg: Option<String>,
) -> EndpointView {
    let plain = endpoint
        .ways
        .first()
        .map(|way| method_name(endpoint, way))
        .unwrap_or_default();
    let mut docs = docs::wrapped(
        &format!(
            "The request of [`{handle}::{}`]: {}.",
            plain.trim_start_matches("r#"),
            escape::code(&endpoint.path)
        ),
        0,
    );
    if !endpoint.output.others.is_empty() {
        let keys: Vec<String> = endpoint
            .output
            .others
            .iter()
            .map(|(key, _)| escape::code(key))
            .collect();
        let text = format!(
            "\nThe reply also carries {}, which [`Response::field`](crate::Response::field) reads.",
            keys.join(", ")
        );
        docs.extend(docs::wrapped(&text, 0));
    }
    let setters = endpoint
        .options
        .iter()
        .zip(idents::setters(&endpoint.options))
        .map(|(param, named)| setter(scope, endpoint, param, named))
        .collect();
    EndpointView {
        docs,
        attributes: cfg.iter().map(|cfg| format!("#[cfg({cfg})]")).collect(),
        cfg: cfg.iter().map(|cfg| format!("#[cfg({cfg})]")).collect(),
        name: endpoint.request.clone(),
        operation: operation(endpoint),
        output: endpoint
            .output
            .ty
            .as_ref()
            .map_or_else(|| "()".to_owned(), |ty| text(&scope.received(ty))),
        setters,
        pages: pages(scope, endpoint),
    }
}

fn setter(
    scope: &Scope<'_>,
    endpoint: &Endpoint,
    param: &Param,
    (method, argument_name): (String, String),
) -> SetterView {
    scope.within(docs::hidden(&param.docs), || {
        let ident = ident(&argument_name);
        let argument = argument(
            scope,
            &param.ty,
            param.presence.nullable,
            &quote!(#ident),
            &param.name,
        );
        let mut lines = docs::lines(&param.docs, &docs::words(&param.name), 4);
        if param.presence.nullable {
            lines.extend([
                String::new(),
                docs::nullable_note(param.presence).trim_start().to_owned(),
            ]);
        }
        let mut attributes = docs::attributes(&param.docs, docs::own_cfg(&param.docs));
        attributes.extend(inline(&argument.ty));
        SetterView {
            docs: lines,
            attributes,
            name: method,
            ty: text(&argument.ty),
            set: set(endpoint, param, &text(&argument.value)),
            argument: argument_name,
        }
    })
}

fn pages(scope: &Scope<'_>, endpoint: &Endpoint) -> Option<String> {
    match &endpoint.output.ty {
        Some(Type::List(item)) if endpoint.paginated => Some(text(&scope.received(item))),
        _ => None,
    }
}
