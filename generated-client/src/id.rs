//! Ids: newtypes over strings, so that one kind is not mistaken for another.

/// Declares an id: `id! { /// ID of a device.  DeviceId }`.
macro_rules! id {
    ($(#[$attribute:meta])* $name:ident) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
        pub struct $name(::std::string::String);

        impl $name {
            /// The id that this text is.
            #[must_use]
            pub fn new(id: impl ::std::convert::Into<::std::string::String>) -> Self {
                Self(id.into())
            }

            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The text itself.
            #[must_use]
            pub fn into_string(self) -> ::std::string::String {
                self.0
            }
        }

        impl $crate::wire::Slot for $name {
            #[inline]
            fn read(&mut self, json: $crate::wire::Json<'_>, reader: &mut $crate::wire::Reader) -> bool {
                $crate::wire::Slot::read(&mut self.0, json, reader)
            }

            #[inline]
            fn write(&self, writer: &mut $crate::wire::Writer) {
                writer.id(&self.0);
            }

            #[inline]
            fn expected(&self) -> &'static str {
                "string"
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            #[inline]
            fn from_str(id: &str) -> ::std::result::Result<Self, Self::Err> {
                ::std::result::Result::Ok(Self::from(id))
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl ::std::borrow::Borrow<str> for $name {
            #[inline]
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl ::std::convert::From<&str> for $name {
            #[inline]
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        $crate::param::text_conversions! { $name }
        $crate::wire::serde_impls! { $name }
    };
}
pub(crate) use id;

/// Lets a resource stand for its id wherever that is a parameter: `identifies! { Device: device_id as DeviceId }`.
macro_rules! identifies {
    ($type:ident: $field:ident as $id:ty) => {
        impl ::std::convert::From<&$type> for $id {
            #[inline]
            fn from(value: &$type) -> Self {
                value.$field.clone()
            }
        }

        impl ::std::convert::From<&&$type> for $id {
            #[inline]
            fn from(value: &&$type) -> Self {
                value.$field.clone()
            }
        }

        impl ::std::convert::From<$type> for $id {
            #[inline]
            fn from(value: $type) -> Self {
                value.$field
            }
        }

        $crate::param::nullable_from! { $id: &$type, $type }
    };
}
pub(crate) use identifies;
