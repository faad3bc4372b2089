//! Whether a client needs the parts of the runtime that only some documents need: styles, headers, cookies, forms, uploads,
//! streams, rules of pages.

use crate::model::{Api, Endpoint, Kind, Location, PageRule, Param, Reply, Type, Union};

pub(super) fn are_needed(api: &Api) -> bool {
    let mut found = api.deliveries.is_some();
    found |= api
        .endpoints()
        .into_iter()
        .any(|(_, endpoint)| needs(endpoint));
    found |= api.types.iter().any(|definition| match &definition.kind {
        Kind::Enumeration(enumeration) => enumeration.whole,
        Kind::Union(Union::Delivered(_) | Union::Replies(_)) => true,
        _ => false,
    });
    if !found {
        // Each type is visited by a method that may change it.
        api.clone().each_type(&mut |ty| found |= has_tuple(ty));
    }
    found
}

fn needs(endpoint: &Endpoint) -> bool {
    let mut given = endpoint.params().chain(&endpoint.constants);
    let by_token =
        |rule: &PageRule| matches!(rule, PageRule::Dialect { .. } | PageRule::Token { .. });
    let paging = endpoint.paging.as_ref();
    endpoint.events.is_some()
        || matches!(
            endpoint.output.reply,
            Reply::Bytes | Reply::TextOrJson | Reply::Told
        )
        || paging.is_some_and(|paging| !by_token(&paging.rule))
        || given.any(is_rare)
        || endpoint
            .sends
            .as_deref()
            .is_some_and(|media| media.contains("form"))
}

fn is_rare(param: &Param) -> bool {
    use Location::{Body, Flat, Path, Query, WholeBody};
    !matches!(param.location, Body | Flat | Path | Query | WholeBody)
}

fn has_tuple(ty: &Type) -> bool {
    match ty {
        Type::Tuple(_) => true,
        Type::List(inner)
        | Type::Map(inner)
        | Type::Nullable(inner)
        | Type::ActionAttempt(inner) => has_tuple(inner),
        _ => false,
    }
}
