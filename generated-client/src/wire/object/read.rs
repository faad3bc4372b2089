//! Reads an object property by property, in any order.

use serde_json::{Map, Value};

use super::{Field, FieldFlag, Object, position};
use crate::wire::json::{Json, Members, value_of};
use crate::wire::reader::Reader;
use crate::wire::slot::Slot;
use crate::wire::tagged::Tag;
use crate::wire::value::KeptMembers;
use crate::wire::variants::fields_of;

/// Reads an object. Unknown properties are kept if there is a field for them, and missing required ones are recorded.
pub(super) fn read_object(object: &mut dyn Object, json: Json<'_>, reader: &mut Reader) -> bool {
    let Json::Object(members) = json else {
        return reader.mismatch("object", &json);
    };
    object.properties(&mut |fields, slots| read_fields(fields, slots, members, reader));
    true
}

fn read_fields(
    fields: &'static [Field],
    slots: &mut [&mut dyn Slot],
    members: &mut dyn Members,
    reader: &mut Reader,
) {
    let mut object = Reading::of(fields);
    object.read(slots, members, reader);
    if let Some(variant) = &mut object.variant {
        let before = std::mem::take(&mut variant.before);
        let is_there = object.seen.contains(variant.at);
        if !is_there && let Some(variants) = slots[variant.at].variants() {
            variants.choose(Tag::Missing);
        }
        variant.set_fields(slots);
        object.read(slots, &mut KeptMembers::from(before), reader);
    }
    object.record_missing(slots, reader);
}

/// The progress of reading an object.
struct Reading {
    fields: &'static [Field],
    seen: Seen,
    /// The likely index of the next property, because servers send properties in a constant order.
    next: usize,
    variant: Option<Variant>,
}

/// The part of an object that depends on its tag.
struct Variant {
    /// The index of the tag.
    at: usize,
    /// The properties of the variant, once it is known.
    fields: Option<&'static [Field]>,
    seen: Seen,
    next: usize,
    /// The properties before the tag.
    before: Map<String, Value>,
}

impl Variant {
    /// Stores the fields of the variant that was chosen.
    fn set_fields(&mut self, slots: &mut [&mut dyn Slot]) {
        self.fields = slots[self.at].variants().map(fields_of);
    }
}

impl Reading {
    fn of(fields: &'static [Field]) -> Self {
        let variant = fields
            .iter()
            .position(|field| field.is(FieldFlag::Variants));
        Self {
            fields,
            seen: Seen::default(),
            next: 0,
            variant: variant.map(|at| Variant {
                at,
                fields: None,
                seen: Seen::default(),
                next: 0,
                before: Map::new(),
            }),
        }
    }

    fn read(
        &mut self,
        slots: &mut [&mut dyn Slot],
        members: &mut dyn Members,
        reader: &mut Reader,
    ) {
        loop {
            let mut found = Destination::Nowhere;
            if !members.next(&mut |key| found = self.find(key)) {
                return;
            }
            match found {
                Destination::Field(index) => {
                    self.seen.insert(index);
                    self.next = index + 1;
                    read_field(self.fields[index], slots[index], members, reader);
                    if let Some(variant) = self.variant.as_mut().filter(|it| it.at == index) {
                        variant.set_fields(slots);
                    }
                }
                Destination::OfVariant(at, index) => {
                    let read = &mut |fields: &'static [Field], slots: &mut [&mut dyn Slot]| {
                        read_field(fields[index], slots[index], members, reader);
                    };
                    if let Some(variants) = slots[at].variants() {
                        variants.properties(read);
                    }
                }
                Destination::BeforeTag(key) => {
                    let value = value_of(members, reader);
                    if let Some(variant) = &mut self.variant {
                        variant.before.insert(key, value);
                    }
                }
                Destination::Additional(key) => {
                    if let Some(slot) = slots.last_mut() {
                        slot.read_member(&key, members, reader);
                    }
                }
                Destination::Nowhere => members.skip(),
            }
        }
    }

    fn find(&mut self, key: &str) -> Destination {
        if let Some(index) = position(self.fields, key, self.next) {
            return Destination::Field(index);
        }
        if let Some(variant) = &mut self.variant {
            let Some(fields) = variant.fields else {
                return Destination::BeforeTag(key.to_owned());
            };
            if let Some(index) = position(fields, key, variant.next) {
                variant.seen.insert(index);
                variant.next = index + 1;
                return Destination::OfVariant(variant.at, index);
            }
        }
        match self.fields.last().is_some_and(|field| field.takes(key)) {
            true => Destination::Additional(key.to_owned()),
            false => Destination::Nowhere,
        }
    }

    /// Records missing required properties.
    fn record_missing(&self, slots: &mut [&mut dyn Slot], reader: &mut Reader) {
        self.seen.record_missing(self.fields, slots, reader);
        let Some(variant) = &self.variant else { return };
        let variants = slots[variant.at].variants();
        let required = variants.map_or(&[][..], |variants| variants.requires());
        for index in required
            .iter()
            .filter_map(|name| position(self.fields, name, 0))
            .filter(|index| !self.seen.contains(*index))
        {
            let expected = slots[index].expected();
            let name = self.fields[index].name;
            reader.within(name, |reader| reader.record_deviation(expected, "nothing"));
        }
        if let Some(variants) = slots[variant.at].variants() {
            variants.properties(&mut |fields, slots| {
                variant.seen.record_missing(fields, slots, reader);
            });
        }
    }
}

fn read_field(field: Field, slot: &mut dyn Slot, members: &mut dyn Members, reader: &mut Reader) {
    let mut take = |json: Json<'_>, reader: &mut Reader| match json {
        Json::Null if !slot.takes_null() => {
            if !field.is(FieldFlag::Nullable) {
                reader.record_deviation(slot.expected(), "null");
            }
            false
        }
        json => slot.read(json, reader),
    };
    reader.within(field.name, |reader| members.value(&mut take, reader));
}

/// The destination of a property.
enum Destination {
    /// The field of its name.
    Field(usize),
    /// A field of the variant, which is in this field.
    OfVariant(usize, usize),
    /// Not known before the variant is known.
    BeforeTag(String),
    /// The field that collects properties without their own field.
    Additional(String),
    Nowhere,
}

/// A set of field indices that allocates only for objects with more than 128 fields.
#[derive(Default)]
struct Seen {
    low: u128,
    high: Vec<usize>,
}

impl Seen {
    fn insert(&mut self, index: usize) {
        match bit(index) {
            Some(bit) => self.low |= bit,
            None => self.high.push(index),
        }
    }

    fn contains(&self, index: usize) -> bool {
        match bit(index) {
            Some(bit) => self.low & bit != 0,
            None => self.high.contains(&index),
        }
    }

    fn record_missing(
        &self,
        fields: &'static [Field],
        slots: &mut [&mut dyn Slot],
        reader: &mut Reader,
    ) {
        for (index, field) in fields.iter().enumerate() {
            if !self.contains(index) && !field.may_be_missing() {
                let expected = slots[index].expected();
                reader.within(field.name, |reader| {
                    reader.record_deviation(expected, "nothing")
                });
            }
        }
    }
}

fn bit(index: usize) -> Option<u128> {
    (index < 128).then(|| 1 << index)
}
