//! Bodies of plain REST calls.

use openapiv3::{Encoding as FormEncoding, Operation};

use super::Lowering;
use super::facts::{Facts, JsonType, Located};
use super::inputs::{Inputs, single_overload};
use super::media::{ChosenContent, Encoding, encoding as media_encoding, subtype_words};
use super::parameter::style_of;
use super::place::Place;
use crate::document::Pointer;
use crate::escape;
use crate::model::{Docs, Location, Method, Param, Presence, Style, Type};
use crate::trace::Reason;
use crate::words;

/// The presence of a required body.
const REQUIRED: Presence = Presence {
    required: true,
    nullable: false,
};

/// A kind of body of a call: its parameters, and remarks for the documentation.
pub(super) struct RestBody {
    /// The suffix of the name of the call; `None` for the preferred kind of body.
    pub(super) suffix: Option<String>,
    pub(super) inputs: Inputs,
    /// The media type, unless it is `application/json`.
    pub(super) sends: Option<String>,
    pub(super) remarks: Vec<String>,
}

impl RestBody {
    /// Returns the body of a call with one kind of body.
    pub(super) fn only(inputs: Inputs, remarks: Vec<String>) -> Self {
        Self {
            suffix: None,
            inputs,
            sends: None,
            remarks,
        }
    }
}

impl<'a> Lowering<'a> {
    /// Returns the bodies of a call, one for each kind that the document declares and each schema of JSON. The properties of an
    /// object become parameters; any other body is one argument. `request` returns the place of a request by its suffix.
    pub(super) fn rest_bodies(
        &self,
        operation: &'a Operation,
        wire: Method,
        pointer: &Pointer,
        request: &dyn Fn(Option<&str>) -> Place,
    ) -> Vec<RestBody> {
        let without = |remarks| vec![RestBody::only(single_overload(Vec::new()), remarks)];
        let Some(declared) = &operation.request_body else {
            return without(Vec::new());
        };
        if matches!(wire, Method::Get | Method::Head | Method::Trace) {
            let remark = format!(
                "The document declares a body for it, which {wire} does not have: it is left out."
            );
            self.report
                .leave_out(&pointer.key("requestBody"), Reason::NoBody);
            return without(vec![remark]);
        }
        let pointer = pointer.key("requestBody");
        let declared = self.request_body(declared, &pointer);
        let contents = declared.map(|declared| self.request_contents(&declared.content, &pointer));
        let contents = contents.unwrap_or_default();
        if contents.is_empty() {
            return without(Vec::new());
        }
        let contents = contents.iter().enumerate().map(|(index, chosen)| {
            let suffix = (index > 0).then(|| suffix(chosen));
            let mut remarks = Vec::new();
            let inputs =
                self.chosen_body(chosen, &pointer, &request(suffix.as_deref()), &mut remarks);
            let sends = match chosen.encoding {
                Encoding::Form => "application/x-www-form-urlencoded".to_owned(),
                Encoding::Multipart => "multipart/form-data".to_owned(),
                Encoding::Json | Encoding::Text | Encoding::Bytes => chosen.header(),
            };
            RestBody {
                suffix,
                inputs,
                sends: (sends != "application/json").then_some(sends),
                remarks,
            }
        });
        contents.collect()
    }

