use serde_json::Value;

use super::json::{Json, members_of};
use super::read_value;
use super::reader::Reader;
use super::slot::Slot;
use super::unknown::UnknownVariant;

/// An object whose keys select the branch, so all must be read first.
#[doc(hidden)]
#[derive(Debug)]
pub struct Keyed(Value);

impl Keyed {
    /// Reads an object. Any other value is recorded as a deviation, and returns `None`.
    pub fn begin(json: Json<'_>, reader: &mut Reader) -> Option<Self> {
        let Json::Object(members) = json else {
            reader.mismatch("object", &json);
            return None;
        };
        Some(Self(members_of(members, reader)))
    }

    /// Returns true if it has this key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.0.get(key).is_some()
    }

    /// Reads the object as this branch.
    pub fn read(self, payload: &mut dyn Slot, reader: &mut Reader) {
        read_value(self.0, payload, reader);
    }

    /// Returns the object as an unknown branch, and records a deviation.
    #[cold]
    pub fn unknown(self, reader: &mut Reader) -> UnknownVariant {
        reader.record_deviation(
            "one of the documented branches",
            "an object with the key of none",
        );
        UnknownVariant::new(String::new(), self.0)
    }
}

/// The wire code of an enum whose branches differ by a property that only one of them has; the first listed
/// wins: `keyed_union! { Manage { SpaceKey(_) = "space_key", RoomKey(_) = "room_key" } }`. A last branch with `= else` takes all
/// other objects.
macro_rules! keyed_union {
    ($type:ident { $( $(#[$attribute:meta])* $branch:ident (_) = $key:tt ),* $(,)? }) => {
        impl $crate::wire::Slot for $type {
            #[inline]
            fn read(&mut self, json: $crate::wire::Json<'_>, reader: &mut $crate::wire::Reader) -> bool {
                let ::std::option::Option::Some(object) = $crate::wire::Keyed::begin(json, reader) else {
                    return false;
                };
                $(
                    $(#[$attribute])*
                    if $crate::wire::has_key!(object $key) {
                        let mut payload = ::std::default::Default::default();
                        object.read(&mut payload, reader);
                        *self = Self::$branch(payload);
                        return true;
                    }
                )*
                *self = Self::Unknown(object.unknown(reader));
                true
            }

            #[inline]
            fn write(&mut self, writer: &mut $crate::wire::Writer) {
                match self {
                    $( $(#[$attribute])* Self::$branch(payload) => $crate::wire::Slot::write(payload, writer), )*
                    Self::Unknown(unknown) => unknown.write(writer),
                }
            }
        }

        impl ::std::default::Default for $type {
            #[inline]
            fn default() -> Self {
                Self::Unknown(::std::default::Default::default())
            }
        }

        $crate::wire::json_traits_of_enum! { $type { $( $(#[$attribute])* $branch ),* } }
        $crate::wire::serde_impls! { $type }
    };
}
pub(crate) use keyed_union;

/// Returns true if an object matches a branch.
macro_rules! has_key {
    ($object:ident else) => {
        true
    };
    ($object:ident $key:literal) => {
        $object.has($key)
    };
}
pub(crate) use has_key;
