//! The variants of unions: their names and payloads.

use crate::rust::items::TypeItem;
use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{self, value as code};
use super::scope::{Scope, text};
use crate::escape;
use crate::model::{Branch, Docs, ReplyBranch, Status, Tag, Type, UNSIGNED, Union, UnionBranch};
use crate::names;

/// A variant of the enum for a union.
pub(crate) struct Part<'a> {
    pub(crate) docs: &'a Docs,
    pub(crate) name: String,
    /// Its documentation if the document has none.
    pub(crate) fallback: String,
    pub(crate) payload: Option<&'a Type>,
    /// The value that identifies the variant on the wire.
    pub(crate) wire: Option<&'a str>,
    /// The JSON pointer of the branch, if it has one.
    pub(crate) pointer: Option<&'a str>,
    /// The text for the variant in the macro call.
    pub(crate) mark: String,
}

/// Returns the actions with a result.
fn results(branches: &[UnionBranch]) -> impl Iterator<Item = &UnionBranch> {
    let gives = |branch: &&UnionBranch| matches!(branch.payload, Some(Type::Named(_)));
    branches.iter().filter(gives)
}

/// Returns the branches in their order.
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
        Union::Delivered(delivered) => {
            let names: Vec<&str> = delivered
                .arrivals
                .iter()
                .map(|one| one.name.as_str())
                .collect();
            let arrivals = delivered.arrivals.iter();
            arrivals
                .zip(names::variants(name, &names))
                .map(|(arrival, variant)| {
                    let holds = if arrival.payload.is_some() { "(_)" } else { "" };
                    Part {
                        docs: &arrival.docs,
                        fallback: code(&arrival.name),
                        payload: arrival.payload.as_ref(),
                        wire: Some(&arrival.name),
                        pointer: Some(&arrival.pointer),
                        mark: match arrival.payload {
                            Some(Type::Bytes) => format!("{variant}(_) = ({:?} raw)", arrival.name),
                            _ => format!("{variant}{holds} = {:?}", arrival.name),
                        },
                        name: variant,
                    }
                })
                .collect()
        }
        Union::Results(branches) => results(branches)
            .map(|branch| {
                let Tag::String(action) = &branch.tag else {
                    unreachable!("an action's type is a string")
                };
                let variant = names::type_name(action);
                // The type of the result does not identify the action if two actions have the same.
                let is_unique = results(branches)
                    .filter(|other| other.payload == branch.payload)
                    .count()
                    == 1;
                let held = branch.payload.as_ref().filter(|_| is_unique);
                let held =
                    held.map_or_else(String::new, |ty| format!("({})", text(&scope.received(ty))));
                let mark = format!("{variant}{held} = {action:?}");
                Part {
                    docs: &branch.docs,
                    fallback: code(action),
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
                fallback: match &branch.key {
                    Some(key) => format!("By {}.", escape::code(key)),
                    None => "Any other object.".to_owned(),
                },
                payload: Some(&branch.payload),
                wire: None,
                pointer: None,
                mark: match &branch.key {
                    Some(key) => format!("{variant}(_) = {key:?}"),
                    None => format!("{variant}(_) = else"),
                },
                name: variant,
            })
            .collect(),
        Union::Replies(branches) => replies(name, branches),
        Union::Kinds(branches) => branches
            .iter()
            .map(|branch| {
                let word = match branch.kind {
                    UNSIGNED => "integer",
                    other => other,
                };
                let variant = names::type_name(if word == "boolean" { "bool" } else { word });
                let mark = format!("{variant}(_): {}", branch.kind);
                Part {
                    docs: &NO_DOCS,
                    fallback: docs::words(&format!("{} {word}", docs::article(word))),
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

/// Returns the replies of a call.
fn replies<'a>(name: &str, branches: &'a [ReplyBranch]) -> Vec<Part<'a>> {
    let words: Vec<&str> = branches.iter().map(|branch| branch.name.as_str()).collect();
    let variants = names::variants(name, &words);
    let parts = branches.iter().zip(variants);
    parts
        .map(|(branch, variant)| {
            let holds = if branch.payload.is_some() { "(_)" } else { "" };
            let status = match branch.status {
                Status::Code(code) => code,
                Status::Range(range) => range,
                Status::Default => 0,
            };
            let media: Vec<String> = branch
                .media
                .iter()
                .map(|media| format!("{media:?}"))
                .collect();
            let media = media.join(", ");
            Part {
                docs: &branch.docs,
                fallback: reply_fallback(branch),
                payload: branch.payload.as_ref(),
                wire: None,
                pointer: None,
                mark: format!("{variant}{holds}: {status} {:?} [{media}]", branch.reply),
                name: variant,
            }
        })
        .collect()
}

/// Returns the documentation of a reply that the document does not describe.
fn reply_fallback(branch: &ReplyBranch) -> String {
    let media: Vec<String> = branch
        .media
        .iter()
        .map(|media| escape::code(media))
        .collect();
    match media.is_empty() {
        true => "Without a body.".to_owned(),
        false => format!("As {}.", media.join(", ")),
    }
}

/// Returns the names of branches: those of resources, or else their keys.
fn keyed_names<'a>(scope: &Scope<'a>, branches: &'a [Branch]) -> Vec<&'a str> {
    let resource = |branch: &Branch| match branch.payload {
        Type::Named(id) => {
            let definition = scope.plan.type_item(id);
            definition
                .component
                .as_ref()
                .map(|_| definition.path.name.as_str())
        }
        _ => None,
    };
    let resources: Option<Vec<&str>> = branches.iter().map(resource).collect();
    let distinct = |names: &Vec<&str>| names.iter().collect::<BTreeSet<_>>().len() == names.len();
    resources
        .filter(distinct)
        .unwrap_or_else(|| branches.iter().map(Branch::word).collect())
}

static NO_DOCS: Docs = Docs {
    title: None,
    description: None,
    deprecated: None,
    draft: None,
    undocumented: None,
};

/// Returns the type that a variant holds.
pub(crate) fn payload_type(
    scope: &Scope<'_>,
    definition: &TypeItem<'_>,
    payload: &Type,
) -> TokenStream {
    let only_sent = definition.sent && !definition.received;
    let ty = if only_sent {
        scope.sent(payload)
    } else {
        scope.received(payload)
    };
    let boxed = matches!(payload, Type::Named(other) if scope.plan.boxed.contains(&(definition.id, *other)));
    if boxed { quote!(Box<#ty>) } else { ty }
}

pub(crate) fn tag_code(name: &str, tag: &Tag) -> String {
    match tag {
        Tag::String(text) => code(text),
        Tag::Boolean(value) => code(&value.to_string()),
        Tag::Integer(number) => code(&number.to_string()),
        Tag::Missing => format!("Without {}", code(name)),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::parts;
    use crate::model::Kind;
    use crate::rust::scope::Scope;
    use crate::rust::tests::{item, plan, plant};

    const LEAF: &str = "leaf: { type: object, required: [a], properties: { a: { type: string } } }";
    const ROOT: &str = "root: { type: object, required: [b], properties: { b: { type: string } } }";

    /// The branches of a union that is sent: the name of each, and its documentation.
    fn branches(of: &str) -> Vec<String> {
        let path = plant(&format!("it: {{ oneOf: [{of}] }}"));
        plan(&[&path], &[LEAF, ROOT], |plan| {
            let Kind::Union(union) = &item(plan, "It").kind else {
                panic!("it is no union");
            };
            let scope = Scope::outside(plan, HashMap::new());
            let parts = parts(&scope, "It", union).into_iter();
            parts
                .map(|part| format!("{}: {}", part.name, part.fallback))
                .collect()
        })
    }

    #[test]
    fn a_branch_with_a_tag_is_called_by_its_value() {
        let branch = |size: &str| {
            format!(
                "{{ type: object, required: [is_big], properties: {{ is_big: {{ enum: [{size}] }} }} }}"
            )
        };
        assert_eq!(
            branches(&[branch("true"), branch("false")].join(", ")),
            ["Big: `true`.", "NotBig: `false`."]
        );
    }

    #[test]
    fn a_branch_with_a_key_is_called_by_it_unless_all_are_resources() {
        let inline = "{ type: object, required: [c], properties: { c: { type: string } } }";
        let leaf = "{ $ref: '#/components/schemas/leaf' }";
        assert_eq!(
            branches(&[leaf, inline].join(", ")),
            ["A: By `a`.", "C: By `c`."]
        );
        assert_eq!(
            branches(&[leaf, "{ $ref: '#/components/schemas/root' }"].join(", ")),
            ["Leaf: By `a`.", "Root: By `b`."]
        );
    }

    #[test]
    fn a_branch_of_a_json_type_is_called_by_that() {
        assert_eq!(
            branches("{ type: boolean }, { type: integer }"),
            ["Bool: A boolean.", "Integer: An integer."]
        );
    }
}
