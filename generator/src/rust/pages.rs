//! The pagination rule of a call, for the runtime.

use super::fields::names_of;
use super::scope::Scope;
use crate::model::{Endpoint, Kind, PageRule, Paging, Type};

/// The generated code for a paginated list.
pub(crate) struct Pages {
    /// The expression that takes the items out of the variable `page`.
    pub(crate) items: String,
    /// The rule for requesting the next page.
    pub(crate) by: String,
}

/// Returns the generated code for a call that returns a paginated list.
pub(crate) fn pages(scope: &Scope<'_>, endpoint: &Endpoint) -> Option<Pages> {
    let paging = endpoint.paging.as_ref()?;
    Some(Pages {
        by: by(paging)?,
        items: items(scope, endpoint.output.ty.as_ref()?, "page", &paging.items),
    })
}

/// Returns the expression for the list at these keys of a value. If a value on the path is absent, the list is empty.
fn items(scope: &Scope<'_>, ty: &Type, value: &str, keys: &[String]) -> String {
    let api = scope.plan.api;
    match (ty, keys.split_first()) {
        (Type::Nullable(inner), _) => {
            let within = items(scope, inner, "page", keys);
            match within == "page" {
                true => format!("{value}.unwrap_or_default()"),
                false => format!("{value}.map(|page| {within}).unwrap_or_default()"),
            }
        }
        (Type::Named(id), Some((key, rest))) => {
            let definition = api.type_def(*id);
            let Kind::Object(object) = &definition.kind else {
                return value.to_owned();
            };
            let (idents, _) = names_of(object);
            let mut fields = object.fields.iter().zip(&idents);
            let Some((field, ident)) = fields.find(|(field, _)| field.name == *key) else {
                return value.to_owned();
            };
            let place = format!("{value}.{ident}");
            let is_list = matches!(field.ty, Type::List(_));
            let is_option = match is_list {
                true => field.presence.nullable,
                false => field.is_option(),
            };
            let within = items(scope, &field.ty, "page", rest);
            match (is_option, within == "page") {
                (true, true) => format!("{place}.unwrap_or_default()"),
                (true, false) => format!("{place}.map(|page| {within}).unwrap_or_default()"),
                (false, _) => items(scope, &field.ty, &place, rest),
            }
        }
        _ => value.to_owned(),
    }
}

/// Returns the rule of the runtime; `None` for the rule of the dialect.
fn by(paging: &Paging) -> Option<String> {
    let rule = match &paging.rule {
        PageRule::Dialect { .. } => return None,
        PageRule::Token { parameter, next } => format!("token({parameter:?}, &{next:?})"),
        PageRule::Last { parameter, id } => format!("last({parameter:?}, {id:?})"),
        PageRule::Page { parameter, first } => format!("page({parameter:?}, {first})"),
        PageRule::Offset { parameter } => format!("offset({parameter:?})"),
        PageRule::Link => "link()".to_owned(),
        PageRule::Url { next } => format!("url(&{next:?})"),
    };
    let mut text = format!("crate::request::Paging::{rule}");
    for (method, keys) in [
        ("items", &paging.items),
        ("more", &paging.more),
        ("total", &paging.total),
    ] {
        if !keys.is_empty() {
            text.push_str(&format!(".{method}(&{keys:?})"));
        }
    }
    if paging.in_body {
        text.push_str(".in_body()");
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::scope::Scope;
    use super::super::tests::plan;
    use super::{Pages, pages};

    /// The pages of a list below `data`, which the reply requires or not, each with a token for the next.
    fn list(required: &str) -> Pages {
        let path = "/plants: { get: { tags: [plants], operationId: list, x-pagination: { by: token, parameter: from, next: /next, items: /data/plants }, parameters: [{ name: from, in: query, schema: { type: string } }], responses: { '200': { description: OK, content: { application/json: { schema: { $ref: '#/components/schemas/page' } } } } } } }";
        let data = "{ type: object, required: [plants], properties: { plants: { type: array, items: { type: string } } } }";
        let page = format!(
            "page: {{ type: object, required: [{required}], properties: {{ next: {{ type: string }}, data: {data} }} }}"
        );
        plan(&[path], &[&page], |plan| {
            let scope = Scope::new(plan, &[], BTreeSet::new());
            let (_, endpoint) = plan.api.endpoints()[0];
            pages(&scope, endpoint).unwrap()
        })
    }

    #[test]
    fn the_runtime_gets_the_rule_with_the_keys_that_lead_to_token_and_items() {
        assert_eq!(
            list("data").by,
            r#"crate::request::Paging::token("from", &["next"]).items(&["data", "plants"])"#
        );
    }

    #[test]
    fn items_that_may_be_absent_are_an_empty_list() {
        assert_eq!(list("data").items, "page.data.plants");
        assert_eq!(
            list("").items,
            "page.data.map(|page| page.plants).unwrap_or_default()"
        );
    }
}
