//! What follows a page.

use serde_json::Value;

use super::link;
use super::paging::{Paging, Rule};
use crate::error::Error;
use crate::response::{RawReply, read_field, read_whole};
use crate::wire::{Json, Reader, Slot, Writer, read_next};

/// What to ask for after a page.
#[derive(Debug, PartialEq)]
pub(super) enum Next {
    /// The same with this value of the parameter.
    Value(Value),
    /// This URL.
    Url(String),
}

impl Paging {
    /// What follows the page in `reply`, which was asked for with the value `asked` of the parameter; `None` after the last one.
    pub(super) fn next(&self, asked: &Value, reply: &RawReply) -> Result<Option<Next>, Error> {
        let more = value_at(reply, self.more).as_bool();
        if more == Some(false) {
            return Ok(None);
        }
        match self.rule {
            Rule::Token(_, keys) => match token(value_at(reply, keys)) {
                Some(token) => Ok(Some(Next::Value(token))),
                None if more == Some(true) => {
                    Err(reply.invalid("there is a next page, and the reply lacks its cursor"))
                }
                None => Ok(None),
            },
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

/// A value of a reply; null where there is none.
fn value_at(reply: &RawReply, keys: &[&str]) -> Value {
    let mut value = Value::Null;
    if let Some((first, rest)) = keys.split_first() {
        read_field(reply, first, &mut value);
        for key in rest {
            value = value.get_mut(*key).map(Value::take).unwrap_or_default();
        }
    }
    value
}

/// A text that is not empty, or a number.
fn token(value: Value) -> Option<Value> {
    let is_token = match &value {
        Value::String(text) => !text.is_empty(),
        value => value.is_number(),
    };
    is_token.then_some(value)
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Next, Paging, RawReply};

    fn next(paging: Paging, asked: Value, body: &Value) -> Option<Value> {
        let reply = RawReply {
            body: body.to_string().into(),
            ..RawReply::default()
        };
        match paging.next(&asked, &reply).unwrap()? {
            Next::Value(value) => Some(value),
            Next::Url(url) => Some(url.into()),
        }
    }

    #[test]
    fn a_token_is_a_text_or_a_number_and_may_stand_deep() {
        let paging = Paging::token("from", &["meta", "next"]).more(&["more"]);
        let after = |body: Value| next(paging, Value::Null, &body);
        assert_eq!(after(json!({"meta": {"next": "a"}})), Some("a".into()));
        assert_eq!(
            after(json!({"meta": {"next": 2}, "more": true})),
            Some(2.into())
        );
        for last in [
            json!({"meta": {"next": "a"}, "more": false}),
            json!({"meta": {"next": ""}}),
            json!({"meta": []}),
            json!([]),
        ] {
            assert_eq!(after(last.clone()), None, "{last}");
        }
    }

    #[test]
    fn pages_are_counted_from_the_first_to_the_total() {
        let paging = Paging::page("page", 1).items(&["items"]).total(&["pages"]);
        let after = |asked: Value, body: Value| next(paging, asked, &body);
        assert_eq!(after(Value::Null, json!({"items": [1]})), Some(2.into()));
        assert_eq!(
            after(json!(2), json!({"items": [1], "pages": 3})),
            Some(3.into())
        );
        assert_eq!(after(json!(3), json!({"items": [1], "pages": 3})), None);
        assert_eq!(after(json!(4), json!({"items": []})), None);
        let paging = Paging::page("page", 0).total(&["pages"]);
        assert_eq!(next(paging, Value::Null, &json!([1])), Some(1.into()));
        let paging = paging.items(&["items"]);
        assert_eq!(
            next(paging, json!(1), &json!({"items": [1], "pages": 2})),
            None
        );
    }

    #[test]
    fn items_are_counted_to_the_total() {
        let paging = Paging::offset("skip")
            .items(&["a", "items"])
            .total(&["total"]);
        let after = |asked: Value, body: Value| next(paging, asked, &body);
        let two = json!({"a": {"items": [1, 2]}, "total": 4});
        assert_eq!(after(Value::Null, two.clone()), Some(2.into()));
        assert_eq!(after(json!(2), two), None);
        assert_eq!(after(json!(5), json!({"a": {"items": []}})), None);
    }

    #[test]
    fn the_last_item_names_the_next_page() {
        let paging = Paging::last("after", "id")
            .more(&["has_more"])
            .items(&["data"]);
        let after = |body: Value| next(paging, Value::Null, &body);
        let two = json!([{"id": "a"}, {"x": {"id": 5}, "id": "b"}]);
        assert_eq!(
            after(json!({"data": two, "has_more": true})),
            Some("b".into())
        );
        assert_eq!(after(json!({"data": two, "has_more": false})), None);
        assert_eq!(after(json!({"data": [], "has_more": true})), None);
        let reply = RawReply {
            body: "{\"data\": [{}]}".into(),
            ..RawReply::default()
        };
        assert!(paging.next(&Value::Null, &reply).is_err());
    }

    #[test]
    fn a_url_stands_alone_or_in_a_link() {
        let paging = Paging::url(&["next"]);
        let after = |body: Value| next(paging, Value::Null, &body);
        assert_eq!(after(json!({"next": "/a?b"})), Some("/a?b".into()));
        assert_eq!(after(json!({"next": {"href": "/a"}})), Some("/a".into()));
        assert_eq!(after(json!({"next": null})), None);
    }
}
