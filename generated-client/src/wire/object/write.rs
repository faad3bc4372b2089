//! Writes an object property by property.

use super::{Field, FieldFlag, Object, position};
use crate::wire::slot::Slot;
use crate::wire::writer::{Tags, Writer};

/// Writes an object. An absent optional property, and an empty optional list or map, is left out. An absent required property is
/// `null`.
pub(super) fn write_object(object: &mut dyn Object, writer: &mut Writer) {
    let tags = writer.begin_object();
    object.properties(&mut |fields, slots| write_fields(fields, slots, &tags, writer));
    writer.end_object();
}

/// Writes the properties of an object that starts with these tags.
pub(in crate::wire) fn write_fields(
    fields: &'static [Field],
    slots: &mut [&mut dyn Slot],
    tags: &Tags,
    writer: &mut Writer,
) {
    let mut of_variant: &[Field] = &[];
    for (field, slot) in fields.iter().zip(slots) {
        if field.besides().is_some() {
            let is_field = |name: &str| position(fields, name, 0).is_some();
            let is_of_variant = |name: &str| position(of_variant, name, 0).is_some();
            slot.write_members(writer, &|name| {
                is_field(name) || is_of_variant(name) || tags.hold(name)
            });
            continue;
        }
        let is_tag = field.is(FieldFlag::Variants);
        let is_left_out = slot.is_absent() && (field.may_be_missing() || is_tag);
        let is_kept_back = writer.is_of_request() && field.is(FieldFlag::ReadOnly);
        // The tag of the union takes precedence over the property of the branch.
        if !is_left_out && !is_kept_back && !tags.hold(field.name) {
            writer.key(field.name);
            slot.write(writer);
        }
        if is_tag && let Some(variants) = slot.variants() {
            variants.properties(&mut |fields, slots| {
                of_variant = fields;
                write_fields(fields, slots, tags, writer);
            });
        }
    }
}
