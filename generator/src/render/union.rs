//! Enums whose branches hold something.

use std::collections::BTreeSet;

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::docs::value as said;
use super::object::Rendered;
use super::scope::{Scope, text};
use super::variants::variants;
use super::wire::{self, Entry};
use crate::escape;
use crate::model::{Branch, Docs, Tag, Type, TypeDef, TypeId, Union, UnionBranch};
use crate::names;

const UNKNOWN_DOCS: &str = "A value that this version does not know. Holds what the API sent.";

#[derive(Template)]
#[template(path = "union.rs.jinja", escape = "none")]
struct UnionView {
    docs: Vec<String>,
    attributes: Vec<String>,
    name: String,
    variants: Vec<VariantView>,
    unknown: String,
    unknown_docs: String,
}

struct VariantView {
    docs: Vec<String>,
    attributes: Vec<String>,
    name: String,
    payload: Option<String>,
}

/// A branch as the views need it.
pub(crate) struct Part<'a> {
    pub(crate) docs: &'a Docs,
    pub(crate) name: String,
    fallback: String,
    pub(crate) payload: Option<&'a Type>,
    /// The value by which it is known on the wire.
    pub(crate) wire: Option<&'a str>,
    /// Where the document has it, if it has a place of its own.
    pub(crate) pointer: Option<&'a str>,
    /// What follows the variant in the macro call.
    mark: String,
}

/// An enum over shapes.
pub(super) fn union(
    scope: &Scope<'_>,
    id: TypeId,
    definition: &TypeDef,
    union: &Union,
    cfg: Option<&str>,
) -> Result<Rendered, askama::Error> {
    if let Union::Variants(of) = union {
        return variants(scope, id, definition, of, cfg);
    }
    let name = &definition.home.name;
    let parts = parts(scope, name, union);
    let raw = matches!(union, Union::Kinds(_) | Union::Results(_));
    let unknown = scope.root(if raw { "Value" } else { "UnknownVariant" });
    let view = UnionView {
        docs: docs::lines(&definition.docs, fallback(union), 0),
        attributes: docs::type_attributes(cfg),
        name: name.clone(),
        variants: parts
            .iter()
            .map(|part| variant(scope, id, definition, part))
            .collect(),
        unknown: text(&unknown),
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
        Union::Keyed(_) => wire::block("crate::wire::keyed_union!", name, &entries, cfg),
        Union::Kinds(_) => wire::block("crate::wire::kind_union!", name, &entries, cfg),
        Union::Results(_) => wire::block("crate::attempt::results!", name, &entries, cfg),
    };
    if scope.context.boxed.iter().any(|(_, held)| *held == id) {
        let line = format!("crate::wire::boxed! {{ {name} }}\n");
        below.push_str(&wire::gated(&line, cfg));
    }
    Ok(Rendered {
        rust: view.render()?,
        wire: below,
    })
}

fn fallback(union: &Union) -> &'static str {
    match union {
        Union::Results(_) => "The result of a successful action attempt, for each type of action.",
        _ => "",
    }
}

/// The actions that give something.
fn results(branches: &[UnionBranch]) -> impl Iterator<Item = &UnionBranch> {
    let gives = |branch: &&UnionBranch| matches!(branch.payload, Some(Type::Named(_)));
    branches.iter().filter(gives)
}

