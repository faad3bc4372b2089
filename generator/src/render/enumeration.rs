//! String enums.

use askama::Template;

use super::object::Rendered;
use super::wire::{self, Entry};
use crate::model::{Enumeration, TypeDef};
use crate::names;
use crate::rust::docs::{self, value as said};

#[derive(Template)]
#[template(path = "enumeration.rs.jinja", escape = "none")]
struct EnumerationView {
    docs: Vec<String>,
    attributes: Vec<String>,
    name: String,
    values: Vec<ValueView>,
}

struct ValueView {
    docs: Vec<String>,
    attributes: Vec<String>,
    name: String,
}

/// A string enum.
pub(super) fn enumeration(
    definition: &TypeDef,
    enumeration: &Enumeration,
    cfg: Option<&str>,
) -> Result<Rendered, askama::Error> {
    let name = &definition.path.name;
    let values: Vec<&str> = enumeration
        .values
        .iter()
        .map(|value| value.value.as_str())
        .collect();
    let variants = names::variants(name, &values);
    let view = EnumerationView {
        docs: docs::lines(&definition.docs, "", 0),
        attributes: docs::type_attributes(cfg),
        name: name.clone(),
        values: enumeration
            .values
            .iter()
            .zip(&variants)
            .map(|(value, variant)| ValueView {
                docs: docs::lines(&value.docs, &said(&value.value), 4),
                attributes: docs::attributes(&value.docs, docs::own_cfg(&value.docs)),
                name: variant.clone(),
            })
            .collect(),
    };
    let entries: Vec<Entry> = enumeration
        .values
        .iter()
        .zip(&variants)
        .map(|(value, variant)| Entry {
            cfg: docs::own_cfg(&value.docs),
            text: format!("{variant} = {:?}", value.value),
        })
        .collect();
    let head = match definition.sent {
        true => format!("argument {name}"),
        false => name.clone(),
    };
    Ok(Rendered {
        rust: view.render()?,
        wire: wire::block("crate::wire::string_enum!", &head, &entries, cfg),
    })
}
