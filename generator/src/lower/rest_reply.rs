//! Replies of plain REST calls. Status and media type select one of the replies that the document declares.

use openapiv3::{Operation, ReferenceOr, Response};

use super::Lowering;
use super::facts::{Located, SchemaRef};
use super::media::{Encoding, Offer, essence, same_schema, says_text, subtype_words};
use super::operation::Payload;
use super::place::Place;
use super::status::{self, redirects, succeeds};
use crate::document::Pointer;
use crate::model::{Docs, Kind, Method, Reply, ReplyBranch, Status, Type, Union};
use crate::trace::Reason;

/// A successful reply, with or without a body.
struct Case<'a> {
    status: Status,
    /// The description of the reply.
    description: &'a str,
    content: Option<Offer<'a>>,
}

impl Case<'_> {
    fn encoding(&self) -> Option<Encoding> {
        self.content.as_ref().map(|content| content.encoding)
    }
}

impl<'a> Lowering<'a> {
    /// Returns the output of a call from its successful replies. `place` is the place of a type for the whole reply.
    pub(super) fn rest_output(
        &self,
        operation: &'a Operation,
        wire: Method,
        pointer: &Pointer,
        place: &Place,
    ) -> Payload {
        if wire == Method::Head {
            self.report
                .leave_out(&pointer.key("responses"), Reason::NoBody);
            return Payload::default();
        }
        if gives_location(operation) {
            self.note_bodies_of_redirects(operation, pointer);
            return Payload::of(Reply::Location, Some(Type::String));
        }
        let cases = self.cases(operation, pointer);
        let accepts = accepts(&cases);
        let mut payload = self.payload_of(cases, pointer, place);
        payload.accepts = accepts;
        payload
    }

    fn note_bodies_of_redirects(&self, operation: &'a Operation, pointer: &Pointer) {
        let replies = operation.responses.responses.iter();
        for (code, response) in replies.filter(|(code, _)| redirects(code)) {
            let pointer = pointer.key("responses").key(&code.to_string());
            let response = self.response(response, &pointer);
            if response.is_some_and(|response| !response.content.is_empty()) {
                self.report
                    .leave_out(&pointer.key("content"), Reason::Redirect);
            }
        }
    }

    fn payload_of(&self, cases: Vec<Case<'a>>, pointer: &Pointer, place: &Place) -> Payload {
        let has = |encoding| cases.iter().any(|case| case.encoding() == Some(encoding));
        let (json, text, bytes) = (
            has(Encoding::Json),
            has(Encoding::Text),
            has(Encoding::Bytes),
        );
        match (json, text, bytes) {
            (false, false, false) => Payload::default(),
            (false, true, false) => Payload::of(Reply::Text, Some(Type::String)),
            (false, _, true) => Payload::of(Reply::Bytes, Some(Type::Bytes)),
            (true, false, false) => self.json_payload(cases, pointer, place),
            (true, true, false) if self.all_are_text(&cases) => {
                Payload::of(Reply::TextOrJson, Some(Type::String))
            }
            (true, _, _) => self.one_of(cases, pointer, place),
        }
    }

