//! The rules of pages that only some APIs have.

use serde_json::Value;

use super::link;
use super::next::{Next, token, value_at};
use super::paging::{Paging, Rule};
use crate::error::Error;
use crate::response::{RawReply, read_field, read_whole};
use crate::wire::{Json, Reader, Slot, Writer, read_next};

impl Paging {
    /// What follows the page in `reply`, by another rule than a token.
    pub(super) fn next_by_rule(
        &self,
        asked: &Value,
        reply: &RawReply,
    ) -> Result<Option<Next>, Error> {
        match self.rule {
            Rule::Token(..) => Ok(None),
            Rule::Last(_, id) => {
                let items = self.glance(id, reply);
                match (items.count, token(items.last)) {
                    (0, _) => Ok(None),
                    (_, Some(last)) => Ok(Some(Next::Value(last))),
                    (_, None) => {
                        Err(reply.invalid(format!("the last item of the page lacks `{id}`")))
                    }
                }
            }
            Rule::Page(_, first) => {
                let page = asked.as_u64().unwrap_or(first);
                let total = value_at(reply, self.total).as_u64();
                let is_last = total.is_some_and(|total| page.saturating_sub(first) + 1 >= total);
                let is_empty = self.glance("", reply).count == 0;
                Ok((!is_last && !is_empty).then(|| Next::Value((page + 1).into())))
            }
            Rule::Offset(_) => {
                let count = self.glance("", reply).count;
                let next = asked.as_u64().unwrap_or(0).saturating_add(count);
                let total = value_at(reply, self.total).as_u64();
                let is_last = count == 0 || total.is_some_and(|total| next >= total);
                Ok((!is_last).then(|| Next::Value(next.into())))
            }
            Rule::Link => Ok(link::next(&reply.headers).map(Next::Url)),
            Rule::Url(keys) => Ok(url(&value_at(reply, keys)).map(Next::Url)),
        }
    }

    /// The number of items in a reply, and the property `id` of the last one.
    fn glance(&self, id: &'static str, reply: &RawReply) -> Glance {
        let mut glance = Glance {
            id,
            count: 0,
            last: Value::Null,
        };
        match self.items {
            [] => drop(read_whole(reply, &mut glance)),
            [key] => drop(read_field(reply, key, &mut glance)),
            keys => {
                let mut items = value_at(reply, keys);
                let items = items.as_array_mut().map(std::mem::take).unwrap_or_default();
                glance.count = items.len() as u64;
                glance.last = items
                    .last()
                    .map(|last| last[id].clone())
                    .unwrap_or_default();
            }
        }
        glance
    }
}

/// A URL, alone or in an object of a link.
fn url(value: &Value) -> Option<String> {
    let text = value.as_str().or_else(|| value["href"].as_str())?;
    (!text.is_empty()).then(|| text.to_owned())
}

/// Looks at the items of a list without reading them.
struct Glance {
    id: &'static str,
    count: u64,
    last: Value,
}

impl Slot for Glance {
    fn read(&mut self, json: Json<'_>, reader: &mut Reader) -> bool {
        let Json::List(items) = json else {
            return false;
        };
        let (id, count, last) = (self.id, &mut self.count, &mut self.last);
        let mut take = |json: Json<'_>, reader: &mut Reader| {
            *count += 1;
            let Json::Object(members) = json else {
                return true;
            };
            *last = Value::Null;
            let mut is_it = false;
            while members.next(&mut |key| is_it = key == id) {
                if is_it {
                    read_next(members, last, reader);
                } else {
                    members.skip();
                }
            }
            true
        };
        while items.next(&mut take, reader) {}
        true
    }

    fn write(&mut self, writer: &mut Writer) {
        writer.null();
    }
}