    fn chosen_body(
        &self,
        chosen: &ChosenContent<'a>,
        pointer: &Pointer,
        request: &Place,
        remarks: &mut Vec<String>,
    ) -> Inputs {
        match (chosen.encoding, &chosen.schema) {
            (Encoding::Json, Some(schema)) => self.json_inputs(schema, request),
            (Encoding::Json, None) => {
                whole(Type::Json, Location::WholeBody, Docs::default(), pointer)
            }
            (Encoding::Form, Some(schema)) => {
                remarks.push("It is sent as a urlencoded form: lists repeat their name, objects use brackets.".to_owned());
                self.note_named_only(&self.facts(schema));
                let mut inputs = self.spread(schema, request, |_| Location::Form);
                for param in inputs.all_mut() {
                    if let Some(encoding) = chosen.content.encoding.get(&param.name) {
                        param.location = form_location(encoding);
                    }
                }
                inputs
            }
            (Encoding::Multipart, Some(schema)) => {
                remarks.push(
                    "It is sent as a multipart form; a file is sent under the name of its field."
                        .to_owned(),
                );
                self.note_named_only(&self.facts(schema));
                self.multipart(chosen, schema, request)
            }
            (encoding, schema) => {
                let docs = schema.as_ref().map(|schema| self.docs(&self.facts(schema)));
                let docs = docs.unwrap_or_default();
                let media = escape::code(&chosen.header());
                remarks.push(match encoding {
                    Encoding::Bytes => format!(
                        "The body is sent as it is given, as {media} unless the [`Upload`](crate::request::Upload) has \
                         another media type."
                    ),
                    _ => format!("The body is sent as it is given, as {media}."),
                });
                match encoding {
                    Encoding::Text => whole(Type::String, Location::Text, docs, pointer),
                    _ => whole(Type::Bytes, Location::Bytes, docs, pointer),
                }
            }
        }
    }

    fn json_inputs(&self, schema: &Located<'a>, request: &Place) -> Inputs {
        let facts = self.facts(schema);
        let spreads =
            facts.is_object() && facts.alternatives.is_empty() && !facts.properties.is_empty();
        if !spreads {
            let ty = self.schema(schema, &request.property("body")).ty;
            return whole(ty, Location::WholeBody, self.docs(&facts), &facts.pointer);
        }
        let mut inputs = self.spread(schema, request, |_| Location::Body);
        inputs
            .options
            .extend(self.additional_param(&facts, request));
        inputs
    }

    /// Makes each property a parameter, except those that only the server sets.
    fn spread(
        &self,
        schema: &Located<'a>,
        request: &Place,
        location: impl Fn(&Facts<'a>) -> Location,
    ) -> Inputs {
        let mut facts = self.facts(schema);
        let mut branches = Vec::new();
        if !facts.alternatives.is_empty() {
            branches = self.alternatives(&facts).0;
            facts = self.merge_branches(&facts, &branches);
        }
        let mut params = Vec::new();
        for property in &facts.properties {
            let own = self.facts(&property.value);
            if self.sides(&property.value).is_read_only() {
                self.report
                    .leave_out(&property.value.pointer, Reason::ReadOnly);
                continue;
            }
            let mut field = self.field(&facts, property, request);
            if property.one_of_several {
                let all = branches.iter();
                let all = all.filter_map(|branch| branch.facts.property(property.name).cloned());
                field.only = self.only_value_of_all(&all.collect::<Vec<_>>());
            }
            params.push(super::inputs::param(field, location(&own)));
        }
        single_overload(params)
    }

    fn multipart(
        &self,
        chosen: &ChosenContent<'a>,
        schema: &Located<'a>,
        request: &Place,
    ) -> Inputs {
        let is_file = |facts: &Facts<'a>| {
            facts.json_type == Some(JsonType::String) && facts.format.as_deref() == Some("binary")
        };
        let mut inputs = self.spread(schema, request, |facts| {
            let items = facts.items.as_ref();
            if is_file(facts) {
                Location::File
            } else if items.is_some_and(|items| is_file(&self.facts(items))) {
                Location::Files
            } else {
                Location::Part
            }
        });
        for param in inputs.all_mut() {
            let encoding = chosen.content.encoding.get(&param.name);
            let media = encoding.and_then(|encoding| encoding.content_type.as_deref());
            param.media = media.and_then(concrete);
            // A part whose encoding is neither text nor JSON is a file.
            let named_file = param.ty == Type::String && media.is_some_and(names_file);
            if param.location == Location::File || named_file {
                param.location = Location::File;
                param.ty = Type::Bytes;
                param.presence.nullable = false;
            } else if param.location == Location::Files {
                param.ty = Type::Bytes.list();
                param.presence.nullable = false;
            }
        }
        inputs
    }
}

