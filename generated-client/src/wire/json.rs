use std::borrow::Cow;
use std::fmt;

use serde_json::{Map, Number, Value};

use super::reader::Reader;
use super::slot::Slot;

/// A JSON value that is read into a [`Slot`](super::Slot).
///
/// The parts of a list or an object are read one by one, while the text is parsed. Parts that are not read are skipped.
#[allow(missing_docs, reason = "the names are JSON's own")]
pub enum Json<'a> {
    Null,
    Boolean(bool),
    Number(Number),
    String(Cow<'a, str>),
    List(&'a mut dyn Items),
    Object(&'a mut dyn Members),
}

/// Reads one value; returns false if it has another JSON type.
pub type Take<'a> = &'a mut dyn FnMut(Json<'_>, &mut Reader) -> bool;

/// The items of a list.
pub trait Items {
    /// Passes on the next item; returns false if there is none.
    fn next(&mut self, take: Take<'_>, reader: &mut Reader) -> bool;
}

/// The members of an object.
pub trait Members {
    /// Passes on the key of the next member; returns false if there is none. Then its value must be read or skipped.
    fn next(&mut self, see: &mut dyn FnMut(&str)) -> bool;

    /// Passes on the value of the current member.
    fn value(&mut self, take: Take<'_>, reader: &mut Reader);

    /// Skips the value of the current member.
    fn skip(&mut self);
}

impl Json<'_> {
    /// Returns the name of its JSON type, for messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Json::Null => "null",
            Json::Boolean(_) => "boolean",
            Json::Number(_) => "number",
            Json::String(_) => "string",
            Json::List(_) => "list",
            Json::Object(_) => "object",
        }
    }

    /// Returns the whole value.
    pub fn into_value(self, reader: &mut Reader) -> Value {
        match self {
            Json::Null => Value::Null,
            Json::Boolean(value) => Value::Bool(value),
            Json::Number(number) => Value::Number(number),
            Json::String(text) => Value::String(text.into_owned()),
            Json::List(items) => Value::Array(items_of(items, reader)),
            Json::Object(members) => members_of(members, reader),
        }
    }
}

impl fmt::Debug for Json<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind())
    }
}

fn items_of(items: &mut dyn Items, reader: &mut Reader) -> Vec<Value> {
    let mut list = Vec::new();
    while items.next(
        &mut |json, reader| {
            list.push(json.into_value(reader));
            true
        },
        reader,
    ) {}
    list
}

/// Returns an object of the remaining members.
pub(super) fn members_of(members: &mut dyn Members, reader: &mut Reader) -> Value {
    let mut object = Value::Object(Map::new());
    let mut key = String::new();
    while members.next(&mut |seen| seen.clone_into(&mut key)) {
        let value = value_of(members, reader);
        object[key.as_str()] = value;
    }
    object
}

/// Reads the value of the current member; returns false if it has another JSON type.
pub(crate) fn read_next(
    members: &mut dyn Members,
    slot: &mut dyn Slot,
    reader: &mut Reader,
) -> bool {
    let mut is_read = false;
    members.value(
        &mut |json, reader| {
            is_read = slot.read(json, reader);
            is_read
        },
        reader,
    );
    is_read
}

/// Returns the value of the current member.
pub(crate) fn value_of(members: &mut dyn Members, reader: &mut Reader) -> Value {
    let mut value = Value::Null;
    members.value(
        &mut |json, reader| {
            value = json.into_value(reader);
            true
        },
        reader,
    );
    value
}
