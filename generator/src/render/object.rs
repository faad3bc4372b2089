//! Structs.

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use super::builder::{Builder, builder};
use super::docs;
use super::scope::{Scope, spelled, text};
use super::variants::accessors;
use super::wire::{self, Entry};
use crate::model::{Additional, Api, Docs, Field, Kind, Object, Presence, Type, TypeDef, TypeId};
use crate::names;

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
    id: TypeId,
    definition: &TypeDef,
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
        name: definition.home.name.clone(),
        fields: fields
            .iter()
            .map(|(field, name)| FieldView {
                docs: docs::lines(&field.docs, "", 4),
                attributes: docs::attributes_in(
                    scope.context,
                    &field.docs,
                    docs::own_cfg(&field.docs),
                ),
                name: (*name).clone(),
                ty: scope.within(docs::hidden(&field.docs), || {
                    text(&field_type(scope, id, definition, field))
                }),
            })
            .collect(),
        builder: definition
            .sent
            .then(|| builder(scope, id, definition, &fields)),
    };
    let mut entries: Vec<Entry> = fields
        .iter()
        .map(|(field, name)| entry(scope.context.api, definition, field, name))
        .collect();
    if let (Some(additional), Some(name), Some(last)) =
        (&object.additional, &others, entries.last_mut())
    {
        let besides = additional.besides.iter().map(|name| format!("{name:?}"));
        let besides = besides.collect::<Vec<_>>().join(", ");
        last.text = format!("{name} [Additional({besides})]");
    }
    let tail = extra.map_or_else(String::new, |extra| with_extra(scope, id, &extra));
    let mut below = wire::block_with(
        "crate::wire::object!",
        &definition.home.name,
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
            "crate::identifies! {{ {}: {field} as {} }}\n",
            definition.home.name,
            spelled(&scope.root(&identity.id))
        );
        below.push_str(&wire::gated(&line, cfg));
    }
    Ok(Rendered {
        rust: view.render()?,
        wire: below,
    })
}

/// The name of the field that keeps what the API sends besides, where nothing else keeps it.
fn extra(definition: &TypeDef, object: &Object, idents: &[String]) -> Option<String> {
    let numbered = (2..).map(|number: usize| format!("extra_{number}"));
    let mut free = ["extra".to_owned()]
        .into_iter()
        .chain(numbered)
        .filter(|name| !idents.contains(name));
    (definition.received && object.additional.is_none())
        .then(|| free.next())
        .flatten()
}

/// The end of the wire code of a type that keeps what the API sends besides, but for what is read elsewhere.
fn with_extra(scope: &Scope<'_>, id: TypeId, extra: &str) -> String {
    let elsewhere = scope.context.read_elsewhere.get(&id);
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

/// What the fields of an object are called, and the one of all other properties.
pub(crate) fn names_of(object: &Object) -> (Vec<String>, Option<String>) {
    let wire_names: Vec<&str> = object
        .fields
        .iter()
        .map(|field| field.name.as_str())
        .collect();
    let idents = names::fields(&wire_names);
    let numbered = (2..).map(|number: usize| format!("additional_properties_{number}"));
    let others = object.additional.as_ref().and_then(|_| {
        ["additional_properties", "other_properties"]
            .map(str::to_owned)
            .into_iter()
            .chain(numbered)
            .find(|name| !idents.contains(name))
    });
    (idents, others)
}

/// Whether a field is the one of all other properties.
pub(super) fn is_additional(definition: &TypeDef, field: &Field) -> bool {
    match &definition.kind {
        Kind::Object(object) => {
            let additional = object.additional.as_ref();
            additional.is_some_and(|additional| additional.pointer == field.pointer)
        }
        _ => false,
    }
}

/// The properties without a field of their own, as a field.
fn additional_field(additional: &Additional) -> Field {
    Field {
        name: "additional_properties".to_owned(),
        ty: Type::Map(Box::new(additional.ty.clone())),
        presence: Presence {
            required: false,
            nullable: false,
        },
        docs: Docs {
            description: Some("Properties without a field of their own.".to_owned()),
            ..Docs::default()
        },
        pointer: additional.pointer.clone(),
    }
}

pub(super) fn entry(api: &Api, definition: &TypeDef, field: &Field, name: &str) -> Entry {
    let mut text = name.to_owned();
    if name.trim_start_matches("r#") != field.name || name.starts_with("r#") {
        text.push_str(&format!(" = {:?}", field.name));
    }
    let flags: Vec<&str> = [
        (is_tag(api, field), "Variants"),
        (!field.presence.required, "Optional"),
        (field.presence.nullable, "Nullable"),
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

fn is_tag(api: &Api, field: &Field) -> bool {
    matches!(field.ty, Type::Named(id) if api.is_tag(id))
}

/// The type of a field: what may be absent or null is an `Option`, but a list that is absent is empty.
pub(crate) fn field_type(
    scope: &Scope<'_>,
    id: TypeId,
    definition: &TypeDef,
    field: &Field,
) -> TokenStream {
    let presence = field.presence;
    let only_sent = definition.sent && !definition.received;
    let mut ty = if only_sent {
        scope.sent(&field.ty)
    } else {
        scope.received(&field.ty)
    };
    if is_tag(scope.context.api, field) {
        return ty;
    }
    if is_boxed(scope, id, definition, field) {
        ty = quote!(Box<#ty>);
    }
    if field.ty == Type::Json {
        return if presence.required {
            ty
        } else {
            quote!(Option<#ty>)
        };
    }
    let collects = matches!(field.ty, Type::List(_) | Type::Map(_));
    match (presence.required, presence.nullable) {
        (true, false) => ty,
        (false, false) if collects && (!only_sent || is_additional(definition, field)) => ty,
        (false, true) if only_sent => {
            let nullable = scope.root("Nullable");
            quote!(Option<#nullable<#ty>>)
        }
        _ => quote!(Option<#ty>),
    }
}

/// Whether a field holds its object in a box: where it would contain itself, and where it receives one that may not be
/// there. A resource has many of those, few at a time; in place, each would take its room in every one of a list.
pub(super) fn is_boxed(scope: &Scope<'_>, id: TypeId, definition: &TypeDef, field: &Field) -> bool {
    let Type::Named(other) = field.ty else {
        return false;
    };
    let may_be_missing = !field.presence.required || field.presence.nullable;
    let is_object = matches!(scope.context.api.type_def(other).kind, Kind::Object(_));
    (definition.received && may_be_missing && is_object)
        || scope.context.boxed.contains(&(id, other))
}
