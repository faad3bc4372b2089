//! Conventions for pagination. Each applies only if parameter and reply match.

use super::shape::{Scalar, Shape};
use crate::lower::facts::JsonType;
use crate::model::{PageRule, Param, Type};

/// Names of parameters that take a token of the reply.
const TOKENS: [&str; 20] = [
    "page_token",
    "next_page_token",
    "next_token",
    "pagination_token",
    "cursor",
    "next_cursor",
    "page_cursor",
    "start_cursor",
    "after_cursor",
    "continuation_token",
    "continuation",
    "continue",
    "starting_token",
    "start_token",
    "marker",
    "bookmark",
    "scroll_id",
    "after",
    "page_after",
    "offset",
];

/// Names of the token for the next page in replies.
const NEXT: [&str; 18] = [
    "next_page_token",
    "next_token",
    "next_cursor",
    "next_page_cursor",
    "end_cursor",
    "next_continuation_token",
    "next_marker",
    "next_start_cursor",
    "next_starting_token",
    "next_page",
    "next",
    "next_offset",
    "continuation_token",
    "continue",
    "cursor",
    "bookmark",
    "scroll_id",
    "after",
];

/// Names of the URL of the next page in replies.
const URLS: [&str; 8] = [
    "next_url",
    "next_uri",
    "next_link",
    "next_href",
    "next_page_url",
    "next_page_uri",
    "next_page_link",
    "odata_next_link",
];

/// Names of the URL of the next page among other links, with their parents.
const NESTED_URLS: [&str; 4] = ["links_next", "links_next_href", "paging_next", "next_href"];

const MORE: [&str; 7] = [
    "has_more",
    "has_next",
    "has_next_page",
    "has_more_items",
    "has_more_results",
    "more",
    "more_results",
];

const LASTS: [&str; 4] = ["starting_after", "after", "after_id", "last_id"];

const PAGES: [&str; 5] = ["page", "page_number", "page_no", "page_num", "page_index"];

const SIZES: [&str; 13] = [
    "per_page",
    "page_size",
    "size",
    "limit",
    "count",
    "rows",
    "top",
    "take",
    "max_results",
    "max_items",
    "items_per_page",
    "results_per_page",
    "page_limit",
];

const PAGE_TOTALS: [&str; 7] = [
    "total_pages",
    "total_page_count",
    "page_count",
    "pages_count",
    "num_pages",
    "last_page",
    "pages",
];

const OFFSETS: [&str; 4] = ["offset", "skip", "start_index", "start_at"];

/// `count` is not in the list, because it may be the number of items in the page.
const ITEM_TOTALS: [&str; 8] = [
    "total",
    "total_count",
    "total_items",
    "total_results",
    "total_records",
    "total_elements",
    "total_size",
    "total_hits",
];

/// A rule, and the other members of the reply that it uses.
pub(super) struct Found {
    pub(super) rule: PageRule,
    pub(super) more: Vec<String>,
    pub(super) total: Vec<String>,
}

impl Found {
    pub(super) fn new(rule: PageRule) -> Self {
        Self {
            rule,
            more: Vec::new(),
            total: Vec::new(),
        }
    }
}

/// A parameter that may select a page.
pub(super) struct PageParameter<'a> {
    pub(super) param: &'a Param,
    /// Its name in snake case.
    pub(super) name: String,
    /// Its default and its minimum.
    pub(super) starts: Option<i64>,
}

impl PageParameter<'_> {
    fn is_number(&self) -> bool {
        matches!(self.param.ty, Type::Integer | Type::Unsigned | Type::Number)
    }
}

