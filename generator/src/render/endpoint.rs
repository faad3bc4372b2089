//! A namespace and its endpoints.

use std::collections::HashMap;

use askama::Template;
use quote::quote;

use super::operation::operation;
use crate::model::{Endpoint, Location, Namespace, Overload, Param, Type};
use crate::names::{self, ClientName};
use crate::rust::argument::{argument, inline, optional_argument};
use crate::rust::call_docs::Subject;
use crate::rust::example::changes;
use crate::rust::gate::{Gate, cfg};
use crate::rust::pages::{Pages, pages};
use crate::rust::scope::{Scope, ident, spelled, text};
use crate::rust::{constant, docs, idents, paths};

/// The media type of bytes, where the document names none.
const ANY_BYTES: &str = "application/octet-stream";

#[derive(Template)]
#[template(path = "namespace.rs.jinja", escape = "none")]
pub(super) struct NamespaceView {
    docs: Vec<String>,
    client: ClientName,
    name: String,
    children: Vec<ChildView>,
    methods: Vec<MethodView>,
    endpoints: Vec<EndpointView>,
}

/// The constants of the endpoints for the runtime.
#[derive(Template)]
#[template(path = "endpoints.rs.jinja", escape = "none")]
struct EndpointsView<'a> {
    endpoints: &'a [EndpointView],
}

impl NamespaceView {
    /// What stands below the namespace: the constants of its endpoints.
    pub(super) fn wire(&self) -> Result<String, askama::Error> {
        let endpoints = &self.endpoints;
        EndpointsView { endpoints }.render()
    }
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
    /// What the data of its events holds, and how it is read.
    events: Option<(String, &'static str)>,
    /// What is said of its pages.
    stated: Option<Pages>,
}

struct SetterView {
    docs: Vec<String>,
    attributes: Vec<String>,
    name: String,
    generics: &'static str,
    argument: String,
    ty: String,
    set: String,
}

/// Returns the view of a namespace.
pub(super) fn namespace(
    scope: &Scope<'_>,
    namespace: &Namespace,
    (feature, gate): (&Option<String>, &Gate),
) -> NamespaceView {
    let plan = scope.plan;
    let call = paths::namespace_call(plan.client, namespace);
    let mut view = NamespaceView {
        docs: docs::namespace(namespace),
        client: plan.client.clone(),
        name: plan.names.namespace(namespace).to_owned(),
        children: Vec::new(),
        methods: Vec::new(),
        endpoints: Vec::new(),
    };
    let outside = Scope::outside(scope.plan, HashMap::new());
    for endpoint in &namespace.endpoints {
        let hidden = docs::hidden(&endpoint.docs);
        let own_gate = Gate::from([(feature.clone(), feature.is_none() || hidden)]);
        let own_cfg = cfg(&own_gate, gate);
        scope.within(hidden, || {
            let subject = Subject {
                endpoint,
                type_name: plan.names.namespace(namespace),
                call: &call,
                outside: &outside,
            };
            for overload in &endpoint.overloads {
                view.methods
                    .push(method(scope, &subject, overload, own_cfg.clone()));
            }
            view.endpoints.push(request(scope, &subject, own_cfg));
        });
    }
    for child in &namespace.children {
        let method = paths::child_method(namespace, child);
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
            name: plan.names.namespace(child).to_owned(),
        });
    }
    view
}

fn method(
    scope: &Scope<'_>,
    subject: &Subject<'_>,
    overload: &Overload,
    cfg: Option<String>,
) -> MethodView {
    let endpoint = subject.endpoint;
    let idents = idents::idents(&overload.required);
    let mut view = MethodView {
        docs: subject.method(overload),
        attributes: docs::attributes_of_method(
            scope.plan,
            &endpoint.docs,
            overload.suffix.as_deref(),
            cfg,
        ),
        name: paths::method(endpoint, overload),
        arguments: Vec::new(),
        sets: Vec::new(),
        request: scope.plan.names.request(endpoint).to_owned(),
    };
    for (param, name) in overload.required.iter().zip(&idents) {
        let ident = ident(name);
        let argument = argument(scope, &param.ty, param.presence.nullable, &quote!(#ident));
        view.arguments
            .push(format!("{name}: {}", text(&argument.ty)));
        view.sets.push(set(endpoint, param, &text(&argument.value)));
        if is_nothing_when_empty(param) {
            view.sets.push(format!("not_empty({:?})", param.name));
        }
    }
    for param in &endpoint.constants {
        let value = constant::of_param(param);
        view.sets
            .extend(value.map(|value| set(endpoint, param, &text(&value))));
    }
    view
}

/// Returns true if an empty value leaves a required parameter unsaid: text, and a list of what to act on. Ids see to it
/// themselves.
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
        Location::Cookie(style) => {
            format!("with_cookie({name:?}, {value}, crate::request::Style::{style:?})")
        }
        Location::Styled(style) => {
            format!("with_styled_query({name:?}, {value}, crate::request::Style::{style:?})")
        }
        Location::ExplodedHeader => format!("with_exploded_header({name:?}, {value})"),
        Location::Form => format!("with_form({name:?}, {value})"),
        Location::StyledForm(style) => {
            format!("with_styled_form({name:?}, {value}, crate::request::Style::{style:?})")
        }
        Location::Part => match &param.media {
            Some(media) => format!("with_typed_part({name:?}, {value}, {media:?})"),
            None => format!("with_part({name:?}, {value})"),
        },
        Location::File | Location::Files => {
            let method = match param.location {
                Location::File => "with_file",
                _ => "with_files",
            };
            let media = param.media.as_deref().unwrap_or(ANY_BYTES);
            format!("{method}({name:?}, {value}, {media:?})")
        }
        Location::Text => match &endpoint.sends {
            Some(media) if media != "text/plain" => {
                format!("with_bytes_body(String::into_bytes({value}), {media:?})")
            }
            _ => format!("with_text_body({value})"),
        },
        Location::Bytes => {
            let media = endpoint.sends.as_deref().unwrap_or(ANY_BYTES);
            format!("with_bytes_body({value}, {media:?})")
        }
    }
}

