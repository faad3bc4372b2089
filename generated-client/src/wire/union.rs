use std::vec;

use serde_json::Value;

use super::json::{Json, Members, Take, members_of, value_of};
use super::reader::Reader;
use super::unknown::UnknownVariant;
use super::value::hand_over;
use super::writer::Writer;

/// An object whose tag is known, and of which nothing else is read yet.
///
/// Where the tag comes first, as it should, nothing is copied; what stands before it is kept until its turn comes.
#[doc(hidden)]
pub struct Tagged<'a> {
    name: &'static str,
    /// `None`: there is no such property.
    tag: Option<Value>,
    before: vec::IntoIter<(String, Value)>,
    rest: &'a mut dyn Members,
    /// Whose value comes next.
    turn: Turn,
}

enum Turn {
    Before(Value),
    Tag,
    Rest,
}

impl<'a> Tagged<'a> {
    /// Looks for the property `name`. `None`: no object, which is recorded.
    pub fn begin(name: &'static str, json: Json<'a>, reader: &mut Reader) -> Option<Self> {
        let Json::Object(members) = json else {
            reader.mismatch("object", &json);
            return None;
        };
        let mut before = Vec::new();
        let mut tag = None;
        let mut key = None;
        while tag.is_none()
            && members.next(&mut |seen| key = (seen != name).then(|| seen.to_owned()))
        {
            let value = value_of(members, reader);
            match key.take() {
                Some(key) => before.push((key, value)),
                None => tag = Some(value),
            }
        }
        Some(Self {
            name,
            tag,
            before: before.into_iter(),
            rest: members,
            turn: Turn::Before(Value::Null),
        })
    }

    /// Whether this is its tag.
    pub fn is(&self, tag: impl TagValue) -> bool {
        self.tag.as_ref().is_some_and(|found| tag.is(found))
    }

    /// It, for the branch that it is.
    pub fn json(&mut self) -> Json<'_> {
        Json::Object(self)
    }

    /// Takes it as an unknown branch, and records that it is one.
    #[cold]
    pub fn unknown(&mut self, reader: &mut Reader) -> UnknownVariant {
        let tag = match &self.tag {
            Some(Value::String(tag)) => tag.clone(),
            Some(Value::Bool(tag)) => tag.to_string(),
            _ => String::new(),
        };
        let found = if tag.is_empty() { "nothing" } else { &tag };
        let expected = format!("one of the documented {} values", self.name);
        reader.within(self.name, |reader| reader.deviate(&expected, found));
        let raw = Value::Object(members_of(self, reader));
        UnknownVariant::new(tag, raw)
    }
}

impl Members for Tagged<'_> {
    fn next(&mut self, see: &mut dyn FnMut(&str)) -> bool {
        if let Some((key, value)) = self.before.next() {
            self.turn = Turn::Before(value);
            see(&key);
            return true;
        }
        if matches!(self.turn, Turn::Before(_)) && self.tag.is_some() {
            self.turn = Turn::Tag;
            see(self.name);
            return true;
        }
        self.turn = Turn::Rest;
        self.rest.next(see)
    }

    fn value(&mut self, take: Take<'_>, reader: &mut Reader) {
        match &mut self.turn {
            Turn::Before(value) => {
                hand_over(std::mem::take(value), take, reader);
            }
            Turn::Tag => {
                hand_over(self.tag.clone().unwrap_or_default(), take, reader);
            }
            Turn::Rest => self.rest.value(take, reader),
        }
    }

    fn skip(&mut self) {
        if matches!(self.turn, Turn::Rest) {
            self.rest.skip();
        }
    }
}

/// A tag as a generated file states it.
pub trait TagValue {
    /// Whether this is the tag that was found.
    fn is(&self, found: &Value) -> bool;
    /// Puts it at the head of the next object.
    fn write(&self, name: &str, writer: &mut Writer);
}

impl TagValue for &str {
    #[inline]
    fn is(&self, found: &Value) -> bool {
        matches!(found, Value::String(tag) if tag == self)
    }