/// The branches in their order.
pub(crate) fn parts<'a>(scope: &Scope<'_>, name: &str, union: &'a Union) -> Vec<Part<'a>> {
    match union {
        Union::Tagged { tag, branches, .. } => {
            let words: Vec<String> = branches
                .iter()
                .map(|branch| branch.tag.words(tag))
                .collect();
            let variants =
                names::variants(name, &words.iter().map(String::as_str).collect::<Vec<_>>());
            branches
                .iter()
                .zip(variants)
                .map(|(branch, variant)| {
                    let holds = if branch.payload.is_some() { "(_)" } else { "" };
                    let literal = match &branch.tag {
                        Tag::String(text) => format!("{text:?}"),
                        Tag::Boolean(value) => value.to_string(),
                        Tag::Integer(number) => format!("({number})"),
                        Tag::Missing => "none".to_owned(),
                    };
                    Part {
                        docs: &branch.docs,
                        fallback: tag_code(tag, &branch.tag),
                        payload: branch.payload.as_ref(),
                        wire: match &branch.tag {
                            Tag::String(text) => Some(text),
                            Tag::Boolean(_) | Tag::Integer(_) | Tag::Missing => None,
                        },
                        pointer: Some(&branch.pointer),
                        mark: format!("{variant}{holds} = {literal}"),
                        name: variant,
                    }
                })
                .collect()
        }
        Union::Variants(_) => Vec::new(),
        Union::Results(branches) => results(branches)
            .map(|branch| {
                let Tag::String(action) = &branch.tag else {
                    unreachable!("an action's type is a string")
                };
                let variant = names::type_name(action);
                // What two actions give does not tell which of them it is of.
                let is_told = results(branches)
                    .filter(|other| other.payload == branch.payload)
                    .count()
                    == 1;
                let held = branch.payload.as_ref().filter(|_| is_told);
                let held =
                    held.map_or_else(String::new, |ty| format!("({})", text(&scope.received(ty))));
                let mark = format!("{variant}{held} = {action:?}");
                Part {
                    docs: &branch.docs,
                    fallback: said(action),
                    payload: branch.payload.as_ref(),
                    wire: Some(action),
                    pointer: Some(&branch.pointer),
                    mark,
                    name: variant,
                }
            })
            .collect(),
        Union::Keyed(branches) => branches
            .iter()
            .zip(names::variants(name, &keyed_names(scope, branches)))
            .map(|(branch, variant)| Part {
                docs: &branch.docs,
                fallback: format!("By {}.", escape::code(&branch.key)),
                payload: Some(&branch.payload),
                wire: None,
                pointer: None,
                mark: format!("{variant}(_) = {:?}", branch.key),
                name: variant,
            })
            .collect(),
        Union::Kinds(branches) => branches
            .iter()
            .map(|branch| {
                let variant = names::type_name(if branch.kind == "boolean" {
                    "bool"
                } else {
                    branch.kind
                });
                let mark = format!("{variant}(_): {}", branch.kind);
                Part {
                    docs: &NO_DOCS,
                    fallback: format!("A {}.", branch.kind),
                    payload: Some(&branch.payload),
                    wire: None,
                    pointer: None,
                    mark,
                    name: variant,
                }
            })
            .collect(),
    }
}

/// Branches that are resources are called so; others by their keys.
fn keyed_names<'a>(scope: &Scope<'a>, branches: &'a [Branch]) -> Vec<&'a str> {
    let resource = |branch: &Branch| match branch.payload {
        Type::Named(id) => {
            let definition = scope.context.api.type_def(id);
            definition
                .component
                .as_ref()
                .map(|_| definition.home.name.as_str())
        }
        _ => None,
    };
    let resources: Option<Vec<&str>> = branches.iter().map(resource).collect();
    let distinct = |names: &Vec<&str>| names.iter().collect::<BTreeSet<_>>().len() == names.len();
    resources
        .filter(distinct)
        .unwrap_or_else(|| branches.iter().map(|branch| branch.key.as_str()).collect())
}

static NO_DOCS: Docs = Docs {
    title: None,
    description: None,
    deprecated: None,
    draft: None,
    undocumented: None,
};

fn variant(scope: &Scope<'_>, id: TypeId, definition: &TypeDef, part: &Part<'_>) -> VariantView {
    let payload = part.payload.map(|payload| {
        scope.within(docs::hidden(part.docs), || {
            text(&payload_type(scope, id, definition, payload))
        })
    });
    VariantView {
        docs: docs::wrapped(&docs::brief(part.docs, &part.fallback), 4),
        attributes: docs::attributes_in(scope.context, part.docs, docs::own_cfg(part.docs)),
        name: part.name.clone(),
        payload,
    }
}

/// What a variant holds.
pub(crate) fn payload_type(
    scope: &Scope<'_>,
    id: TypeId,
    definition: &TypeDef,
    payload: &Type,
) -> TokenStream {
    let only_sent = definition.sent && !definition.received;
    let ty = if only_sent {
        scope.sent(payload)
    } else {
        scope.received(payload)
    };
    let boxed =
        matches!(payload, Type::Named(other) if scope.context.boxed.contains(&(id, *other)));
    if boxed { quote!(Box<#ty>) } else { ty }
}

pub(super) fn tag_code(name: &str, tag: &Tag) -> String {
    match tag {
        Tag::String(text) => said(text),
        Tag::Boolean(value) => said(&value.to_string()),
        Tag::Integer(number) => said(&number.to_string()),
        Tag::Missing => format!("Without {}", said(name)),
    }
}