    fn all_are_text(&self, cases: &[Case<'a>]) -> bool {
        let mut contents = cases.iter().filter_map(|case| case.content.as_ref());
        contents.all(|content| {
            let schema = content.schema.as_ref();
            content.encoding == Encoding::Text
                || schema.is_some_and(|schema| {
                    let facts = self.facts(schema);
                    says_text(&facts) && facts.values.is_empty() && !facts.nullable
                })
        })
    }

    /// Returns the payload of JSON replies: one type if all have the same schema.
    fn json_payload(&self, cases: Vec<Case<'a>>, pointer: &Pointer, place: &Place) -> Payload {
        let mut distinct: Vec<Option<&Located<'a>>> = Vec::new();
        for content in cases.iter().filter_map(|case| case.content.as_ref()) {
            let schema = content.schema.as_ref();
            if !distinct.iter().any(|known| same_schema(*known, schema)) {
                distinct.push(schema);
            }
        }
        let [only] = distinct.as_slice() else {
            return self.one_of(cases, pointer, place);
        };
        self.note_repetitions(&cases);
        let ty = match only {
            Some(schema) => self.schema(schema, place).whole(),
            None => Type::Json,
        };
        let some_empty = cases.iter().any(|case| case.content.is_none());
        let ty = match ty {
            ty @ (Type::Json | Type::Nullable(_)) => ty,
            ty if some_empty => Type::Nullable(Box::new(ty)),
            ty => ty,
        };
        Payload::of(Reply::Body, Some(ty))
    }

    /// Notes that every inline schema after the first repeats the first one.
    fn note_repetitions(&self, cases: &[Case<'a>]) {
        let schemas = cases
            .iter()
            .filter_map(|case| case.content.as_ref()?.schema.as_ref());
        for repeated in schemas.skip(1) {
            if let SchemaRef::Inline(_) = repeated.schema {
                self.report.leave_out(&repeated.pointer, Reason::SameReply);
            }
        }
    }

    /// Returns an enum of the replies.
    fn one_of(&self, cases: Vec<Case<'a>>, pointer: &Pointer, place: &Place) -> Payload {
        let by_status = cases.iter().any(|case| case.status != cases[0].status);
        let mut branches: Vec<ReplyBranch> = Vec::new();
        let is_alone = |case: &Case<'a>| {
            let same = |other: &&Case<'a>| other.status == case.status;
            cases.iter().filter(same).count() == 1
        };
        let names: Vec<String> = cases
            .iter()
            .map(|case| {
                let status = status::words(case.status);
                match (by_status, kind_words(case, &cases)) {
                    (true, _) if is_alone(case) => status,
                    (true, kind) => format!("{status} {kind}"),
                    (false, kind) => kind,
                }
            })
            .collect();
        for (case, name) in cases.into_iter().zip(names) {
            branches.push(self.branch(case, name, place));
        }
        self.report.decide(
            pointer,
            "the replies of success differ, so status and media type choose among them",
        );
        let docs = Docs {
            description: Some("One of the replies that the call may give.".to_owned()),
            ..Docs::default()
        };
        let id = self.reserve(place, &pointer.key("responses"), docs);
        self.types.set_composed(id, true);
        let ty = self.types.define(id, Kind::Union(Union::Replies(branches)));
        Payload::of(Reply::Told, Some(ty))
    }

    fn branch(&self, case: Case<'a>, name: String, place: &Place) -> ReplyBranch {
        let (reply, payload) = match (case.encoding(), &case.content) {
            (Some(Encoding::Json), Some(content)) => {
                let place = place.reply(&name);
                let schema = content.schema.as_ref();
                let ty = schema.map_or(Type::Json, |schema| self.schema(schema, &place).whole());
                (Reply::Body, Some(ty))
            }
            (Some(Encoding::Text), _) => (Reply::Text, Some(Type::String)),
            (Some(_), _) => (Reply::Bytes, Some(Type::Bytes)),
            (None, _) => (Reply::Empty, None),
        };
        let described = Some(case.description.trim()).filter(|text| !text.is_empty());
        ReplyBranch {
            name,
            status: case.status,
            media: case
                .content
                .map(|content| content.media)
                .unwrap_or_default(),
            reply,
            payload,
            docs: Docs {
                description: described.map(str::to_owned),
                ..Docs::default()
            },
        }
    }

    /// Returns the successful replies, by status. If the document lists none, `default` is used.
    fn cases(&self, operation: &'a Operation, pointer: &Pointer) -> Vec<Case<'a>> {
        let pointer = pointer.key("responses");
        let listed = operation.responses.responses.iter();
        let mut successes: Vec<(Status, String, &'a ReferenceOr<Response>)> = listed
            .filter(|(code, _)| succeeds(code))
            .map(|(code, response)| (status::status(code), code.to_string(), response))
            .collect();
        if successes.is_empty() {
            let default = operation.responses.default.as_ref();
            let default = default.map(|reply| (Status::Default, "default".to_owned(), reply));
            successes.extend(default);
        }
        let mut cases: Vec<Case<'a>> = Vec::new();
        for (status, key, response) in successes {
            let pointer = pointer.key(&key);
            let Some(response) = self.response(response, &pointer) else {
                continue;
            };
            let case = |content| Case {
                status,
                description: &response.description,
                content,
            };
            let contents = self.offers(&response.content, &pointer);
            match contents.is_empty() {
                true => cases.push(case(None)),
                false => cases.extend(contents.into_iter().map(|content| case(Some(content)))),
            }
        }
        cases
    }
}

/// Returns true if a redirect is the only successful reply.
pub(super) fn gives_location(operation: &Operation) -> bool {
    let codes = || operation.responses.responses.keys();
    !codes().any(succeeds) && codes().any(redirects)
}

/// Returns the media types for the header `Accept`, the typed ones first; `None` for JSON alone.
fn accepts(cases: &[Case<'_>]) -> Option<String> {
    let contents = cases.iter().filter_map(|case| case.content.as_ref());
    let mut contents: Vec<&Offer<'_>> = contents.collect();
    contents.sort_by_key(|content| content.encoding != Encoding::Json);
    let mut listed: Vec<&str> = Vec::new();
    for media in contents.into_iter().flat_map(|content| &content.media) {
        if !listed.contains(&media.as_str()) {
            listed.push(media);
        }
    }
    (!listed.is_empty() && listed != ["application/json"]).then(|| listed.join(", "))
}

/// Returns the words that distinguish a reply from others with the same status.
fn kind_words(case: &Case<'_>, cases: &[Case<'_>]) -> String {
    let word = match &case.content {
        Some(content) if content.encoding == Encoding::Json => {
            return json_words(content, case.status, cases);
        }
        Some(content) if content.encoding == Encoding::Text => "text",
        Some(_) => "bytes",
        None => "empty",
    };
    word.to_owned()
}

/// Returns the name of a JSON reply: `json` for `application/json`, or for the first one if no reply of the status has that media
/// type; others are named by their media types. So a new media type renames none.
fn json_words(content: &Offer<'_>, status: Status, cases: &[Case<'_>]) -> String {
    let same = cases.iter().filter(|case| case.status == status);
    let mut json = same
        .filter_map(|case| case.content.as_ref())
        .filter(|offer| offer.encoding == Encoding::Json)
        .map(|offer| offer.media[0].as_str());
    let first = json.clone().next();
    let plain = json.find(|media| essence(media) == "application/json");
    match plain.or(first) == Some(content.media[0].as_str()) {
        true => "json".to_owned(),
        false => subtype_words(&content.media[0]),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{model, only_call, shape};
    use crate::model::{Api, Kind, Reply, Type, Union};

    fn call(replies: &str) -> Api {
        let path =
            format!("/things: {{ get: {{ operationId: get, responses: {{ {replies} }} }} }}");
        let thing = "thing: { type: object, properties: { a: { type: string } } }";
        model(&path, thing).unwrap()
    }

    fn reply(status: u16, content: &str) -> String {
        format!("'{status}': {{ description: OK, content: {{ {content} }} }}")
    }

    const THING: &str = "application/json: { schema: { $ref: '#/components/schemas/thing' } }";
    const TEXT: &str = "application/json: { schema: { type: string } }";

    #[test]
    fn replies_of_one_schema_are_one_type_and_one_without_a_body_is_null() {
        let gives = |replies: [String; 2]| {
            let api = call(&replies.join(", "));
            shape(&api, only_call(&api).output.ty.as_ref().unwrap())
        };
        assert_eq!(
            gives([reply(200, THING), reply(201, THING)]),
            "object thing"
        );
        assert_eq!(
            gives([reply(200, THING), reply(204, "")]),
            "object thing or null"
        );
    }

    /// The names of the replies that a call may give.
    fn names(replies: &[String]) -> Vec<String> {
        let api = call(&replies.join(", "));
        let Some(Type::Named(id)) = only_call(&api).output.ty else {
            panic!("the call gives no type with a name");
        };
        match &api.type_def(id).kind {
            Kind::Union(Union::Replies(replies)) => {
                replies.iter().map(|reply| reply.name.clone()).collect()
            }
            other => panic!("no replies: {other:?}"),
        }
    }

    #[test]
    fn replies_are_called_by_their_status_or_else_by_what_they_are() {
        assert_eq!(
            names(&[reply(200, THING), reply(201, TEXT)]),
            ["ok", "created"]
        );
        let text = "text/plain: { schema: { type: string } }";
        assert_eq!(
            names(&[reply(200, &[THING, text].join(", "))]),
            ["json", "text"]
        );
    }

    #[test]
    fn a_redirect_gives_its_location_where_it_is_the_only_success() {
        let given = |replies: &[String]| {
            let api = call(&replies.join(", "));
            only_call(&api).output.reply.clone()
        };
        assert_eq!(given(&[reply(302, "")]), Reply::Location);
        assert_eq!(given(&[reply(200, THING), reply(302, "")]), Reply::Body);
    }
}
