//! The objects of a model, and their properties.

use serde_json::Value;

use super::types::{Docs, Kind, Type, TypeDef, TypeId};
use super::union::{Union, Variants};

/// An object with named properties.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Object {
    /// The properties, in the document's order.
    pub fields: Vec<Field>,
    /// The identity of the object, if it is a resource.
    pub identity: Option<Identity>,
    /// The additional properties, if the document allows any.
    pub additional: Option<Additional>,
    /// Properties that several of its variants have, if it has variants.
    pub accessors: Vec<Accessor>,
}

impl Object {
    /// Returns the tag if the object has variants: the first field whose type is an enum of variants.
    pub fn tag<'a>(&'a self, types: &'a [TypeDef]) -> Option<(&'a Field, TypeId, &'a Variants)> {
        self.fields.iter().find_map(|field| match field.ty {
            Type::Named(id) => match &types[id.0].kind {
                Kind::Union(Union::Variants(variants)) => Some((field, id, variants)),
                _ => None,
            },
            _ => None,
        })
    }
}

/// A property that several variants of an object have, all of one type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accessor {
    /// The name in JSON.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// Its documentation.
    pub docs: Docs,
    /// The variants that have it, by their index.
    pub variants: Vec<usize>,
}

/// Properties of an object that the document does not name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Additional {
    /// Their type.
    pub ty: Type,
    /// Named properties that are read elsewhere: the tag of a union.
    pub besides: Vec<String>,
    /// The JSON pointer of the schema, or of the object that says so.
    pub pointer: String,
}

/// The property that identifies a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The property.
    pub field: String,
    /// The resource that its id identifies.
    pub id: String,
}

/// A property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The name in JSON.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// Required or optional, nullable or not.
    pub presence: Presence,
    /// The only value that it may have, where the document allows but one.
    pub only: Option<Value>,
    /// Who sends it.
    pub access: Access,
    /// Its documentation.
    pub docs: Docs,
    /// The JSON pointer of its schema.
    pub pointer: String,
}

impl Field {
    /// Returns true if callers must give the property to build an object that has it.
    pub fn is_asked_for(&self) -> bool {
        match self.access {
            Access::Both => self.presence.required,
            Access::ReadOnly => false,
            Access::WriteOnly { required } => required,
        }
    }

    /// Returns true if the property may be absent or null.
    pub fn is_option(&self) -> bool {
        !self.presence.required || self.presence.nullable
    }
}

/// Who sends a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Access {
    /// Callers and the API.
    #[default]
    Both,
    /// Only the API.
    ReadOnly,
    /// Only callers.
    WriteOnly {
        /// True if they must send it.
        required: bool,
    },
}

impl Access {
    /// Returns true if callers send the property.
    pub fn is_sent(self) -> bool {
        self != Self::ReadOnly
    }

    /// Returns true if the API sends the property.
    pub fn is_received(self) -> bool {
        !matches!(self, Self::WriteOnly { .. })
    }
}

/// The presence of a property or parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Presence {
    /// True if it is required.
    pub required: bool,
    /// True if it may be null.
    pub nullable: bool,
}
