//! Enums over strings and whole numbers.

use crate::rust::items::TypeItem;
use askama::Template;

use super::object::Rendered;
use super::wire::{self, Entry};
use crate::model::Enumeration;
use crate::rust::docs::{self, value as described};
use crate::rust::variants::value_names;

#[derive(Template)]
#[template(path = "enumeration.rs.jinja", escape = "none")]
struct EnumerationView {
    docs: Vec<String>,
    attributes: Vec<String>,
    name: String,
    values: Vec<ValueView>,
    whole: bool,
}

struct ValueView {
    docs: Vec<String>,
    attributes: Vec<String>,
    name: String,
}

/// An enum over strings or whole numbers.
pub(super) fn enumeration(
    definition: &TypeItem<'_>,
    enumeration: &Enumeration,
    cfg: Option<&str>,
) -> Result<Rendered, askama::Error> {
    let name = &definition.path.name;
    let variants = value_names(name, enumeration);
    let view = EnumerationView {
        docs: docs::lines(&definition.docs, "", 0),
        attributes: docs::type_attributes(cfg),
        name: name.clone(),
        whole: enumeration.whole,
        values: enumeration
            .values
            .iter()
            .zip(&variants)
            .map(|(value, variant)| ValueView {
                docs: docs::lines(&value.docs, &described(&value.value), 4),
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
            text: match enumeration.whole {
                true => format!("{variant} = {}", value.value),
                false => format!("{variant} = {:?}", value.value),
            },
        })
        .collect();
    let head = match definition.sent {
        true => format!("argument {name}"),
        false => name.clone(),
    };
    let wire_code = match enumeration.whole {
        true => "crate::wire::number_enum!",
        false => "crate::wire::string_enum!",
    };
    Ok(Rendered {
        rust: view.render()?,
        wire: wire::block(wire_code, &head, &entries, cfg),
    })
}