/// Returns the convention that parameters and reply match. `has_link` is true if the reply declares the header `Link`.
/// `items_have` returns true if the items have a property of this name.
pub(super) fn recognise(
    asks: &[PageParameter<'_>],
    shape: &Shape<'_>,
    has_link: bool,
    items_have: &dyn Fn(&str) -> bool,
) -> Option<Found> {
    let more = shape.find(&MORE, |scalar| scalar.kind == JsonType::Boolean);
    let more = more.map(|more| more.keys.clone()).unwrap_or_default();
    let by_token = || by_token(asks, shape);
    let by_url = || Some(PageRule::Url { next: url(shape)? });
    let by_last = || match more.is_empty() {
        true => None,
        false => by_last(asks, shape, items_have),
    };
    let rule = by_token().or_else(by_url).or_else(by_last);
    if let Some(rule) = rule {
        let found = Found::new(rule);
        return Some(Found { more, ..found });
    }
    if has_link {
        return Some(Found::new(PageRule::Link));
    }
    let is_sized = asks.iter().any(|asks| SIZES.contains(&asks.name.as_str()));
    by_number(asks, shape, is_sized, more)
}

/// Returns the only parameter with one of these names that matches.
fn only<'a, 'b>(
    asks: &'b [PageParameter<'a>],
    names: &[&str],
    fits: impl Fn(&PageParameter<'a>) -> bool,
) -> Option<&'b PageParameter<'a>> {
    let mut found = asks
        .iter()
        .filter(|asks| names.contains(&asks.name.as_str()) && fits(asks));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

fn by_token(asks: &[PageParameter<'_>], shape: &Shape<'_>) -> Option<PageRule> {
    let parameter = only(asks, &TOKENS, |asks| asks.param.ty == Type::String);
    if let Some(asks) = parameter {
        let own = format!("next_{}", asks.name);
        let names: Vec<&str> = [own.as_str()].into_iter().chain(NEXT).collect();
        // `after` is a token only among the cursors of the reply. `next` may be a URL.
        let fits = |scalar: &Scalar| {
            let is_own = scalar.name != "after" || asks.name == "after" && scalar.keys.len() > 1;
            scalar.kind == JsonType::String && !scalar.is_url && is_own
        };
        let next = shape.find(&names, fits).or_else(|| {
            let last = |scalar: &Scalar| scalar.kind == JsonType::String;
            let is_id = asks.name.starts_with("after");
            shape.find(&["last_id"], last).filter(|_| is_id)
        });
        if let Some(next) = next.filter(|next| !NESTED_URLS.contains(&next.joined_keys().as_str()))
        {
            return Some(PageRule::Token {
                parameter: asks.param.name.clone(),
                next: next.keys.clone(),
            });
        }
    }
    // The number of the next page or item is a token too.
    let parameter = only(
        asks,
        &[PAGES.as_slice(), &OFFSETS].concat(),
        PageParameter::is_number,
    )?;
    let own = format!("next_{}", parameter.name);
    let names = [own.as_str(), "next_page", "next_page_number"];
    let names = if PAGES.contains(&parameter.name.as_str()) {
        &names[..]
    } else {
        &names[..1]
    };
    let next = shape.find(names, |scalar| scalar.kind == JsonType::Integer)?;
    Some(PageRule::Token {
        parameter: parameter.param.name.clone(),
        next: next.keys.clone(),
    })
}

/// Returns the keys of the URL of the next page.
fn url(shape: &Shape<'_>) -> Option<Vec<String>> {
    let is_text = |scalar: &Scalar| scalar.kind == JsonType::String;
    let among_links = || {
        let mut all = shape.scalars.iter();
        all.find(|scalar| is_text(scalar) && NESTED_URLS.contains(&scalar.joined_keys().as_str()))
    };
    let named = shape.find(&URLS, is_text).or_else(among_links);
    let by_format = || shape.find(&["next", "next_page"], |scalar| scalar.is_url);
    // `next` with `previous` and `count` is the convention of Django.
    let by_siblings = || {
        let next = shape.find(&["next"], is_text)?;
        let has = |names: &[&str]| shape.find(names, |scalar| scalar.keys.len() == 1).is_some();
        (has(&["previous"]) && has(&["count"])).then_some(next)
    };
    let found = named.or_else(by_format).or_else(by_siblings)?;
    Some(found.keys.clone())
}

fn by_last(
    asks: &[PageParameter<'_>],
    shape: &Shape<'_>,
    items_have: &dyn Fn(&str) -> bool,
) -> Option<PageRule> {
    let parameter = only(asks, &LASTS, |_| true)?.param.name.clone();
    if let Some(last) = shape.find(&["last_id"], Scalar::is_token) {
        let next = last.keys.clone();
        return Some(PageRule::Token { parameter, next });
    }
    let id = "id".to_owned();
    items_have(&id).then_some(PageRule::Last { parameter, id })
}

fn by_number(
    asks: &[PageParameter<'_>],
    shape: &Shape<'_>,
    is_sized: bool,
    more: Vec<String>,
) -> Option<Found> {
    let total = |names: &[&str]| {
        let found = shape.find(names, |scalar| scalar.kind == JsonType::Integer);
        found.map(|total| total.keys.clone()).unwrap_or_default()
    };
    if let Some(asks) = only(asks, &PAGES, PageParameter::is_number) {
        let total = total(&PAGE_TOTALS);
        let is_certain = is_sized || !total.is_empty() || !more.is_empty();
        let first = match asks.starts {
            Some(0) => 0,
            Some(1) | None => 1,
            Some(_) => return None,
        };
        let parameter = asks.param.name.clone();
        return is_certain.then_some(Found {
            rule: PageRule::Page { parameter, first },
            more,
            total,
        });
    }
    let asks = only(asks, &OFFSETS, PageParameter::is_number)?;
    let total = total(&ITEM_TOTALS);
    let is_certain = is_sized || !total.is_empty();
    let parameter = asks.param.name.clone();
    let skips = matches!(asks.starts, None | Some(0));
    (is_certain && skips).then_some(Found {
        rule: PageRule::Offset { parameter },
        more,
        total,
    })
}
