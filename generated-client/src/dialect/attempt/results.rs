/// The wire code of the enum of all action results, which the attempt's `action_type` tells apart:
/// `results! { Success { LockDoor(LockDoor) = "LOCK_DOOR" } }`. Each variant holds its result; the enum has a further variant
/// `Unknown(Value)`. An attempt of a result that is named becomes one of the enum.
#[allow(unused_macros, reason = "a document may have no actions")]
macro_rules! results {
    (@from $type:ident { $(#[$attribute:meta])* } $result:ty) => {
        $(#[$attribute])*
        impl ::std::convert::From<$crate::ActionAttempt<$result>> for $crate::ActionAttempt<$type> {
            #[inline]
            fn from(attempt: $crate::ActionAttempt<$result>) -> Self {
                attempt.typed()
            }
        }
    };
    (@from $type:ident { $(#[$attribute:meta])* }) => {};
    ($type:ident { $( $(#[$attribute:meta])* $variant:ident $(($result:ty))? = $action_type:literal ),* $(,)? }) => {
        impl $crate::wire::Slot for $type {
            #[inline]
            fn read(&mut self, json: $crate::wire::Json<'_>, reader: &mut $crate::wire::Reader) -> bool {
                match self {
                    $( $(#[$attribute])* Self::$variant(result) => $crate::wire::Slot::read(result, json, reader), )*
                    Self::Unknown(result) => $crate::wire::Slot::read(result, json, reader),
                }
            }

            #[inline]
            fn write(&mut self, writer: &mut $crate::wire::Writer) {
                match self {
                    $( $(#[$attribute])* Self::$variant(result) => $crate::wire::Slot::write(result, writer), )*
                    Self::Unknown(result) => $crate::wire::Slot::write(result, writer),
                }
            }

            #[inline]
            fn expected(&self) -> &'static str {
                match self {
                    Self::Unknown(_) => "any value",
                    _ => "object",
                }
            }
        }

        impl ::std::default::Default for $type {
            #[inline]
            fn default() -> Self {
                Self::Unknown(::serde_json::Value::Null)
            }
        }

        impl $crate::attempt::ActionResult for $type {
            #[inline]
            fn of(action_type: &str) -> Self {
                match action_type {
                    $( $(#[$attribute])* $action_type => Self::$variant(::std::default::Default::default()), )*
                    _ => Self::default(),
                }
            }
        }

        $( $crate::attempt::results! { @from $type { $(#[$attribute])* } $($result)? } )*

        $crate::wire::json_traits_of_enum! { $type { $( $(#[$attribute])* $variant ),* } }

        impl ::serde::Serialize for $type {
            fn serialize<__S: ::serde::Serializer>(&self, serializer: __S) -> ::std::result::Result<__S::Ok, __S::Error> {
                $crate::wire::serialize(self, serializer)
            }
        }
    };
}
#[allow(unused_imports, reason = "a document may have no actions")]
pub(crate) use results;
