//! Media types: which of those that the document offers is used, and how.

use indexmap::IndexMap;
use openapiv3::MediaType;

use super::Lowering;
use super::facts::{Facts, JsonType, Located, SchemaRef};
use crate::document::Pointer;
use crate::trace::Reason;

/// How a body is encoded. In the order of preference: what is typed comes first.
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

/// The content that is used of several.
pub(super) struct ChosenContent<'a> {
    /// As the document spells it.
    pub(super) media: &'a str,
    pub(super) encoding: Encoding,
    pub(super) schema: Option<Located<'a>>,
    pub(super) content: &'a MediaType,
}

impl ChosenContent<'_> {
    /// The media type for a header: without wildcards.
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

    /// The media type as a header names it that asks for this content, wildcards included.
    fn accepted(&self) -> String {
        match self.media.contains('*') && self.encoding == Encoding::Bytes {
            true => self.media.trim().to_owned(),
            false => self.header(),
        }
    }
}

/// One of the bodies that a reply may have: contents that are read in one way.
pub(super) struct Offer<'a> {
    pub(super) encoding: Encoding,
    pub(super) schema: Option<Located<'a>>,
    /// The media types, as headers spell them.
    pub(super) media: Vec<String>,
}

impl<'a> Lowering<'a> {
    /// The content to use: JSON where there is any, otherwise what comes closest to it.
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

    /// The bodies that a reply may have, the typed one first. What only says the same in another format is left out.
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
        // What goes on is read as a stream; what ends is read at once.
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
            // What is JSON here is of another schema than those before.
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

    /// Returns true if a content beside JSON is a body of its own, and not the same value in another format.
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
            // Nobody who may send anything puts a text into quotes.
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

/// Returns true if JSON of a further media type holds something else, and its media type tells so.
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

/// Returns true if anything is said of the value.
fn says_a_type(facts: &Facts<'_>) -> bool {
    facts.json_type.is_some() || !facts.properties.is_empty() || !facts.alternatives.is_empty()
}

pub(super) fn says_text(facts: &Facts<'_>) -> bool {
    facts.json_type == Some(JsonType::String)
}

/// The words of a media type of JSON: those of its subtype.
pub(super) fn subtype_words(media: &str) -> String {
    let essence = essence(media);
    let (_, subtype) = essence.split_once('/').unwrap_or(("", &essence));
    let words = subtype.split(|c: char| !c.is_alphanumeric());
    words.collect::<Vec<_>>().join(" ")
}

/// A media type without its parameters, in lower case.
pub(super) fn essence(media: &str) -> String {
    let media = media.split(';').next().unwrap_or(media).trim();
    media.to_ascii_lowercase()
}

/// How a body of a media type is encoded.
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
    use super::{Encoding, encoding};

    #[test]
    fn media_types_are_known_by_their_names() {
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
}
