//! Enums under a tag: each variant holds the properties that are its own.

use crate::rust::items::TypeItem;
use askama::Template;

use super::object::{Rendered, entry};
use super::wire::{self, Entry};
use crate::model::{Accessor, Api, Object, Tag, Variant, Variants};
use crate::names;
use crate::rust::docs;
use crate::rust::fields::field_type;
use crate::rust::scope::{Scope, spelled, text};
use crate::rust::unions::tag_code;
use crate::rust::variants::{field_names, variant_names};

#[derive(Template)]
#[template(path = "variants.rs.jinja", escape = "none")]
struct VariantsView {
    docs: Vec<String>,
    attributes: Vec<String>,
    name: String,
    variants: Vec<VariantView>,
    unknown: String,
    unknown_docs: Vec<String>,
}

struct VariantView {
    docs: Vec<String>,
    attributes: Vec<String>,
    name: String,
    fields: Vec<FieldView>,
}

struct FieldView {
    docs: Vec<String>,
    attributes: Vec<String>,
    name: String,
    ty: String,
}

/// Returns the JSON type of the tag.
fn kind(variants: &Variants) -> &'static str {
    let is = |matches: fn(&Tag) -> bool| {
        let mut tags = variants.variants.iter().map(|variant| &variant.tag);
        tags.any(matches)
    };
    if is(|tag| matches!(tag, Tag::String(_))) {
        "string"
    } else if is(|tag| matches!(tag, Tag::Boolean(_))) {
        "boolean"
    } else {
        "integer"
    }
}

/// Returns the enum of the variants.
pub(super) fn variants(
    scope: &Scope<'_>,
    definition: &TypeItem<'_>,
    variants: &Variants,
    cfg: Option<&str>,
) -> Result<Rendered, askama::Error> {
    let name = &definition.path.name;
    let names = variant_names(name, variants);
    let kind = kind(variants);
    let unknown = match kind {
        "string" => "String".to_owned(),
        _ => text(&scope.root("Value")),
    };
    let view = VariantsView {
        docs: docs::lines(&definition.docs, "", 0),
        attributes: docs::type_attributes(cfg),
        name: name.clone(),
        variants: variants
            .variants
            .iter()
            .zip(&names)
            .map(|(variant, name)| view_of(scope, definition, (&variants.tag, variant), name))
            .collect(),
        unknown,
        unknown_docs: docs::wrapped(
            match kind {
                "string" => {
                    "A value that this version does not know. Holds the text that the API sent."
                }
                _ => "A value that this version does not know. Holds what the API sent.",
            },
            4,
        ),
    };
    let entries: Vec<Entry> = variants
        .variants
        .iter()
        .zip(&names)
        .map(|(variant, name)| Entry {
            cfg: docs::own_cfg(&variant.docs),
            text: wire_of(scope.plan.api, definition, variant, name),
        })
        .collect();
    let open = if variants.open { " open" } else { "" };
    let head = format!("{name}: {kind}{open}");
    Ok(Rendered {
        rust: view.render()?,
        wire: wire::block("crate::wire::variants!", &head, &entries, cfg),
    })
}

fn view_of(
    scope: &Scope<'_>,
    definition: &TypeItem<'_>,
    (tag, variant): (&str, &Variant),
    name: &str,
) -> VariantView {
    let hidden = docs::hidden(&variant.docs);
    let fields = variant.fields.iter().zip(field_names(&variant.fields));
    VariantView {
        docs: docs::wrapped(&docs::brief(&variant.docs, &tag_code(tag, &variant.tag)), 4),
        attributes: docs::attributes_in(scope.plan, &variant.docs, docs::own_cfg(&variant.docs)),
        name: name.to_owned(),
        fields: fields
            .map(|(field, name)| FieldView {
                docs: docs::wrapped(&docs::brief(&field.docs, ""), 8),
                attributes: docs::attributes_in(
                    scope.plan,
                    &field.docs,
                    docs::own_cfg(&field.docs),
                ),
                ty: scope.within(hidden || docs::hidden(&field.docs), || {
                    text(&field_type(scope, definition, field))
                }),
                name,
            })
            .collect(),
    }
}

