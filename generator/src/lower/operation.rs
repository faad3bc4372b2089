//! A path with its operations becomes endpoints.

use openapiv3::{Operation, Parameter, PathItem, ReferenceOr};

use super::Lowering;
use super::place::Place;
use crate::document::Pointer;
use crate::model::path::static_segments;
use crate::model::{Endpoint, Method, Output, Reply, Type};
use crate::names;
use crate::trace::Reason;

/// An endpoint and the segments of the namespace it belongs to.
pub(super) struct Placed {
    pub(super) namespace: Vec<String>,
    pub(super) endpoint: Endpoint,
}

impl<'a> Lowering<'a> {
    /// The endpoints of one path: one where a path is a call, else one for each operation.
    pub(super) fn path(&self, path: &'a str, item: &'a PathItem) -> Vec<Placed> {
        let pointer = Pointer::root("/paths").key(path);
        let operations: Vec<(Method, &'a Operation)> = item
            .iter()
            .map(|(name, operation)| (method(name), operation))
            .collect();
        let methods: Vec<Method> = operations.iter().map(|(method, _)| *method).collect();
        if methods.is_empty() {
            self.leave_out(&pointer, Reason::NoOperation);
        } else {
            self.emit(&pointer, None);
        }
        if !self.dialect.calls_by_path() {
            let shared = &item.parameters;
            return operations
                .into_iter()
                .filter_map(|(method, operation)| {
                    let named = self.rest.name(path, method)?;
                    Some(
                        self.endpoint(
                            path,
                            &pointer,
                            vec![named.namespace.clone()],
                            names::method_name(&named.name)
                                .trim_start_matches("r#")
                                .to_owned(),
                            (method, method, operation),
                            shared,
                        ),
                    )
                })
                .collect();
        }
        let semantic = self.dialect.semantic_method(&methods);
        let wire = if methods.contains(&Method::Post) {
            Method::Post
        } else {
            semantic
        };
        let Some((_, operation)) = operations.into_iter().find(|(method, _)| *method == wire)
        else {
            return Vec::new();
        };
        for other in methods.iter().filter(|method| **method != wire) {
            self.leave_out(&pointer.key(wire_name(*other)), Reason::OtherMethod);
        }
        if methods.len() > 1 {
            self.decide(
                &pointer,
                format!(
                    "one path is one call: it is sent by {wire}, and {semantic} says what it means"
                ),
            );
        }
        let (namespace, name) = call_name(path, semantic);
        vec![self.endpoint(
            path,
            &pointer,
            namespace,
            name,
            (wire, semantic, operation),
            &item.parameters,
        )]
    }

    fn endpoint(
        &self,
        path: &str,
        pointer: &Pointer,
        namespace: Vec<String>,
        name: String,
        (wire, semantic, operation): (Method, Method, &'a Operation),
        shared: &'a [ReferenceOr<Parameter>],
    ) -> Placed {
        let pointer = pointer.key(wire_name(wire));
        self.emit(&pointer, None);
        let module: Vec<String> = namespace
            .iter()
            .map(|segment| names::module_name(segment))
            .collect();
        let parent = namespace.last().cloned().unwrap_or_default();
        let parent = names::type_name(&parent);
        let request = Place::new(&module, &name, &parent).in_request();
        let payload = self.output(operation, (wire, semantic), &pointer, &module, &name);
        let whole = Place::new(
            &module,
            &format!("{name}_response"),
            &names::type_name(&name),
        );
        let failures = self.failures(operation, &pointer, &whole);
        let mut declared = self.declared(operation, shared, (path, &pointer), &request);
        let mut remarks = std::mem::take(&mut declared.remarks);
        let own = self.own_ids(&payload, semantic);
        let (inputs, sends) = if self.dialect.calls_by_path() {
            let inputs = self.inputs(operation, wire, &pointer, &request, declared.params, &own);
            (inputs, None)
        } else {
            let mut body = self.rest_body(operation, wire, &pointer, &request);
            remarks.append(&mut body.remarks);
            super::inputs::add_declared(&mut body.inputs, declared.params);
            (body.inputs, body.sends)
        };
        remarks.extend(payload.remarks);
        let paging = self.paging((operation, &pointer), shared, &payload.output, &inputs);
        let mut taken = inputs
            .overloads
            .iter()
            .flat_map(|overload| &overload.required);
        let takes_one = taken.any(|param| param.location.counts())
            || inputs.options.iter().any(|param| param.location.counts());
        // Where there is none to set, every call would be refused.
        let needs_parameter = takes_one && self.dialect.needs_parameter(operation);
        let endpoint = Endpoint {
            path: path.to_owned(),
            request: names::type_name_in(&name, &parent),
            name,
            wire,
            semantic,
            docs: self.dialect.operation_docs(operation),
            page: self.dialect.page(path),
            overloads: inputs.overloads,
            options: inputs.options,
            output: payload.output,
            failures,
            sends,
            accepts: payload.accepts,
            remarks,
            paging,
            needs_parameter,
            connection: Default::default(),
            pointer: pointer.to_string(),
        };
        self.emit_params(&endpoint);
        Placed {
            namespace,
            endpoint,
        }
    }

    fn emit_params(&self, endpoint: &Endpoint) {
        let required = endpoint
            .overloads
            .iter()
            .flat_map(|overload| &overload.required);
        let mut trace = self.trace.borrow_mut();
        for param in required.chain(&endpoint.options) {
            trace.emitted(&param.pointer, None);
        }
    }

    /// The parameters that name the very thing that a call is about.
    fn own_ids(&self, payload: &Payload, semantic: Method) -> OwnIds {
        let mut names = Vec::new();
        if let Reply::Key(key) = &payload.output.reply {
            names.push(format!("{key}_id"));
        }
        if let Some(component) = &payload.component {
            names.push(format!("{component}_id"));
            if let Some((_, rest)) = component.split_once('_') {
                names.push(format!("{rest}_id"));
            }
        }
        OwnIds {
            names,
            reads_one: semantic == Method::Get && payload.output.ty.is_some(),
        }
    }
}

/// How the parameters of a call can name what it is about.
pub(super) struct OwnIds {
    pub(super) names: Vec<String>,
    pub(super) reads_one: bool,
}

/// What comes back, and what is known of it besides.
pub(super) struct Payload {
    pub(super) output: Output,
    /// The component it refers to.
    pub(super) component: Option<String>,
    /// The media type to ask for, where it is not JSON's own.
    pub(super) accepts: Option<String>,
    /// What is to be said of it.
    pub(super) remarks: Vec<String>,
}

impl Payload {
    pub(super) fn of(reply: Reply, ty: Option<Type>) -> Self {
        Self {
            output: Output {
                status: None,
                reply,
                ty,
                others: Vec::new(),
            },
            component: None,
            accepts: None,
            remarks: Vec::new(),
        }
    }
}

/// Nothing comes back.
impl Default for Payload {
    fn default() -> Self {
        Self::of(Reply::Empty, None)
    }
}

/// `/acs/access_groups/add_user` is `add_user` of `acs.access_groups`.
pub(super) fn call_name(path: &str, semantic: Method) -> (Vec<String>, String) {
    let (mut namespace, name) = path_name(path, semantic);
    if let Some(first) = namespace.first_mut() {
        *first = names::root_namespace(std::mem::take(first));
    }
    (namespace, name)
}

fn path_name(path: &str, semantic: Method) -> (Vec<String>, String) {
    let mut words: Vec<String> = static_segments(path)
        .into_iter()
        .map(str::to_owned)
        .collect();
    match words.len() {
        0 => (vec!["root".to_owned()], wire_name(semantic).to_owned()),
        1 => (words, wire_name(semantic).to_owned()),
        _ => {
            let name = words.pop().unwrap_or_default();
            (words, name)
        }
    }
}

pub(super) fn method(name: &str) -> Method {
    match name {
        "get" => Method::Get,
        "put" => Method::Put,
        "patch" => Method::Patch,
        "delete" => Method::Delete,
        "head" => Method::Head,
        "options" => Method::Options,
        "trace" => Method::Trace,
        _ => Method::Post,
    }
}

pub(super) fn wire_name(method: Method) -> &'static str {
    match method {
        Method::Get => "get",
        Method::Post => "post",
        Method::Put => "put",
        Method::Patch => "patch",
        Method::Delete => "delete",
        Method::Head => "head",
        Method::Options => "options",
        Method::Trace => "trace",
    }
}
