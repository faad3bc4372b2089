use std::borrow::Cow;

use super::reader::{Kind, Reader};
use super::unknown::UnknownVariant;
use super::writer::Writer;

/// The value of the property that tells the branches of a union apart.
#[derive(Debug)]
#[allow(missing_docs, reason = "named after what they hold")]
pub enum Tag<'a> {
    String(Cow<'a, str>),
    Boolean(bool),
    /// No such property, or one of another type.
    None,
}

impl Tag<'_> {
    /// Takes the object as an unknown branch, and records that it is one.
    #[cold]
    pub fn unknown(self, name: &'static str, reader: &mut Reader<'_>) -> UnknownVariant {
        let tag = match self {
            Tag::String(tag) => tag.into_owned(),
            Tag::Boolean(tag) => tag.to_string(),
            Tag::None => String::new(),
        };
        let found = if tag.is_empty() { "nothing" } else { &tag };
        reader.within(name, |reader| {
            reader.deviate(&format!("one of the documented {name} values"), found)
        });
        let raw = reader.value().unwrap_or_default();
        UnknownVariant::new(tag, raw)
    }
}

/// Looks for the tag in the object that comes next, wherever it stands, and goes back to the object's start. `None`:
/// no object; that is recorded, and the value skipped.
pub fn find_tag<'a>(reader: &mut Reader<'a>, name: &str) -> Option<Tag<'a>> {
    if reader.kind() != Kind::Object {
        reader.mismatch("object");
        return None;
    }
    let start = reader.position();
    let mut tag = Tag::None;
    if reader.seek(name) {
        if let Some(text) = reader.string() {
            tag = Tag::String(text);
        } else if let Some(value) = reader.boolean() {
            tag = Tag::Boolean(value);
        }
    }
    reader.rewind(start);
    Some(tag)
}

/// A tag as a generated file states it.
pub trait TagValue {
    /// Whether this is the tag that was found.
    fn is(&self, found: &Tag<'_>) -> bool;
    /// Puts it at the head of the next object.
    fn write(&self, name: &str, writer: &mut Writer);
}

impl TagValue for &str {
    #[inline]
    fn is(&self, found: &Tag<'_>) -> bool {
        matches!(found, Tag::String(tag) if tag == self)
    }

    #[inline]
    fn write(&self, name: &str, writer: &mut Writer) {
        writer.tag(name, self);
    }
}

impl TagValue for bool {
    #[inline]
    fn is(&self, found: &Tag<'_>) -> bool {
        matches!(found, Tag::Boolean(tag) if tag == self)
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
            fn read(&mut self, reader: &mut $crate::wire::Reader<'_>) -> bool {
                let ::std::option::Option::Some(tag) = $crate::wire::find_tag(reader, $tag) else {
                    return false;
                };
                $(
                    $(#[$attribute])*
                    if $crate::wire::TagValue::is(&$value, &tag) {
                        $crate::wire::union_read!(self, reader, $branch $($payload)?);
                        return true;
                    }
                )*
                *self = Self::Unknown(tag.unknown($tag, reader));
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
    ($self:ident, $reader:ident, $branch:ident $hole:tt) => {
        let mut payload = ::std::default::Default::default();
        $crate::wire::Slot::read(&mut payload, $reader);
        *$self = Self::$branch(payload);
    };
    ($self:ident, $reader:ident, $branch:ident) => {
        $reader.skip();
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

/// A property of a branch's payload, which may be required there and optional in other branches; the zero value where the
/// branch has none.
macro_rules! union_get {
    ($hole:tt $payload:ident. $field:ident) => {
        ::std::convert::Into::into(::std::clone::Clone::clone(&$payload.$field))
    };
    ($field:ident) => {
        ::std::default::Default::default()
    };
}
pub(crate) use union_get;