fn wire_of(api: &Api, definition: &TypeItem<'_>, variant: &Variant, name: &str) -> String {
    let fields = variant.fields.iter().zip(field_names(&variant.fields));
    let fields: Vec<String> = fields
        .map(|(field, name)| {
            let entry = entry(api, definition, field, &name);
            match entry.cfg {
                Some(cfg) => format!("#[cfg({cfg})] {}", entry.text),
                None => entry.text,
            }
        })
        .collect();
    let held = match fields.is_empty() {
        true => "{}".to_owned(),
        false => format!("{{ {} }}", fields.join(", ")),
    };
    let tag = match &variant.tag {
        Tag::String(text) => format!("{text:?}"),
        Tag::Boolean(value) => value.to_string(),
        Tag::Integer(number) => format!("({number})"),
        Tag::Missing => "none".to_owned(),
    };
    let requires = match variant.requires.is_empty() {
        true => String::new(),
        false => format!(" requires {:?}", variant.requires),
    };
    format!("{name} {held} = {tag}{requires}")
}

/// Returns the wire code of the accessors of an object: what several of its variants have.
pub(super) fn accessors(scope: &Scope<'_>, definition: &TypeItem<'_>, object: &Object) -> String {
    let Some((field, id, variants)) = object.tag(&scope.plan.api.types) else {
        return String::new();
    };
    if object.accessors.is_empty() {
        return String::new();
    }
    let of = scope.plan.type_item(id);
    let names = variant_names(&of.path.name, variants);
    let entries: Vec<Entry> = object
        .accessors
        .iter()
        .map(|accessor| Entry {
            cfg: None,
            text: accessor_code(scope, accessor, variants, &names),
        })
        .collect();
    let tag = names::field_name(&field.name);
    let head = format!(
        "{}.{tag}: {}",
        definition.path.name,
        spelled(&scope.named(id))
    );
    wire::lines("crate::wire::accessors!", &head, &entries)
}

fn accessor_code(
    scope: &Scope<'_>,
    accessor: &Accessor,
    variants: &Variants,
    names: &[String],
) -> String {
    let ty = spelled(&scope.received(&accessor.ty));
    let name = names::field_name(&accessor.name);
    let has = accessor.variants.iter().map(|index| {
        let hidden = docs::own_cfg(&variants.variants[*index].docs);
        let cfg = hidden.map_or_else(String::new, |cfg| format!("#[cfg({cfg})] "));
        format!("{cfg}{}", names[*index])
    });
    let has: Vec<String> = has.collect();
    let docs = docs::brief(&accessor.docs, "");
    let docs = docs::wrapped(&docs, 4);
    let docs: Vec<String> = docs
        .iter()
        .map(|line| format!("/// {line}\n    "))
        .collect();
    format!("{}{name}: {ty} [{}]", docs.concat(), has.join(", "))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::variants;
    use crate::model::{Kind, Union};
    use crate::rust::scope::Scope;
    use crate::rust::tests::{get, item, plan};

    /// The wire code of the enum of a received leaf with these branches.
    fn wire(branches: &[&str]) -> String {
        let leaf = format!("leaf: {{ oneOf: [{}] }}", branches.join(", "));
        plan(&[&get("plants", "leaf")], &[&leaf], |plan| {
            let item = item(plan, "LeafKind");
            let Kind::Union(Union::Variants(of)) = &item.kind else {
                panic!("it has no variants");
            };
            let scope = Scope::new(plan, &item.path.module, BTreeSet::new());
            variants(&scope, item, of, None).unwrap().wire
        })
    }

    #[test]
    fn the_wire_code_has_the_own_fields_of_each_variant_and_what_it_requires() {
        let old = "{ type: object, required: [kind, at], properties: { kind: { enum: [old] }, at: { type: string }, size: { type: integer } } }";
        let new = "{ type: object, required: [kind], properties: { kind: { enum: [new] }, at: { type: string } } }";
        assert_eq!(
            wire(&[old, new]),
            "crate::wire::variants! { LeafKind: string {\n    Old { size [Optional] } = \"old\" requires [\"at\"], New {} = \"new\",\n} }\n"
        );
    }

    #[test]
    fn a_tag_may_be_a_number_or_a_flag() {
        let branch = |kind: &str| {
            format!(
                "{{ type: object, required: [kind], properties: {{ kind: {{ enum: [{kind}] }} }} }}"
            )
        };
        let numbers = wire(&[&branch("1"), &branch("2")]);
        assert!(numbers.contains("LeafKind: integer {"), "{numbers}");
        assert!(numbers.contains("Kind1 {} = (1)"), "{numbers}");
        let flags = wire(&[&branch("true"), &branch("false")]);
        assert!(flags.contains("LeafKind: boolean {"), "{flags}");
        assert!(flags.contains("NotKind {} = false"), "{flags}");
    }
}
