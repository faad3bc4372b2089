/// The wire code of an enum whose branches are told apart by a property that only one of them has; the first listed
/// wins: `keyed_union! { Manage { SpaceKey(_) = "space_key", RoomKey(_) = "room_key" } }`.
macro_rules! keyed_union {
    ($type:ident { $( $(#[$attribute:meta])* $branch:ident (_) = $key:literal ),* $(,)? }) => {
        impl $crate::wire::Slot for $type {
            #[inline]
            fn read(&mut self, reader: &mut $crate::wire::Reader<'_>) -> bool {
                if reader.kind() != $crate::wire::Kind::Object {
                    return reader.mismatch("object");
                }
                $(
                    $(#[$attribute])*
                    if reader.has_key($key) {
                        let mut payload = ::std::default::Default::default();
                        $crate::wire::Slot::read(&mut payload, reader);
                        *self = Self::$branch(payload);
                        return true;
                    }
                )*
                *self = Self::Unknown(reader.unknown_keys());
                true
            }

            #[inline]
            fn write(&self, writer: &mut $crate::wire::Writer) {
                match self {
                    $( $(#[$attribute])* Self::$branch(payload) => $crate::wire::Slot::write(payload, writer), )*
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

        $crate::wire::boxed! { $type }
        $crate::wire::serde_impls! { $type }
    };
}
pub(crate) use keyed_union;

use super::reader::Reader;
use super::unknown::UnknownVariant;

impl Reader<'_> {
    /// Whether the object that comes next has this key.
    #[doc(hidden)]
    pub fn has_key(&mut self, key: &str) -> bool {
        let start = self.position();
        let found = self.seek(key);
        self.rewind(start);
        found
    }

    /// Takes an object that has the keys of no documented branch, and records that.
    #[doc(hidden)]
    #[cold]
    pub fn unknown_keys(&mut self) -> UnknownVariant {
        self.deviate(
            "one of the documented branches",
            "an object with the key of none",
        );
        UnknownVariant::new(String::new(), self.value().unwrap_or_default())
    }
}
