//! Media types: chooses among those of the document, and decides how bodies are encoded.

use indexmap::IndexMap;
use openapiv3::MediaType;

use super::Lowering;
use super::facts::{Facts, JsonType, Located, SchemaRef};
use crate::document::Pointer;
use crate::trace::Reason;

/// The encoding of a body, in the order of preference: typed encodings come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Encoding {
    Json,
    Form,
    Multipart,
    Text,
    Bytes,
}

/// The media type of plain JSON.
pub(super) const JSON: &str = "application/json";

/// The content that was chosen among several.
pub(super) struct ChosenContent<'a> {
    /// The media type as the document writes it.
    pub(super) media: &'a str,
    pub(super) encoding: Encoding,
    pub(super) schema: Option<Located<'a>>,
    pub(super) content: &'a MediaType,
}

impl ChosenContent<'_> {
    /// Returns the media type for the header `Content-Type`, without wildcards.
    pub(super) fn header(&self) -> String {
        let fallback = match self.encoding {
            Encoding::Json => JSON,
            Encoding::Text => "text/plain",
            _ => "application/octet-stream",
        };
        let is_visible = |byte: u8| (b' '..=b'~').contains(&byte);
        let fits = self.media.trim().bytes().all(is_visible);
        if self.media.contains('*') || self.media.is_empty() || !fits {
            fallback.to_owned()
        } else {
            self.media.trim().to_owned()
        }
    }

    /// Returns the media type for the header `Accept`, with wildcards.
    fn accepted(&self) -> String {
        match self.media.contains('*') && self.encoding == Encoding::Bytes {
            true => self.media.trim().to_owned(),
            false => self.header(),
        }
    }
}

/// A body that a reply may have: contents with the same encoding.
pub(super) struct Offer<'a> {
    pub(super) encoding: Encoding,
    pub(super) schema: Option<Located<'a>>,
    /// The media types for the header `Accept`.
    pub(super) media: Vec<String>,
}

