//! Lists, and tuples: lists with a type for each position.

use openapiv3::SchemaKind;

use super::Lowering;
use super::facts::{Facts, Located, SchemaRef};
use super::place::Place;
use crate::document::TUPLE;
use crate::model::Type;

/// The names of the positions in a tuple.
const ORDINALS: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
];

impl<'a> Lowering<'a> {
    pub(super) fn list(&self, facts: &Facts<'a>, place: &Place) -> Type {
        let Some(items) = &facts.items else {
            return Type::Json.list();
        };
        let tuple = self.tuple(items, place);
        tuple.unwrap_or_else(|| self.schema(items, &place.item()).whole().list())
    }

    /// Returns the tuple with these items, if each position has its own schema.
    fn tuple(&self, items: &Located<'a>, place: &Place) -> Option<Type> {
        let SchemaRef::Inline(schema) = items.schema else {
            return None;
        };
        let SchemaKind::AnyOf { any_of } = &schema.schema_kind else {
            return None;
        };
        let places = schema.schema_data.extensions.get(TUPLE)?.as_array()?;
        let pointer = items.pointer.key("anyOf");
        let types = places.iter().zip(ORDINALS).map(|(at, ordinal)| {
            let at = usize::try_from(at.as_u64()?).ok()?;
            let located = Located::new(any_of.get(at)?, pointer.index(at));
            Some(self.schema(&located, &place.property(ordinal)).whole())
        });
        types.collect::<Option<Vec<Type>>>().map(Type::Tuple)
    }
}
