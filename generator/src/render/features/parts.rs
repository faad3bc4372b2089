//! Decides if a client needs the parts of the runtime that only some documents need: styles, headers, cookies, forms, uploads,
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

#[cfg(test)]
mod tests {
    use super::are_needed;
    use crate::rust::tests::{plan, plant};

    fn needs(path: &str) -> bool {
        plan(&[path], &["unused: { type: string }"], |plan| {
            are_needed(plan.api)
        })
    }

    #[test]
    fn only_rare_parameters_and_types_need_the_rare_parts() {
        let plain = plant("a: { type: string }");
        assert!(!needs(&plain));
        let header = plain.replace(
            "operationId:",
            "parameters: [{ name: X-Trace, in: header, schema: { type: string } }], operationId:",
        );
        assert!(needs(&header));
        assert!(needs(&plant("a: { type: integer, enum: [1, 2] }")));
    }

    #[test]
    fn a_file_in_a_reply_needs_them() {
        let reply = "'200': { description: OK, content: { application/pdf: { schema: { type: string, format: binary } } } }";
        let path = plant("a: { type: string }").replace("'204': { description: OK }", reply);
        assert!(needs(&path));
    }
}
