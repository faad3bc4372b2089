//! Removes properties from types that never have them: read-only ones from types that are only sent, and write-only ones from
//! types that are only received. A type that is sent and received keeps both.

use std::collections::HashMap;

use crate::model::{Access, Api, Field, Kind, TypeDef, TypeId, Union};
use crate::trace::{Reason, Trace};

/// The documentation of a property that is left out of requests.
const READ_ONLY: &str = "Only the API sets it: it is not sent.";

type Withdrawn = HashMap<(String, TypeId), Reason>;

pub(crate) fn leave_out(api: &mut Api, trace: &mut Trace) {
    let mut withdrawn = Withdrawn::new();
    for (index, definition) in api.types.iter_mut().enumerate() {
        if definition.sent || definition.received {
            let of = TypeId(index);
            fit(definition, of, &mut withdrawn);
        }
    }
    trace.withdrawn(&withdrawn);
}

fn fit(definition: &mut TypeDef, of: TypeId, withdrawn: &mut Withdrawn) {
    let (sent, received) = (definition.sent, definition.received);
    match &mut definition.kind {
        Kind::Object(object) => fit_fields(&mut object.fields, (sent, received), of, withdrawn),
        Kind::Union(Union::Variants(variants)) => {
            for variant in &mut variants.variants {
                fit_fields(&mut variant.fields, (sent, received), of, withdrawn);
            }
        }
        _ => {}
    }
}

fn fit_fields(
    fields: &mut Vec<Field>,
    (sent, received): (bool, bool),
    of: TypeId,
    withdrawn: &mut Withdrawn,
) {
    fields.retain_mut(|field| {
        let reason = match field.access {
            Access::ReadOnly if !received => Reason::ReadOnly,
            Access::WriteOnly { .. } if !sent => Reason::WriteOnly,
            Access::ReadOnly if sent => {
                say_read_only(field);
                return true;
            }
            Access::WriteOnly { .. } => {
                // Replies never have the property.
                field.presence.required &= !received;
                return true;
            }
            Access::ReadOnly | Access::Both => return true,
        };
        withdrawn.insert((field.pointer.clone(), of), reason);
        false
    });
}

fn say_read_only(field: &mut Field) {
    let described = field.docs.description.take();
    field.docs.description = Some(match described {
        Some(text) if !text.trim().is_empty() => format!("{}\n\n{READ_ONLY}", text.trim_end()),
        _ => READ_ONLY.to_owned(),
    });
}

#[cfg(test)]
mod tests {
    use super::super::tests::{GET, POST, model};
    use super::READ_ONLY;
    use crate::lower::tests::{names, object};

    const THING: &str = "
thing:
  type: object
  required: [id, secret]
  properties:
    id: { type: string, readOnly: true, description: Its id. }
    secret: { type: string, writeOnly: true }
    name: { type: string }";

    #[test]
    fn each_side_has_only_what_it_sends() {
        let sent = model(POST, THING);
        assert_eq!(names(object(&sent, "thing")), ["secret", "name?"]);
        let received = model(GET, THING);
        assert_eq!(names(object(&received, "thing")), ["id", "name?"]);
    }

    #[test]
    fn a_type_of_both_sides_has_all_and_says_what_callers_do_not_send() {
        let api = model(&[GET, POST].concat(), THING);
        let thing = object(&api, "thing");
        // A secret is never in a reply.
        assert_eq!(names(thing), ["id", "secret?", "name?"]);
        assert_eq!(
            thing.fields[0].docs.description,
            Some(format!("Its id.\n\n{READ_ONLY}"))
        );
        assert_eq!(thing.fields[2].docs.description, None);
    }
}
