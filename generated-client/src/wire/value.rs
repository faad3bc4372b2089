use std::borrow::Cow;

use serde_json::{Map, Value, map};

use super::json::{Items, Json, Members, Take};
use super::reader::Reader;

/// Passes on a value in memory, as if it were parsed from text.
pub(crate) fn pass_on(value: Value, take: Take<'_>, reader: &mut Reader) -> bool {
    match value {
        Value::Null => take(Json::Null, reader),
        Value::Bool(value) => take(Json::Boolean(value), reader),
        Value::Number(number) => take(Json::Number(number), reader),
        Value::String(text) => take(Json::String(Cow::Owned(text)), reader),
        Value::Array(items) => take(Json::List(&mut items.into_iter()), reader),
        Value::Object(members) => take(Json::Object(&mut KeptMembers::from(members)), reader),
    }
}

impl Items for std::vec::IntoIter<Value> {
    fn next(&mut self, take: Take<'_>, reader: &mut Reader) -> bool {
        match Iterator::next(self) {
            Some(value) => {
                pass_on(value, take, reader);
                true
            }
            None => false,
        }
    }
}

/// The members of an object in memory.
pub(super) struct KeptMembers {
    rest: map::IntoIter,
    value: Value,
}

impl From<Map<String, Value>> for KeptMembers {
    fn from(members: Map<String, Value>) -> Self {
        Self {
            rest: members.into_iter(),
            value: Value::Null,
        }
    }
}

impl Members for KeptMembers {
    fn next(&mut self, see: &mut dyn FnMut(&str)) -> bool {
        match self.rest.next() {
            Some((key, value)) => {
                see(&key);
                self.value = value;
                true
            }
            None => false,
        }
    }

    fn value(&mut self, take: Take<'_>, reader: &mut Reader) {
        pass_on(std::mem::take(&mut self.value), take, reader);
    }

    fn skip(&mut self) {}
}
