//! Explanations of what was found.

use super::find::Subject;
use super::{Choice, Explanation, Item, choices};
use crate::model::{
    Docs, Endpoint, Field, Kind, Namespace, OperationConnection, Output, PageRule, Paging, Param,
    Presence, Reply, Union,
};
use crate::names;
use crate::rust::Plan;
use crate::rust::items::TypeItem;
use crate::rust::namespaces;
use crate::rust::paths;
use crate::trace::Trace;

impl Subject<'_> {
    pub(super) fn explain(&self, plan: &Plan<'_>, trace: &Trace) -> Explanation {
        let mut explanation = match self {
            Self::Endpoint(namespace, endpoint) => {
                explain_endpoint(plan, trace, namespace, endpoint)
            }
            Self::Type(definition) => explain_type(plan, trace, definition),
            Self::Field(definition, field) => explain_field(plan, trace, definition, field),
            Self::LeftOut(pointer, reason) => Explanation {
                what: format!("{pointer}, which is left out"),
                pointer: (*pointer).to_owned(),
                facts: vec![reason.text().to_owned()],
                items: Vec::new(),
                decisions: Vec::new(),
            },
        };
        if let Some(origin) = trace.origins.of(&explanation.pointer) {
            let fact = format!("stands in the file {origin}");
            explanation.facts.insert(0, fact);
        }
        explanation
    }
}

fn explain_endpoint(
    plan: &Plan<'_>,
    trace: &Trace,
    namespace: &Namespace,
    endpoint: &Endpoint,
) -> Explanation {
    let module = namespaces::module(namespace);
    let file = paths::file(&module);
    let calls = endpoint.overloads.iter().map(|overload| Item {
        rust: paths::call(plan.client, namespace, endpoint, overload),
        file: Some(file.clone()),
    });
    let request = Item {
        rust: paths::below(
            plan.client,
            &format!("{}::{}", module.join("::"), plan.names.request(endpoint)),
        ),
        file: Some(file.clone()),
    };
    let above = endpoint.pointer.rsplit_once('/');
    let path = above.map_or(endpoint.pointer.as_str(), |(path, _)| path);
    Explanation {
        what: format!("the endpoint {}", endpoint.path),
        pointer: endpoint.pointer.clone(),
        facts: endpoint_facts(plan, endpoint),
        items: calls.chain([request]).collect(),
        decisions: choices(trace, &[path]),
    }
}

fn endpoint_facts(plan: &Plan<'_>, endpoint: &Endpoint) -> Vec<String> {
    // Every fact, so that a new one is not forgotten.
    let Endpoint {
        path: _,
        name: _,
        wire,
        semantic,
        docs,
        page,
        overloads,
        options,
        constants,
        output,
        events,
        failures,
        sends,
        accepts,
        remarks,
        paging,
        needs_parameter,
        connection,
        pointer: _,
    } = endpoint;
    let mut facts = vec![format!("{wire} on the wire, {semantic} in meaning")];
    facts.extend(notes(docs));
    facts.extend(output_facts(plan, output));
    let events = events.as_ref();
    facts.extend(events.map(|ty| format!("can give a stream of events: {}", paths::ty(plan, ty))));
    facts.extend(failures.iter().map(|failure| {
        let ty = paths::ty(plan, &failure.ty);
        format!("says with {}: {ty}", failure.status)
    }));
    facts.extend(paging.as_ref().map(pages));
    facts.extend(needs_parameter.then(|| "needs at least one parameter".to_owned()));
    let sends = sends.as_ref();
    facts.extend(sends.map(|media| format!("sends {media}")));
    let accepts = accepts.as_ref();
    facts.extend(accepts.map(|media| format!("asks for {media}")));
    let mut seen: Vec<&Param> = Vec::new();
    for param in overloads
        .iter()
        .flat_map(|overload| &overload.required)
        .chain(options)
    {
        if seen.iter().all(|known| known.name != param.name) {
            seen.push(param);
            facts.push(describe_param(plan, param));
        }
    }
    facts.extend(constants.iter().filter_map(|param| {
        let only = param.only.as_ref()?;
        Some(format!("always sends `{}` as `{only}`", param.name))
    }));
    facts.extend(connection_facts(plan, connection));
    facts.extend(remarks.iter().cloned());
    facts.extend(page.as_ref().map(|page| format!("described at {page}")));
    facts
}

