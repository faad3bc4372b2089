//! Replies: chooses the payload among those that the document lists, and decides how it is read.

use openapiv3::Operation;

use super::Lowering;
use super::facts::{Facts, Located, SchemaRef};
use super::media::Encoding;
use super::operation::Payload;
use super::place::Place;
use super::status::succeeds;
use crate::dialect::ResponseKey;
use crate::document::Pointer;
use crate::model::{Method, Reply, Type};
use crate::trace::Reason;

impl<'a> Lowering<'a> {
    /// Returns the schema of the successful JSON reply.
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

    /// Returns the output of a call.
    pub(super) fn output(
        &self,
        operation: &'a Operation,
        (wire, semantic): (Method, Method),
        pointer: &Pointer,
        module: &[String],
        name: &str,
    ) -> Payload {
        let place = |local: &str| Place::new(module, local, name);
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
            // A call that only reads has an output, even if its response key is null.
            let says_none = semantic != Method::Get
                && self.dialect.response_key(operation) == ResponseKey::Nothing;
            return self.unwrapped(operation, &facts, name, place, says_none);
        }
        let ty = self.schema(&body, &whole).ty;
        Payload::of(Reply::Body, Some(ty))
    }

    /// Returns the payload under its key in the envelope of the reply.
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
            self.report.decide(
                &facts.pointer,
                "no single property is declared as the payload, so the payload is the whole body",
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
            self.report.emit(&property.value.pointer, None);
            let lowered = self.schema(&property.value, &place(property.name));
            let ty = self.attempt_of(operation, lowered.ty);
            if key.as_deref() == Some(property.name) {
                let ty = match ty {
                    // An action attempt is always present, a list that is null is read as empty, and JSON may be null itself.
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

    /// Returns true if a key belongs to the envelope of replies, so it is never the payload.
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
                self.report
                    .leave_out(&property.value.pointer, Reason::Status);
            }
        }
    }

    /// Returns the action attempt with the result of the action that this operation starts.
    fn attempt_of(&self, operation: &Operation, ty: Type) -> Type {
        let result = self
            .dialect
            .action_type(operation)
            .and_then(|action| self.replies.result(&action));
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
}

fn reference_name(located: &Located<'_>) -> Option<String> {
    match located.schema {
        SchemaRef::Reference(reference) => reference.rsplit('/').next().map(str::to_owned),
        SchemaRef::Component(name) => Some(name.to_owned()),
        SchemaRef::Inline(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{model, only_call, seam_call, shape};
    use crate::model::{Api, Output, Reply};

    /// A call of Seam's dialect whose reply has these properties beside `ok`; `key` is its `x-response-key`.
    fn call(key: &str, properties: &str) -> Api {
        let path = seam_call("post /things/get", "", "thing", "{ type: string }");
        let path = path
            .replace("x-response-key: thing", &format!("x-response-key: {key}"))
            .replace("required: [ok, thing]", "required: [ok]")
            .replace("thing: { type: string }", properties);
        model(&path, "unused: { type: string }").unwrap()
    }

    fn output(api: &Api) -> &Output {
        &only_call(api).output
    }

    #[test]
    fn the_payload_stands_under_its_key_and_other_keys_can_be_asked_for() {
        let api = call(
            "b",
            "a: { type: integer }, b: { type: string, nullable: true }",
        );
        let output = output(&api);
        assert_eq!(output.reply, Reply::Key("b".to_owned()));
        assert_eq!(shape(&api, output.ty.as_ref().unwrap()), "String or null");
        let others = output.others.iter().map(|(key, _)| key.as_str());
        assert_eq!(others.collect::<Vec<_>>(), ["a"]);
        assert_eq!(output.status.as_deref(), Some("ok"));
    }

    #[test]
    fn where_no_property_has_the_key_the_only_one_or_else_the_body_is_the_payload() {
        let only = call("missing", "a: { type: string }");
        assert_eq!(output(&only).reply, Reply::Key("a".to_owned()));
        let several = call("missing", "a: { type: string }, b: { type: string }");
        assert_eq!(output(&several).reply, Reply::Body);
    }

    #[test]
    fn a_call_that_says_that_it_has_no_payload_gives_nothing() {
        let api = call("null", "a: { type: string }");
        assert_eq!(output(&api).ty, None);
    }
}
