/// `Debug` for a struct that holds a secret: `hiding_debug! { ClientSession { client_session_id, token [hidden] } }`.
macro_rules! hiding_debug {
    ($type:ident { $( $(#[$attribute:meta])* $field:ident $([$hidden:ident])? ),* $(,)? }) => {
        /// Shows everything but secrets.
        impl ::std::fmt::Debug for $type {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                let value = self;
                let mut shown = f.debug_struct(stringify!($type));
                $( $(#[$attribute])* $crate::wire::debug_field!(shown, value, $field $($hidden)?); )*
                shown.finish()
            }
        }
    };
}
pub(crate) use hiding_debug;

macro_rules! debug_field {
    ($shown:ident, $value:ident, $field:ident) => {
        $shown.field(stringify!($field).trim_start_matches("r#"), &$value.$field)
    };
    ($shown:ident, $value:ident, $field:ident hidden) => {
        $shown.field(stringify!($field), &format_args!("…"))
    };
}
pub(crate) use debug_field;
