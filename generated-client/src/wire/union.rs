/// The wire code of an enum whose branches are selected by a property:
/// `union! { Event by event_type { PetSold(_) = "pet.sold" } }`.
///
/// With `, open` after the tag, the document has branches with any tag: they are unknown branches, and not deviations.
macro_rules! union {
    (
        $type:ident by $tag:ident $(= $name:literal)? $(, $open:ident)? { $($branches:tt)* }
    ) => {
        $crate::wire::union_slot! { $type [$crate::wire::field_name!($tag $($name)?)] [$($open)?] { $($branches)* } }
        $crate::wire::union_tag! { $type $tag { $($branches)* } }
        $crate::wire::serde_impls! { $type }
    };
}
pub(crate) use union;

/// Reading, writing and the zero value of a union.
macro_rules! union_slot {
    ($type:ident [$tag:expr] $open:tt { $( $(#[$attribute:meta])* $branch:ident $(($payload:tt))? = $value:tt ),* $(,)? }) => {
        impl $crate::wire::Slot for $type {
            #[inline]
            fn read(&mut self, json: $crate::wire::Json<'_>, reader: &mut $crate::wire::Reader) -> bool {
                let Some((tag, object)) = $crate::wire::Untagged::begin($tag, json, reader) else {
                    return false;
                };
                *self = match tag.as_tag() {
                    $(
                        $(#[$attribute])*
                        $crate::wire::tag!($value) => Self::$branch $(($crate::wire::union_read!(object, tag, reader, $payload)))?,
                    )*
                    _ => Self::Unknown($crate::wire::union_unknown!($open object, tag, reader)),
                };
                true
            }

            #[allow(clippy::redundant_pattern, reason = "the pattern of a branch is passed through as it is written")]
            #[inline]
            fn write(&mut self, writer: &mut $crate::wire::Writer) {
                let branch: $crate::wire::Branch<'_> = match self {
                    $(
                        $(#[$attribute])*
                        Self::$branch $((payload @ $payload))? =>
                            ($crate::wire::tag!($value), $crate::wire::union_payload!($(payload $payload)?)),
                    )*
                    Self::Unknown(unknown) => unknown.branch(),
                };
                $crate::wire::write_branch($tag, branch, writer);
            }
        }

        $crate::wire::json_traits_of_enum! { $type { $( $(#[$attribute])* $branch ),* } }

        impl ::std::default::Default for $type {
            #[inline]
            fn default() -> Self {
                Self::Unknown(::std::default::Default::default())
            }
        }
    };
}
pub(crate) use union_slot;

/// A tag, as pattern and as value; `none` is that of a branch without one.
macro_rules! tag {
    (true) => {
        $crate::wire::Tag::Boolean(true)
    };
    (false) => {
        $crate::wire::Tag::Boolean(false)
    };
    (none) => {
        $crate::wire::Tag::Missing
    };
    (($number:literal)) => {
        $crate::wire::Tag::Integer($number)
    };
    ($text:literal) => {
        $crate::wire::Tag::Text($text)
    };
}
pub(crate) use tag;

/// A tag as its accessor gives it.
macro_rules! tag_text {
    (none) => {
        ""
    };
    ($text:literal) => {
        $text
    };
}
pub(crate) use tag_text;

/// Reads the payload of one branch.
macro_rules! union_read {
    ($object:ident, $tag:ident, $reader:ident, $hole:tt) => {
        $object.read(&$tag, $reader)
    };
}
pub(crate) use union_read;

/// Returns an object as an unknown branch.
macro_rules! union_unknown {
    ([] $object:ident, $tag:ident, $reader:ident) => {
        $object.unknown(&$tag, $reader)
    };
    ([open] $object:ident, $tag:ident, $reader:ident) => {
        $object.raw(&$tag, $reader)
    };
}
pub(crate) use union_unknown;

/// The payload of a branch, if it has one.
macro_rules! union_payload {
    ($payload:ident $hole:tt) => {
        Some($payload)
    };
    () => {
        None
    };
}
pub(crate) use union_payload;

/// The accessor for the tag, where the tags are strings.
macro_rules! union_tag {
    ($type:ident $tag:ident { $( $(#[$attribute:meta])* $branch:ident $(($payload:tt))? = $value:tt ),* $(,)? }) => {
        $crate::wire::union_tag! {
            @kind [$($value)*] $type $tag { $( $(#[$attribute])* $branch $(($payload))? = $value, )* }
        }
    };
    (@kind [true $($values:tt)*] $($rest:tt)*) => {};
    (@kind [false $($values:tt)*] $($rest:tt)*) => {};
    (@kind [($number:literal) $($values:tt)*] $($rest:tt)*) => {};
    (@kind [$($values:tt)*] $type:ident $tag:ident {
        $( $(#[$attribute:meta])* $branch:ident $(($payload:tt))? = $value:tt, )*
    }) => {
        impl $type {
            #[doc = concat!("The `", stringify!($tag), "`, which tells the branches apart; of an unknown branch too.")]
            #[must_use]
            #[inline]
            pub fn $tag(&self) -> &str {
                match self {
                    $( $(#[$attribute])* Self::$branch $(($payload))? => $crate::wire::tag_text!($value), )*
                    Self::Unknown(unknown) => unknown.tag(),
                }
            }
        }
    };
}
pub(crate) use union_tag;
