//! Reads an object property by property, in whatever order they come.

use serde_json::{Map, Value};

use super::{Field, FieldFlag, Object, position};
use crate::wire::json::{Json, Members, value_of};
use crate::wire::reader::Reader;
use crate::wire::slot::Slot;
use crate::wire::tagged::Tag;
use crate::wire::value::KeptMembers;
use crate::wire::variants::fields_of;

/// Reads an object: unknown properties are kept where there is a field for them, missing ones that the document requires are
/// recorded.
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
        variant.learn(slots);
        object.read(slots, &mut KeptMembers::from(before), reader);
    }
    object.record_missing(slots, reader);
}

/// How far an object has been read.
struct Reading {
    fields: &'static [Field],
    seen: Seen,
    /// Where the next property likely is: servers send properties in a steady order.
    next: usize,
    variant: Option<Variant>,
}

/// The part of an object that depends on its tag.
struct Variant {
    /// The field that is the tag.
    at: usize,
    /// The properties of the variant, once it is known.
    fields: Option<&'static [Field]>,
    seen: Seen,
    next: usize,
    /// What came before the tag.
    before: Map<String, Value>,
}

impl Variant {
    /// Notes the properties of the variant that was chosen.
    fn learn(&mut self, slots: &mut [&mut dyn Slot]) {
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
            let mut found = Found::Nowhere;
            if !members.next(&mut |key| found = self.find(key)) {
                return;
            }
            match found {
                Found::Field(index) => {
                    self.seen.insert(index);
                    self.next = index + 1;
                    read_field(self.fields[index], slots[index], members, reader);
                    if let Some(variant) = self.variant.as_mut().filter(|it| it.at == index) {
                        variant.learn(slots);
                    }
                }
                Found::OfVariant(at, index) => {
                    let read = &mut |fields: &'static [Field], slots: &mut [&mut dyn Slot]| {
                        read_field(fields[index], slots[index], members, reader);
                    };
                    if let Some(variants) = slots[at].variants() {
                        variants.properties(read);
                    }
                }
                Found::BeforeTag(key) => {
                    let value = value_of(members, reader);
                    if let Some(variant) = &mut self.variant {
                        variant.before.insert(key, value);
                    }
                }
                Found::Additional(key) => {
                    if let Some(slot) = slots.last_mut() {
                        slot.read_member(&key, members, reader);
                    }
                }
                Found::Nowhere => members.skip(),
            }
        }
    }

    fn find(&mut self, key: &str) -> Found {
        if let Some(index) = position(self.fields, key, self.next) {
            return Found::Field(index);
        }
        if let Some(variant) = &mut self.variant {
            let Some(fields) = variant.fields else {
                return Found::BeforeTag(key.to_owned());
            };
            if let Some(index) = position(fields, key, variant.next) {
                variant.seen.insert(index);
                variant.next = index + 1;
                return Found::OfVariant(variant.at, index);
            }
        }
        match self.fields.last().is_some_and(|field| field.takes(key)) {
            true => Found::Additional(key.to_owned()),
            false => Found::Nowhere,
        }
    }

    /// Records the properties that the document requires and that did not come.
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

/// Where a property goes.
enum Found {
    /// To the field of its name.
    Field(usize),
    /// To a field of the variant, which stands under this field.
    OfVariant(usize, usize),
    /// To wherever it belongs, once the variant is known.
    BeforeTag(String),
    /// To the field that holds the properties without one.
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
