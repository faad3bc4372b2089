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

#[cfg(test)]
mod tests {
    use super::enumeration;
    use crate::model::Kind;
    use crate::rust::tests::{item, plan, plant};

    /// The wire code of an enum that is sent.
    fn wire(schema: &str) -> String {
        let path = plant(&format!("kind: {schema}"));
        plan(&[&path], &["unused: { type: string }"], |plan| {
            let item = item(plan, "Kind");
            let Kind::Enumeration(of) = &item.kind else {
                panic!("it is no enum");
            };
            enumeration(item, of, None).unwrap().wire
        })
    }

    #[test]
    fn the_wire_code_has_the_text_or_the_number_of_each_value() {
        assert_eq!(
            wire("{ type: string, enum: [small, very-big] }"),
            "crate::wire::string_enum! { argument Kind {\n    Small = \"small\", VeryBig = \"very-big\",\n} }\n"
        );
        assert_eq!(
            wire("{ type: integer, enum: [1, -2] }"),
            "crate::wire::number_enum! { argument Kind {\n    V1 = 1, Minus2 = -2,\n} }\n"
        );
    }
}
