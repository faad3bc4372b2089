//! Lowers a path with its operations to endpoints.

use crate::words;
use openapiv3::{Operation, Parameter, PathItem, ReferenceOr};

use super::Lowering;
use super::place::Place;
use super::rest_body::RestBody;
use crate::document::Pointer;
use crate::escape;
use crate::model::path::static_segments;
use crate::model::{Endpoint, Method, Output, Reply, Type};
use crate::trace::Reason;

/// An endpoint and the segments of the namespace it belongs to.
pub(super) struct PlacedEndpoint {
    pub(super) namespace: Vec<String>,
    pub(super) endpoint: Endpoint,
}

impl<'a> Lowering<'a> {
    /// Returns the endpoints of one path: one if the dialect has one call per path, else one for each operation.
    pub(super) fn path(&self, path: &'a str, item: &'a PathItem) -> Vec<PlacedEndpoint> {
        let pointer = Pointer::root("/paths").key(path);
        let operations: Vec<(Method, &'a Operation)> = item
            .iter()
            .filter_map(|(key, operation)| Some((Method::of_key(key)?, operation)))
            .collect();
        let methods: Vec<Method> = operations.iter().map(|(method, _)| *method).collect();
        if methods.is_empty() {
            self.report.leave_out(&pointer, Reason::NoOperation);
        } else {
            self.report.emit(&pointer, None);
        }
        if !self.dialect.calls_by_path() {
            let shared = &item.parameters;
            return operations
                .into_iter()
                .filter_map(|(method, operation)| {
                    let named = self.survey.rest.name(path, method)?;
                    Some(self.endpoints(
                        path,
                        &pointer,
                        vec![named.namespace.clone()],
                        words::snake(&named.name),
                        (method, method, operation),
                        shared,
                    ))
                })
                .flatten()
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
            self.report
                .leave_out(&pointer.key(other.key()), Reason::OtherMethod);
        }
        if methods.len() > 1 {
            self.report.decide(
                &pointer,
                format!(
                    "one path is one call: it is sent by {wire}, and {semantic} says what it means"
                ),
            );
        }
        let (namespace, name) = call_name(path, semantic);
        self.endpoints(
            path,
            &pointer,
            namespace,
            name,
            (wire, semantic, operation),
            &item.parameters,
        )
    }

    /// Returns the endpoints of an operation: one for each kind of body.
    fn endpoints(
        &self,
        path: &str,
        pointer: &Pointer,
        namespace: Vec<String>,
        name: String,
        (wire, semantic, operation): (Method, Method, &'a Operation),
        shared: &'a [ReferenceOr<Parameter>],
    ) -> Vec<PlacedEndpoint> {
        let pointer = pointer.key(wire.key());
        self.report.emit(&pointer, None);
        let parent = namespace.last().cloned().unwrap_or_default();
        let request = Place::new(&namespace, &name, &parent).in_request();
        let payload = self.output(operation, (wire, semantic), &pointer, &namespace, &name);
        let whole = Place::new(&namespace, &format!("{name}_response"), &name);
        let events = self.events((operation, wire), &pointer, &whole);
        let failures = self.failures(operation, &pointer, &whole);
        let mut declared = self.declared(operation, shared, (path, &pointer), &request);
        let own = self.own_ids(&payload, semantic);
        let bodies = if self.dialect.calls_by_path() {
            let params = std::mem::take(&mut declared.params);
            let inputs = self.inputs(operation, wire, &pointer, &request, params, &own);
            vec![RestBody::only(inputs, Vec::new())]
        } else {
            let place = |suffix: Option<&str>| {
                Place::new(&namespace, &name_with_suffix(&name, suffix), &parent).in_request()
            };
            self.rest_bodies(operation, wire, &pointer, &place)
        };
        let others: Vec<String> = bodies
            .iter()
            .filter_map(|body| body.suffix.as_deref())
            .map(|suffix| escape::code(&name_with_suffix(&name, Some(suffix))))
            .collect();
        let to_endpoint = |body: RestBody| {
            let mut inputs = body.inputs;
            super::inputs::add_declared(&mut inputs, declared.params.clone());
            let constants = inputs.take_constants();
            let mut remarks = declared.remarks.clone();
            remarks.extend(body.remarks);
            remarks.extend(payload.remarks.iter().cloned());
            if body.suffix.is_none() && !others.is_empty() {
                let others = others.join(" and ");
                remarks.push(format!("With a body of another kind it is {others}."));
            }
            let paging = self.paging((operation, &pointer), shared, &payload.output, &inputs);
            let takes_one = inputs.all().any(|param| param.location.counts());
            let name = name_with_suffix(&name, body.suffix.as_deref());
            let endpoint = Endpoint {
                path: path.to_owned(),
                name,
                wire,
                semantic,
                docs: self.dialect.operation_docs(operation),
                page: self.dialect.page(path),
                overloads: inputs.overloads,
                options: inputs.options,
                constants,
                output: payload.output.clone(),
                events: events.clone(),
                failures: failures.clone(),
                sends: body.sends,
                accepts: payload.accepts.clone(),
                remarks,
                paging,
                // Without any parameter to set, every call would be refused.
                needs_parameter: takes_one && self.dialect.needs_parameter(operation),
                connection: Default::default(),
                pointer: pointer.to_string(),
            };
            self.emit_params(&endpoint);
            PlacedEndpoint {
                namespace: namespace.clone(),
                endpoint,
            }
        };
        bodies.into_iter().map(to_endpoint).collect()
    }

    fn emit_params(&self, endpoint: &Endpoint) {
        let mut trace = self.report.trace();
        for param in endpoint.params() {
            trace.emitted(&param.pointer, None);
        }
        for param in &endpoint.constants {
            trace.emitted(&param.pointer, None);
            // The schema of a parameter stands in it; that of a property is it.
            trace.values_emitted(&param.pointer, None);
            trace.values_emitted(format!("{}/schema", param.pointer), None);
        }
    }

    /// Returns the parameters that identify the resource of a call.
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

/// The names of parameters that can identify the resource of a call.
pub(super) struct OwnIds {
    pub(super) names: Vec<String>,
    pub(super) reads_one: bool,
}

/// The output of a call, with facts for its documentation and its request.
pub(super) struct Payload {
    pub(super) output: Output,
    /// The component it refers to.
    pub(super) component: Option<String>,
    /// The media type for the header `Accept`, unless it is `application/json`.
    pub(super) accepts: Option<String>,
    /// Remarks for its documentation.
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

/// Returns the payload of a call without output.
impl Default for Payload {
    fn default() -> Self {
        Self::of(Reply::Empty, None)
    }
}

/// Returns the namespace and the name of a call: `/acs/access_groups/add_user` is `add_user` in `acs.access_groups`.
pub(super) fn call_name(path: &str, semantic: Method) -> (Vec<String>, String) {
    let mut words: Vec<String> = static_segments(path)
        .into_iter()
        .map(str::to_owned)
        .collect();
    match words.len() {
        0 => (vec!["root".to_owned()], semantic.key().to_owned()),
        1 => (words, semantic.key().to_owned()),
        _ => {
            let name = words.pop().unwrap_or_default();
            (words, name)
        }
    }
}

/// Returns the name of a call with the suffix for its kind of body.
fn name_with_suffix(name: &str, suffix: Option<&str>) -> String {
    match suffix {
        Some(suffix) => format!("{name}_{suffix}"),
        None => name.to_owned(),
    }
}