impl<'a> Lowering<'a> {
    /// Returns the content to use: JSON if there is any, otherwise the next encoding in the order of preference.
    pub(super) fn chosen(
        &self,
        content: &'a IndexMap<String, MediaType>,
        pointer: &Pointer,
    ) -> Option<ChosenContent<'a>> {
        let mut best: Option<ChosenContent<'a>> = None;
        let pointer = pointer.key("content");
        for (media, content) in content {
            let chosen = self.content(media, content, &pointer.key(media));
            if best
                .as_ref()
                .is_none_or(|best| chosen.encoding < best.encoding)
            {
                best = Some(chosen);
            }
        }
        let best = best?;
        for media in content.keys().filter(|media| *media != best.media) {
            self.report
                .leave_out(&pointer.key(media), Reason::OtherMedia);
        }
        if matches!(best.encoding, Encoding::Text | Encoding::Bytes) {
            self.report.leave_out(&pointer.key(best.media), Reason::Raw);
        }
        Some(best)
    }

    /// Returns the bodies that a reply may have, the typed one first. A content with the same data in another format is left out.
    pub(super) fn offers(
        &self,
        content: &'a IndexMap<String, MediaType>,
        pointer: &Pointer,
    ) -> Vec<Offer<'a>> {
        let pointer = pointer.key("content");
        let mut contents: Vec<ChosenContent<'a>> = content
            .iter()
            .map(|(media, content)| self.content(media, content, &pointer.key(media)))
            .collect();
        contents.sort_by_key(|content| content.encoding);
        // Event streams are read while they arrive; other bodies are read at once.
        let ends = |content: &ChosenContent<'a>| !is_event_stream(content.media);
        if contents.iter().any(ends) {
            contents.retain(ends);
        }
        let json = contents
            .first()
            .filter(|first| first.encoding == Encoding::Json)
            .map(|first| (first.media, first.schema.clone()));
        let mut offers: Vec<Offer<'a>> = Vec::new();
        for content in contents {
            let is_own = match (&json, content.encoding) {
                (Some((media, _)), _) if content.media == *media => true,
                (Some(_), Encoding::Json) => is_other_json(&content, &offers),
                (Some((_, schema)), _) => self.is_own(&content, schema),
                (None, _) => true,
            };
            if !is_own {
                self.report
                    .leave_out(&pointer.key(content.media), Reason::OtherMedia);
                continue;
            }
            let encoding = match content.encoding {
                kept @ (Encoding::Json | Encoding::Text) => kept,
                _ => Encoding::Bytes,
            };
            if encoding != Encoding::Json && !is_event_stream(content.media) {
                self.report
                    .leave_out(&pointer.key(content.media), Reason::Raw);
            }
            let media = content.accepted();
            // This JSON has another schema than the contents before.
            let mut known = offers.iter_mut();
            let known = known.find(|offer| offer.encoding == encoding);
            match known.filter(|_| encoding != Encoding::Json) {
                Some(offer) => offer.media.push(media),
                None => offers.push(Offer {
                    encoding,
                    schema: content.schema,
                    media: vec![media],
                }),
            }
        }
        offers
    }

    /// Returns true if a content is another body than the JSON, not the same value in another format.
    pub(super) fn is_own(&self, content: &ChosenContent<'a>, json: &Option<Located<'a>>) -> bool {
        let facts = content.schema.as_ref().map(|schema| self.facts(schema));
        let is_text = facts.as_ref().is_some_and(says_text);
        let json_is_text = json
            .as_ref()
            .is_some_and(|json| says_text(&self.facts(json)));
        match content.encoding {
            Encoding::Json => false,
            Encoding::Text => match facts {
                Some(_) => is_text,
                None => json.is_some() && essence(content.media).starts_with("text/"),
            },
            _ => match facts {
                Some(facts) => says_bytes(&facts) || is_text && !json_is_text,
                None => json.is_some(),
            },
        }
    }

    pub(super) fn content(
        &self,
        media: &'a str,
        content: &'a MediaType,
        pointer: &Pointer,
    ) -> ChosenContent<'a> {
        let schema = content
            .schema
            .as_ref()
            .map(|schema| Located::new(schema, pointer.key("schema")));
        let facts = schema.as_ref().map(|schema| self.facts(schema));
        let is = |of: fn(&Facts<'_>) -> bool| facts.as_ref().is_some_and(of);
        let encoding = match encoding(media) {
            Encoding::Json | Encoding::Text if is(says_bytes) => Encoding::Bytes,
            // For `*/*` a string is sent as text, not as JSON with quotation marks.
            Encoding::Json if media.contains('*') && (is(says_text) || !is(says_a_type)) => {
                Encoding::Bytes
            }
            other => other,
        };
        ChosenContent {
            media,
            encoding,
            schema,
            content,
        }
    }
}

/// Returns true if JSON of another media type has another schema, and replies can be recognised by that media type.
fn is_other_json(content: &ChosenContent<'_>, offers: &[Offer<'_>]) -> bool {
    let media = essence(&content.accepted());
    let is_new = |offer: &Offer<'_>| {
        !same_schema(offer.schema.as_ref(), content.schema.as_ref())
            && offer.media.iter().all(|known| essence(known) != media)
    };
    content.schema.is_some() && offers.iter().all(is_new)
}

fn says_bytes(facts: &Facts<'_>) -> bool {
    facts.format.as_deref() == Some("binary")
}

/// Returns true if a body of this media type is a stream of server-sent events.
pub(super) fn is_event_stream(media: &str) -> bool {
    essence(media) == "text/event-stream"
}

/// Returns true if the schema has a type.
fn says_a_type(facts: &Facts<'_>) -> bool {
    facts.json_type.is_some() || !facts.properties.is_empty() || !facts.alternatives.is_empty()
}

pub(super) fn says_text(facts: &Facts<'_>) -> bool {
    facts.json_type == Some(JsonType::String)
}

/// Returns the words in the subtype of a JSON media type.
pub(super) fn subtype_words(media: &str) -> String {
    let essence = essence(media);
    let (_, subtype) = essence.split_once('/').unwrap_or(("", &essence));
    let words = subtype.split(|c: char| !c.is_alphanumeric());
    words.collect::<Vec<_>>().join(" ")
}

/// Returns a media type without its parameters, in lower case.
pub(super) fn essence(media: &str) -> String {
    let media = media.split(';').next().unwrap_or(media).trim();
    media.to_ascii_lowercase()
}

