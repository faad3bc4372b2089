//! The table of types.

use std::cell::{Ref, RefCell};
use std::collections::BTreeSet;

use super::place::Place;
use crate::document::Pointer;
use crate::model::{Docs, Kind, Object, Type, TypeDef, TypeId};

/// The table of all types. Ids are reserved before their types are known, so that types can be recursive.
#[derive(Default)]
pub(super) struct Types(RefCell<Vec<TypeDef>>);

impl Types {
    /// Reserves the id of a type that is not known yet.
    pub(super) fn reserve(&self, place: &Place, pointer: &Pointer, docs: Docs) -> TypeId {
        let mut types = self.0.borrow_mut();
        types.push(TypeDef {
            place: place.of_type(),
            component: None,
            pointer: pointer.to_string(),
            composed: false,
            docs,
            kind: Kind::Object(Object::default()),
            sent: false,
            received: false,
            reached: BTreeSet::new(),
        });
        TypeId(types.len() - 1)
    }

    /// Defines the type of an id.
    pub(super) fn define(&self, id: TypeId, kind: Kind) -> Type {
        self.0.borrow_mut()[id.0].kind = kind;
        Type::Named(id)
    }

    /// Marks an id as one without a type of its own. A pass later replaces the id by its type.
    pub(super) fn leave_unnamed(&self, id: TypeId) {
        self.define(id, Kind::Unnamed);
    }

    pub(super) fn set_component(&self, id: TypeId, name: &str) {
        self.0.borrow_mut()[id.0].component = Some(name.to_owned());
    }

    pub(super) fn set_composed(&self, id: TypeId, composed: bool) {
        self.0.borrow_mut()[id.0].composed = composed;
    }

    pub(super) fn set_docs(&self, id: TypeId, docs: Docs) {
        self.0.borrow_mut()[id.0].docs = docs;
    }

    /// Returns the kind of a type, as far as it is known.
    pub(super) fn kind(&self, id: TypeId) -> Ref<'_, Kind> {
        Ref::map(self.0.borrow(), |types| &types[id.0].kind)
    }

    /// Returns all types, by their ids.
    pub(super) fn into_all(self) -> Vec<TypeDef> {
        self.0.into_inner()
    }
}
