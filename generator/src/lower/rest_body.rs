//! What a caller gives as the body of a plain REST call.

use openapiv3::Operation;

use super::Lowering;
use super::facts::{Facts, JsonType, Located};
use super::inputs::{Inputs, one_way};
use super::media::{Chosen, Encoding};
use super::place::Place;
use crate::document::Pointer;
use crate::escape;
use crate::model::{Docs, Location, Method, Param, Presence, Type};
use crate::trace::Reason;

/// A body that must be given.
const GIVEN: Presence = Presence {
    required: true,
    nullable: false,
};

/// The parameters of a body, its media type where that is not JSON's own, and what is to be said of it.
pub(super) struct RestBody {
    pub(super) inputs: Inputs,
    pub(super) sends: Option<String>,
    pub(super) remarks: Vec<String>,
}

impl<'a> Lowering<'a> {
    /// An object spreads into parameters; anything else is one argument.
    pub(super) fn rest_body(
        &self,
        operation: &'a Operation,
        wire: Method,
        pointer: &Pointer,
        request: &Place,
    ) -> RestBody {
        let mut body = RestBody {
            inputs: one_way(Vec::new()),
            sends: None,
            remarks: Vec::new(),
        };
        let Some(declared) = &operation.request_body else {
            return body;
        };
        if matches!(wire, Method::Get | Method::Head | Method::Trace) {
            let remark = format!(
                "The document declares a body for it, which {wire} does not have: it is left out."
            );
            body.remarks.push(remark);
            self.leave_out(&pointer.key("requestBody"), Reason::NoBody);
            return body;
        }
        let pointer = pointer.key("requestBody");
        let Some(chosen) = self
            .request_body(declared, &pointer)
            .and_then(|declared| self.chosen(&declared.content, &pointer))
        else {
            return body;
        };
        let media = chosen.header();
        body.inputs = self.chosen_body(&chosen, &pointer, request, &mut body.remarks);
        body.sends = match chosen.encoding {
            Encoding::Form | Encoding::Multipart => None,
            Encoding::Json | Encoding::Text | Encoding::Bytes => Some(media),
        };
        body.sends = body.sends.filter(|media| media != "application/json");
        body
    }

    fn chosen_body(
        &self,
        chosen: &Chosen<'a>,
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
                self.spread(schema, request, |_| Location::Form)
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
                remarks.push(format!(
                    "The body is sent as it is given, as {}.",
                    escape::code(&chosen.header())
                ));
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

    /// Each property a parameter. What only the server sets is none.
    fn spread(
        &self,
        schema: &Located<'a>,
        request: &Place,
        location: impl Fn(&Facts<'a>) -> Location,
    ) -> Inputs {
        let mut facts = self.facts(schema);
        if !facts.alternatives.is_empty() {
            let (branches, _) = self.alternatives(&facts);
            facts = self.merge_branches(&facts, &branches);
        }
        let mut params = Vec::new();
        for property in &facts.properties {
            let own = self.facts(&property.value);
            if self.sides(&property.value).is_read_only() {
                self.leave_out(&property.value.pointer, Reason::ReadOnly);
                continue;
            }
            let field = self.field(&facts, property, request);
            params.push(super::inputs::param(field, location(&own)));
        }
        one_way(params)
    }

    fn multipart(&self, chosen: &Chosen<'a>, schema: &Located<'a>, request: &Place) -> Inputs {
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
        let overloads = inputs
            .overloads
            .iter_mut()
            .flat_map(|overload| &mut overload.required);
        for param in overloads.chain(&mut inputs.options) {
            // An encoding that is no text and no JSON says that the part is a file.
            let encoding = chosen.content.encoding.get(&param.name);
            let media = encoding.and_then(|encoding| encoding.content_type.as_deref());
            let named_file = media.is_some_and(|media| {
                media.starts_with("image/") || media == "application/octet-stream"
            });
            if param.location == Location::File || (named_file && param.ty == Type::String) {
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

fn whole(ty: Type, location: Location, docs: Docs, pointer: &Pointer) -> Inputs {
    one_way(vec![Param {
        name: "body".to_owned(),
        location,
        ty,
        presence: GIVEN,
        docs,
        pointer: pointer.to_string(),
    }])
}
