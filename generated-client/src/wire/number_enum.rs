/// The wire code of an enum of integers: `number_enum! { Level { Low = 1, High = 2 } }`. The enum has a further variant
/// `Unknown(i64)` for what the document does not list. `argument Level { … }` is one that is sent.
macro_rules! number_enum {
    (argument $type:ident $values:tt) => {
        $crate::wire::number_enum! { $type $values }
        $crate::wire::number_enum! { @from $type: i8, i16, i32, u8, u16, u32 }
        $crate::param::nullable_from! { $type: i64, i8, i16, i32, u8, u16, u32, &$type, &&$type }

        impl ::std::convert::From<&$type> for $type {
            #[inline]
            fn from(value: &$type) -> Self {
                *value
            }
        }

        impl ::std::convert::From<&&$type> for $type {
            #[inline]
            fn from(value: &&$type) -> Self {
                **value
            }
        }
    };
    (@from $type:ident: $($source:ty),+) => { $(
        impl ::std::convert::From<$source> for $type {
            #[inline]
            fn from(value: $source) -> Self {
                Self::from(i64::from(value))
            }
        }
    )+ };
    ($type:ident { $( $(#[$attribute:meta])* $variant:ident = $number:literal ),* $(,)? }) => {
        impl $type {
            /// Returns the value as the API writes it.
            #[must_use]
            #[inline]
            pub fn as_i64(self) -> i64 {
                match self {
                    $( $(#[$attribute])* Self::$variant => $number, )*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl $crate::wire::Slot for $type {
            #[inline]
            fn read(&mut self, json: $crate::wire::Json<'_>, reader: &mut $crate::wire::Reader) -> bool {
                let mut number = 0_i64;
                if !$crate::wire::Slot::read(&mut number, json, reader) {
                    return false;
                }
                *self = Self::from(number);
                if let Self::Unknown(value) = self {
                    reader.record_deviation(concat!("a documented ", stringify!($type)), &value.to_string());
                }
                true
            }

            #[inline]
            fn write(&mut self, writer: &mut $crate::wire::Writer) {
                writer.integer(self.as_i64());
            }

            #[inline]
            fn expected(&self) -> &'static str {
                "integer"
            }
        }

        impl ::std::default::Default for $type {
            #[inline]
            fn default() -> Self {
                Self::Unknown(0)
            }
        }

        // A derived implementation would call the formatter for each value.
        impl ::std::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(match self {
                    $( $(#[$attribute])* Self::$variant => stringify!($variant), )*
                    Self::Unknown(value) => return f.debug_tuple("Unknown").field(value).finish(),
                })
            }
        }

        impl ::std::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        impl ::std::convert::From<i64> for $type {
            fn from(value: i64) -> Self {
                match value {
                    $( $(#[$attribute])* $number => Self::$variant, )*
                    unknown => Self::Unknown(unknown),
                }
            }
        }

        impl ::std::convert::From<$type> for i64 {
            #[inline]
            fn from(value: $type) -> Self {
                value.as_i64()
            }
        }

        impl ::std::cmp::PartialEq<i64> for $type {
            #[inline]
            fn eq(&self, other: &i64) -> bool {
                self.as_i64() == *other
            }
        }

        $crate::wire::serde_impls! { $type }
    };
}
pub(crate) use number_enum;
