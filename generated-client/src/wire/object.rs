use serde_json::{Map, Value};

use super::json::{Json, Members, value_of};
use super::reader::Reader;
use super::slot::Slot;
use super::tagged::Tag;
use super::value::KeptMembers;
use super::variants::fields_of;
use super::writer::{Tags, Writer};

/// A property.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// What it is called in JSON.
    pub name: &'static str,
    /// What is special about it; without a mark it is always there and never null.
    pub marks: &'static [Mark],
}

/// What the document says of a property besides its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "only this crate reads them")]
pub enum Mark {
    /// It may be missing.
    Optional,
    /// It may be null.
    Nullable,
    /// It is the tag of the object: its value says which variant the object is, and so which other properties it has.
    Variants,
    /// It is not one property, but all that have no field of their own, except these, which are told elsewhere. Always of
    /// the last field.
    Additional(&'static [&'static str]),
}

impl Field {
    fn may_be_missing(&self) -> bool {
        let allows = |mark: &Mark| matches!(mark, Mark::Optional | Mark::Additional(_));
        self.marks.iter().any(allows)
    }

    fn is(&self, mark: Mark) -> bool {
        self.marks.contains(&mark)
    }

    /// Of the field that holds the properties without one: those that it does not hold.
    fn besides(&self) -> Option<&'static [&'static str]> {
        self.marks.iter().find_map(|mark| match mark {
            Mark::Additional(besides) => Some(*besides),
            _ => None,
        })
    }
}

/// A type that is a JSON object with known properties.
pub trait Object {
    /// Shows the properties, and the place of each.
    fn properties(&mut self, visit: Visit<'_>);
}

/// Takes the properties of an object, and the place of each.
pub type Visit<'a> = &'a mut dyn FnMut(&'static [Field], &mut [&mut dyn Slot]);

impl<T: Object> Object for Box<T> {
    #[inline]
    fn properties(&mut self, visit: Visit<'_>) {
        T::properties(self, visit);
    }
}

/// Written once here and not by each type, which halves what there is to compile for one.
impl<T: Object> Slot for T {
    #[inline]
    fn read(&mut self, json: Json<'_>, reader: &mut Reader) -> bool {
        read_object(self, json, reader)
    }

    #[inline]
    fn write(&mut self, writer: &mut Writer) {
        write_object(self, writer);
    }
}

/// Reads an object: unknown properties are kept where there is a field for them, missing ones that the document requires are
/// recorded.
fn read_object(object: &mut dyn Object, json: Json<'_>, reader: &mut Reader) -> bool {
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
        let variant = fields.iter().position(|field| field.is(Mark::Variants));
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
            reader.within(name, |reader| reader.deviate(expected, "nothing"));
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
            if !field.is(Mark::Nullable) {
                reader.deviate(slot.expected(), "null");
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

impl Field {
    /// Whether it holds the property `name`, which has no field of its own.
    fn takes(&self, name: &str) -> bool {
        self.besides()
            .is_some_and(|besides| !besides.contains(&name))
    }
}

/// Which of the fields has this name. Servers send properties in a steady order: `hint` is where it likely is.
fn position(fields: &[Field], name: &str, hint: usize) -> Option<usize> {
    let is_it = |field: &Field| field.name == name && field.besides().is_none();
    let (before, after) = fields.split_at(hint.min(fields.len()));
    after
        .iter()
        .position(is_it)
        .map(|index| before.len() + index)
        .or_else(|| before.iter().position(is_it))
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
                reader.within(field.name, |reader| reader.deviate(expected, "nothing"));
            }
        }
    }
}

fn bit(index: usize) -> Option<u128> {
    (index < 128).then(|| 1 << index)
}

/// Writes an object. An optional property that is absent, or an empty list or map, is left out; a required one that is absent
/// is `null`.
fn write_object(object: &mut dyn Object, writer: &mut Writer) {
    let tags = writer.begin_object();
    object.properties(&mut |fields, slots| write_fields(fields, slots, &tags, writer));
    writer.end_object();
}

/// Writes the properties of an object that was begun with these tags.
pub(super) fn write_fields(
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
        let is_tag = field.is(Mark::Variants);
        let is_left_out = slot.is_absent() && (field.may_be_missing() || is_tag);
        // What a union says of its branch stands, whatever the branch's own property holds.
        if !is_left_out && !tags.hold(field.name) {
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

/// The wire code of a struct: `object! { Device { device_id, nickname [Optional], r#type = "type" } with extra }`.
///
/// The field behind `with` keeps the properties that no other field reads, but for those behind `except`, which are read
/// elsewhere. One that keeps them as a map of one type ends with `additional_properties [Additional()]` instead.
macro_rules! object {
    ($type:ident { $(
        $(#[$attribute:meta])*
        $field:ident $(= $name:literal)? $([$($mark:ident $(($($besides:literal),*))?)+])?
    ),* $(,)? } $(with $extra:ident $(except $($elsewhere:literal),+)?)?) => {
        impl $crate::wire::Object for $type {
            #[inline]
            fn properties(&mut self, visit: $crate::wire::Visit<'_>) {
                visit(
                    &[
                        $(
                            $(#[$attribute])*
                            $crate::wire::Field {
                                name: $crate::wire::field_name!($field $($name)?),
                                marks: &[$($($crate::wire::Mark::$mark $((&[$($besides),*]))?),+)?],
                            },
                        )*
                        $(
                            $crate::wire::Field {
                                name: stringify!($extra),
                                marks: &[$crate::wire::Mark::Additional(&[$($($elsewhere),+)?])],
                            },
                        )?
                    ],
                    &mut [$($(#[$attribute])* &mut self.$field,)* $(&mut self.$extra,)?],
                );
            }
        }

        $(
            impl $type {
                /// Returns the properties that this version of the client does not model.
                #[must_use]
                #[inline]
                pub fn extra(&self) -> &$crate::Extra {
                    &self.$extra
                }
            }
        )?

        $crate::wire::json_traits! { $type }
        $crate::wire::serde_impls! { $type }
    };
}
pub(crate) use object;

/// The wire name of a field: the one given, else the field's own.
macro_rules! field_name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $name:literal) => {
        $name
    };
}
pub(crate) use field_name;