/// Returns the suffix of the name of a call with this content.
fn suffix(chosen: &ChosenContent<'_>) -> String {
    let plain = match chosen.encoding {
        // The preferred JSON has no suffix, so the media type tells this one from it.
        Encoding::Json => return words::snake(&subtype_words(chosen.media)),
        Encoding::Form => "form",
        Encoding::Multipart => "multipart",
        Encoding::Text => "text",
        Encoding::Bytes => "bytes",
    };
    plain.to_owned()
}

/// Returns the location of a form field with its own encoding.
fn form_location(encoding: &FormEncoding) -> Location {
    let is_json = |media: &str| media_encoding(media) == Encoding::Json;
    let media = encoding.content_type.as_deref();
    match (&encoding.style, encoding.explode) {
        (None, _) if media.is_some_and(is_json) => Location::StyledForm(Style::Json),
        (None, true) => Location::Form,
        (None, false) => Location::StyledForm(Style::Comma),
        (Some(style), explode) => Location::StyledForm(style_of(style, Some(explode))),
    }
}

/// Returns the first media type in a list, unless it has a wildcard.
fn concrete(media: &str) -> Option<String> {
    let first = media.split(',').next()?.trim();
    let is_visible = |byte: u8| (b'!'..=b'~').contains(&byte) || byte == b' ';
    let is_one = !first.is_empty() && !first.contains('*') && first.bytes().all(is_visible);
    is_one.then(|| first.to_owned())
}

fn names_file(media: &str) -> bool {
    let media = media.split(',').next().unwrap_or(media).trim();
    media == "*/*" || media_encoding(media) == Encoding::Bytes
}

fn whole(ty: Type, location: Location, docs: Docs, pointer: &Pointer) -> Inputs {
    single_overload(vec![Param {
        name: "body".to_owned(),
        location,
        ty,
        presence: REQUIRED,
        only: None,
        media: None,
        docs,
        pointer: pointer.to_string(),
    }])
}

#[cfg(test)]
mod tests {
    use super::super::tests::{model, only_call};
    use crate::model::{Api, Endpoint};

    /// A call that takes a body of this media type, with these properties.
    fn call(method: &str, media: &str, properties: &str) -> Api {
        let path = format!(
            "/things: {{ {method}: {{ operationId: send, requestBody: {{ content: {{ {media}: {{ schema: {{ type: object, properties: {{ {properties} }} }} }} }} }}, responses: {{ '204': {{ description: OK }} }} }} }}"
        );
        model(&path, "unused: { type: string }").unwrap()
    }

    /// The places of the parameters of a call.
    fn places(call: &Endpoint) -> Vec<String> {
        let params = call.params();
        params
            .map(|param| format!("{}: {:?}", param.name, param.location))
            .collect()
    }

    const FILE: &str = "{ type: string, format: binary }";

    #[test]
    fn the_parts_of_a_multipart_form_are_files_by_their_format() {
        let properties =
            format!("a: {FILE}, b: {{ type: array, items: {FILE} }}, c: {{ type: string }}");
        let api = call("post", "multipart/form-data", &properties);
        assert_eq!(places(only_call(&api)), ["a: File", "b: Files", "c: Part"]);
    }

    #[test]
    fn a_urlencoded_form_says_its_media_type() {
        let media = "application/x-www-form-urlencoded";
        let api = call("post", media, "a: { type: string }");
        assert_eq!(places(only_call(&api)), ["a: Form"]);
        assert_eq!(only_call(&api).sends.as_deref(), Some(media));
    }

    #[test]
    fn what_only_the_server_sets_is_no_parameter() {
        let properties = "id: { type: string, readOnly: true }, a: { type: string }";
        let api = call("post", "application/json", properties);
        assert_eq!(places(only_call(&api)), ["a: Body"]);
    }

    #[test]
    fn a_get_has_no_body_and_its_documentation_says_so() {
        let api = call("get", "application/json", "a: { type: string }");
        let call = only_call(&api);
        assert!(places(call).is_empty());
        assert!(call.remarks[0].contains("left out"), "{:?}", call.remarks);
    }
}
