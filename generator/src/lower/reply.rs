//! What comes back: which of the replies that the document lists is the payload, and how it is read.

use openapiv3::{Operation, ReferenceOr, Response, StatusCode};

use super::Lowering;
use super::facts::{Facts, Located, SchemaRef};
use super::media::{Chosen, Encoding};
use super::operation::Payload;
use super::place::Place;
use crate::dialect::ResponseKey;
use crate::document::Pointer;
use crate::model::{Method, Reply, Type};
use crate::names;
use crate::trace::Reason;

impl<'a> Lowering<'a> {
    /// The schema of the JSON reply that says that all went well.
    pub(super) fn success(
        &self,
        operation: &'a Operation,
        pointer: &Pointer,
    ) -> Option<Located<'a>> {
        let (status, response) = operation
            .responses
            .responses
            .iter()
            .find(|(status, _)| succeeds(status))?;
        let pointer = pointer.key("responses").key(&status.to_string());
        let response = self.response(response, &pointer)?;
        let chosen = self.chosen(&response.content, &pointer)?;
        chosen.schema.filter(|_| chosen.encoding == Encoding::Json)
    }

    /// What a call gives.
    pub(super) fn output(
        &self,
        operation: &'a Operation,
        (wire, semantic): (Method, Method),
        pointer: &Pointer,
        module: &[String],
        name: &str,
    ) -> Payload {
        self.note_replies(operation, pointer);
        let parent = names::type_name(name);
        let place = |local: &str| Place::new(module, local, &parent);
        let whole = place(&format!("{name}_response"));
        if !self.dialect.has_envelope() {
            return self.rest_output(operation, wire, pointer, &whole);
        }
        let Some(body) = self.success(operation, pointer) else {
            let other = self.rest_output(operation, wire, pointer, &whole);
            let says_nothing = other.output.ty == Some(Type::Json);
            return if says_nothing {
                Payload::default()
            } else {
                other
            };
        };
        let facts = self.facts(&body);
        if facts
            .properties
            .iter()
            .any(|property| self.is_status(property.name))
        {
            // What only reads has something to give, whatever its key says.
            let says_none = semantic != Method::Get
                && self.dialect.response_key(operation) == ResponseKey::Nothing;
            return self.unwrapped(operation, &facts, name, place, says_none);
        }
        let ty = self.schema(&body, &whole).ty;
        Payload::of(Reply::Body, Some(ty))
    }

    /// Of the replies, those of failure are left out, and the headers of the others.
    fn note_replies(&self, operation: &'a Operation, pointer: &Pointer) {
        let pointer = pointer.key("responses");
        let mut some_succeeds = false;
        for (status, response) in &operation.responses.responses {
            let pointer = pointer.key(&status.to_string());
            if !succeeds(status) {
                self.leave_out(&pointer, Reason::Failure);
            } else if some_succeeds && self.dialect.has_envelope() {
                self.leave_out(&pointer, Reason::OtherReply);
            } else {
                some_succeeds = true;
                self.note_headers(response, &pointer);
            }
        }
        let Some(default) = &operation.responses.default else {
            return;
        };
        let pointer = pointer.key("default");
        match some_succeeds || self.dialect.has_envelope() {
            true => self.leave_out(&pointer, Reason::Failure),
            false => self.note_headers(default, &pointer),
        }
    }

    fn note_headers(&self, response: &'a ReferenceOr<Response>, pointer: &Pointer) {
        let response = self.response(response, pointer);
        if response.is_some_and(|response| !response.headers.is_empty()) {
            self.leave_out(&pointer.key("headers"), Reason::ReplyHeader);
        }
    }

    /// The payload under its key, out of the envelope that all replies have.
    fn unwrapped(
        &self,
        operation: &Operation,
        facts: &Facts<'a>,
        name: &str,
        place: impl Fn(&str) -> Place,
        says_none: bool,
    ) -> Payload {
        let key = self.payload_key(operation, facts);
        let mut payloads = facts
            .properties
            .iter()
            .filter(|p| !self.is_envelope(p.name));
        if key.is_none() && !says_none && payloads.next().is_some() {
            self.decide(
                &facts.pointer,
                "no single property is said to be the payload, so it is the whole body",
            );
            let status = facts.properties.iter().map(|property| property.name);
            let status: Vec<&str> = status.filter(|key| self.is_status(key)).collect();
            self.note_status(facts);
            let ty = self.object(facts, &place(&format!("{name}_response")), &status);
            let mut payload = Payload::of(Reply::Body, Some(ty));
            payload.output.status = self.dialect.status_key().map(str::to_owned);
            return payload;
        }
        let mut payload = Payload::default();
        payload.output.status = self.dialect.status_key().map(str::to_owned);
        self.note_status(facts);
        for property in &facts.properties {
            if self.is_status(property.name) {
                continue;
            }
            self.emit(&property.value.pointer, None);
            let lowered = self.schema(&property.value, &place(property.name));
            let ty = self.attempt_of(operation, lowered.ty);
            if key.as_deref() == Some(property.name) {
                let ty = match ty {
                    // What is waited for is there, a list that is null is empty, and any value may be null.
                    Type::ActionAttempt(_) | Type::List(_) | Type::Map(_) | Type::Json => ty,
                    ty if lowered.nullable => Type::Nullable(Box::new(ty)),
                    ty => ty,
                };
                payload.component = reference_name(&property.value);
                payload.output.reply = Reply::Key(property.name.to_owned());
                payload.output.ty = Some(ty);
            } else {
                payload.output.others.push((property.name.to_owned(), ty));
            }
        }
        payload
    }

    fn is_status(&self, key: &str) -> bool {
        self.dialect.status_key() == Some(key)
    }

    /// Whether a key of a reply is never its payload.
    fn is_envelope(&self, key: &str) -> bool {
        self.is_status(key)
            || self
                .dialect
                .paging()
                .is_some_and(|paging| paging.key == key)
    }

    fn note_status(&self, facts: &Facts<'a>) {
        for property in &facts.properties {
            if self.is_status(property.name) {
                self.leave_out(&property.value.pointer, Reason::Status);
            }
        }
    }

    /// The action attempt that this operation starts, rather than any.
    fn attempt_of(&self, operation: &Operation, ty: Type) -> Type {
        let result = self
            .dialect
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
            .filter(|name| !self.is_envelope(name))
            .collect();
        match self.dialect.response_key(operation) {
            ResponseKey::Named(key) if facts.property(&key).is_some() => Some(key),
            ResponseKey::Nothing => None,
            ResponseKey::Named(_) | ResponseKey::Unknown => match candidates.as_slice() {
                [only] => Some((*only).to_owned()),
                _ => None,
            },
        }
    }

    /// The payload of plain REST: of all replies that say that it went well, those with a body.
    fn rest_output(
        &self,
        operation: &'a Operation,
        wire: Method,
        pointer: &Pointer,
        place: &Place,
    ) -> Payload {
        if wire == Method::Head {
            self.leave_out(&pointer.key("responses"), Reason::NoBody);
            return Payload::default();
        }
        let replies = self.replies(operation, pointer);
        let some_empty = replies.iter().any(Option::is_none);
        let bodies: Vec<Chosen<'a>> = replies.into_iter().flatten().collect();
        let Some(encoding) = bodies.iter().map(|chosen| chosen.encoding).min() else {
            return Payload::default();
        };
        let (told, others): (Vec<&Chosen<'a>>, Vec<&Chosen<'a>>) = bodies
            .iter()
            .partition(|chosen| chosen.encoding == encoding);
        for schema in others.iter().filter_map(|chosen| chosen.schema.as_ref()) {
            self.leave_out(&schema.pointer, Reason::OtherMedia);
        }
        let media = told
            .first()
            .map_or_else(|| "*/*".to_owned(), |chosen| chosen.header());
        let mut payload = match encoding {
            Encoding::Json => Payload::of(
                Reply::Body,
                Some(self.json_output(&told, pointer, place, some_empty)),
            ),
            Encoding::Text => Payload::of(Reply::Text, Some(Type::String)),
            _ => Payload::of(Reply::Bytes, Some(Type::Bytes)),
        };
        payload.accepts = (media != "application/json").then_some(media);
        if !others.is_empty() {
            payload.remarks.push(
                "The document lists replies of several media types for it; this one is what is asked for and read."
                    .to_owned(),
            );
        }
        payload
    }

    /// For each reply of success its body, if it has one. Where the document lists none, `default` is it.
    fn replies(&self, operation: &'a Operation, pointer: &Pointer) -> Vec<Option<Chosen<'a>>> {
        let pointer = pointer.key("responses");
        let listed = operation.responses.responses.iter();
        let mut successes: Vec<(String, &'a ReferenceOr<Response>)> = listed
            .filter(|(status, _)| succeeds(status))
            .map(|(status, response)| (status.to_string(), response))
            .collect();
        if successes.is_empty() {
            let default = operation.responses.default.as_ref();
            successes.extend(default.map(|response| ("default".to_owned(), response)));
        }
        successes
            .into_iter()
            .filter_map(|(status, response)| {
                let pointer = pointer.key(&status);
                let response = self.response(response, &pointer)?;
                Some(self.chosen(&response.content, &pointer))
            })
            .collect()
    }

    fn json_output(
        &self,
        told: &[&Chosen<'a>],
        pointer: &Pointer,
        place: &Place,
        some_empty: bool,
    ) -> Type {
        let mut distinct: Vec<Located<'a>> = Vec::new();
        for chosen in told {
            let Some(schema) = &chosen.schema else {
                return Type::Json;
            };
            if distinct.iter().all(|known| !same_schema(known, schema)) {
                distinct.push(schema.clone());
            }
        }
        let lowered = match distinct.as_slice() {
            [only] => self.schema(only, place),
            _ => {
                self.decide(
                    pointer,
                    "the replies of success differ, so what comes back is one of them",
                );
                self.either(distinct, pointer.key("responses"), place)
            }
        };
        let optional = (some_empty || lowered.nullable) && lowered.ty != Type::Json;
        if optional {
            Type::Nullable(Box::new(lowered.ty))
        } else {
            lowered.ty
        }
    }
}

fn succeeds(status: &StatusCode) -> bool {
    match status {
        StatusCode::Code(code) => (200..300).contains(code),
        StatusCode::Range(range) => *range == 2,
    }
}

fn same_schema(one: &Located<'_>, other: &Located<'_>) -> bool {
    match (one.schema, other.schema) {
        (SchemaRef::Reference(one), SchemaRef::Reference(other)) => one == other,
        (SchemaRef::Inline(one), SchemaRef::Inline(other)) => one == other,
        _ => false,
    }
}

fn reference_name(located: &Located<'_>) -> Option<String> {
    match located.schema {
        SchemaRef::Reference(reference) => reference.rsplit('/').next().map(str::to_owned),
        SchemaRef::Component(name) => Some(name.to_owned()),
        SchemaRef::Inline(_) => None,
    }
}