fn connection_facts(plan: &Plan<'_>, connection: &OperationConnection) -> Vec<String> {
    let OperationConnection { server, security } = connection;
    let connection = plan.api.connection.iter();
    let schemes = connection.flat_map(|connection| &connection.schemes);
    let schemes: Vec<&str> = schemes.map(|scheme| scheme.name.as_str()).collect();
    let way = |way: &Vec<usize>| {
        let names = way.iter().filter_map(|index| schemes.get(*index).copied());
        let names: Vec<&str> = names.collect();
        if names.is_empty() {
            "nothing".to_owned()
        } else {
            names.join(" and ")
        }
    };
    let mut facts = Vec::new();
    facts.extend(
        server
            .iter()
            .map(|url| format!("is on a server of its own, {url}")),
    );
    facts.extend(security.iter().map(|ways| {
        let ways: Vec<String> = ways.iter().map(way).collect();
        match ways.is_empty() {
            true => "needs no credentials".to_owned(),
            false => format!("needs credentials of its own: {}", ways.join(", or ")),
        }
    }));
    facts
}

/// How a list comes in pages.
fn pages(paging: &Paging) -> String {
    let how = match &paging.rule {
        PageRule::Dialect { key } => format!("which `{key}` tells"),
        PageRule::Token { parameter, next } => {
            format!("`{parameter}` takes the token under `{}`", next.join("."))
        }
        PageRule::Last { parameter, id } => {
            format!("`{parameter}` takes the `{id}` of the last item")
        }
        PageRule::Page { parameter, first } => {
            format!("`{parameter}` numbers them from {first} on")
        }
        PageRule::Offset { parameter } => format!("`{parameter}` says how many items to skip"),
        PageRule::Link => "the header `Link` has the URL of the next".to_owned(),
        PageRule::Url { next } => format!("`{}` has the URL of the next", next.join(".")),
    };
    format!("comes in pages, {how}")
}

fn output_facts(plan: &Plan<'_>, output: &Output) -> Vec<String> {
    let Output {
        reply,
        status,
        ty,
        others,
    } = output;
    let mut facts = vec![match (ty, reply) {
        (Some(ty), Reply::Key(key)) => format!("returns {}, under `{key}`", paths::ty(plan, ty)),
        (Some(ty), Reply::Location) => format!(
            "returns {}, the header `Location` of a redirect",
            paths::ty(plan, ty)
        ),
        (Some(ty), Reply::Told) => format!(
            "returns {}, as status and media type say",
            paths::ty(plan, ty)
        ),
        (Some(ty), _) => format!("returns {}, the whole body", paths::ty(plan, ty)),
        (None, _) => "returns nothing".to_owned(),
    }];
    let others = others.iter();
    facts.extend(others.map(|(key, ty)| format!("also carries `{key}`: {}", paths::ty(plan, ty))));
    let status = status.as_ref();
    facts.extend(status.map(|key| format!("`{key}` repeats the HTTP status")));
    facts
}

fn describe_param(plan: &Plan<'_>, param: &Param) -> String {
    let mut text = format!(
        "parameter `{}`: {}, {}",
        param.name,
        paths::ty(plan, &param.ty),
        presence(param.presence)
    );
    for remark in notes(&param.docs) {
        text.push_str(&format!("; {remark}"));
    }
    text
}

fn explain_type(plan: &Plan<'_>, trace: &Trace, definition: &TypeItem<'_>) -> Explanation {
    let mut facts = notes(&definition.docs);
    facts.push(kind(&definition.kind));
    facts.push(usage(definition));
    let rust = paths::of_type(plan, definition);
    let module = &definition.path.module;
    Explanation {
        what: format!("the type {rust}"),
        pointer: definition.pointer.clone(),
        facts,
        items: vec![Item {
            rust,
            file: definition.is_live().then(|| paths::file(module)),
        }],
        decisions: choices(trace, &[&definition.pointer]),
    }
}

