//! Compares types: their existence, their names and their kinds.

use super::Comparison;
use super::change::{Class, Event, Item, Side};
use super::place::Place;
use super::view::{Owner, paths_of};
use crate::escape;
use crate::model::{Kind, TypeId};
use crate::rust::Plan;
use crate::rust::items::TypeItem;
use crate::rust::paths;

impl<'a> Comparison<'a> {
    pub(super) fn types(&mut self) {
        let (old, new) = (self.old, self.new);
        for definition in old.plan.live() {
            match self.pairs.new_of(definition.id) {
                Some(other) => {
                    self.definition(definition, new.plan.type_item(other));
                }
                None if definition.component.is_some() => {
                    let hidden = definition.is_undocumented();
                    self.breaking(
                        &place(self.old.plan, definition, Side::Old),
                        Event::Gone,
                        hidden,
                        "is gone",
                    );
                }
                // The change is reported for the item that contained it.
                None => {}
            }
        }
        for definition in new.plan.live() {
            match self.old.paths.get(&paths::of_type(new.plan, definition)) {
                None if definition.component.is_some() => {
                    let described = super::calls::described(definition.docs.description.as_deref());
                    let hidden = definition.is_undocumented();
                    let fact = format!("is new{described}");
                    self.additive(
                        &place(self.new.plan, definition, Side::New),
                        Event::New,
                        hidden,
                        &fact,
                    );
                }
                // The type was shared before, and is no longer.
                Some(before) if self.pairs.new_of(*before) != Some(definition.id) => {
                    self.definition(old.plan.type_item(*before), definition);
                }
                _ => {}
            }
        }
    }

    /// Compares the names of types that exist on both sides.
    pub(super) fn names(&mut self) {
        for definition in self.old.plan.live() {
            let Some(other) = self.pairs.new_of(definition.id) else {
                continue;
            };
            let after = self.new.plan.type_item(other);
            let hidden = definition.is_undocumented() || after.is_undocumented();
            // One sentence is enough for a type with several paths.
            let gone = |path: &String| {
                !self.new.paths.contains_key(path)
                    && !self.was_removed_with_owner(path, definition.id)
            };
            let Some(path) = paths_of(self.old.plan, definition).into_iter().find(gone) else {
                continue;
            };
            let place = place(self.old.plan, definition, Side::Old);
            let mut place = place.written(path.clone(), paths::of_type(self.new.plan, after));
            place.subject.clone_from(&path);
            let hidden = hidden || self.is_owned_by_hidden(&path);
            place.rust = path;
            let fact = format!("is called `{}` now", paths::of_type(self.new.plan, after));
            self.breaking(&place, Event::Changed, hidden, &fact);
        }
    }

    /// Returns true if a name was removed with its owner, which is reported already.
    fn was_removed_with_owner(&self, path: &str, id: TypeId) -> bool {
        match self.old.owner(path) {
            None => false,
            Some((Owner::Call(call), _)) => {
                !self.new.calls.contains_key(call) || self.dropped.contains(&(call.clone(), id))
            }
            Some((Owner::Type(owner), is_own)) => {
                let owned_by = paths::of_type(self.old.plan, self.old.plan.type_item(*owner));
                self.pairs.new_of(*owner).is_none()
                    || is_own && self.dropped.contains(&(owned_by, id))
            }
        }
    }

    fn is_owned_by_hidden(&self, path: &str) -> bool {
        match self.old.owner(path) {
            None => false,
            Some((Owner::Call(call), _)) => {
                let call = self.old.calls.get(call);
                call.is_some_and(|(_, endpoint)| endpoint.docs.undocumented.is_some())
            }
            Some((Owner::Type(owner), _)) => self.old.plan.type_item(*owner).is_undocumented(),
        }
    }

    fn definition(&mut self, old: &'a TypeItem<'a>, new: &'a TypeItem<'a>) {
        let hidden = old.is_undocumented() || new.is_undocumented();
        let mut here = place(self.new.plan, new, Side::New);
        // The subject is the old name, if it still exists.
        if self.new.paths.get(&paths::of_type(self.old.plan, old)) == Some(&new.id) {
            here.subject = paths::of_type(self.old.plan, old);
            here.rust = paths::of_type(self.old.plan, old);
        }
        match (&old.definition().kind, &new.definition().kind) {
            (Kind::Object(before), Kind::Object(after)) => {
                self.object(&here, (old, before), (new, after), hidden);
            }
            (Kind::Enumeration(before), Kind::Enumeration(after))
                if before.whole == after.whole =>
            {
                self.enumeration(&here, (old, before), (new, after), hidden);
            }
            (Kind::Union(before), Kind::Union(after)) => {
                self.union(&here, (old, before), (new, after), hidden);
            }
            (before, after) => {
                let fact = format!("is {} now; it was {}", kind(after), kind(before));
                self.breaking(&here, Event::Changed, hidden, &fact);
            }
        }
        self.docs(&here, &old.docs, &new.docs, hidden);
        // Calls decide whether a type exists, so this mark changes only the documentation.
        if old.docs.undocumented != new.docs.undocumented {
            let words = (Class::Documentation, Event::Described);
            self.note(&here, words, hidden, "has another description");
        }
    }

    /// Reports an item that has another name on the wire.
    pub(super) fn respelled(
        &mut self,
        place: &Place,
        what: &str,
        hidden: bool,
        (old, new): (&str, &str),
    ) {
        let (old, new) = (escape::code(old), escape::code(new));
        let fact = format!("spells {what} {new} in JSON now; it was {old}");
        self.wire(place, hidden, fact);
    }
}

fn kind(kind: &Kind) -> &'static str {
    match kind {
        Kind::Object(_) => "a struct",
        Kind::Enumeration(of) if of.whole => "an enum of whole numbers",
        Kind::Enumeration(_) => "an enum of strings",
        Kind::Union(_) => "a union",
        Kind::Unnamed => "another type",
    }
}

fn place(plan: &Plan<'_>, definition: &TypeItem<'_>, side: Side) -> Place {
    let path = paths::of_type(plan, definition);
    Place {
        item: Item::Type,
        subject: path.clone(),
        name: None,
        wire: None,
        rust: path,
        pointer: definition.pointer.clone(),
        side,
        page: None,
        written: Default::default(),
    }
}