/// Returns the encoding of a media type.
pub(super) fn encoding(media: &str) -> Encoding {
    match essence(media).as_str() {
        "application/json" | "text/json" | "*/*" | "application/*" => Encoding::Json,
        "application/x-www-form-urlencoded" => Encoding::Form,
        "multipart/form-data" => Encoding::Multipart,
        "application/xml"
        | "application/yaml"
        | "application/x-yaml"
        | "application/x-ndjson"
        | "application/jsonl"
        | "application/javascript"
        | "application/graphql" => Encoding::Text,
        other if other.ends_with("+json") => Encoding::Json,
        other if other.starts_with("text/") || other.ends_with("+xml") => Encoding::Text,
        _ => Encoding::Bytes,
    }
}

/// Returns true if two places have the same schema, or neither has any.
pub(super) fn same_schema(one: Option<&Located<'_>>, other: Option<&Located<'_>>) -> bool {
    let (one, other) = match (one, other) {
        (Some(one), Some(other)) => (one, other),
        (one, other) => return one.is_none() && other.is_none(),
    };
    match (one.schema, other.schema) {
        (SchemaRef::Reference(one), SchemaRef::Reference(other)) => one == other,
        (SchemaRef::Inline(one), SchemaRef::Inline(other)) => one == other,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{model, only_call};
    use super::{Encoding, encoding};
    use crate::model::{Location, Reply};

    const THING: &str = "thing: { type: object, properties: { a: { type: string } } }";
    const JSON: &str = "application/json: { schema: { $ref: '#/components/schemas/thing' } }";

    /// How the reply of these contents is read, and what asks for it.
    fn reply(contents: &[&str]) -> (Reply, Option<String>) {
        let path = format!(
            "/things: {{ get: {{ responses: {{ '200': {{ description: OK, content: {{ {} }} }} }} }} }}",
            contents.join(", ")
        );
        let api = model(&path, THING).unwrap();
        let call = only_call(&api);
        (call.output.reply.clone(), call.accepts.clone())
    }

    /// The ways to make a call that takes a body of these contents: for each, where its first argument goes.
    fn ways(contents: &[&str]) -> Vec<Option<Location>> {
        let path = format!(
            "/things: {{ post: {{ requestBody: {{ required: true, content: {{ {} }} }}, responses: {{ '204': {{ description: OK }} }} }} }}",
            contents.join(", ")
        );
        let api = model(&path, THING).unwrap();
        let calls = api.endpoints().into_iter();
        calls
            .map(|(_, call)| call.params().next().map(|param| param.location))
            .collect()
    }

    #[test]
    fn the_encoding_follows_from_the_media_type() {
        for (media, expected) in [
            ("application/json; charset=utf-8", Encoding::Json),
            ("application/vnd.api+JSON", Encoding::Json),
            ("*/*", Encoding::Json),
            ("application/x-www-form-urlencoded", Encoding::Form),
            ("multipart/form-data", Encoding::Multipart),
            ("text/csv", Encoding::Text),
            ("application/atom+xml", Encoding::Text),
            ("image/png", Encoding::Bytes),
            ("", Encoding::Bytes),
        ] {
            assert_eq!(encoding(media), expected, "{media}");
        }
    }

    #[test]
    fn what_says_the_same_as_json_in_another_format_is_left_out() {
        let xml = "application/xml: { schema: { $ref: '#/components/schemas/thing' } }";
        assert_eq!(reply(&[xml, JSON]), (Reply::Body, None));
        assert_eq!(ways(&[xml, JSON]), [Some(Location::Body)]);
    }

    #[test]
    fn a_text_or_a_file_beside_json_is_a_reply_of_its_own() {
        let text = "text/csv: { schema: { type: string } }";
        assert_eq!(reply(&[JSON, text]).0, Reply::Told);
        let file = "application/pdf: { schema: { type: string, format: binary } }";
        assert_eq!(reply(&[JSON, file]).0, Reply::Told);
        assert_eq!(reply(&[file]).0, Reply::Bytes);
    }

    #[test]
    fn a_form_beside_json_is_a_way_of_its_own_only_with_another_schema() {
        let form = |schema: &str| format!("multipart/form-data: {{ schema: {schema} }}");
        let same = form("{ $ref: '#/components/schemas/thing' }");
        assert_eq!(ways(&[JSON, &same]).len(), 1);
        let other = form("{ type: object, properties: { b: { type: string } } }");
        assert_eq!(
            ways(&[JSON, &other]),
            [Some(Location::Body), Some(Location::Part)]
        );
    }
}
