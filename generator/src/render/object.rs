//! Structs.

use crate::rust::items::TypeItem;
use askama::Template;

use super::variants::accessors;
use super::wire::{self, Entry};
use crate::model::{Access, Additional, Api, Docs, Field, Object, Presence, Type, TypeId};
use crate::names;
use crate::rust::builder::{Builder, builder};
use crate::rust::docs;
use crate::rust::fields::{field_type, is_tag, names_of};
use crate::rust::ids;
use crate::rust::scope::{Scope, spelled, text};

#[derive(Template)]
#[template(path = "object.rs.jinja", escape = "none")]
struct ObjectView {
    docs: Vec<String>,
    attributes: Vec<String>,
    cfg: Vec<String>,
    name: String,
    fields: Vec<FieldView>,
    /// The field that keeps what the API sends besides, and its type.
    extra: Option<(String, String)>,
    /// How a caller builds it, when callers do.
    builder: Option<Builder>,
}

struct FieldView {
    docs: Vec<String>,
    attributes: Vec<String>,
    name: String,
    ty: String,
}

/// A rendered type: its Rust and its wire code.
pub(super) struct Rendered {
    pub(super) rust: String,
    pub(super) wire: String,
}

/// A struct.
pub(super) fn object(
    scope: &Scope<'_>,
    definition: &TypeItem<'_>,
    object: &Object,
    cfg: Option<&str>,
) -> Result<Rendered, askama::Error> {
    let (idents, others) = names_of(object);
    let additional = object.additional.as_ref().map(additional_field);
    let fields: Vec<(&Field, &String)> = object
        .fields
        .iter()
        .zip(&idents)
        .chain(additional.as_ref().zip(others.as_ref()))
        .collect();
    let extra = extra(definition, object, &idents);
    let view = ObjectView {
        extra: extra.clone().map(|name| (name, text(&scope.root("Extra")))),
        docs: docs::lines(&definition.docs, "", 0),
        attributes: docs::type_attributes(cfg),
        cfg: docs::type_attributes(cfg),
        name: definition.path.name.clone(),
        fields: fields
            .iter()
            .map(|(field, name)| FieldView {
                docs: docs::lines(&field.docs, "", 4),
                attributes: docs::attributes_in(
                    scope.plan,
                    &field.docs,
                    docs::own_cfg(&field.docs),
                ),
                name: (*name).clone(),
                ty: scope.within(docs::hidden(&field.docs), || {
                    text(&field_type(scope, definition, field))
                }),
            })
            .collect(),
        builder: definition.sent.then(|| builder(scope, definition, &fields)),
    };
    let mut entries: Vec<Entry> = fields
        .iter()
        .map(|(field, name)| entry(scope.plan.api, definition, field, name))
        .collect();
    if let (Some(additional), Some(name), Some(last)) =
        (&object.additional, &others, entries.last_mut())
    {
        let besides = additional.besides.iter().map(|name| format!("{name:?}"));
        let besides = besides.collect::<Vec<_>>().join(", ");
        last.text = format!("{name} [Additional({besides})]");
    }
    let tail = extra.map_or_else(String::new, |extra| {
        with_extra(scope, definition.id, &extra)
    });
    let mut below = wire::block_with(
        "crate::wire::object!",
        &definition.path.name,
        &entries,
        &tail,
        cfg,
    );
    below.push_str(&wire::gated_if_any(
        &accessors(scope, definition, object),
        cfg,
    ));
    if let Some(identity) = &object.identity {
        let field = names::field_name(&identity.field);
        let line = format!(
            "crate::resource_id! {{ {}: {field} as {} }}\n",
            definition.path.name,
            spelled(&scope.root(&ids::type_name(&identity.id)))
        );
        below.push_str(&wire::gated(&line, cfg));
    }
    Ok(Rendered {
        rust: view.render()?,
        wire: below,
    })
}

/// Returns the name of the field that keeps what the API sends besides, where nothing else keeps it.
fn extra(definition: &TypeItem<'_>, object: &Object, idents: &[String]) -> Option<String> {
    let numbered = (2..).map(|number: usize| format!("extra_{number}"));
    let mut free = ["extra".to_owned()]
        .into_iter()
        .chain(numbered)
        .filter(|name| !idents.contains(name));
    (definition.received && object.additional.is_none())
        .then(|| free.next())
        .flatten()
}

