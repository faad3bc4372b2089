//! JSON objects with known properties: the properties of a type, and their fields.

mod read;
mod write;

use super::json::Json;
use super::reader::Reader;
use super::slot::Slot;
use super::writer::Writer;

use read::read_object;
pub(super) use write::write_fields;
use write::write_object;

/// A property.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name in JSON.
    pub name: &'static str,
    /// Its flags. Without a flag the property is always present and never null.
    pub flags: &'static [FieldFlag],
}

/// A fact about a property in addition to its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "only this crate reads them")]
pub enum FieldFlag {
    /// It may be missing.
    Optional,
    /// It may be null.
    Nullable,
    /// Only the API sets it, so requests do not have it.
    ReadOnly,
    /// It is the tag: its value selects the variant of the object, and thus its other properties.
    Variants,
    /// It collects all properties without their own field, except these, which are read elsewhere. It is always the last field.
    Additional(&'static [&'static str]),
}

impl Field {
    fn may_be_missing(&self) -> bool {
        let allows =
            |flag: &FieldFlag| matches!(flag, FieldFlag::Optional | FieldFlag::Additional(_));
        self.flags.iter().any(allows)
    }

    fn is(&self, flag: FieldFlag) -> bool {
        self.flags.contains(&flag)
    }

    /// Returns the exceptions of the field that collects properties without their own field.
    fn besides(&self) -> Option<&'static [&'static str]> {
        self.flags.iter().find_map(|flag| match flag {
            FieldFlag::Additional(besides) => Some(*besides),
            _ => None,
        })
    }

    /// Returns true if it collects the property `name`, which has no field of its own.
    fn takes(&self, name: &str) -> bool {
        self.besides()
            .is_some_and(|besides| !besides.contains(&name))
    }
}

/// A type that is a JSON object with known properties.
pub trait Object {
    /// Passes on the properties and their slots.
    fn properties(&mut self, visit: Visit<'_>);
}

/// Visits the properties of an object and their slots.
pub type Visit<'a> = &'a mut dyn FnMut(&'static [Field], &mut [&mut dyn Slot]);

impl<T: Object> Object for Box<T> {
    #[inline]
    fn properties(&mut self, visit: Visit<'_>) {
        T::properties(self, visit);
    }
}

/// Implemented once here and not for each type, which halves the code of a type.
impl<T: Object> Slot for T {
    #[inline]
    fn read(&mut self, json: Json<'_>, reader: &mut Reader) -> bool {
        read_object(self, json, reader)
    }

    #[inline]
    fn write(&mut self, writer: &mut Writer) {
        write_object(self, writer);
    }
}

/// Returns the index of the field with this name. Servers send properties in a constant order, so `hint` is the likely index.
fn position(fields: &[Field], name: &str, hint: usize) -> Option<usize> {
    let is_it = |field: &Field| field.name == name && field.besides().is_none();
    let (before, after) = fields.split_at(hint.min(fields.len()));
    after
        .iter()
        .position(is_it)
        .map(|index| before.len() + index)
        .or_else(|| before.iter().position(is_it))
}

/// The wire code of a struct: `object! { Pet { pet_id, nickname [Optional], r#type = "type" } with extra }`.
///
/// The field after `with` keeps the properties without their own field, except those after `except`, which are read elsewhere. A
/// struct that keeps them as a map of one type ends with `additional_properties [Additional()]` instead.
macro_rules! object {
    ($type:ident { $(
        $(#[$attribute:meta])*
        $field:ident $(= $name:literal)? $([$($mark:ident $(($($besides:literal),*))?)+])?
    ),* $(,)? } $(with $extra:ident $(except $($elsewhere:literal),+)?)?) => {
        impl $crate::wire::Object for $type {
            #[inline]
            fn properties(&mut self, visit: $crate::wire::Visit<'_>) {
                visit(
                    &[
                        $(
                            $(#[$attribute])*
                            $crate::wire::Field {
                                name: $crate::wire::field_name!($field $($name)?),
                                flags: &[$($($crate::wire::FieldFlag::$mark $((&[$($besides),*]))?),+)?],
                            },
                        )*
                        $(
                            $crate::wire::Field {
                                name: stringify!($extra),
                                flags: &[$crate::wire::FieldFlag::Additional(&[$($($elsewhere),+)?])],
                            },
                        )?
                    ],
                    &mut [$($(#[$attribute])* &mut self.$field,)* $(&mut self.$extra,)?],
                );
            }
        }

        $(
            impl $type {
                /// Returns the properties that this version of the client does not model.
                #[must_use]
                #[inline]
                pub fn extra(&self) -> &$crate::Extra {
                    &self.$extra
                }
            }
        )?

        $crate::wire::json_traits! { $type }
        $crate::wire::serde_impls! { $type }
    };
}
pub(crate) use object;

/// The wire name of a field: the given one, or else the name of the field.
macro_rules! field_name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $name:literal) => {
        $name
    };
}
pub(crate) use field_name;
