use std::vec;

use serde_json::Value;

use super::json::{Json, Members, Take, members_of, value_of};
use super::reader::Reader;
use super::slot::Slot;
use super::unknown::UnknownVariant;
use super::value::pass_on;
use super::writer::Writer;

/// The tag of a branch of a union, in generated code.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(
    clippy::exhaustive_enums,
    reason = "these are all that a document can have"
)]
pub enum Tag<'a> {
    /// A text.
    Text(&'a str),
    /// A boolean.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// The property is missing or null.
    Missing,
    /// A tag that the document does not have.
    Unknown,
}

impl Tag<'_> {
    /// Writes the value of the tag.
    pub fn write(self, writer: &mut Writer) {
        match self {
            Self::Text(text) => writer.string(text),
            Self::Boolean(value) => writer.boolean(value),
            Self::Integer(value) => writer.integer(value),
            Self::Missing | Self::Unknown => writer.null(),
        }
    }

    /// Returns the tag as text: a string as it is, any other value as JSON; empty if it is missing.
    #[must_use]
    pub fn to_text(self) -> String {
        match self {
            Self::Text(text) => text.to_owned(),
            Self::Boolean(value) => value.to_string(),
            Self::Integer(value) => value.to_string(),
            Self::Missing | Self::Unknown => String::new(),
        }
    }

    /// Returns the tag as JSON.
    #[must_use]
    pub fn to_json(self) -> Value {
        match self {
            Self::Text(text) => text.into(),
            Self::Boolean(value) => value.into(),
            Self::Integer(value) => value.into(),
            Self::Missing | Self::Unknown => Value::Null,
        }
    }
}

/// A branch of a union to write: its tag and its payload.
#[doc(hidden)]
pub type Branch<'a> = (Tag<'a>, Option<&'a mut dyn Slot>);

/// Writes a branch of the union whose tag is the property `name`.
#[doc(hidden)]
pub fn write_branch(name: &str, (tag, payload): Branch<'_>, writer: &mut Writer) {
    match tag {
        Tag::Text(text) => writer.tag(name, text),
        Tag::Boolean(value) => writer.boolean_tag(name, value),
        Tag::Integer(value) => writer.integer_tag(name, value),
        Tag::Missing | Tag::Unknown => {}
    }
    match payload {
        Some(payload) => payload.write(writer),
        None => writer.tags_alone(),
    }
}

/// The tag that was found in a union.
#[doc(hidden)]
#[derive(Debug)]
pub struct FoundTag {
    name: &'static str,
    /// `None` if the property is missing.
    value: Option<Value>,
}

impl FoundTag {
    /// Returns the tag in the form of generated code.
    #[must_use]
    pub fn as_tag(&self) -> Tag<'_> {
        match &self.value {
            Some(Value::String(text)) => Tag::Text(text),
            Some(Value::Bool(value)) => Tag::Boolean(*value),
            Some(Value::Number(number)) => number.as_i64().map_or(Tag::Unknown, Tag::Integer),
            None | Some(Value::Null) => Tag::Missing,
            Some(_) => Tag::Unknown,
        }
    }

    /// Returns the tag as text; empty if it is missing.
    fn text(&self) -> String {
        self.as_tag().to_text()
    }
}

/// An object whose tag was found, and whose other properties are not read yet.
///
/// If the tag comes first, nothing is copied. Properties before the tag are kept until they are read.
#[doc(hidden)]
pub struct Untagged<'a> {
    before: Before,
    rest: &'a mut dyn Members,
}

impl<'a> Untagged<'a> {
    /// Looks for the property `name`. Any other value than an object is recorded as a deviation, and returns `None`.
    pub fn begin(
        name: &'static str,
        json: Json<'a>,
        reader: &mut Reader,
    ) -> Option<(FoundTag, Self)> {
        let Json::Object(rest) = json else {
            reader.mismatch("object", &json);
            return None;
        };
        let mut before = Before::default();
        let mut tag = None;
        let mut is_tag = false;
        while tag.is_none()
            && rest.next(&mut |key| {
                is_tag = key == name;
                if !is_tag {
                    before.push_key(key);
                }
            })
        {
            let value = value_of(rest, reader);
            if is_tag {
                tag = Some(value);
            } else {
                before.values.push(value);
            }
        }
        Some((FoundTag { name, value: tag }, Self { before, rest }))
    }

