//! Media types: which of those that the document offers is used, and how.

use indexmap::IndexMap;
use openapiv3::MediaType;

use super::Lowering;
use super::facts::{Facts, JsonType, Located};
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

/// The content that is used of several.
pub(super) struct Chosen<'a> {
    /// As the document spells it.
    pub(super) media: &'a str,
    pub(super) encoding: Encoding,
    pub(super) schema: Option<Located<'a>>,
    pub(super) content: &'a MediaType,
}

impl Chosen<'_> {
    /// The media type for a header: without wildcards.
    pub(super) fn header(&self) -> String {
        let fallback = match self.encoding {
            Encoding::Json => "application/json",
            Encoding::Text => "text/plain",
            _ => "application/octet-stream",
        };
        if self.media.contains('*') || self.media.is_empty() || !self.media.is_ascii() {
            fallback.to_owned()
        } else {
            self.media.trim().to_owned()
        }
    }
}

impl<'a> Lowering<'a> {
    /// The content to use: JSON where there is any, otherwise what comes closest to it.
    pub(super) fn chosen(
        &self,
        content: &'a IndexMap<String, MediaType>,
        pointer: &Pointer,
    ) -> Option<Chosen<'a>> {
        let mut best: Option<Chosen<'a>> = None;
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
            self.leave_out(&pointer.key(media), Reason::OtherMedia);
        }
        if matches!(best.encoding, Encoding::Text | Encoding::Bytes) {
            self.leave_out(&pointer.key(best.media), Reason::Raw);
        }
        Some(best)
    }

    fn content(&self, media: &'a str, content: &'a MediaType, pointer: &Pointer) -> Chosen<'a> {
        let schema = content
            .schema
            .as_ref()
            .map(|schema| Located::new(schema, pointer.key("schema")));
        let facts = schema.as_ref().map(|schema| self.facts(schema));
        let is = |of: fn(&Facts<'_>) -> bool| facts.as_ref().is_some_and(of);
        let encoding = match encoding(media) {
            Encoding::Json | Encoding::Text if is(says_bytes) => Encoding::Bytes,
            // Nobody who may send anything puts a text into quotes.
            Encoding::Json if media.contains('*') && is(says_text) => Encoding::Text,
            other => other,
        };
        Chosen {
            media,
            encoding,
            schema,
            content,
        }
    }
}

fn says_bytes(facts: &Facts<'_>) -> bool {
    facts.format.as_deref() == Some("binary")
}

fn says_text(facts: &Facts<'_>) -> bool {
    facts.json_type == Some(JsonType::String)
}

fn encoding(media: &str) -> Encoding {
    let media = media.split(';').next().unwrap_or(media).trim();
    let media = media.to_ascii_lowercase();
    match media.as_str() {
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
