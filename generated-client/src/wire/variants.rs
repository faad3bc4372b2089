use std::fmt;

use serde_json::Value;

use super::CODEC;
use super::json::Json;
use super::object::{Field, Visit, write_fields};
use super::reader::Reader;
use super::slot::Slot;
use super::tagged::Tag;
use super::writer::Writer;

/// The enum for the tag of an object: the variant of the object, with the properties that only this variant has.
///
/// The JSON of the object has all properties, so the object reads and writes them.
pub trait Variants: Slot {
    /// Becomes the variant of this tag, with zero values for its properties. If there is none, it becomes the unknown variant,
    /// and returns false.
    fn choose(&mut self, tag: Tag<'_>) -> bool;

    /// Passes on the properties of the variant and their slots.
    fn properties(&mut self, visit: Visit<'_>);

    /// Returns the properties that are optional for the object, but required for this variant.
    fn requires(&self) -> &'static [&'static str];

    /// Returns the name of the variant in Rust.
    fn name(&self) -> &'static str;
}

/// Returns the properties of the variant.
pub(super) fn fields_of(variants: &mut dyn Variants) -> &'static [Field] {
    let mut found: &[Field] = &[];
    variants.properties(&mut |fields, _| found = fields);
    found
}

/// A variant as an object of its own, for `Debug` and `==`.
struct Alone<'a>(&'a mut dyn Variants);

impl Slot for Alone<'_> {
    fn read(&mut self, _: Json<'_>, _: &mut Reader) -> bool {
        false
    }

    fn write(&mut self, writer: &mut Writer) {
        let tags = writer.begin_object();
        let visit = &mut |fields: &'static [Field], slots: &mut [&mut dyn Slot]| {
            write_fields(fields, slots, &tags, writer)
        };
        self.0.properties(visit);
        writer.end_object();
    }
}

/// Shows a variant with its name and its own properties, without secrets.
///
/// # Errors
///
/// Those of the formatter.
pub fn debug_variant<T: Variants + Clone>(value: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    show_variant(&mut value.clone(), f)
}

fn show_variant(variants: &mut dyn Variants, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let name = variants.name();
    if fields_of(variants).is_empty() {
        return f.write_str(name);
    }
    (CODEC.debug)(name, &mut Alone(variants), f)
}

/// Returns true if two enums are the same variant with the same JSON.
#[must_use]
pub fn equal_variants<T: Variants + Clone>(one: &T, other: &T) -> bool {
    let json = |variants: &mut dyn Variants| {
        let tag = (CODEC.encode)(&mut Tagged(variants));
        tag + &(CODEC.encode)(&mut Alone(variants))
    };
    json(&mut one.clone()) == json(&mut other.clone())
}

/// A variant as its tag only.
struct Tagged<'a>(&'a mut dyn Variants);

impl Slot for Tagged<'_> {
    fn read(&mut self, _: Json<'_>, _: &mut Reader) -> bool {
        false
    }

    fn write(&mut self, writer: &mut Writer) {
        self.0.write(writer);
    }
}

/// Reads the tag of an object: the enum becomes the variant that the tag names.
pub fn read_tag(
    variants: &mut dyn Variants,
    json: Json<'_>,
    is_open: bool,
    reader: &mut Reader,
) -> bool {
    let is_known = match &json {
        Json::Null => variants.choose(Tag::Missing),
        Json::Boolean(value) => variants.choose(Tag::Boolean(*value)),
        Json::String(text) => variants.choose(Tag::Text(text)),
        Json::Number(number) => match number.as_i64() {
            Some(number) => variants.choose(Tag::Integer(number)),
            None => variants.choose(Tag::Unknown),
        },
        Json::List(_) | Json::Object(_) => variants.choose(Tag::Unknown),
    };
    if !is_known && !is_open {
        let expected = variants.expected();
        match &json {
            Json::String(text) => reader.record_deviation(expected, text),
            Json::Number(number) => reader.record_deviation(expected, &number.to_string()),
            other => reader.record_deviation(expected, other.kind()),
        }
    }
    true
}

