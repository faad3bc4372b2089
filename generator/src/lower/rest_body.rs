//! Bodies of plain REST calls.

use openapiv3::{Encoding as FormEncoding, Operation};

use super::Lowering;
use super::facts::{Facts, JsonType, Located};
use super::inputs::{Inputs, one_way};
use super::media::{ChosenContent, Encoding, encoding as media_encoding, subtype_words};
use super::parameter::style_of;
use super::place::Place;
use crate::document::Pointer;
use crate::escape;
use crate::model::{Docs, Location, Method, Param, Presence, Style, Type};
use crate::trace::Reason;
use crate::words;

/// A body that must be given.
const GIVEN: Presence = Presence {
    required: true,
    nullable: false,
};

/// A way to send a call: the parameters of its body, and what is to be said of it.
pub(super) struct RestBody {
    /// What follows the name of the call; nothing on the plain way.
    pub(super) suffix: Option<String>,
    pub(super) inputs: Inputs,
    /// The media type, where it is not JSON's own.
    pub(super) sends: Option<String>,
    pub(super) remarks: Vec<String>,
}

impl RestBody {
    /// A call that is sent in one way.
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
    /// The ways in which a call can be sent, one for each kind of body that the document declares and each schema of JSON. An
    /// object spreads into parameters; anything else is one argument. `request`: the place of a request, by its suffix.
    pub(super) fn rest_bodies(
        &self,
        operation: &'a Operation,
        wire: Method,
        pointer: &Pointer,
        request: &dyn Fn(Option<&str>) -> Place,
    ) -> Vec<RestBody> {
        let without = |remarks| vec![RestBody::only(one_way(Vec::new()), remarks)];
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
        let ways = declared.map(|declared| self.ways(&declared.content, &pointer));
        let ways = ways.unwrap_or_default();
        if ways.is_empty() {
            return without(Vec::new());
        }
        let ways = ways.iter().enumerate().map(|(index, chosen)| {
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
        ways.collect()
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
        one_way(params)
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
            // An encoding that is no text and no JSON says that the part is a file.
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

/// What follows the name of a call whose body is sent so.
fn suffix(chosen: &ChosenContent<'_>) -> String {
    let plain = match chosen.encoding {
        // Another one than that without a suffix: its media type says which.
        Encoding::Json => return words::snake(&subtype_words(chosen.media)),
        Encoding::Form => "form",
        Encoding::Multipart => "multipart",
        Encoding::Text => "text",
        Encoding::Bytes => "bytes",
    };
    plain.to_owned()
}

/// Where a field of a form stands that has an encoding of its own.
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

/// The first media type that is listed, unless it stands for several.
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
    one_way(vec![Param {
        name: "body".to_owned(),
        location,
        ty,
        presence: GIVEN,
        only: None,
        media: None,
        docs,
        pointer: pointer.to_string(),
    }])
}
