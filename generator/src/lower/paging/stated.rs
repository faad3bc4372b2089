//! Pagination that an operation states itself, by the extension `x-pagination`.

use serde_json::{Map, Value};

use super::rules::Found;
use crate::model::{PageRule, Param, Type};

pub(super) const KEY: &str = "x-pagination";

/// The pagination of an operation, as the extension states it.
pub(super) struct StatedPaging {
    pub(super) found: Found,
    /// The keys of the items, if the extension names them.
    pub(super) items: Option<Vec<String>>,
}

/// Returns the pagination that an operation states, or what is wrong with it.
pub(super) fn stated(value: &Value, params: &[&Param]) -> Result<StatedPaging, String> {
    let Value::Object(members) = value else {
        return Err("it must be an object, or `false`".to_owned());
    };
    const KNOWN: [&str; 8] = [
        "by",
        "parameter",
        "next",
        "id",
        "first",
        "more",
        "total",
        "items",
    ];
    if let Some(unknown) = members.keys().find(|key| !KNOWN.contains(&key.as_str())) {
        return Err(format!("`{unknown}` is not one of {}", KNOWN.join(", ")));
    }
    let keys = |name: &str| members.get(name).and_then(Value::as_str).map(keys);
    let rule = rule(members, params)?;
    Ok(StatedPaging {
        found: Found {
            rule,
            more: keys("more").unwrap_or_default(),
            total: keys("total").unwrap_or_default(),
        },
        items: keys("items"),
    })
}

fn rule(members: &Map<String, Value>, params: &[&Param]) -> Result<PageRule, String> {
    let text = |name: &str| members.get(name).and_then(Value::as_str);
    let parameter = || {
        let name = text("parameter").ok_or("`parameter` must name a parameter")?;
        let found = params.iter().find(|param| param.name == name);
        found.ok_or_else(|| format!("the call has no parameter `{name}` in its query or JSON body"))
    };
    let next = || {
        text("next")
            .map(keys)
            .ok_or("`next` must be the place of a value in the reply")
    };
    let by = text("by").ok_or("`by` must be token, last, page, offset, link or url")?;
    Ok(match by {
        "token" => PageRule::Token {
            parameter: parameter()?.name.clone(),
            next: next()?,
        },
        "last" => PageRule::Last {
            parameter: parameter()?.name.clone(),
            id: text("id").unwrap_or("id").to_owned(),
        },
        "page" => PageRule::Page {
            parameter: number(parameter()?)?,
            first: members.get("first").and_then(Value::as_u64).unwrap_or(1),
        },
        "offset" => PageRule::Offset {
            parameter: number(parameter()?)?,
        },
        "link" => PageRule::Link,
        "url" => PageRule::Url { next: next()? },
        other => {
            return Err(format!(
                "`by` must be token, last, page, offset, link or url, found `{other}`"
            ));
        }
    })
}

fn number(param: &Param) -> Result<String, String> {
    match param.ty {
        Type::Integer | Type::Unsigned | Type::Number => Ok(param.name.clone()),
        _ => Err(format!("the parameter `{}` must be a number", param.name)),
    }
}

/// Returns the keys of a JSON pointer; any other text is one key.
fn keys(pointer: &str) -> Vec<String> {
    match pointer.strip_prefix('/') {
        Some(pointer) => pointer
            .split('/')
            .map(|key| key.replace("~1", "/").replace("~0", "~"))
            .collect(),
        None if pointer.is_empty() => Vec::new(),
        None => vec![pointer.to_owned()],
    }
}