/// The wire code of the enum for a tag: `variants! { EventType: string { PetSold { pet_id, price [Optional] } = "pet.sold" } }`.
/// The tag is a `string`, a `boolean` or an `integer`. The enum has a further variant, `Unknown`, for tags that the document does
/// not list: it holds text where the tag is a string, else JSON.
///
/// `= "pet.sold" requires ["created_at"]` names properties that are optional for the object, but required for this variant.
///
/// With `open` after the kind, the document has branches with any tag: they are unknown variants, and not deviations.
macro_rules! variants {
    ($type:ident: $kind:ident $($open:ident)? { $(
        $(#[$attribute:meta])*
        $variant:ident { $(
            $(#[$field_attribute:meta])*
            $field:ident $(= $name:literal)? $([$($mark:ident)+])?
        ),* $(,)? } = $tag:tt $(requires [$($required:literal),+])?
    ),* $(,)? }) => {
        impl $crate::wire::Variants for $type {
            #[inline]
            fn requires(&self) -> &'static [&'static str] {
                match self {
                    $( $(#[$attribute])* Self::$variant { .. } => &[$($($required),+)?], )*
                    Self::Unknown(_) => &[],
                }
            }

            #[inline]
            fn choose(&mut self, tag: $crate::wire::Tag<'_>) -> bool {
                *self = match tag {
                    $(
                        $(#[$attribute])*
                        $crate::wire::tag!($tag) => Self::$variant {
                            $( $(#[$field_attribute])* $field: ::std::default::Default::default(), )*
                        },
                    )*
                    unknown => Self::Unknown($crate::wire::variants_of_kind!(@unknown $kind unknown)),
                };
                !matches!(self, Self::Unknown(_))
            }

            #[inline]
            fn properties(&mut self, visit: $crate::wire::Visit<'_>) {
                match self {
                    $(
                        $(#[$attribute])*
                        Self::$variant { $( $(#[$field_attribute])* $field, )* } => visit(
                            &[$(
                                $(#[$field_attribute])*
                                $crate::wire::Field {
                                    name: $crate::wire::field_name!($field $($name)?),
                                    flags: &[$($($crate::wire::FieldFlag::$mark),+)?],
                                },
                            )*],
                            &mut [$( $(#[$field_attribute])* $field, )*],
                        ),
                    )*
                    Self::Unknown(_) => visit(&[], &mut []),
                }
            }

            #[inline]
            fn name(&self) -> &'static str {
                match self {
                    $( $(#[$attribute])* Self::$variant { .. } => stringify!($variant), )*
                    Self::Unknown(_) => "Unknown",
                }
            }
        }

        impl $crate::wire::Slot for $type {
            #[inline]
            fn read(&mut self, json: $crate::wire::Json<'_>, reader: &mut $crate::wire::Reader) -> bool {
                let is_open = $crate::wire::variants_of_kind!(@open $($open)?);
                $crate::wire::read_tag(self, json, is_open, reader)
            }

            #[inline]
            fn write(&mut self, writer: &mut $crate::wire::Writer) {
                match self {
                    $( $(#[$attribute])* Self::$variant { .. } => $crate::wire::tag!($tag).write(writer), )*
                    Self::Unknown(tag) => $crate::wire::Slot::write(tag, writer),
                }
            }

            #[inline]
            fn expected(&self) -> &'static str {
                concat!("a documented ", stringify!($type))
            }

            #[inline]
            fn is_absent(&self) -> bool {
                match self {
                    $( $(#[$attribute])* Self::$variant { .. } => $crate::wire::tag!($tag) == $crate::wire::Tag::Missing, )*
                    Self::Unknown(tag) => *tag == $crate::wire::variants_of_kind!(@absent $kind),
                }
            }

            #[inline]
            fn takes_null(&self) -> bool {
                true
            }

            #[inline]
            fn variants(&mut self) -> Option<&mut dyn $crate::wire::Variants> {
                Some(self)
            }
        }

        impl ::std::default::Default for $type {
            #[inline]
            fn default() -> Self {
                Self::Unknown(::std::default::Default::default())
            }
        }

        impl ::std::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::wire::debug_variant(self, f)
            }
        }

        impl ::std::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::wire::equal_variants(self, other)
            }
        }

        $crate::wire::variants_of_kind! { @accessor $kind $type { $( $(#[$attribute])* $variant = $tag, )* } }
    };
}
pub(crate) use variants;

/// The parts that depend on the JSON type of a tag.
macro_rules! variants_of_kind {
    (@open) => { false };
    (@open open) => { true };
    (@unknown string $tag:ident) => { $tag.to_text() };
    (@unknown $kind:ident $tag:ident) => { $tag.to_json() };
    (@absent string) => { "" };
    (@absent $kind:ident) => { $crate::Value::Null };
    (@accessor string $type:ident { $( $(#[$attribute:meta])* $variant:ident = $tag:tt, )* }) => {
        impl $type {
            /// Returns the value as the API writes it.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $( $(#[$attribute])* Self::$variant { .. } => $crate::wire::tag_text!($tag), )*
                    Self::Unknown(tag) => tag,
                }
            }
        }
    };
    (@accessor $kind:ident $type:ident $variants:tt) => {
        impl $type {
            /// Returns the value as the API writes it.
            #[must_use]
            #[inline]
            pub fn to_json(&self) -> $crate::Value {
                $crate::wire::to_json(self)
            }
        }
    };
}
pub(crate) use variants_of_kind;

/// Returns the JSON of a value.
pub fn to_json<T: Slot + Clone>(value: &T) -> Value {
    (CODEC.to_value)(&mut value.clone())
}

/// The code of accessors for properties that several variants have, in place of a `match`:
/// `accessors! { Event.event_type: EventType { pet_id: PetId [PetSold, PetBought] } }`.
macro_rules! accessors {
    ($type:ident . $tag:ident: $variants:ident { $(
        $(#[$attribute:meta])*
        $field:ident: $field_type:ty [$( $(#[$variant_attribute:meta])* $variant:ident ),+ $(,)?]
    ),+ $(,)? }) => {
        impl $type {
            $(
                $(#[$attribute])*
                #[must_use]
                #[inline]
                pub fn $field(&self) -> Option<&$field_type> {
                    match &self.$tag {
                        $( $(#[$variant_attribute])* $variants::$variant { $field, .. } => $crate::wire::Held::held($field), )+
                        _ => None,
                    }
                }
            )+
        }
    };
}
pub(crate) use accessors;

/// A property of a variant: in place, in a box, or optional.
pub trait Held<T> {
    /// Returns the property, if it is present.
    fn held(&self) -> Option<&T>;
}

impl<T> Held<T> for T {
    #[inline]
    fn held(&self) -> Option<&T> {
        Some(self)
    }
}

impl<T> Held<T> for Box<T> {
    #[inline]
    fn held(&self) -> Option<&T> {
        Some(self)
    }
}

impl<T> Held<T> for Option<T> {
    #[inline]
    fn held(&self) -> Option<&T> {
        self.as_ref()
    }
}

impl<T> Held<T> for Option<Box<T>> {
    #[inline]
    fn held(&self) -> Option<&T> {
        self.as_deref()
    }
}