/// Returns the type of a request.
fn request(scope: &Scope<'_>, subject: &Subject<'_>, cfg: Option<String>) -> EndpointView {
    let endpoint = subject.endpoint;
    let setters = endpoint
        .options
        .iter()
        .zip(idents::setters(&endpoint.options))
        .map(|(param, named)| setter(scope, endpoint, param, named))
        .collect();
    EndpointView {
        docs: subject.page(),
        attributes: cfg.iter().map(|cfg| format!("#[cfg({cfg})]")).collect(),
        cfg: cfg.iter().map(|cfg| format!("#[cfg({cfg})]")).collect(),
        name: scope.plan.names.request(endpoint).to_owned(),
        operation: operation(endpoint),
        output: endpoint
            .output
            .ty
            .as_ref()
            .map_or_else(|| "()".to_owned(), |ty| spelled(&scope.received(ty))),
        setters,
        pages: endpoint
            .paging
            .as_ref()
            .map(|paging| spelled(&scope.received(&paging.item))),
        stated: pages(scope, endpoint),
        events: endpoint.events.as_ref().map(|ty| {
            let place = match ty {
                Type::String => "Text",
                _ => "Body",
            };
            (spelled(&scope.received(ty)), place)
        }),
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
        let take = if may_be_missing(param.location) {
            optional_argument
        } else {
            argument
        };
        let argument = take(scope, &param.ty, param.presence.nullable, &quote!(#ident));
        let mut lines = docs::lines(&param.docs, "", 4);
        let note = docs::nullable_note(param.presence, changes(endpoint));
        if !note.is_empty() {
            if !lines.is_empty() {
                lines.push(String::new());
            }
            let missing = match argument.generics {
                "" => "",
                _ => " `None` leaves it as it is.",
            };
            lines.push(format!("{}{missing}", note.trim_start()));
        }
        let mut attributes =
            docs::attributes_in(scope.plan, &param.docs, docs::own_cfg(&param.docs));
        attributes.extend(inline(&argument.ty));
        SetterView {
            docs: lines,
            attributes,
            name: method,
            generics: argument.generics,
            ty: text(&argument.ty),
            set: set(endpoint, param, &text(&argument.value)),
            argument: argument_name,
        }
    })
}

/// Returns true if the runtime takes an optional value there.
fn may_be_missing(location: Location) -> bool {
    match location {
        Location::Body
        | Location::Query
        | Location::Styled(_)
        | Location::Header
        | Location::Cookie(_)
        | Location::ExplodedHeader
        | Location::Form
        | Location::StyledForm(_)
        | Location::Part => true,
        Location::Flat
        | Location::WholeBody
        | Location::Path
        | Location::StyledPath(_)
        | Location::File
        | Location::Files
        | Location::Text
        | Location::Bytes => false,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::namespace;
    use crate::rust::gate::Gate;
    use crate::rust::scope::Scope;
    use crate::rust::tests::{plan, plant};

    /// What the first method of a path does with its arguments.
    fn sets(path: &str) -> Vec<String> {
        plan(&[path], &["unused: { type: string }"], |plan| {
            let scope = Scope::new(plan, &[], BTreeSet::new());
            let of = &plan.api.namespaces[0];
            let gate = Gate::from([(Some("plants".to_owned()), false)]);
            let mut view = namespace(&scope, of, (&Some("plants".to_owned()), &gate));
            view.methods.remove(0).sets
        })
    }

    #[test]
    fn a_required_text_may_not_be_empty_unless_it_may_be_null() {
        let path = |name: &str| {
            plant(&format!("name: {name}")).replacen(
                "type: object, ",
                "type: object, required: [name], ",
                1,
            )
        };
        assert_eq!(
            sets(&path("{ type: string }")),
            [
                "with_body(\"name\", name . into_param ())",
                "not_empty(\"name\")"
            ]
        );
        assert_eq!(sets(&path("{ type: string, nullable: true }")).len(), 1);
        assert_eq!(sets(&path("{ type: integer }")).len(), 1);
    }
}
