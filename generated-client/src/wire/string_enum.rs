/// The wire code of an enum of strings: `string_enum! { Status { Set = "set", Unset = "unset" } }`. The enum has a
/// further variant `Unknown(String)` for what the document does not list.
macro_rules! string_enum {
    ($type:ident { $( $(#[$attribute:meta])* $variant:ident = $name:literal ),* $(,)? }) => {
        impl $type {
            /// The value as the API writes it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $( $(#[$attribute])* Self::$variant => $name, )*
                    Self::Unknown(value) => value,
                }
            }

            fn known(value: &str) -> ::std::option::Option<Self> {
                match value {
                    $( $(#[$attribute])* $name => ::std::option::Option::Some(Self::$variant), )*
                    _ => ::std::option::Option::None,
                }
            }
        }

        impl $crate::wire::Slot for $type {
            #[inline]
            fn read(&mut self, json: $crate::wire::Json<'_>, reader: &mut $crate::wire::Reader) -> bool {
                let $crate::wire::Json::String(value) = json else {
                    return reader.mismatch("string", &json);
                };
                *self = Self::known(&value).unwrap_or_else(|| {
                    reader.deviate(concat!("a documented ", stringify!($type)), &value);
                    Self::Unknown(value.into_owned())
                });
                true
            }

            #[inline]
            fn write(&self, writer: &mut $crate::wire::Writer) {
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

        impl ::std::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::std::convert::AsRef<str> for $type {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::convert::From<&str> for $type {
            #[inline]
            fn from(value: &str) -> Self {
                Self::known(value).unwrap_or_else(|| Self::Unknown(value.to_owned()))
            }
        }

        $crate::param::text_conversions! { $type }
        $crate::wire::serde_impls! { $type }
    };
}
pub(crate) use string_enum;
