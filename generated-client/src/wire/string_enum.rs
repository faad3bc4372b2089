/// The wire code of an enum of strings: `string_enum! { Status { Set = "set", Unset = "unset" } }`. The enum has a
/// further variant `Unknown(String)` for what the document does not list. `argument Status { … }` is one that is sent.
macro_rules! string_enum {
    (argument $type:ident $values:tt) => {
        $crate::wire::string_enum! { $type $values }
        $crate::param::text_conversions! { $type }

        // A nullable parameter takes all values of a plain one.
        impl<T: ::std::convert::AsRef<str>> ::std::convert::From<T> for $crate::Nullable<$type> {
            #[inline]
            fn from(value: T) -> Self {
                Self::Value(<$type>::from(value))
            }
        }

        impl ::std::convert::From<&$type> for $crate::Nullable<$type> {
            #[inline]
            fn from(value: &$type) -> Self {
                Self::Value(value.clone())
            }
        }

        impl ::std::convert::From<&&$type> for $crate::Nullable<$type> {
            #[inline]
            fn from(value: &&$type) -> Self {
                Self::Value((*value).clone())
            }
        }
    };
    ($type:ident { $( $(#[$attribute:meta])* $variant:ident = $name:literal ),* $(,)? }) => {
        impl $type {
            /// Returns the value as the API writes it.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $( $(#[$attribute])* Self::$variant => $name, )*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl $crate::wire::Slot for $type {
            #[inline]
            fn read(&mut self, json: $crate::wire::Json<'_>, reader: &mut $crate::wire::Reader) -> bool {
                let $crate::wire::Json::String(value) = json else {
                    return reader.mismatch("string", &json);
                };
                *self = Self::from(&*value);
                if let Self::Unknown(value) = self {
                    reader.record_deviation(concat!("a documented ", stringify!($type)), value);
                }
                true
            }

            #[inline]
            fn write(&mut self, writer: &mut $crate::wire::Writer) {
                writer.string(self.as_str());
            }

            #[inline]
            fn expected(&self) -> &'static str {
                "string"
            }
        }

        impl ::std::default::Default for $type {
            #[inline]
            fn default() -> Self {
                Self::Unknown(::std::string::String::new())
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
                f.pad(self.as_str())
            }
        }

        impl<T: ::std::convert::AsRef<str>> ::std::convert::From<T> for $type {
            fn from(value: T) -> Self {
                match value.as_ref() {
                    $( $(#[$attribute])* $name => Self::$variant, )*
                    unknown => Self::Unknown(unknown.to_owned()),
                }
            }
        }

        impl<T: ::std::convert::AsRef<str> + ?Sized> ::std::cmp::PartialEq<T> for $type {
            fn eq(&self, other: &T) -> bool {
                self.as_str() == other.as_ref()
            }
        }

        $crate::wire::serde_impls! { $type }
    };
}
pub(crate) use string_enum;