/// Returns the end of the wire code of a type that keeps unknown properties, except those that are read elsewhere.
fn with_extra(scope: &Scope<'_>, id: TypeId, extra: &str) -> String {
    let elsewhere = scope.plan.read_elsewhere.get(&id);
    let elsewhere: Vec<String> = elsewhere
        .into_iter()
        .flatten()
        .map(|name| format!("{name:?}"))
        .collect();
    match elsewhere.is_empty() {
        true => format!(" with {extra}"),
        false => format!(" with {extra} except {}", elsewhere.join(", ")),
    }
}

/// Returns the properties without a field of their own, as a field.
fn additional_field(additional: &Additional) -> Field {
    Field {
        name: "additional_properties".to_owned(),
        ty: Type::Map(Box::new(additional.ty.clone())),
        presence: Presence {
            required: false,
            nullable: false,
        },
        only: None,
        access: Access::Both,
        docs: Docs {
            description: Some("Properties without a field of their own.".to_owned()),
            ..Docs::default()
        },
        pointer: additional.pointer.clone(),
    }
}

pub(super) fn entry(api: &Api, definition: &TypeItem<'_>, field: &Field, name: &str) -> Entry {
    let mut text = name.to_owned();
    if name.trim_start_matches("r#") != field.name || name.starts_with("r#") {
        text.push_str(&format!(" = {:?}", field.name));
    }
    let flags: Vec<&str> = [
        (is_tag(api, field), "Variants"),
        (!field.presence.required, "Optional"),
        (field.presence.nullable, "Nullable"),
        (
            field.access == Access::ReadOnly && definition.sent,
            "ReadOnly",
        ),
    ]
    .into_iter()
    .filter_map(|(set, flag)| set.then_some(flag))
    .collect();
    // `Value` takes null as it takes everything.
    let anything = field.ty == Type::Json && field.presence.required && !definition.sent;
    if !flags.is_empty() && !anything {
        text.push_str(&format!(" [{}]", flags.join(" ")));
    }
    Entry {
        cfg: docs::own_cfg(&field.docs),
        text,
    }
}

#[cfg(test)]
mod tests {
    use super::{entry, extra, names_of};
    use crate::model::{Kind, Object};
    use crate::rust::Plan;
    use crate::rust::items::TypeItem;
    use crate::rust::tests::{get, item, plan};

    /// What `see` finds in a received object with these properties.
    fn leaf<T>(
        properties: &str,
        see: impl FnOnce(&Plan<'_>, &TypeItem<'_>, &Object, &[String]) -> T,
    ) -> T {
        let leaf = format!("leaf: {{ type: object, required: [a], {properties} }}");
        plan(&[&get("plants", "leaf")], &[&leaf], |plan| {
            let item = item(plan, "Leaf");
            let Kind::Object(object) = &item.kind else {
                panic!("the leaf is no object");
            };
            see(plan, item, object, &names_of(object).0)
        })
    }

    #[test]
    fn the_wire_code_says_how_a_property_differs_from_a_required_field_of_its_name() {
        let properties = "properties: { a: { type: string }, type: { type: string }, newName: { type: string, nullable: true } }";
        let entries = leaf(properties, |plan, item, object, names| {
            let fields = object.fields.iter().zip(names);
            let entries = fields.map(|(field, name)| entry(plan.api, item, field, name).text);
            entries.collect::<Vec<_>>()
        });
        assert_eq!(
            entries,
            [
                "a",
                "r#type = \"type\" [Optional]",
                "new_name = \"newName\" [Optional Nullable]"
            ]
        );
    }

    #[test]
    fn unknown_properties_are_kept_where_nothing_else_keeps_them() {
        let kept = |properties: &str| {
            leaf(properties, |_, item, object, names| {
                extra(item, object, names)
            })
        };
        assert_eq!(
            kept("properties: { a: { type: string } }").as_deref(),
            Some("extra")
        );
        assert_eq!(
            kept("properties: { a: { type: string }, extra: { type: string } }").as_deref(),
            Some("extra_2")
        );
        let open = "properties: { a: { type: string } }, additionalProperties: { type: integer }";
        assert_eq!(kept(open), None);
    }
}
