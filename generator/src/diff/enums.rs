//! Compares enums: their values and branches.

use super::Comparison;
use super::change::{Event, Item, Side};
use super::members::Moved;
use super::place::Place;
use crate::escape;
use crate::model::{Docs, EnumValue, Enumeration, Union};
use crate::rust::items::TypeItem;
use crate::rust::paths;
use crate::rust::scope::Scope;
use crate::rust::unions::{Part, parts, payload_type};
use crate::rust::variants::value_names;

impl<'a> Comparison<'a> {
    pub(super) fn enumeration(
        &mut self,
        here: &Place,
        (old, before): (&TypeItem<'_>, &Enumeration),
        (new, after): (&TypeItem<'_>, &Enumeration),
        hidden: bool,
    ) {
        let at = |variant: &str, value: &EnumValue, side| {
            let rust = format!("{}::{variant}", here.rust);
            let called = (value.value.as_str(), Some(value.value.as_str()));
            let pointer = if side == Side::Old {
                &old.pointer
            } else {
                &new.pointer
            };
            here.part(Item::Value, called, rust, pointer)
                .in_document(side, pointer)
        };
        let (before, after) = (variants(old, before), variants(new, after));
        for (name, value) in &before {
            let own = hidden || is_hidden(&value.docs);
            let Some((_, other)) = after.iter().find(|(other, _)| other == name) else {
                let renamed = after.iter().find(|(_, other)| other.value == value.value);
                let fact = match renamed {
                    Some((to, _)) => format!(
                        "calls the value {} `{to}` now; it was `{name}`",
                        escape::code(&value.value)
                    ),
                    None => format!(
                        "no longer has the value {}: the variant `{name}` is gone",
                        escape::code(&value.value)
                    ),
                };
                self.breaking(&at(name, value, Side::Old), Event::Gone, own, &fact);
                continue;
            };
            let place = at(name, other, Side::New);
            match Moved::of(is_hidden(&value.docs), is_hidden(&other.docs)) {
                Moved::Withdrawn => {
                    let fact = format!(
                        "has the value {} only with the feature `undocumented` now",
                        escape::code(&other.value)
                    );
                    self.breaking(&place, Event::Gone, hidden, &fact);
                }
                Moved::Published => {
                    self.additive(
                        &place,
                        Event::New,
                        hidden,
                        &format!("has the value {}", escape::code(&other.value)),
                    );
                }
                Moved::Stays(_) => {}
            }
            let own = own || is_hidden(&other.docs);
            if value.value != other.value {
                let what = format!("`{name}`");
                self.respelled(&place, &what, own, (&value.value, &other.value));
            }
            self.docs(&place, &value.docs, &other.docs, own);
        }
        for (name, value) in &after {
            let known = |(other, earlier): &(String, &EnumValue)| {
                other == name || earlier.value == value.value
            };
            if !before.iter().any(known) {
                let own = hidden || is_hidden(&value.docs);
                let fact = format!("has the value {}", escape::code(&value.value));
                self.additive(&at(name, value, Side::New), Event::New, own, &fact);
            }
        }
    }

    pub(super) fn union(
        &mut self,
        here: &Place,
        (old, before): (&'a TypeItem<'a>, &'a Union),
        (new, after): (&'a TypeItem<'a>, &'a Union),
        hidden: bool,
    ) {
        if let (Union::Variants(before), Union::Variants(after)) = (before, after) {
            self.variants(here, (old, before), (new, after), hidden);
            return;
        }
        let was = parts(&self.scopes.old, &old.path.name, before);
        let is = parts(&self.scopes.new, &new.path.name, after);
        let at = |part: &Part<'_>, side| {
            let definition = if side == Side::Old { old } else { new };
            let rust = format!("{}::{}", here.rust, part.name);
            let called = (part.name.as_str(), part.wire);
            let pointer = part.pointer.unwrap_or(&definition.pointer);
            here.part(Item::Branch, called, rust, pointer)
                .in_document(side, pointer)
        };
        for part in &was {
            let own = hidden || is_hidden(part.docs);
            let Some(other) = is.iter().find(|other| other.name == part.name) else {
                let place = at(part, Side::Old);
                let same = |other: &&Part<'_>| part.wire.is_some() && other.wire == part.wire;
                let fact = match is.iter().find(same) {
                    Some(to) => {
                        format!("calls the branch {} `{}` now", place.called(), to.name)
                    }
                    None => format!("no longer has the branch {}", place.called()),
                };
                self.breaking(&place, Event::Gone, own, &fact);
                self.drop_type(&paths::of_type(self.old.plan, old), part.payload);
                continue;
            };
            let place = at(other, Side::New);
            match Moved::of(is_hidden(part.docs), is_hidden(other.docs)) {
                Moved::Withdrawn => {
                    let fact = format!(
                        "has the branch {} only with the feature `undocumented` now",
                        place.called()
                    );
                    self.breaking(&place, Event::Gone, hidden, &fact);
                }
                Moved::Published => self.new_branch(&place, other, hidden),
                Moved::Stays(_) => {}
            }
            let own = own || is_hidden(other.docs);
            self.payload(&place, (old, part), (new, other), own);
            if let (Some(before), Some(after)) = (part.wire, other.wire)
                && before != after
            {
                let what = format!("the branch `{}`", part.name);
                self.respelled(&place, &what, own, (before, after));
            }
            self.docs(&place, part.docs, other.docs, own);
        }
        for part in &is {
            let known = |other: &Part<'_>| {
                other.name == part.name || other.wire.is_some() && other.wire == part.wire
            };
            if !was.iter().any(known) {
                self.new_branch(&at(part, Side::New), part, hidden || is_hidden(part.docs));
            }
        }
        self.dispatch(here, before, after, hidden);
    }

    fn new_branch(&mut self, place: &Place, part: &Part<'_>, hidden: bool) {
        let described = super::calls::described(part.docs.description.as_deref());
        let fact = format!("has the branch {}{described}", place.called());
        self.additive(place, Event::New, hidden, &fact);
    }

    fn payload(
        &mut self,
        place: &Place,
        (old, before): (&'a TypeItem<'a>, &Part<'_>),
        (new, after): (&'a TypeItem<'a>, &Part<'_>),
        hidden: bool,
    ) {
        let held = |known: &'a TypeItem<'a>, part: &Part<'_>, scope: &Scope<'_>| {
            let ty = part.payload.map(|ty| payload_type(scope, known, ty));
            ty.unwrap_or_default()
        };
        let difference = self.difference(
            |scope| held(old, before, scope),
            |scope| held(new, after, scope),
        );
        let Some(difference) = difference else { return };
        self.drop_type(&paths::of_type(self.old.plan, old), before.payload);
        let name = place.called();
        let fact = match (difference.old.as_str(), difference.new.as_str()) {
            ("", new) => format!("holds `{new}` in the branch {name} now; it held nothing"),
            (old, "") => format!("holds nothing in the branch {name} now; it held `{old}`"),
            (old, new) => format!("holds `{new}` in the branch {name} now; it held `{old}`"),
        };
        self.retyped(place, &difference, hidden, &fact);
    }

    /// Compares how branches are distinguished. Callers see it in an accessor, and in the value of an unknown branch.
    fn dispatch(&mut self, here: &Place, old: &Union, new: &Union, hidden: bool) {
        let (was, is) = (distinguished_by(old), distinguished_by(new));
        if was != is {
            let fact = format!("tells its branches apart by {is} now; it was by {was}");
            self.breaking(here, Event::Changed, hidden, &fact);
        }
    }
}

fn variants<'a>(
    definition: &TypeItem<'_>,
    enumeration: &'a Enumeration,
) -> Vec<(String, &'a EnumValue)> {
    let names = value_names(&definition.path.name, enumeration);
    names.into_iter().zip(&enumeration.values).collect()
}

fn distinguished_by(union: &Union) -> String {
    match union {
        Union::Tagged { tag, .. } => escape::code(tag),
        Union::Variants(variants) => escape::code(&variants.tag),
        Union::Delivered(delivered) => match &delivered.tag {
            Some(tag) => format!("their names or {}", escape::code(tag)),
            None => "their names".to_owned(),
        },
        Union::Keyed(_) => "the keys that they have".to_owned(),
        Union::Kinds(_) => "their JSON types".to_owned(),
        Union::Replies(_) => "status and media type".to_owned(),
        Union::Results(_) => "the type of the action".to_owned(),
    }
}

fn is_hidden(docs: &Docs) -> bool {
    docs.undocumented.is_some()
}
