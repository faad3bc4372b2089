use super::json::{Json, Members};
use super::reader::Reader;
use super::slot::Slot;
use super::writer::Writer;

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
    /// Whoever reads it can act as somebody else.
    Secret,
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

/// Reads an object: unknown properties are skipped, missing ones that the document requires are recorded.
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
    let mut seen = Seen::default();
    let mut next = 0;
    loop {
        let mut found = Found::Nowhere;
        if !members.next(&mut |key| found = find(fields, key, next)) {
            break;
        }
        match found {
            Found::Field(index) => {
                seen.insert(index);
                next = index + 1;
                read_field(fields[index], slots[index], members, reader);
            }
            Found::Additional(key) => {
                if let Some(slot) = slots.last_mut() {
                    slot.read_member(&key, members, reader);
                }
            }
            Found::Nowhere => members.skip(),
        }
    }
    for (index, field) in fields.iter().enumerate() {
        if !seen.contains(index) && !field.may_be_missing() {
            let expected = slots[index].expected();
            reader.within(field.name, |reader| reader.deviate(expected, "nothing"));
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
    /// To the field that holds the properties without one.
    Additional(String),
    Nowhere,
}

fn find(fields: &[Field], key: &str, hint: usize) -> Found {
    match position(fields, key, hint) {
        Some(index) => Found::Field(index),
        None if fields.last().is_some_and(|field| field.takes(key)) => {
            Found::Additional(key.to_owned())
        }
        None => Found::Nowhere,
    }
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
}

fn bit(index: usize) -> Option<u128> {
    (index < 128).then(|| 1 << index)
}

/// Writes an object. An optional property that is absent, or an empty list or map, is left out; a required one that is absent
/// is `null`.
fn write_object(object: &mut dyn Object, writer: &mut Writer) {
    let tags = writer.begin_object();
    object.properties(&mut |fields, slots| {
        for (field, slot) in fields.iter().zip(slots) {
            if field.besides().is_some() {
                let own = |name: &str| position(fields, name, 0).is_some() || tags.hold(name);
                slot.write_members(writer, &own);
                continue;
            }
            let is_left_out = slot.is_absent() && field.may_be_missing();
            // What a union says of its branch stands, whatever the branch's own property holds.
            if !is_left_out && !tags.hold(field.name) {
                writer.key(field.name);
                match field.is(Mark::Secret) {
                    true => writer.secret(*slot),
                    false => slot.write(writer),
                }
            }
        }
    });
    writer.end_object();
}

/// The wire code of a struct: `object! { Device { device_id, nickname [Optional], r#type = "type" } }`. One that keeps the
/// properties without a field ends with `additional_properties [Additional()]`.
macro_rules! object {
    ($type:ident { $(
        $(#[$attribute:meta])*
        $field:ident $(= $name:literal)? $([$($mark:ident $(($($besides:literal),*))?)+])?
    ),* $(,)? }) => {
        impl $crate::wire::Object for $type {
            #[inline]
            fn properties(&mut self, visit: $crate::wire::Visit<'_>) {
                visit(
                    &[$(
                        $(#[$attribute])*
                        $crate::wire::Field {
                            name: $crate::wire::field_name!($field $($name)?),
                            marks: &[$($($crate::wire::Mark::$mark $((&[$($besides),*]))?),+)?],
                        },
                    )*],
                    &mut [$($(#[$attribute])* &mut self.$field,)*],
                );
            }
        }

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
