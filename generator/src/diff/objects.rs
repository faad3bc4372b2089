//! Compares structs: their properties, and how they are built.

use super::Comparison;
use super::change::{Class, Event, Item, Side};
use super::grouping::listed;
use super::members::Moved;
use super::place::Place;
use crate::escape;
use crate::model::{Docs, Field, Object, Type};
use crate::names;
use crate::rust::builder::builder;
use crate::rust::constant::constant;
use crate::rust::fields::field_type;
use crate::rust::items::TypeItem;
use crate::rust::paths;
use crate::rust::scope::Scope;

/// An object with its type.
pub(super) type Struct<'a> = (&'a TypeItem<'a>, &'a Object);

impl<'a> Comparison<'a> {
    pub(super) fn object(&mut self, here: &Place, old: Struct<'a>, new: Struct<'a>, hidden: bool) {
        let (before, after) = (fields(old.1), fields(new.1));
        let by_name = |all: &[(String, &'a Field)], name: &str| {
            let mut all = all.iter();
            all.find(|(other, _)| other == name)
                .map(|(_, field)| *field)
        };
        // A change of a property is also one of the arguments that set it, and is reported once.
        let mut reported: Vec<String> = Vec::new();
        for (name, field) in &before {
            let own = hidden || is_hidden(&field.docs);
            let place = property(here, name, field, Side::Old);
            let Some(other) = by_name(&after, name) else {
                reported.push(name.clone());
                let renamed = after.iter().find(|(_, other)| other.name == field.name);
                let fact = match renamed {
                    Some((to, _)) => format!("calls the property `{name}` `{to}` now"),
                    None => format!("no longer has the property {}", place.called()),
                };
                self.breaking(&place, Event::Gone, own, &fact);
                self.drop_type(&paths::of_type(self.old.plan, old.0), Some(&field.ty));
                continue;
            };
            let place = property(here, name, other, Side::New);
            match Moved::of(is_hidden(&field.docs), is_hidden(&other.docs)) {
                Moved::Withdrawn => {
                    let fact = format!(
                        "has the property `{name}` only with the feature `undocumented` now"
                    );
                    self.breaking(&place, Event::Gone, hidden, &fact);
                }
                Moved::Published => self.new_property(&place, other, hidden),
                Moved::Stays(_) => {}
            }
            let own = own || is_hidden(&other.docs);
            if self.property_type(&place, (old.0, field), (new.0, other), own) {
                reported.push(name.clone());
            }
            if field.name != other.name {
                let what = format!("the property `{name}`");
                self.respelled(&place, &what, own, (&field.name, &other.name));
            }
            self.docs(&place, &field.docs, &other.docs, own);
        }
        for (name, field) in &after {
            if by_name(&before, name).is_none() {
                let renamed = before.iter().any(|(_, other)| other.name == field.name);
                if !renamed {
                    let own = hidden || is_hidden(&field.docs);
                    self.new_property(&property(here, name, field, Side::New), field, own);
                }
            }
        }
        self.construction(here, old, new, hidden, &reported);
        self.identity(here, old.1, new.1, hidden);
        self.accessors(here, old, new, hidden);
    }

    fn new_property(&mut self, place: &Place, field: &Field, hidden: bool) {
        let described = super::calls::described(field.docs.description.as_deref());
        let fact = format!("has the property {}{described}", place.called());
        self.additive(place, Event::New, hidden, &fact);
    }

    /// Reports a changed type of a property; returns true if it has changed.
    fn property_type(
        &mut self,
        place: &Place,
        (old, before): (&'a TypeItem<'a>, &Field),
        (new, after): (&'a TypeItem<'a>, &Field),
        hidden: bool,
    ) -> bool {
        let difference = self.difference(
            |scope| field_type(scope, old, before),
            |scope| field_type(scope, new, after),
        );
        let Some(difference) = difference else {
            return false;
        };
        self.drop_type(&paths::of_type(self.old.plan, old), Some(&before.ty));
        let name = &after.name;
        let types = format!("`{}`, which was `{}`", difference.new, difference.old);
        let fact = if difference.new == format!("Option<{}>", difference.old) {
            let how = if before.presence.required && !after.presence.required {
                "lack"
            } else {
                "have null as"
            };
            format!("may {how} the property `{name}` now: {types}")
        } else if difference.old == format!("Option<{}>", difference.new) {
            let how = if new.received { "always has" } else { "needs" };
            format!("{how} a value of the property `{name}` now: {types}")
        } else {
            format!("has another type for the property `{name}`: {types}")
        };
        self.retyped(place, &difference, hidden, &fact);
        true
    }

    /// Compares the arguments of `new` and of the setters.
    fn construction(
        &mut self,
        here: &Place,
        (old, before): Struct<'a>,
        (new, after): Struct<'a>,
        hidden: bool,
        reported: &[String],
    ) {
        let place = here.part(
            Item::Constructor,
            ("new", None),
            format!("{}::new", here.rust),
            &here.pointer,
        );
        match (old.sent, new.sent) {
            (true, false) => {
                let fact = "can no longer be built: it is only received now, and `new` is gone";
                return self.breaking(&place, Event::Gone, hidden, fact);
            }
            (false, true) => {
                let fact = "can be built with `new` now: calls take it";
                return self.additive(&place, Event::New, hidden, fact);
            }
            (false, false) => return,
            (true, true) => {}
        }
        let was = arguments(&self.scopes.old, old, before);
        let is = arguments(&self.scopes.new, new, after);
        let left_out = was.iter().filter(|name| {
            let is_field = |field: &Field| names::field_name(&field.name) == **name;
            !is.contains(name) && (!reported.contains(name) || after.fields.iter().any(is_field))
        });
        let optional: Vec<String> = left_out.map(|name| escape::code(name)).collect();
        let more = is.iter().filter(|name| !was.contains(name));
        let required: Vec<String> = more.map(|name| escape::code(name)).collect();
        let all = |names: &[String]| listed(names, Class::Breaking);
        let facts = [
            match optional.as_slice() {
                [] => None,
                [only] => Some(format!(
                    "no longer takes {only} in `new`: it has become optional"
                )),
                some => Some(format!(
                    "no longer takes {} in `new`: they have become optional",
                    all(some)
                )),
            },
            match required.as_slice() {
                [] => None,
                [only] => Some(format!(
                    "takes one more argument in `new`, {only}: it is required"
                )),
                some => Some(format!(
                    "takes {} more arguments in `new`, {}: they are required",
                    some.len(),
                    all(some)
                )),
            },
        ];
        for fact in facts.into_iter().flatten() {
            self.breaking(&place, Event::Changed, hidden, &fact);
        }
        let kept = |one: &[String], other: &[String]| -> Vec<String> {
            one.iter()
                .filter(|name| other.contains(name))
                .cloned()
                .collect()
        };
        let (was, is) = (kept(&was, &is), kept(&is, &was));
        if was != is {
            let fact = format!(
                "takes the arguments of `new` in another order: `{}`, which was `{}`",
                is.join(", "),
                was.join(", ")
            );
            self.breaking(&place, Event::Changed, hidden, &fact);
        }
        self.constant_properties(here, before, after, hidden);
        self.setters(here, (old, before), (new, after), hidden, reported);
    }

    /// Compares the values that the client sends by itself. Those of an enum are reported with the enum.
    fn constant_properties(&mut self, here: &Place, old: &Object, new: &Object, hidden: bool) {
        for (name, field) in fields(new) {
            let earlier = old.fields.iter().find(|earlier| earlier.name == field.name);
            let was = earlier.and_then(|earlier| constant(self.old.plan.api, earlier));
            let (Some(was), Some(is)) = (was, constant(self.new.plan.api, field)) else {
                continue;
            };
            if was != is && !is.is_string() && !matches!(field.ty, Type::Named(_)) {
                let place = property(here, &name, field, Side::New);
                let fact = format!("sends `{name}` as `{is}` now; it was `{was}`");
                self.wire(&place, hidden || is_hidden(&field.docs), fact);
            }
        }
    }

    /// Compares the types that `new` and the setters take, for properties whose own type is the same.
    fn setters(
        &mut self,
        here: &Place,
        (old, before): Struct<'a>,
        (new, after): Struct<'a>,
        hidden: bool,
        reported: &[String],
    ) {
        let (before, after) = (fields(before), fields(after));
        for (name, field) in &after {
            let earlier = before.iter().find(|(other, _)| other == name);
            let Some((_, earlier)) = earlier.filter(|_| !reported.contains(name)) else {
                continue;
            };
            if earlier.presence != field.presence {
                continue;
            }
            let taken = |known: &'a TypeItem<'a>, field: &'a Field, scope: &Scope<'_>| {
                let built = builder(scope, known, &[(field, name)]);
                let setter = built.setters.into_iter().map(|setter| setter.ty);
                let argument = built.arguments.into_iter().map(|(_, ty)| ty);
                argument.chain(setter).next().unwrap_or_default()
            };
            let difference = self.difference(
                |scope| taken(old, earlier, scope),
                |scope| taken(new, field, scope),
            );
            if let Some(difference) = difference {
                let place = property(here, name, field, Side::New);
                let fact = format!(
                    "is built with `{name}` as `{}` now; it was `{}`",
                    difference.new, difference.old
                );
                self.retyped(&place, &difference, hidden || is_hidden(&field.docs), &fact);
            }
        }
    }

    /// Compares the ids that the resource can replace as an argument.
    fn identity(&mut self, here: &Place, old: &Object, new: &Object, hidden: bool) {
        let id = |object: &Object| object.identity.as_ref().map(|identity| identity.id.clone());
        match (id(old), id(new)) {
            (Some(was), is) if is.as_ref() != Some(&was) => {
                let fact = format!(
                    "no longer stands for a `{was}` where one is asked for: pass the id itself"
                );
                self.breaking(here, Event::Changed, hidden, &fact);
            }
            (None, Some(is)) => {
                let fact = format!("can be passed where a `{is}` is asked for");
                self.additive(here, Event::Changed, hidden, &fact);
            }
            _ => {}
        }
    }
}

/// Returns the properties by the names of their fields.
fn fields(object: &Object) -> Vec<(String, &Field)> {
    let wires: Vec<&str> = object
        .fields
        .iter()
        .map(|field| field.name.as_str())
        .collect();
    names::fields(&wires)
        .into_iter()
        .zip(&object.fields)
        .collect()
}

/// Returns the names of the arguments of `new`, in order.
fn arguments(scope: &Scope<'_>, known: &TypeItem<'_>, object: &Object) -> Vec<String> {
    let listed = fields(object);
    let listed: Vec<(&Field, &String)> =
        listed.iter().map(|(name, field)| (*field, name)).collect();
    let built = builder(scope, known, &listed);
    let named = built.arguments.into_iter();
    named.map(|(name, _)| name).collect()
}

fn property(here: &Place, name: &str, field: &Field, side: Side) -> Place {
    let rust = format!("{}::{name}", here.rust);
    let called = (name, Some(field.name.as_str()));
    let part = here.part(Item::Property, called, rust, &field.pointer);
    part.in_document(side, &field.pointer)
}

pub(super) fn is_hidden(docs: &Docs) -> bool {
    docs.undocumented.is_some()
}
