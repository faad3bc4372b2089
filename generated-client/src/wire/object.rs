use super::json::{Json, Members};
use super::reader::Reader;
use super::slot::Slot;
use super::writer::Writer;

/// What the document says of one property.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    name: &'static str,
    optional: bool,
    nullable: bool,
    /// It holds the properties that have no field of their own, but for those named here.
    additional: Option<&'static [&'static str]>,
}

impl Field {
    /// A property that is always there and never null.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            optional: false,
            nullable: false,
            additional: None,
        }
    }

    /// It may be missing.
    pub const fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// It may be null.
    pub const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }

    /// Not one property, but all that have no field of their own; except some, which are told elsewhere. The last field.
    pub const fn additional(mut self, besides: &'static [&'static str]) -> Self {
        self.optional = true;
        self.additional = Some(besides);
        self
    }
}

/// A type that is a JSON object with known properties.
pub trait Object {
    /// The properties.
    fn fields(&self) -> &'static [Field];

    /// Shows the place of each property, in the order of [`fields`](Self::fields).
    fn slots(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn Slot]));

    /// Shows each property, in the order of [`fields`](Self::fields).
    fn values(&self, visit: &mut dyn FnMut(&[&dyn Slot]));
}

impl<T: Object> Object for Box<T> {
    #[inline]
    fn fields(&self) -> &'static [Field] {
        T::fields(self)
    }

    #[inline]
    fn slots(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn Slot])) {
        T::slots(self, visit);
    }

    #[inline]
    fn values(&self, visit: &mut dyn FnMut(&[&dyn Slot])) {
        T::values(self, visit);
    }
}

/// Written once here and not by each type, which halves what there is to compile for one.
impl<T: Object> Slot for T {
    #[inline]
    fn read(&mut self, json: Json<'_>, reader: &mut Reader) -> bool {
        read_object(self, json, reader)
    }

    #[inline]
    fn write(&self, writer: &mut Writer) {
        write_object(self, writer);
    }

    #[inline]
    fn expected(&self) -> &'static str {
        "object"
    }
}

/// Reads an object: unknown properties are skipped, missing ones that the document requires are recorded.
fn read_object(object: &mut dyn Object, json: Json<'_>, reader: &mut Reader) -> bool {
    let Json::Object(members) = json else {
        return reader.mismatch("object", &json);
    };
    let fields = object.fields();
    object.slots(&mut |slots| read_fields(fields, slots, members, reader));
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
        if !field.optional && !seen.contains(index) {
            let expected = slots[index].expected();
            reader.within(field.name, |reader| reader.deviate(expected, "nothing"));
        }
    }
}

fn read_field(field: Field, slot: &mut dyn Slot, members: &mut dyn Members, reader: &mut Reader) {
    let mut take = |json: Json<'_>, reader: &mut Reader| match json {
        Json::Null if !slot.takes_null() => {
            if !field.nullable {
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
        self.additional
            .is_some_and(|besides| !besides.contains(&name))
    }
}

/// Which of the fields has this name. Servers send properties in a steady order: `hint` is where it likely is.
fn position(fields: &[Field], name: &str, hint: usize) -> Option<usize> {
    let is_it = |field: &Field| field.name == name && field.additional.is_none();
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

/// Writes an object. An optional property that is absent is left out, a required one that is absent is `null`.
fn write_object(object: &dyn Object, writer: &mut Writer) {
    let fields = object.fields();
    let tags = writer.begin_object();
    object.values(&mut |values| {
        for (field, value) in fields.iter().zip(values) {
            if field.additional.is_some() {
                let own = |name: &str| position(fields, name, 0).is_some() || tags.hold(name);
                value.write_members(writer, &own);
                continue;
            }
            let is_left_out = field.optional && value.is_absent();
            // What a union says of its branch stands, whatever the branch's own property holds.
            if !is_left_out && !tags.hold(field.name) {
                writer.key(field.name);
                value.write(writer);
            }
        }
    });
    writer.end_object();
}

/// The wire code of a struct: `object! { Device { device_id, nickname [optional], r#type = "type" } }`. One that keeps the
/// properties without a field ends with `additional_properties [additional()]`.
macro_rules! object {
    ($type:ident { $(
        $(#[$attribute:meta])*
        $field:ident $(= $name:literal)? $([$($flag:ident $(($($besides:literal),*))?)+])?
    ),* $(,)? }) => {
        impl $crate::wire::Object for $type {
            #[inline]
            fn fields(&self) -> &'static [$crate::wire::Field] {
                const {
                    &[$(
                        $(#[$attribute])*
                        $crate::wire::Field::new($crate::wire::field_name!($field $($name)?))$($(.$flag($(&[$($besides),*])?))+)?,
                    )*]
                }
            }

            #[inline]
            fn slots(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn $crate::wire::Slot])) {
                visit(&mut [$($(#[$attribute])* &mut self.$field,)*]);
            }

            #[inline]
            fn values(&self, visit: &mut dyn FnMut(&[&dyn $crate::wire::Slot])) {
                visit(&[$($(#[$attribute])* &self.$field,)*]);
            }
        }

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
