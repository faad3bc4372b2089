//! Enums whose branches hold something.

use crate::rust::items::TypeItem;
use askama::Template;

use super::object::Rendered;
use super::variants::variants;
use super::wire::{self, Entry};
use crate::model::{Delivered, Union};
use crate::names;
use crate::rust::docs;
use crate::rust::scope::{Scope, text};
use crate::rust::unions::{Part, parts, payload_type};

const UNKNOWN_DOCS: &str = "A value that this version does not know. Holds what the API sent.";

#[derive(Template)]
#[template(path = "union.rs.jinja", escape = "none")]
struct UnionView {
    docs: Vec<String>,
    attributes: Vec<String>,
    name: String,
    variants: Vec<VariantView>,
    derives: &'static str,
    unknown: Option<String>,
    unknown_docs: String,
}

struct VariantView {
    docs: Vec<String>,
    attributes: Vec<String>,
    name: String,
    payload: Option<String>,
}

/// An enum over shapes.
pub(super) fn union(
    scope: &Scope<'_>,
    definition: &TypeItem<'_>,
    union: &Union,
    cfg: Option<&str>,
) -> Result<Rendered, askama::Error> {
    if let Union::Variants(of) = union {
        return variants(scope, definition, of, cfg);
    }
    let name = &definition.path.name;
    let parts = parts(scope, name, union);
    let raw = matches!(union, Union::Kinds(_) | Union::Results(_));
    // What does not look like any of the replies is an error.
    let is_open = !matches!(union, Union::Replies(_));
    let unknown = is_open.then(|| scope.root(if raw { "Value" } else { "UnknownVariant" }));
    let view = UnionView {
        docs: docs::lines(&definition.docs, fallback(union), 0),
        attributes: docs::type_attributes(cfg),
        name: name.clone(),
        variants: parts
            .iter()
            .map(|part| variant(scope, definition, part))
            .collect(),
        derives: match is_open {
            true => "Clone",
            false => "Debug, Clone, PartialEq",
        },
        unknown: unknown.as_ref().map(text),
        unknown_docs: UNKNOWN_DOCS.to_owned(),
    };
    let entries: Vec<Entry> = parts
        .iter()
        .map(|part| Entry {
            cfg: docs::own_cfg(part.docs),
            text: part.mark.clone(),
        })
        .collect();
    let mut below = match union {
        Union::Tagged { tag, open, .. } => {
            let accessor = names::field_name(tag);
            let mut by = if accessor == *tag {
                accessor
            } else {
                format!("{accessor} = {tag:?}")
            };
            if *open {
                by.push_str(", open");
            }
            let head = format!("{name} by {by}");
            wire::block("crate::wire::union!", &head, &entries, cfg)
        }
        Union::Variants(_) => String::new(),
        Union::Delivered(delivered) => deliveries(name, delivered, &entries, cfg),
        Union::Keyed(_) => wire::block("crate::wire::keyed_union!", name, &entries, cfg),
        Union::Kinds(_) => wire::block("crate::wire::kind_union!", name, &entries, cfg),
        Union::Replies(_) => wire::block("crate::response::replies!", name, &entries, cfg),
        Union::Results(_) => wire::block("crate::attempt::results!", name, &entries, cfg),
    };
    if scope
        .plan
        .boxed
        .iter()
        .any(|(_, held)| *held == definition.id)
    {
        let line = format!("crate::wire::boxed! {{ {name} }}\n");
        below.push_str(&wire::gated(&line, cfg));
    }
    Ok(Rendered {
        rust: view.render()?,
        wire: below,
    })
}

/// Returns the wire code of what the API sends by itself.
fn deliveries(name: &str, delivered: &Delivered, entries: &[Entry], cfg: Option<&str>) -> String {
    let mut code = wire::block("crate::wire::delivered!", name, entries, cfg);
    let Some(tag) = &delivered.tag else {
        return code;
    };
    let by: Vec<Entry> = delivered
        .arrivals
        .iter()
        .flat_map(|arrival| arrival.tags.iter().map(move |value| (arrival, value)))
        .map(|(arrival, value)| Entry {
            cfg: docs::own_cfg(&arrival.docs),
            text: format!("{value:?} = {:?}", arrival.name),
        })
        .collect();
    let head = format!("{name} by {tag:?}");
    code.push_str(&wire::block("crate::wire::delivered_by!", &head, &by, cfg));
    code
}

fn fallback(union: &Union) -> &'static str {
    match union {
        Union::Delivered(_) => "What the API sends to a webhook or a callback.",
        Union::Results(_) => "The result of a successful action attempt, for each type of action.",
        _ => "",
    }
}

fn variant(scope: &Scope<'_>, definition: &TypeItem<'_>, part: &Part<'_>) -> VariantView {
    let payload = part.payload.map(|payload| {
        scope.within(docs::hidden(part.docs), || {
            text(&payload_type(scope, definition, payload))
        })
    });
    VariantView {
        docs: docs::wrapped(&docs::brief(part.docs, &part.fallback), 4),
        attributes: docs::attributes_in(scope.plan, part.docs, docs::own_cfg(part.docs)),
        name: part.name.clone(),
        payload,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::union;
    use crate::model::Kind;
    use crate::rust::scope::Scope;
    use crate::rust::tests::{item, plan, plant};

    /// The first line of the wire code of a union that is sent.
    fn wire(branches: &str) -> String {
        let path = plant(&format!("it: {{ oneOf: [{branches}] }}"));
        plan(&[&path], &["unused: { type: string }"], |plan| {
            let item = item(plan, "It");
            let Kind::Union(of) = &item.kind else {
                panic!("it is no union");
            };
            let scope = Scope::new(plan, &item.path.module, BTreeSet::new());
            let wire = union(&scope, item, of, None).unwrap().wire;
            wire.lines().take(2).collect::<Vec<_>>().join(" ")
        })
    }

    #[test]
    fn the_wire_code_says_what_tells_the_branches_apart() {
        let tagged = "{ type: object, required: [KIND], properties: { KIND: { enum: [big] }, a: { type: string } } }, { type: object, required: [KIND], properties: { KIND: { enum: [small] } } }";
        assert_eq!(
            wire(&tagged.replace("KIND", "isKind")),
            "crate::wire::union! { It by is_kind = \"isKind\" {     Big(_) = \"big\", Small = \"small\","
        );
        assert_eq!(
            wire(&tagged.replace("KIND", "kind")),
            "crate::wire::union! { It by kind {     Big(_) = \"big\", Small = \"small\","
        );
        let kinds = "{ type: string }, { type: array, items: { type: string } }";
        assert!(wire(kinds).starts_with("crate::wire::kind_union! { It {"));
    }
}
