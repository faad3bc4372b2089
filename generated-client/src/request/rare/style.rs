//! Parameters written as OpenAPI's styles say, for documents that name one.

use serde_json::Value;

use crate::wire::text::join;
use crate::wire::value_in;

use super::super::pair::{Between, Pair};
use super::super::parts::plain;

/// How a list or an object stands in a query or a form. A scalar looks the same in all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(dead_code, reason = "which of them are used depends on the document")]
pub(crate) enum Style {
    /// `a=1&a=2`; each property of an object stands for itself.
    Form,
    /// `a=1,2`
    Comma,
    /// `a=1 2`
    Space,
    /// `a=1|2`
    Pipe,
    /// `a[x]=1`, and `a[0]=1`
    Deep,
    /// `a=1&a=2`, and `a[x]=1`
    Bracket,
    /// JSON text.
    Json,
}

/// The separator of the style `spaceDelimited`.
const SPACE: Between = Between {
    decoded: " ",
    encoded: "%20",
};

/// The separator of the style `pipeDelimited`.
const PIPE: Between = Between {
    decoded: "|",
    encoded: "|",
};

/// Adds the pairs of a parameter; of null there are none.
pub(super) fn add(pairs: &mut Vec<Pair>, name: &str, json: &str, style: Style) {
    match value_in(json.as_bytes()).unwrap_or_default() {
        Value::Array(items) => add_list(pairs, name, &items, style),
        value @ Value::Object(_) => add_object(pairs, name, &value, style),
        Value::Null => {}
        _ => pairs.push(Pair::new(name, plain(json))),
    }
}

/// Encodes a value in a header in the style `simple`: lists and objects with commas.
pub(super) fn simple(json: &str) -> String {
    match value_in(json.as_bytes()).unwrap_or_default() {
        value @ (Value::Array(_) | Value::Object(_)) => join(&parts(&value), ","),
        _ => plain(json),
    }
}

/// Encodes a value in a header in the style `simple` with `explode`: `x=1` for each property of an object.
pub(super) fn exploded(json: &str) -> String {
    let Some(Value::Object(members)) = value_in(json.as_bytes()) else {
        return simple(json);
    };
    let mut pairs = Vec::new();
    for (name, value) in &members {
        pairs.push(format!("{name}={}", text(value)));
    }
    join(&pairs, ",")
}

fn add_list(pairs: &mut Vec<Pair>, name: &str, items: &[Value], style: Style) {
    match style {
        Style::Form => add_each(pairs, name, items),
        Style::Bracket if items.iter().all(is_scalar) => add_each(pairs, name, items),
        Style::Deep | Style::Bracket => add_nested(pairs, name, &Value::Array(items.to_vec())),
        _ => add_joined(pairs, name, &Value::Array(items.to_vec()), style),
    }
}

fn add_each(pairs: &mut Vec<Pair>, name: &str, items: &[Value]) {
    for item in items {
        pairs.push(Pair::new(name, text(item)));
    }
}

fn add_object(pairs: &mut Vec<Pair>, name: &str, value: &Value, style: Style) {
    match (style, value) {
        (Style::Form, Value::Object(members)) => {
            for (name, value) in members {
                pairs.push(Pair::new(name, text(value)));
            }
        }
        (Style::Deep | Style::Bracket, _) => add_nested(pairs, name, value),
        _ => add_joined(pairs, name, value, style),
    }
}

fn add_joined(pairs: &mut Vec<Pair>, name: &str, value: &Value, style: Style) {
    let between = match style {
        Style::Json => return pairs.push(Pair::new(name, value.to_string())),
        Style::Space => SPACE,
        Style::Pipe => PIPE,
        _ => Between::COMMA,
    };
    pairs.push(Pair::joined(name, parts(value), between));
}

