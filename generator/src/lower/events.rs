//! Replies that are a stream of server-sent events.

use openapiv3::Operation;

use super::Lowering;
use super::facts::JsonType;
use super::facts::Located;
use super::media::{is_event_stream, says_text};
use super::place::Place;
use super::status::succeeds;
use crate::document::Pointer;
use crate::model::{Method, Type};

impl<'a> Lowering<'a> {
    /// Returns the type of an event's data, if the reply can be a stream of events.
    pub(super) fn events(
        &self,
        (operation, wire): (&'a Operation, Method),
        pointer: &Pointer,
        place: &Place,
    ) -> Option<Type> {
        if wire == Method::Head || self.dialect.has_envelope() {
            return None;
        }
        let pointer = pointer.key("responses");
        let mut successes = operation.responses.responses.iter();
        successes.find_map(|(code, response)| {
            let pointer = pointer.key(&code.to_string());
            let response = self
                .response(response, &pointer)
                .filter(|_| succeeds(code))?;
            let mut contents = response.content.iter();
            let (media, content) = contents.find(|(media, _)| is_event_stream(media))?;
            let Some(schema) = &content.schema else {
                return Some(Type::String);
            };
            let pointer = pointer.key("content").key(media).key("schema");
            let located = Located::new(schema, pointer);
            let facts = self.facts(&located);
            let place = place.reply("event");
            Some(match (&facts.items, facts.json_type) {
                _ if says_text(&facts) => Type::String,
                // A document may describe the stream as a list of events.
                (Some(item), Some(JsonType::Array)) => self.schema(item, &place).whole(),
                _ => self.schema(&located, &place).whole(),
            })
        })
    }
}
