//! A path with its operations becomes endpoints.

use openapiv3::{
    Operation, Parameter, ParameterSchemaOrContent, PathItem, ReferenceOr, RequestBody, Response,
    StatusCode,
};

use super::Lowering;
use super::facts::{Facts, Located};
use super::place::Place;
use crate::document::Pointer;
use crate::model::{Endpoint, Location, Method, Output, Param, Presence, Reply, Type};
use crate::names;
use crate::seam::ResponseKey;

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
        if !self.conventions.calls_by_path {
            let declared = &item.parameters;
            return operations
                .into_iter()
                .map(|(method, operation)| {
                    let (namespace, name) = self.rest_name(path, method, operation);
                    self.endpoint(
                        path,
                        &pointer,
                        namespace,
                        name,
                        (method, method, operation),
                        declared,
                    )
                })
                .collect();
        }
        let semantic = self.conventions.semantic(&methods);
        let wire = if methods.contains(&Method::Post) {
            Method::Post
        } else {
            semantic
        };
        let Some((_, operation)) = operations.into_iter().find(|(method, _)| *method == wire)
        else {
            return Vec::new();
        };
        if methods.len() > 1 {
            self.decide(
                &pointer,
                format!("one path is one call: it is sent by {wire}, and {semantic} says what it means"),
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

    fn rest_name(
        &self,
        path: &str,
        method: Method,
        operation: &Operation,
    ) -> (Vec<String>, String) {
        let statics: Vec<&str> = segments(path)
            .into_iter()
            .filter(|segment| placeholder(segment).is_none())
            .collect();
        let namespace = match (operation.tags.first(), statics.first()) {
            (Some(tag), _) => tag.clone(),
            (None, Some(segment)) => (*segment).to_owned(),
            (None, None) => "root".to_owned(),
        };
        let name = match &operation.operation_id {
            Some(id) => id.clone(),
            None => format!("{} {}", wire_name(method), segments(path).join(" ")),
        };
        (vec![namespace], name)
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
        let module: Vec<String> = namespace
            .iter()
            .map(|segment| names::module_name(segment))
            .collect();
        let parent = namespace.last().cloned().unwrap_or_default();
        let request = Place::new(&module, &name, &parent);
        let output = self.output(operation, &pointer, &module, &name);
        let mut params = self.declared(operation, shared, &pointer, &request);
        self.add_placeholders(path, &mut params);
        let inputs = self.inputs(
            operation,
            wire,
            &pointer,
            &request,
            params,
            &self.own_ids(&output, semantic),
        );
        let endpoint = Endpoint {
            path: path.to_owned(),
            request: names::type_name_in(&name, &names::type_name(&parent)),
            name,
            wire,
            semantic,
            docs: self.conventions.operation_docs(operation),
            page: self.conventions.page(path),
            ways: inputs.ways,
            options: inputs.options,
            output: output.output,
            pointer: pointer.to_string(),
        };
        Placed {
            namespace,
            endpoint,
        }
    }

    /// The parameters that stand outside the body.
    fn declared(
        &self,
        operation: &'a Operation,
        shared: &'a [ReferenceOr<Parameter>],
        pointer: &Pointer,
        request: &Place,
    ) -> Vec<Param> {
        let mut params: Vec<Param> = Vec::new();
        let own = operation
            .parameters
            .iter()
            .enumerate()
            .map(|(index, param)| (pointer.key("parameters").index(index), param));
        let above = shared
            .iter()
            .enumerate()
            .map(|(index, param)| (pointer.key("parameters").index(index), param));
        for (pointer, parameter) in own.chain(above) {
            if let Some(param) = self.parameter(parameter, &pointer, request) {
                let known = params
                    .iter()
                    .any(|known| known.name == param.name && known.location == param.location);
                if !known {
                    params.push(param);
                }
            }
        }
        params
    }

    fn parameter(
        &self,
        parameter: &'a ReferenceOr<Parameter>,
        pointer: &Pointer,
        request: &Place,
    ) -> Option<Param> {
        let parameter = match parameter {
            ReferenceOr::Item(parameter) => parameter,
            ReferenceOr::Reference { reference } => self.shared_parameter(reference)?,
        };
        let location = match parameter {
            Parameter::Query { .. } => Location::Query,
            Parameter::Path { .. } => Location::Path,
            Parameter::Header { .. } => Location::Header,
            Parameter::Cookie { .. } => return None,
        };
        let data = parameter.parameter_data_ref();
        let schema = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => {
                Some(Located::new(schema, pointer.key("schema")))
            }
            ParameterSchemaOrContent::Content(_) => None,
        };
        let (ty, nullable, mut docs) = match &schema {
            Some(schema) => {
                let lowered = self.schema(schema, &request.property(&data.name));
                (lowered.ty, lowered.nullable, self.docs(&self.facts(schema)))
            }
            None => (Type::String, false, crate::model::Docs::default()),
        };
        docs.description = data.description.clone().or(docs.description);
        let required = data.required || location == Location::Path;
        Some(Param {
            name: data.name.clone(),
            location,
            ty,
            presence: Presence { required, nullable },
            docs,
            pointer: pointer.to_string(),
        })
    }

    fn shared_parameter(&self, reference: &str) -> Option<&'a Parameter> {
        let name = reference.strip_prefix("#/components/parameters/")?;
        self.document
            .components
            .as_ref()?
            .parameters
            .get(name)?
            .as_item()
    }

    /// Placeholders that the document forgot to declare, or declares as something else.
    fn add_placeholders(&self, path: &str, params: &mut Vec<Param>) {
        for name in segments(path).into_iter().filter_map(placeholder) {
            match params.iter_mut().find(|param| param.name == name) {
                Some(param) => {
                    param.location = Location::Path;
                    param.presence = Presence {
                        required: true,
                        nullable: false,
                    };
                }
                None => params.push(Param {
                    name: name.to_owned(),
                    location: Location::Path,
                    ty: Type::String,
                    presence: Presence {
                        required: true,
                        nullable: false,
                    },
                    docs: crate::model::Docs::default(),
                    pointer: Pointer::root("/paths").key(path).to_string(),
                }),
            }
        }
    }

    /// The schema of the JSON body, if there is one.
    pub(super) fn json_body(
        &self,
        operation: &'a Operation,
        pointer: &Pointer,
    ) -> Option<Located<'a>> {
        let body: &'a RequestBody = match operation.request_body.as_ref()? {
            ReferenceOr::Item(body) => body,
            ReferenceOr::Reference { reference } => {
                let name = reference.strip_prefix("#/components/requestBodies/")?;
                self.document
                    .components
                    .as_ref()?
                    .request_bodies
                    .get(name)?
                    .as_item()?
            }
        };
        let (media, content) = body.content.iter().find(|(media, _)| is_json(media))?;
        let schema = content.schema.as_ref()?;
        Some(Located::new(
            schema,
            pointer
                .key("requestBody")
                .key("content")
                .key(media)
                .key("schema"),
        ))
    }

    pub(super) fn success(
        &self,
        operation: &'a Operation,
        pointer: &Pointer,
    ) -> Option<Located<'a>> {
        let succeeds = |status: &StatusCode| match status {
            StatusCode::Code(code) => (200..300).contains(code),
            StatusCode::Range(range) => *range == 2,
        };
        let (status, response) = operation
            .responses
            .responses
            .iter()
            .find(|(status, _)| succeeds(status))?;
        let response: &'a Response = match response {
            ReferenceOr::Item(response) => response,
            ReferenceOr::Reference { reference } => {
                let name = reference.strip_prefix("#/components/responses/")?;
                self.document
                    .components
                    .as_ref()?
                    .responses
                    .get(name)?
                    .as_item()?
            }
        };
        let (media, content) = response.content.iter().find(|(media, _)| is_json(media))?;
        let schema = content.schema.as_ref()?;
        let pointer = pointer
            .key("responses")
            .key(&status.to_string())
            .key("content")
            .key(media)
            .key("schema");
        Some(Located::new(schema, pointer))
    }

    fn output(
        &self,
        operation: &'a Operation,
        pointer: &Pointer,
        module: &[String],
        name: &str,
    ) -> Payload {
        let nothing = Output {
            reply: Reply::Empty,
            ty: None,
            others: Vec::new(),
        };
        let Some(body) = self.success(operation, pointer) else {
            return Payload {
                output: nothing,
                component: None,
            };
        };
        let facts = self.facts(&body);
        let place = |key: &str| Place::new(module, key, name);
        let wrapped = self.conventions.calls_by_path && facts.property("ok").is_some();
        if !wrapped {
            let ty = self.schema(&body, &place(&format!("{name}_response"))).ty;
            return Payload {
                output: Output {
                    reply: Reply::Body,
                    ty: Some(ty),
                    others: Vec::new(),
                },
                component: None,
            };
        }
        let key = self.payload_key(operation, &facts);
        let mut output = nothing;
        let mut component = None;
        for property in &facts.properties {
            if self.conventions.is_status(property.name) {
                continue;
            }
            let ty = self.schema(&property.value, &place(property.name)).ty;
            if key.as_deref() == Some(property.name) {
                component = reference_name(&property.value);
                output.reply = Reply::Key(property.name.to_owned());
                output.ty = Some(self.attempt_of(operation, ty));
            } else {
                output
                    .others
                    .push((property.name.to_owned(), self.attempt_of(operation, ty)));
            }
        }
        Payload { output, component }
    }

    /// The action attempt that this operation starts, rather than any.
    fn attempt_of(&self, operation: &Operation, ty: Type) -> Type {
        let result = self
            .conventions
            .action_type(operation)
            .and_then(|action| self.results.borrow().get(&action).cloned());
        match (ty, result) {
            (Type::ActionAttempt(_), Some(result)) => Type::ActionAttempt(Box::new(result)),
            (ty, _) => ty,
        }
    }

    fn payload_key(&self, operation: &Operation, facts: &Facts<'a>) -> Option<String> {
        let candidates: Vec<&str> = facts
            .properties
            .iter()
            .map(|property| property.name)
            .filter(|name| !self.conventions.is_envelope(name))
            .collect();
        match self.conventions.response_key(operation) {
            ResponseKey::Named(key) if facts.property(&key).is_some() => Some(key),
            ResponseKey::Nothing => None,
            ResponseKey::Named(_) | ResponseKey::Unsaid => match candidates.as_slice() {
                [only] => Some((*only).to_owned()),
                _ => None,
            },
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

/// What comes back, and the component it refers to.
struct Payload {
    output: Output,
    component: Option<String>,
}

/// How the parameters of a call can name what it is about.
pub(super) struct OwnIds {
    pub(super) names: Vec<String>,
    pub(super) reads_one: bool,
}

fn reference_name(located: &Located<'_>) -> Option<String> {
    match located.schema {
        super::facts::SchemaRef::Reference(reference) => {
            reference.rsplit('/').next().map(str::to_owned)
        }
        super::facts::SchemaRef::Inline(_) => None,
    }
}

fn is_json(media: &str) -> bool {
    let media = media.split(';').next().unwrap_or(media).trim();
    media == "application/json" || media.ends_with("+json")
}

fn segments(path: &str) -> Vec<&str> {
    path.split('/')
        .filter(|segment| !segment.is_empty())
        .collect()
}

/// The name in `{name}` or `[name]`.
fn placeholder(segment: &str) -> Option<&str> {
    let inner = segment
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    inner.or_else(|| {
        segment
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
    })
}

/// `/acs/access_groups/add_user` is `add_user` of `acs.access_groups`.
fn call_name(path: &str, semantic: Method) -> (Vec<String>, String) {
    let mut words: Vec<String> = segments(path)
        .into_iter()
        .filter(|segment| placeholder(segment).is_none())
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

fn method(name: &str) -> Method {
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

fn wire_name(method: Method) -> &'static str {
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
