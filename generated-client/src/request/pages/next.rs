//! Finds the next page.

use serde_json::Value;

use super::paging::{Paging, Rule};
use super::rules::NextUrl;
use crate::error::Error;
use crate::response::{RawReply, read_field};

/// The request for the next page.
#[derive(Debug, PartialEq)]
pub(super) enum Next {
    /// The same request with this value of the parameter.
    Value(Value),
    /// This URL.
    #[allow(dead_code, reason = "only some documents have one")]
    Url(NextUrl),
}

impl Paging {
    /// Returns the next page after the one in `reply`, which was requested with the value `asked` of the parameter; `None` after
    /// the last page.
    pub(super) fn next(&self, asked: &Value, reply: &RawReply) -> Result<Option<Next>, Error> {
        let more = value_at(reply, self.more).as_bool();
        if more == Some(false) {
            return Ok(None);
        }
        match self.rule {
            Rule::Token(_, keys) => match token(value_at(reply, keys)) {
                Some(token) => Ok(Some(Next::Value(token))),
                None if more == Some(true) => {
                    Err(reply.invalid("there is a next page, but the reply lacks its cursor"))
                }
                None => Ok(None),
            },
            Rule::Rare(rule) => rule.next(self, asked, reply),
        }
    }
}

/// Returns a value of a reply; null if it is missing.
pub(super) fn value_at(reply: &RawReply, keys: &[&str]) -> Value {
    let mut value = Value::Null;
    if let Some((first, rest)) = keys.split_first() {
        read_field(reply, first, &mut value);
        for key in rest {
            value = value.get_mut(*key).map(Value::take).unwrap_or_default();
        }
    }
    value
}

/// Returns the token if it is a number or a text that is not empty.
pub(super) fn token(value: Value) -> Option<Value> {
    let is_token = match &value {
        Value::String(text) => !text.is_empty(),
        value => value.is_number(),
    };
    is_token.then_some(value)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Next, NextUrl, Paging, RawReply};

    fn next(paging: Paging, asked: Value, body: &Value) -> Option<Value> {
        let reply = RawReply {
            body: body.to_string().into(),
            ..RawReply::default()
        };
        match paging.next(&asked, &reply).unwrap()? {
            Next::Value(value) => Some(value),
            Next::Url(NextUrl(url)) => Some(url.into()),
        }
    }

    #[test]
    fn a_token_is_a_text_or_a_number_at_any_depth() {
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
    fn a_url_is_read_alone_or_from_a_link() {
        let paging = Paging::url(&["next"]);
        let after = |body: Value| next(paging, Value::Null, &body);
        assert_eq!(after(json!({"next": "/a?b"})), Some("/a?b".into()));
        assert_eq!(after(json!({"next": {"href": "/a"}})), Some("/a".into()));
        assert_eq!(after(json!({"next": null})), None);
    }
}
