use std::vec;

use serde_json::Value;

use super::json::{Json, Members, Take, members_of, value_of};
use super::reader::Reader;
use super::slot::Slot;
use super::unknown::UnknownVariant;
use super::value::hand_over;
use super::writer::Writer;

/// What tells the branches of a union apart, as generated code states it.
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
    /// One that the document does not have, or none.
    Unknown,
}

/// A branch of a union, to be written: its tag, and what it holds.
#[doc(hidden)]
pub type Branch<'a> = (Tag<'a>, Option<&'a mut dyn Slot>);

/// Writes a branch of the union that is told apart by the property `name`.
#[doc(hidden)]
pub fn write_branch(name: &str, (tag, payload): Branch<'_>, writer: &mut Writer) {
    match tag {
        Tag::Text(text) => writer.tag(name, text),
        Tag::Boolean(value) => writer.boolean_tag(name, value),
        Tag::Unknown => {}
    }
    match payload {
        Some(payload) => payload.write(writer),
        None => writer.tags_alone(),
    }
}

/// The tag that a union came with.
#[doc(hidden)]
#[derive(Debug)]
pub struct FoundTag {
    name: &'static str,
    /// `None`: there is no such property.
    value: Option<Value>,
}

impl FoundTag {
    /// It, in the form that generated code states tags in.
    #[must_use]
    pub fn as_tag(&self) -> Tag<'_> {
        match &self.value {
            Some(Value::String(text)) => Tag::Text(text),
            Some(Value::Bool(value)) => Tag::Boolean(*value),
            _ => Tag::Unknown,
        }
    }
}

/// An object whose tag was found, and of which nothing else is read yet.
///
/// Where the tag comes first, nothing is copied; what stands before it is kept until its turn comes.
#[doc(hidden)]
pub struct Untagged<'a> {
    before: Before,
    rest: &'a mut dyn Members,
}

impl<'a> Untagged<'a> {
    /// Looks for the property `name`. `None`: no object, which is recorded.
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
                    before.keys.push_str(key);
                }
            })
        {
            let value = value_of(rest, reader);
            if is_tag {
                tag = Some(value);
            } else {
                before.ends.push(before.keys.len());
                before.values.push(value);
            }
        }
        Some((FoundTag { name, value: tag }, Self { before, rest }))
    }

    /// Reads it as the branch that it is.
    pub fn read<T: Slot + Default>(self, tag: &FoundTag, reader: &mut Reader) -> T {
        let mut payload = T::default();
        self.read_into(&mut payload, tag, reader);
        payload
    }

    fn read_into(self, payload: &mut dyn Slot, tag: &FoundTag, reader: &mut Reader) {
        payload.read(Json::Object(&mut Whole::new(tag, self)), reader);
    }

    /// Takes it as an unknown branch, and records that it is one.
    #[cold]
    pub fn unknown(self, tag: &FoundTag, reader: &mut Reader) -> UnknownVariant {
        let text = match &tag.value {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Bool(value)) => value.to_string(),
            _ => String::new(),
        };
        let found = if text.is_empty() { "nothing" } else { &text };
        let expected = format!("one of the documented {} values", tag.name);
        reader.within(tag.name, |reader| reader.deviate(&expected, found));
        let raw = Value::Object(members_of(&mut Whole::new(tag, self), reader));
        UnknownVariant::new(text, raw)
    }
}

/// The members that stand before the tag; their keys one after the other, as there is one text for all.
#[derive(Default)]
struct Before {
    keys: String,
    /// Where in `keys` each of them ends.
    ends: Vec<usize>,
    values: Vec<Value>,
}

/// An object with its tag: what stood before it, it, and what follows.
struct Whole<'a, 'b> {
    tag: &'b FoundTag,
    keys: String,
    ends: vec::IntoIter<usize>,
    /// Where in `keys` the next one begins.
    start: usize,
    values: vec::IntoIter<Value>,
    rest: &'a mut dyn Members,
    /// Whose value comes next.
    turn: Turn,
}

enum Turn {
    Before,
    Tag,
    Rest,
}

