//! The types of a model as items of the crate.

use std::fmt;
use std::ops::Deref;

use super::gate::Gate;
use crate::model::{TypeDef, TypeId};
use crate::names;

/// The path of a type: the module below the crate, and the name of the type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TypePath {
    /// The segments of the module, outermost first.
    pub(crate) module: Vec<String>,
    /// The type's name.
    pub(crate) name: String,
}

impl TypePath {
    /// Returns the module for the types that belong to this type.
    pub(crate) fn children(&self) -> Vec<String> {
        let mut module = self.module.clone();
        module.push(names::module_name(&self.name));
        module
    }
}

impl fmt::Display for TypePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for segment in &self.module {
            write!(f, "{segment}::")?;
        }
        f.write_str(&self.name)
    }
}

/// A type of the model with its path in the crate.
#[derive(Debug)]
pub(crate) struct TypeItem<'a> {
    pub(crate) id: TypeId,
    pub(crate) path: TypePath,
    /// The features with which it is compiled.
    pub(crate) gate: Gate,
    definition: &'a TypeDef,
}

impl<'a> TypeItem<'a> {
    pub(super) fn new(id: TypeId, (path, gate): (TypePath, Gate), definition: &'a TypeDef) -> Self {
        Self {
            id,
            path,
            gate,
            definition,
        }
    }

    /// Returns the type in the model.
    pub(crate) fn definition(&self) -> &'a TypeDef {
        self.definition
    }
}

impl Deref for TypeItem<'_> {
    type Target = TypeDef;

    fn deref(&self) -> &TypeDef {
        self.definition
    }
}
