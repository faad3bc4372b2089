//! Typed ids, so that ids of different kinds are not confused.

use std::any::type_name;
use std::borrow::{Borrow, Cow};
use std::cmp::Ordering;
use std::convert::Infallible;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::param::{Nullable, Text};
use crate::wire::{self, Json, Reader, Slot, Writer};

/// An id. `K` is a marker type that names the resource; each kind of id has its own type alias.
///
/// Wherever a call takes an id, it also takes text, and the resource itself.
pub struct Id<K>(String, PhantomData<fn() -> K>);

impl<K> Id<K> {
    /// Makes an id from text.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into(), PhantomData)
    }

    /// Returns the id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the text itself.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

// Derived implementations would require the same traits of `K`.

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        Self::new(self.0.clone())
    }
}

impl<K> Default for Id<K> {
    fn default() -> Self {
        Self::new(String::new())
    }
}

impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<K> Eq for Id<K> {}

impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl<K> Hash for Id<K> {
    /// Hashes like its text, so that text can be used to look up an id in a map.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = type_name::<K>().rsplit(':').next().unwrap_or("Id");
        f.debug_tuple(kind).field(&self.0).finish()
    }
}

impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl<K> Slot for Id<K> {
    fn read(&mut self, json: Json<'_>, reader: &mut Reader) -> bool {
        self.0.read(json, reader)
    }

    fn write(&mut self, writer: &mut Writer) {
        writer.id(&self.0);
    }

    fn expected(&self) -> &'static str {
        "string"
    }
}

impl<K> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de, K> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        wire::deserialize(deserializer)
    }
}

impl<K> Text for Id<K> {}

impl<K> FromStr for Id<K> {
    type Err = Infallible;

    fn from_str(id: &str) -> Result<Self, Infallible> {
        Ok(Self::new(id))
    }
}

impl<K> AsRef<str> for Id<K> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl<K> Borrow<str> for Id<K> {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl<K> From<&str> for Id<K> {
    fn from(id: &str) -> Self {
        Self::new(id)
    }
}

impl<K> From<&&str> for Id<K> {
    fn from(id: &&str) -> Self {
        Self::new(*id)
    }
}

impl<K> From<String> for Id<K> {
    fn from(id: String) -> Self {
        Self::new(id)
    }
}

impl<K> From<&String> for Id<K> {
    fn from(id: &String) -> Self {
        Self::new(id)
    }
}

impl<K> From<Cow<'_, str>> for Id<K> {
    fn from(id: Cow<'_, str>) -> Self {
        Self::new(id)
    }
}

impl<K> From<&Id<K>> for Id<K> {
    fn from(id: &Id<K>) -> Self {
        id.clone()
    }
}

impl<K> From<&&Id<K>> for Id<K> {
    fn from(id: &&Id<K>) -> Self {
        (*id).clone()
    }
}

impl<K> From<Id<K>> for String {
    fn from(id: Id<K>) -> Self {
        id.0
    }
}

impl<K> From<&Id<K>> for String {
    fn from(id: &Id<K>) -> Self {
        id.0.clone()
    }
}

impl<K> PartialEq<str> for Id<K> {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl<K> PartialEq<&str> for Id<K> {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl<K> PartialEq<String> for Id<K> {
    fn eq(&self, other: &String) -> bool {
        self.0 == *other
    }
}

impl<K> PartialEq<Id<K>> for &str {
    fn eq(&self, other: &Id<K>) -> bool {
        *self == other.0
    }
}

/// Defines the types of ids: `ids! { /// The id of a pet. PetId, … }`.
macro_rules! ids {
    ($( $(#[$attribute:meta])* $name:ident ),* $(,)?) => {
        /// Marker types that distinguish the ids. They have no values.
        #[doc(hidden)]
        pub mod id_markers {
            $(
                #[doc = concat!("What a `", stringify!($name), "` is the id of.")]
                #[allow(clippy::exhaustive_enums, reason = "it has no values, and never will")]
                pub enum $name {}
            )*
        }

        $(
            $(#[$attribute])*
            pub type $name = $crate::id::Id<id_markers::$name>;
        )*
    };
}
pub(crate) use ids;

/// A resource, which can be passed for its id.
///
/// Not for implementing outside of this crate.
#[doc(hidden)]
pub trait Identified: Sized {
    /// The marker type of its id.
    type Kind;
    /// Returns its id.
    fn id(&self) -> &Id<Self::Kind>;
}

impl<T: Identified> Identified for &T {
    type Kind = T::Kind;

    fn id(&self) -> &Id<Self::Kind> {
        (**self).id()
    }
}

impl<T: Identified> From<T> for Id<T::Kind> {
    fn from(value: T) -> Self {
        value.id().clone()
    }
}

impl<T: Identified> From<T> for Nullable<Id<T::Kind>> {
    fn from(value: T) -> Self {
        Self::Value(value.into())
    }
}

/// States which field of a resource is its id: `resource_id! { Pet: pet_id as PetId }`.
macro_rules! resource_id {
    ($type:ident: $field:ident as $id:ty) => {
        impl $crate::id::Identified for $type {
            type Kind = <$id as $crate::id::OfKind>::Kind;

            #[inline]
            fn id(&self) -> &$id {
                &self.$field
            }
        }
    };
}
pub(crate) use resource_id;

/// The marker type of an id.
#[doc(hidden)]
pub trait OfKind {
    /// A type without values.
    type Kind;
}

impl<K> OfKind for Id<K> {
    type Kind = K;
}