impl<'a, 'b> Whole<'a, 'b> {
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

impl Members for Whole<'_, '_> {
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
                hand_over(self.values.next().unwrap_or_default(), take, reader);
            }
            Turn::Tag => {
                hand_over(self.tag.value.clone().unwrap_or_default(), take, reader);
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

/// The wire code of an enum whose branches a property tells apart:
/// `union! { Event by event_type { LockLocked(_) = "lock.locked" } shared { event_id: EventId } }`.
macro_rules! union {
    ($type:ident by $tag:ident $(= $name:literal)? { $($branches:tt)* } $(shared { $($shared:tt)* })?) => {
        $crate::wire::union! {
            @parts $type $tag [$crate::wire::field_name!($tag $($name)?)] { $($branches)* } { $($($shared)*)? }
        }
    };
    (@parts $type:ident $tag:ident [$name:expr] $branches:tt { $(
        $(#[$attribute:meta])* $field:ident $(= $field_name:literal)?: $field_type:ty
    ),* $(,)? }) => {
        $crate::wire::union_slot! { $type [$name] $branches }
        $crate::wire::union_tag! { $type $tag $branches }
        $(
            $crate::wire::union_shared! {
                $type $(#[$attribute])* $field [$crate::wire::field_name!($field $($field_name)?)]: $field_type, $branches
            }
        )*
        $crate::wire::json_traits! { $type }
        $crate::wire::serde_impls! { $type }
    };
}
pub(crate) use union;

/// Reading, writing and the zero value of a union.
macro_rules! union_slot {
    ($type:ident [$tag:expr] { $( $(#[$attribute:meta])* $branch:ident $(($payload:tt))? = $value:tt ),* $(,)? }) => {
        impl $type {
            #[allow(clippy::redundant_pattern, reason = "the pattern of a branch is passed through as it is written")]
            #[inline]
            fn branch(&mut self) -> $crate::wire::Branch<'_> {
                match self {
                    $(
                        $(#[$attribute])*
                        Self::$branch $((payload @ $payload))? =>
                            ($crate::wire::tag!($value), $crate::wire::union_payload!($(payload $payload)?)),
                    )*
                    Self::Unknown(unknown) => unknown.branch(),
                }
            }
        }

        impl $crate::wire::Slot for $type {
            #[inline]
            fn read(&mut self, json: $crate::wire::Json<'_>, reader: &mut $crate::wire::Reader) -> bool {
                let Some((tag, object)) = $crate::wire::Untagged::begin($tag, json, reader) else {
                    return false;
                };
                *self = match tag.as_tag() {
                    $(
                        $(#[$attribute])*
                        $crate::wire::tag!($value) => Self::$branch $(($crate::wire::union_read!(object, tag, reader, $payload)))?,
                    )*
                    _ => Self::Unknown(object.unknown(&tag, reader)),
                };
                true
            }

            #[inline]
            fn write(&mut self, writer: &mut $crate::wire::Writer) {
                $crate::wire::write_branch($tag, self.branch(), writer);
            }
        }

        impl ::std::default::Default for $type {
            #[inline]
            fn default() -> Self {
                Self::Unknown(::std::default::Default::default())
            }
        }
    };
}
pub(crate) use union_slot;

/// A tag, as pattern and as value.
macro_rules! tag {
    (true) => {
        $crate::wire::Tag::Boolean(true)
    };
    (false) => {
        $crate::wire::Tag::Boolean(false)
    };
    ($text:literal) => {
        $crate::wire::Tag::Text($text)
    };
}
pub(crate) use tag;

/// Reads the payload of one branch.
macro_rules! union_read {
    ($object:ident, $tag:ident, $reader:ident, $hole:tt) => {
        $object.read(&$tag, $reader)
    };
}
pub(crate) use union_read;

/// The payload of a branch, if it has one.
macro_rules! union_payload {
    ($payload:ident $hole:tt) => {
        Some($payload)
    };
    () => {
        None
    };
}
pub(crate) use union_payload;

/// The accessor for the tag, where the tags are strings.
macro_rules! union_tag {
    ($type:ident $tag:ident { $( $(#[$attribute:meta])* $branch:ident $(($payload:tt))? = $value:tt ),* $(,)? }) => {
        $crate::wire::union_tag! {
            @kind [$($value)*] $type $tag { $( $(#[$attribute])* $branch $(($payload))? = $value, )* }
        }
    };
    (@kind [true $($values:tt)*] $($rest:tt)*) => {};
    (@kind [false $($values:tt)*] $($rest:tt)*) => {};
    (@kind [$($values:tt)*] $type:ident $tag:ident {
        $( $(#[$attribute:meta])* $branch:ident $(($payload:tt))? = $value:tt, )*
    }) => {
        impl $type {
            #[doc = concat!("The `", stringify!($tag), "`, which tells the branches apart; of an unknown branch too.")]
            #[must_use]
            #[inline]
            pub fn $tag(&self) -> &str {
                match self {
                    $( $(#[$attribute])* Self::$branch $(($payload))? => $value, )*
                    Self::Unknown(unknown) => unknown.tag(),
                }
            }
        }
    };
}
pub(crate) use union_tag;

/// An accessor for a property that all branches have; of an unknown branch it is read from the raw JSON.
macro_rules! union_shared {
    ($type:ident $(#[$doc:meta])* $field:ident [$name:expr]: $field_type:ty, {
        $( $(#[$attribute:meta])* $branch:ident $(($payload:tt))? = $value:tt ),* $(,)?
    }) => {
        impl $type {
            $(#[$doc])*
            #[allow(clippy::redundant_pattern, reason = "the pattern of a branch is passed through as it is written")]
            #[must_use]
            #[inline]
            pub fn $field(&self) -> $field_type {
                match self {
                    $(
                        $(#[$attribute])*
                        Self::$branch $((payload @ $payload))? => $crate::wire::union_get!($($payload payload.)? $field),
                    )*
                    Self::Unknown(unknown) => $crate::wire::property_of(unknown.raw(), $name),
                }
            }
        }
    };
}
pub(crate) use union_shared;

/// A property of one branch, as the accessor that all branches share gives it.
#[doc(hidden)]
pub trait Shared<T> {
    /// A copy of the value.
    fn shared(&self) -> T;
}

impl<T: Clone> Shared<T> for T {
    fn shared(&self) -> T {
        self.clone()
    }
}

impl<T: Clone> Shared<Option<T>> for T {
    fn shared(&self) -> Option<T> {
        Some(self.clone())
    }
}

impl<T: Clone> Shared<T> for Box<T> {
    fn shared(&self) -> T {
        (**self).clone()
    }
}

impl<T: Clone> Shared<Option<T>> for Box<T> {
    fn shared(&self) -> Option<T> {
        Some((**self).clone())
    }
}

impl<T: Clone> Shared<Option<T>> for Option<Box<T>> {
    fn shared(&self) -> Option<T> {
        self.as_deref().cloned()
    }
}

/// A property of a branch's payload, which may be required there and optional in other branches; the zero value where the
/// branch has none.
macro_rules! union_get {
    ($hole:tt $payload:ident. $field:ident) => {
        $crate::wire::Shared::shared(&$payload.$field)
    };
    ($field:ident) => {
        ::std::default::Default::default()
    };
}
pub(crate) use union_get;
