use serde_json::Value;

use super::json::Json;
use super::reader::Reader;
use super::scalars::whole;

impl Json<'_> {
    /// Returns true if it has this JSON type. For `integer` it must be a whole number, for `unsigned` one that is not negative.
    #[doc(hidden)]
    #[must_use]
    pub fn is(&self, kind: &str) -> bool {
        match self {
            Json::Number(number) if kind == "integer" => whole(number).is_some(),
            Json::Number(number) if kind == "unsigned" => {
                number.is_u64() || whole(number).is_some_and(|number| number >= 0)
            }
            json => json.kind() == kind,
        }
    }
}

/// Returns a value of a type that the document does not list, and records a deviation.
#[doc(hidden)]
#[cold]
pub fn unknown_kind(expected: &str, json: Json<'_>, reader: &mut Reader) -> Value {
    reader.record_deviation(expected, json.kind());
    json.into_value(reader)
}

/// The wire code of an enum whose branches differ by their JSON type:
/// `kind_union! { StringOrBool { String(_): string, Bool(_): boolean } }`. The payload's type may stand in place of `_`;
/// a list or an object then also converts into the union.
macro_rules! kind_union {
    ($type:ident { $( $(#[$attribute:meta])* $branch:ident ($($payload:tt)+): $kind:ident ),* $(,)? }) => {
        impl $crate::wire::Slot for $type {
            #[inline]
            fn read(&mut self, json: $crate::wire::Json<'_>, reader: &mut $crate::wire::Reader) -> bool {
                $(
                    $(#[$attribute])*
                    if json.is(stringify!($kind)) {
                        let mut payload = ::std::default::Default::default();
                        $crate::wire::Slot::read(&mut payload, json, reader);
                        *self = Self::$branch(payload);
                        return true;
                    }
                )*
                let expected = concat!("one of" $(, " ", stringify!($kind))*);
                *self = Self::Unknown($crate::wire::unknown_kind(expected, json, reader));
                true
            }

            #[inline]
            fn write(&mut self, writer: &mut $crate::wire::Writer) {
                match self {
                    $( $(#[$attribute])* Self::$branch(payload) => $crate::wire::Slot::write(payload, writer), )*
                    Self::Unknown(value) => $crate::wire::Slot::write(value, writer),
                }
            }

            #[inline]
            fn expected(&self) -> &'static str {
                concat!("one of" $(, " ", stringify!($kind))*)
            }
        }

        impl ::std::default::Default for $type {
            #[inline]
            fn default() -> Self {
                Self::Unknown(::serde_json::Value::Null)
            }
        }

        $( $crate::wire::kind_conversions! { $(#[$attribute])* $type $branch ($($payload)+) $kind } )*
        $crate::wire::json_traits_of_enum! { $type { $( $(#[$attribute])* $branch ),* } }
        $crate::wire::serde_impls! { $type }
    };
}
pub(crate) use kind_union;

/// Conversions into one branch of a union by JSON type, and into the nullable parameter of that type.
macro_rules! kind_conversions {
    ($(#[$attribute:meta])* $type:ident $branch:ident (_) string) => {
        $crate::wire::kind_conversions! { @from $(#[$attribute])* $type $branch &str, ::std::string::String, &::std::string::String }
    };
    ($(#[$attribute:meta])* $type:ident $branch:ident (_) boolean) => {
        $crate::wire::kind_conversions! { @from $(#[$attribute])* $type $branch bool }
    };
    ($(#[$attribute:meta])* $type:ident $branch:ident (_) number) => {
        $crate::wire::kind_conversions! { @from $(#[$attribute])* $type $branch f64 }
    };
    ($(#[$attribute:meta])* $type:ident $branch:ident (_) integer) => {
        $crate::wire::kind_conversions! { @from $(#[$attribute])* $type $branch i64 }
    };
    ($(#[$attribute:meta])* $type:ident $branch:ident (_) unsigned) => {
        $crate::wire::kind_conversions! { @from $(#[$attribute])* $type $branch u64 }
    };
    ($(#[$attribute:meta])* $type:ident $branch:ident (_) $kind:ident) => {};
    ($(#[$attribute:meta])* $type:ident $branch:ident ($payload:ty) string) => {
        $crate::wire::kind_conversions! { @from $(#[$attribute])* $type $branch &str, ::std::string::String, &::std::string::String }
    };
    ($(#[$attribute:meta])* $type:ident $branch:ident ($payload:ty) $kind:ident) => {
        $crate::wire::kind_conversions! { @from $(#[$attribute])* $type $branch $payload }
    };
    (@from $(#[$attribute:meta])* $type:ident $branch:ident $source:ty) => {
        $(#[$attribute])*
        impl ::std::convert::From<$source> for $type {
            #[inline]
            fn from(value: $source) -> Self {
                Self::$branch(::std::convert::From::from(value))
            }
        }

        $(#[$attribute])*
        impl ::std::convert::From<$source> for $crate::Nullable<$type> {
            #[inline]
            fn from(value: $source) -> Self {
                Self::Value($type::from(value))
            }
        }
    };
    (@from $(#[$attribute:meta])* $type:ident $branch:ident $first:ty, $($source:ty),+) => {
        $crate::wire::kind_conversions! { @from $(#[$attribute])* $type $branch $first }
        $crate::wire::kind_conversions! { @from $(#[$attribute])* $type $branch $($source),+ }
    };
}
pub(crate) use kind_conversions;
