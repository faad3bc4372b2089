//! The bodies of failed calls, by status.

use openapiv3::{Operation, ReferenceOr, Response};

use super::Lowering;
use super::facts::Located;
use super::media::{Encoding, same_schema};
use super::place::Place;
use super::rest_reply::gives_location;
use super::status::{self, redirects, succeeds};
use crate::document::Pointer;
use crate::model::{Failure, Status, Type};
use crate::trace::Reason;

/// The module for the types of shared failures.
const SHARED_MODULE: &str = "errors";

/// A reply that the document declares.
struct DeclaredReply<'a> {
    status: Status,
    response: &'a ReferenceOr<Response>,
    pointer: Pointer,
}

impl<'a> Lowering<'a> {
    /// Returns the JSON bodies of an operation's failures. `place` is the place for their types.
    pub(super) fn failures(
        &self,
        operation: &'a Operation,
        pointer: &Pointer,
        place: &Place,
    ) -> Vec<Failure> {
        let is_enveloped = self.dialect.has_envelope();
        let (successes, failures) = sorted(operation, pointer, is_enveloped);
        for (index, success) in successes.iter().enumerate() {
            match index > 0 && is_enveloped {
                true => self.report.leave_out(&success.pointer, Reason::OtherReply),
                false => self.note_headers(success),
            }
        }
        if is_enveloped {
            for failure in &failures {
                self.report.leave_out(&failure.pointer, Reason::Failure);
            }
            return Vec::new();
        }
        let bodies: Vec<(Status, Located<'a>)> = failures
            .iter()
            .filter_map(|failure| Some((failure.status, self.body_of(failure)?)))
            .collect();
        let is_one = bodies
            .iter()
            .all(|(_, body)| same_schema(Some(body), Some(&bodies[0].1)));
        let mut found: Vec<Failure> = Vec::new();
        for (status, body) in bodies {
            let name = match is_one {
                true => "error".to_owned(),
                false => status::words(status),
            };
            let ty = self.failure_type(&body, &place.reply(&name));
            found.push(Failure { status, ty });
        }
        found.retain(|failure| failure.ty != Type::Json);
        found
    }

    fn failure_type(&self, body: &Located<'a>, place: &Place) -> Type {
        let shared = body.pointer.to_string();
        let name = shared
            .strip_prefix("/components/responses/")
            .and_then(|rest| rest.split('/').next());
        let place = match name {
            Some(name) => &Place::new(&[SHARED_MODULE.to_owned()], name, "error"),
            None => place,
        };
        if let Some(known) = self.replies.failure(&shared) {
            return known;
        }
        let ty = self.schema(body, place).ty;
        self.replies.set_failure(shared, ty.clone());
        ty
    }

    /// Returns the schema of the JSON body of a failure, if it has one.
    fn body_of(&self, failure: &DeclaredReply<'a>) -> Option<Located<'a>> {
        // A shared reply has one place.
        let pointer = match failure.response {
            ReferenceOr::Reference { reference } => Pointer::of_reference(reference),
            ReferenceOr::Item(_) => None,
        };
        let pointer = pointer.unwrap_or_else(|| failure.pointer.clone());
        let response = self.response(failure.response, &failure.pointer)?;
        if !response.headers.is_empty() {
            self.report
                .leave_out(&failure.pointer.key("headers"), Reason::ReplyHeader);
        }
        let chosen = self.chosen(&response.content, &pointer)?;
        if chosen.encoding != Encoding::Json {
            self.report.leave_out(&failure.pointer, Reason::Failure);
            return None;
        }
        chosen.schema
    }

    fn note_headers(&self, reply: &DeclaredReply<'a>) {
        let response = self.response(reply.response, &reply.pointer);
        if response.is_some_and(|response| !response.headers.is_empty()) {
            self.report
                .leave_out(&reply.pointer.key("headers"), Reason::ReplyHeader);
        }
    }
}

/// Returns the replies of an operation: the successful ones and the failures.
fn sorted<'a>(
    operation: &'a Operation,
    pointer: &Pointer,
    is_enveloped: bool,
) -> (Vec<DeclaredReply<'a>>, Vec<DeclaredReply<'a>>) {
    let pointer = pointer.key("responses");
    let redirect = gives_location(operation);
    let is_success = |code| succeeds(code) || redirect && redirects(code);
    let (mut successes, mut failures) = (Vec::new(), Vec::new());
    for (code, response) in &operation.responses.responses {
        let declared = DeclaredReply {
            status: status::status(code),
            response,
            pointer: pointer.key(&code.to_string()),
        };
        match is_success(code) {
            true => successes.push(declared),
            false => failures.push(declared),
        }
    }
    if let Some(response) = &operation.responses.default {
        let declared = DeclaredReply {
            status: Status::Default,
            response,
            pointer: pointer.key("default"),
        };
        match successes.is_empty() && !is_enveloped {
            true => successes.push(declared),
            false => failures.push(declared),
        }
    }
    (successes, failures)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{model, only_call, shape};

    /// The bodies of failure of a call with these replies, each with its status.
    fn failures(replies: &[(&str, &str)]) -> Vec<String> {
        let reply = |(status, schema): &(&str, &str)| {
            format!(
                "{status}: {{ description: It., content: {{ application/json: {{ schema: {schema} }} }} }}"
            )
        };
        let replies: Vec<String> = replies.iter().map(reply).collect();
        let path = format!(
            "/things: {{ get: {{ operationId: get, responses: {{ {} }} }} }}",
            replies.join(", ")
        );
        let api = model(
            &path,
            "fault: { type: object, properties: { a: { type: string } } }",
        );
        let api = api.unwrap();
        let failures = only_call(&api).failures.iter();
        failures
            .map(|failure| format!("{}: {}", failure.status, shape(&api, &failure.ty)))
            .collect()
    }

    const FAULT: &str = "{ $ref: '#/components/schemas/fault' }";
    const OTHER: &str = "{ type: object, properties: { b: { type: string } } }";
    const ANY: &str = "{ description: Any. }";

    #[test]
    fn each_status_of_failure_has_the_type_of_its_body() {
        assert_eq!(
            failures(&[("'200'", OTHER), ("'404'", FAULT), ("4XX", OTHER)]),
            ["404: object fault", "4XX: object get_client_error"]
        );
    }

    #[test]
    fn the_only_body_of_failure_is_called_an_error_and_any_json_is_none() {
        assert_eq!(
            failures(&[("'200'", OTHER), ("'404'", OTHER)]),
            ["404: object get_error"]
        );
        assert!(failures(&[("'200'", OTHER), ("'404'", ANY)]).is_empty());
    }

    #[test]
    fn the_default_reply_is_a_failure_only_beside_one_of_success() {
        assert_eq!(
            failures(&[("'200'", OTHER), ("default", FAULT)]),
            ["any other status: object fault"]
        );
        assert!(failures(&[("default", FAULT)]).is_empty());
    }
}