fn explain_field(
    plan: &Plan<'_>,
    trace: &Trace,
    definition: &TypeItem<'_>,
    field: &Field,
) -> Explanation {
    let names::Claimed {
        ident: name,
        reason,
    } = claimed(definition, field);
    let mut facts = vec![format!(
        "{}, {}",
        paths::ty(plan, &field.ty),
        presence(field.presence)
    )];
    facts.extend(notes(&field.docs));
    let mut decisions = choices(trace, &[&field.pointer]);
    if name != field.name {
        decisions.push(Choice {
            pointer: field.pointer.clone(),
            text: match reason {
                Some(reason) => format!("it is called `{name}`, because {reason}"),
                None => format!(
                    "it is called `{name}`, because `{}` is no name of a field in Rust",
                    field.name
                ),
            },
        });
    }
    if !field.presence.required {
        decisions.push(Choice {
            pointer: field.pointer.clone(),
            text: "it may be absent, because the schema does not list it in `required`".to_owned(),
        });
    }
    Explanation {
        what: format!(
            "the property `{}` of {}",
            field.name,
            paths::of_type(plan, definition)
        ),
        pointer: field.pointer.clone(),
        facts,
        items: vec![Item {
            rust: format!("{}::{name}", paths::of_type(plan, definition)),
            file: definition
                .is_live()
                .then(|| paths::file(&definition.path.module)),
        }],
        decisions,
    }
}

/// Returns the name of a field among all fields of its type, and the reason for it.
fn claimed(definition: &TypeItem<'_>, field: &Field) -> names::Claimed {
    let siblings = match &definition.kind {
        Kind::Object(object) => object.fields.as_slice(),
        _ => std::slice::from_ref(field),
    };
    let wire_names: Vec<&str> = siblings.iter().map(|field| field.name.as_str()).collect();
    let own = siblings
        .iter()
        .position(|sibling| sibling.name == field.name);
    names::claim_fields(&wire_names).swap_remove(own.unwrap_or_default())
}

fn kind(kind: &Kind) -> String {
    match kind {
        Kind::Object(object) => {
            let others = match object.additional {
                Some(_) => ", and a map of all others",
                None => "",
            };
            match object.fields.len() {
                1 => format!("a struct of one property{others}"),
                several => format!("a struct of {several} properties{others}"),
            }
        }
        Kind::Enumeration(enumeration) => {
            let of = match enumeration.whole {
                true => "whole numbers",
                false => "strings",
            };
            format!("an enum over {} {of}", enumeration.values.len())
        }
        Kind::Union(Union::Tagged { tag, branches, .. }) => {
            format!(
                "an enum of {} branches, told apart by `{tag}`",
                branches.len()
            )
        }
        Kind::Union(Union::Variants(variants)) => format!(
            "an enum of {} branches, told apart by `{}`",
            variants.variants.len(),
            variants.tag
        ),
        Kind::Union(Union::Delivered(delivered)) => format!(
            "an enum of {} webhooks and callbacks",
            delivered.arrivals.len()
        ),
        Kind::Union(Union::Keyed(branches)) => format!(
            "an enum of {} branches, told apart by their keys",
            branches.len()
        ),
        Kind::Union(Union::Kinds(branches)) => format!("an enum of {} JSON types", branches.len()),
        Kind::Union(Union::Replies(branches)) => {
            format!("an enum of {} replies", branches.len())
        }
        Kind::Union(Union::Results(branches)) => {
            format!("an enum of the results of {} actions", branches.len())
        }
        Kind::Unnamed => "the shape of another type".to_owned(),
    }
}

fn usage(definition: &TypeItem<'_>) -> String {
    match (definition.sent, definition.received) {
        (true, true) => "sent and received".to_owned(),
        (true, false) => "sent".to_owned(),
        (false, true) => "received".to_owned(),
        (false, false) => "dropped: no rendered item refers to it".to_owned(),
    }
}

fn presence(presence: Presence) -> &'static str {
    match (presence.required, presence.nullable) {
        (true, false) => "required",
        (true, true) => "required, may be null",
        (false, false) => "optional",
        (false, true) => "optional, may be null",
    }
}

fn notes(docs: &Docs) -> Vec<String> {
    let remark = |word: &str, reason: &Option<String>| {
        reason.as_ref().map(|reason| {
            if reason.is_empty() {
                word.to_owned()
            } else {
                format!("{word}: {reason}")
            }
        })
    };
    [
        remark("deprecated", &docs.deprecated),
        remark("draft", &docs.draft),
        remark("behind the feature `undocumented`", &docs.undocumented),
    ]
    .into_iter()
    .flatten()
    .collect()
}