    #[inline]
    fn write(&self, name: &str, writer: &mut Writer) {
        writer.tag(name, self);
    }
}

impl TagValue for bool {
    #[inline]
    fn is(&self, found: &Value) -> bool {
        matches!(found, Value::Bool(tag) if tag == self)
    }

    #[inline]
    fn write(&self, name: &str, writer: &mut Writer) {
        writer.boolean_tag(name, *self);
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
        $crate::wire::boxed! { $type }
        $crate::wire::serde_impls! { $type }
    };
}
pub(crate) use union;

/// Reading, writing and the zero value of a union.
macro_rules! union_slot {
    ($type:ident [$tag:expr] { $( $(#[$attribute:meta])* $branch:ident $(($payload:tt))? = $value:tt ),* $(,)? }) => {
        impl $crate::wire::Slot for $type {
            #[inline]
            fn read(&mut self, json: $crate::wire::Json<'_>, reader: &mut $crate::wire::Reader) -> bool {
                let ::std::option::Option::Some(mut object) = $crate::wire::Tagged::begin($tag, json, reader) else {
                    return false;
                };
                $(
                    $(#[$attribute])*
                    if object.is($value) {
                        $crate::wire::union_read!(self, object, reader, $branch $($payload)?);
                        return true;
                    }
                )*
                *self = Self::Unknown(object.unknown(reader));
                true
            }

            #[allow(clippy::redundant_pattern, reason = "the pattern of a branch is passed through as it is written")]
            #[inline]
            fn write(&self, writer: &mut $crate::wire::Writer) {
                match self {
                    $(
                        $(#[$attribute])*
                        Self::$branch $((payload @ $payload))? => {
                            $crate::wire::TagValue::write(&$value, $tag, writer);
                            $crate::wire::union_write!(writer $(, payload $payload)?);
                        }
                    )*
                    Self::Unknown(unknown) => unknown.write(writer),
                }
            }

            #[inline]
            fn expected(&self) -> &'static str {
                "object"
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

/// Reads one branch: its payload, or nothing.
macro_rules! union_read {
    ($self:ident, $object:ident, $reader:ident, $branch:ident $hole:tt) => {
        let mut payload = ::std::default::Default::default();
        $crate::wire::Slot::read(&mut payload, $object.json(), $reader);
        *$self = Self::$branch(payload);
    };
    ($self:ident, $object:ident, $reader:ident, $branch:ident) => {
        *$self = Self::$branch;
    };
}
pub(crate) use union_read;

/// Writes one branch after its tag: its payload, or nothing.
macro_rules! union_write {
    ($writer:ident, $payload:ident $hole:tt) => {
        $crate::wire::Slot::write($payload, $writer)
    };
    ($writer:ident) => {
        $writer.tags_alone()
    };
}
pub(crate) use union_write;

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
pub trait Shared<T> {
    /// The value.
    fn shared(self) -> T;
}

impl<T> Shared<T> for T {
    #[inline]
    fn shared(self) -> T {
        self
    }
}

impl<T> Shared<Option<T>> for T {
    #[inline]
    fn shared(self) -> Option<T> {
        Some(self)
    }
}

impl<T> Shared<T> for Box<T> {
    #[inline]
    fn shared(self) -> T {
        *self
    }
}

impl<T> Shared<Option<T>> for Box<T> {
    #[inline]
    fn shared(self) -> Option<T> {
        Some(*self)
    }
}

impl<T> Shared<Option<T>> for Option<Box<T>> {
    #[inline]
    fn shared(self) -> Option<T> {
        self.map(|value| *value)
    }
}

/// A property of a branch's payload, which may be required there and optional in other branches; the zero value where the
/// branch has none.
macro_rules! union_get {
    ($hole:tt $payload:ident. $field:ident) => {
        $crate::wire::Shared::shared(::std::clone::Clone::clone(&$payload.$field))
    };
    ($field:ident) => {
        ::std::default::Default::default()
    };
}
pub(crate) use union_get;