    /// Reads the object as a branch.
    pub fn read<T: Slot + Default>(self, tag: &FoundTag, reader: &mut Reader) -> T {
        let mut payload = T::default();
        self.read_into(&mut payload, tag, reader);
        payload
    }

    fn read_into(self, payload: &mut dyn Slot, tag: &FoundTag, reader: &mut Reader) {
        payload.read(Json::Object(&mut TaggedMembers::new(tag, self)), reader);
    }

    /// Returns the object as an unknown branch, and records a deviation.
    #[cold]
    pub fn unknown(self, tag: &FoundTag, reader: &mut Reader) -> UnknownVariant {
        let text = tag.text();
        let found = if text.is_empty() { "nothing" } else { &text };
        let expected = format!("one of the documented {} values", tag.name);
        reader.within(tag.name, |reader| reader.record_deviation(&expected, found));
        self.raw(tag, reader)
    }

    /// Returns the object as an unknown branch, without a deviation.
    pub fn raw(self, tag: &FoundTag, reader: &mut Reader) -> UnknownVariant {
        let raw = members_of(&mut TaggedMembers::new(tag, self), reader);
        UnknownVariant::new(tag.text(), raw)
    }
}

/// The members before the tag. One text has all keys.
#[derive(Default)]
struct Before {
    keys: String,
    /// The end of each key in `keys`.
    ends: Vec<usize>,
    values: Vec<Value>,
}

impl Before {
    fn push_key(&mut self, key: &str) {
        if self.ends.is_empty() {
            // Reserves memory for the usual number of properties before a tag.
            self.keys.reserve(128);
            self.ends.reserve(8);
            self.values.reserve(8);
        }
        self.keys.push_str(key);
        self.ends.push(self.keys.len());
    }
}

/// The members of an object with a tag: those before the tag, the tag, and those after it.
struct TaggedMembers<'a, 'b> {
    tag: &'b FoundTag,
    keys: String,
    ends: vec::IntoIter<usize>,
    /// The start of the next key in `keys`.
    start: usize,
    values: vec::IntoIter<Value>,
    rest: &'a mut dyn Members,
    /// The member whose value is next.
    turn: Turn,
}

enum Turn {
    Before,
    Tag,
    Rest,
}

impl<'a, 'b> TaggedMembers<'a, 'b> {
    fn new(tag: &'b FoundTag, object: Untagged<'a>) -> Self {
        Self {
            tag,
            keys: object.before.keys,
            ends: object.before.ends.into_iter(),
            start: 0,
            values: object.before.values.into_iter(),
            rest: object.rest,
            turn: Turn::Before,
        }
    }
}

impl Members for TaggedMembers<'_, '_> {
    fn next(&mut self, see: &mut dyn FnMut(&str)) -> bool {
        if let Some(end) = self.ends.next() {
            see(&self.keys[self.start..end]);
            self.start = end;
            return true;
        }
        if matches!(self.turn, Turn::Before) && self.tag.value.is_some() {
            self.turn = Turn::Tag;
            see(self.tag.name);
            return true;
        }
        self.turn = Turn::Rest;
        self.rest.next(see)
    }

    fn value(&mut self, take: Take<'_>, reader: &mut Reader) {
        match self.turn {
            Turn::Before => {
                pass_on(self.values.next().unwrap_or_default(), take, reader);
            }
            Turn::Tag => {
                pass_on(self.tag.value.clone().unwrap_or_default(), take, reader);
            }
            Turn::Rest => self.rest.value(take, reader),
        }
    }

    fn skip(&mut self) {
        match self.turn {
            Turn::Before => drop(self.values.next()),
            Turn::Tag => {}
            Turn::Rest => self.rest.skip(),
        }
    }
}
