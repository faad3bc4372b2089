//! Where a type that is about to be made will live, and what it will be called.

use crate::model::{Home, TypeId};
use crate::names;

/// The place of a schema: it decides the name of the type that comes of it.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// The module the type will live in.
    pub(super) module: Vec<String>,
    /// The name in words, as the document spells it.
    pub(super) local: String,
    /// The name of the type around it, to tell it apart where its own name is taken.
    pub(super) parent: String,
    /// The module for what belongs to the type.
    pub(super) children: Vec<String>,
    /// An id that others already refer to.
    pub(super) reserved: Option<TypeId>,
    /// The type is what a branch of a union holds.
    pub(super) branch: bool,
    /// The type keeps its own name, whatever looks like it.
    pub(super) fixed: bool,
}

impl Place {
    /// A place in a module, named by `local`.
    pub(super) fn new(module: &[String], local: &str, parent: &str) -> Self {
        let mut children = module.to_vec();
        children.push(names::module_name(local));
        Self {
            module: module.to_vec(),
            local: local.to_owned(),
            parent: parent.to_owned(),
            children,
            reserved: None,
            branch: false,
            fixed: false,
        }
    }

    /// The place of a component: a module of its own that it shares with what belongs to it.
    pub(super) fn component(name: &str, module: String) -> Self {
        let children = vec![module];
        Self {
            module: children.clone(),
            children,
            ..Self::new(&[], name, "Api")
        }
    }

    /// The place of a property of this type.
    pub(super) fn property(&self, name: &str) -> Self {
        Self::new(&self.children, name, &self.type_name())
    }

    /// The place of the items of this list.
    pub(super) fn item(&self) -> Self {
        Self {
            reserved: None,
            ..Self::new(&self.module, &names::singular(&self.local), &self.parent)
        }
    }

    /// The place of the values of this map.
    pub(super) fn value(&self) -> Self {
        let local = names::singular(&self.local);
        let local = if local == self.local {
            format!("{local}_value")
        } else {
            local
        };
        Self {
            reserved: None,
            ..Self::new(&self.module, &local, &self.parent)
        }
    }

    /// The place of a branch of this union.
    pub(super) fn branch(&self, name: &str) -> Self {
        Self {
            branch: true,
            ..Self::new(&self.children, name, &self.type_name())
        }
    }

    pub(super) fn type_name(&self) -> String {
        names::type_name_in(&self.local, &self.parent)
    }

    pub(super) fn home(&self) -> Home {
        Home {
            module: self.module.clone(),
            name: self.type_name(),
        }
    }
}
