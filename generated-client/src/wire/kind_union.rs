use super::reader::{Kind, Reader};
use super::scalars::whole;

impl Reader<'_> {
    /// Whether the value that comes next is a number without a fraction.
    #[doc(hidden)]
    pub fn at_integer(&mut self) -> bool {
        let start = self.position();
        let is_whole = self.number().and_then(whole).is_some();
        self.rewind(start);
        is_whole
    }

    /// Whether the value that comes next is of this type, `integer` included.
    #[doc(hidden)]
    pub fn at_kind(&mut self, name: &str) -> bool {
        match name {
            "integer" => self.kind() == Kind::Number && self.at_integer(),
            name => self.kind().name() == name,
        }
    }

    /// Takes a value of a type that the document does not list, and records that.
    #[doc(hidden)]
    #[cold]
    pub fn unknown_kind(&mut self, expected: &str) -> serde_json::Value {
        let found = self.kind().name();
        self.deviate(expected, found);
        self.value().unwrap_or_default()
    }
}

/// The wire code of an enum whose branches are told apart by their JSON type:
/// `kind_union! { StringOrBool { String(_): string, Bool(_): boolean } }`. The payload's type may stand in place of `_`;
/// a list or an object then also converts into the union.
macro_rules! kind_union {
    ($type:ident { $( $(#[$attribute:meta])* $branch:ident ($($payload:tt)+): $kind:ident ),* $(,)? }) => {
        impl $crate::wire::Slot for $type {
            #[inline]
            fn read(&mut self, reader: &mut $crate::wire::Reader<'_>) -> bool {
                $(
                    $(#[$attribute])*
                    if reader.at_kind(stringify!($kind)) {
                        let mut payload = ::std::default::Default::default();
                        $crate::wire::Slot::read(&mut payload, reader);
                        *self = Self::$branch(payload);
                        return true;
                    }
                )*
                *self = Self::Unknown(reader.unknown_kind(concat!("one of" $(, " ", stringify!($kind))*)));
                true
            }

            #[inline]
            fn write(&self, writer: &mut $crate::wire::Writer) {
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
        $crate::wire::boxed! { $type }
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
