//! Rules of pagination that only some APIs use.

mod link;

use serde_json::Value;

use super::next::{Next, token, value_at};
use super::paging::{Keys, Paging, Rule};
use crate::error::Error;
use crate::request::parts::Parts;
use crate::response::{RawReply, read_field, read_whole};
use crate::wire::{Json, Reader, Slot, Writer, read_next};

/// A rule of pagination other than a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RareRule {
    /// The parameter names the last item by its id, which is this property of it.
    Last(&'static str, &'static str),
    /// The parameter numbers the pages, from this number on.
    Page(&'static str, u64),
    /// The parameter says how many items to skip.
    Offset(&'static str),
    /// The reply has the next page's URL in the header `Link`.
    Link,
    /// The reply has the next page's URL.
    Url(Keys),
}

impl RareRule {
    /// Returns the next page after the one in `reply`.
    pub(super) fn next(
        self,
        paging: &Paging,
        asked: &Value,
        reply: &RawReply,
    ) -> Result<Option<Next>, Error> {
        match self {
            Self::Last(_, id) => {
                let items = paging.summarize(id, reply);
                match (items.count, token(items.last)) {
                    (0, _) => Ok(None),
                    (_, Some(last)) => Ok(Some(Next::Value(last))),
                    (_, None) => {
                        Err(reply.invalid(format!("the last item of the page lacks `{id}`")))
                    }
                }
            }
            Self::Page(_, first) => {
                let page = asked.as_u64().unwrap_or(first);
                let total = value_at(reply, paging.total).as_u64();
                let is_last = total.is_some_and(|total| page.saturating_sub(first) + 1 >= total);
                let is_empty = paging.summarize("", reply).count == 0;
                Ok((!is_last && !is_empty).then(|| Next::Value((page + 1).into())))
            }
            Self::Offset(_) => {
                let count = paging.summarize("", reply).count;
                let next = asked.as_u64().unwrap_or(0).saturating_add(count);
                let total = value_at(reply, paging.total).as_u64();
                let is_last = count == 0 || total.is_some_and(|total| next >= total);
                Ok((!is_last).then(|| Next::Value(next.into())))
            }
            Self::Link => Ok(link::next(&reply.headers).map(NextUrl).map(Next::Url)),
            Self::Url(keys) => Ok(url(&value_at(reply, keys)).map(NextUrl).map(Next::Url)),
        }
    }

    /// Returns true if pages are requested by a number.
    pub(super) const fn counts(self) -> bool {
        matches!(self, Self::Page(..) | Self::Offset(_))
    }

    /// Returns the parameter for the page, if there is one.
    pub(super) const fn parameter(self) -> Option<&'static str> {
        match self {
            Self::Last(name, _) | Self::Page(name, _) | Self::Offset(name) => Some(name),
            Self::Link | Self::Url(_) => None,
        }
    }
}

/// The URL of a next page.
#[derive(Debug, PartialEq)]
pub(super) struct NextUrl(pub(super) String);

impl NextUrl {
    pub(super) fn text(&self) -> &str {
        &self.0
    }

    /// Changes the request to this URL, or returns why that is not possible.
    pub(super) fn follow(self, parts: &mut Parts) -> Result<(), &'static str> {
        parts.follow(&self.0)
    }
}

#[allow(dead_code, reason = "which of them are used depends on the document")]
impl Paging {
    /// Returns pagination by the property `id` of the last item.
    #[must_use]
    pub const fn last(parameter: &'static str, id: &'static str) -> Self {
        Self::new(Rule::Rare(RareRule::Last(parameter, id)))
    }

    /// Returns pagination by the number of the page. `first` is the number of the first page.
    #[must_use]
    pub const fn page(parameter: &'static str, first: u64) -> Self {
        Self::new(Rule::Rare(RareRule::Page(parameter, first)))
    }

    /// Returns pagination by the number of items before the page.
    #[must_use]
    pub const fn offset(parameter: &'static str) -> Self {
        Self::new(Rule::Rare(RareRule::Offset(parameter)))
    }

    /// Returns pagination by the header `Link`.
    #[must_use]
    pub const fn link() -> Self {
        Self::new(Rule::Rare(RareRule::Link))
    }

    /// Returns pagination by a URL, which the reply has under `next`.
    #[must_use]
    pub const fn url(next: Keys) -> Self {
        Self::new(Rule::Rare(RareRule::Url(next)))
    }

    /// Returns the number of items in a reply, and the property `id` of the last one.
    fn summarize(&self, id: &'static str, reply: &RawReply) -> ItemSummary {
        let mut glance = ItemSummary {
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

/// Returns a URL, alone or in an object of a link.
fn url(value: &Value) -> Option<String> {
    let text = value.as_str().or_else(|| value["href"].as_str())?;
    (!text.is_empty()).then(|| text.to_owned())
}

/// Counts the items of a list without reading them.
struct ItemSummary {
    id: &'static str,
    count: u64,
    last: Value,
}

impl Slot for ItemSummary {
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