fn add_nested(pairs: &mut Vec<Pair>, name: &str, value: &Value) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                add_nested(pairs, &format!("{name}[{index}]"), item);
            }
        }
        Value::Object(members) => {
            for (member, value) in members {
                add_nested(pairs, &format!("{name}[{member}]"), value);
            }
        }
        Value::Null => {}
        other => pairs.push(Pair::new(name, text(other))),
    }
}

/// Returns the items of a list, or the names and values of an object.
fn parts(value: &Value) -> Vec<String> {
    let mut texts = Vec::new();
    match value {
        Value::Array(items) => {
            for item in items {
                texts.push(text(item));
            }
        }
        Value::Object(members) => {
            for (name, value) in members {
                texts.push(name.clone());
                texts.push(text(value));
            }
        }
        other => texts.push(text(other)),
    }
    texts
}

fn is_scalar(value: &Value) -> bool {
    !matches!(value, Value::Array(_) | Value::Object(_))
}

/// Returns a string as it is, and any other value as JSON.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => plain(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::pair::encode;
    use super::{Between, PIPE, Pair, SPACE, Style, add, exploded, simple};

    fn written(json: &str, style: Style) -> String {
        let mut pairs = Vec::new();
        add(&mut pairs, "a", json, style);
        let pairs: Vec<String> = pairs
            .into_iter()
            .map(Pair::decoded)
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("&")
    }

    #[test]
    fn a_list_is_written_as_its_style_says() {
        let list = r#"["x","y",3]"#;
        assert_eq!(written(list, Style::Form), "a=x&a=y&a=3");
        assert_eq!(written(list, Style::Comma), "a=x,y,3");
        assert_eq!(written(list, Style::Space), "a=x y 3");
        assert_eq!(written(list, Style::Pipe), "a=x|y|3");
        assert_eq!(written(list, Style::Deep), "a[0]=x&a[1]=y&a[2]=3");
        assert_eq!(written(list, Style::Bracket), "a=x&a=y&a=3");
        assert_eq!(written(list, Style::Json), format!("a={list}"));
    }

    #[test]
    fn an_object_is_written_as_its_style_says() {
        let object = r#"{"x":1,"y":{"z":true}}"#;
        assert_eq!(written(object, Style::Deep), "a[x]=1&a[y][z]=true");
        assert_eq!(written(object, Style::Bracket), "a[x]=1&a[y][z]=true");
        assert_eq!(written(r#"{"x":1,"y":"2"}"#, Style::Form), "x=1&y=2");
        assert_eq!(written(r#"{"x":1,"y":"2"}"#, Style::Comma), "a=x,1,y,2");
    }

    #[test]
    fn a_list_in_a_header_has_commas() {
        assert_eq!(simple(r#"["x",2]"#), "x,2");
        assert_eq!(simple(r#""x,2""#), "x,2");
        assert_eq!(simple("true"), "true");
        assert_eq!(simple(r#"{"x":1,"y":"z"}"#), "x,1,y,z");
        assert_eq!(exploded(r#"{"x":1,"y":"z"}"#), "x=1,y=z");
        assert_eq!(exploded(r#"["x",2]"#), "x,2");
    }

    #[test]
    fn what_separates_parts_stays_and_parts_are_escaped() {
        let parts = || vec!["a,b".to_owned(), "c d|e".to_owned()];
        let pairs = [
            Pair::joined("x y", parts(), Between::COMMA),
            Pair::joined("s", parts(), SPACE),
            Pair::joined("p", parts(), PIPE),
            Pair::joined("none", Vec::new(), PIPE),
            Pair::new("plain", "1,2 é"),
        ];
        assert_eq!(
            encode(&pairs),
            "x+y=a%2Cb,c+d%7Ce&s=a%2Cb%20c+d%7Ce&p=a%2Cb|c+d%7Ce&none=&plain=1%2C2+%C3%A9"
        );
        assert_eq!(pairs[1].clone().decoded(), ("s".into(), "a,b c d|e".into()));
    }
}
