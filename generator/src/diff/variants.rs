//! Compares the variants of objects: their properties, and the accessors for common properties.

use super::Comparison;
use super::change::{Event, Item, Side};
use super::members::Moved;
use super::objects::{Struct, is_hidden};
use super::place::Place;
use crate::model::{Accessor, Field, Tag, Variant, Variants};
use crate::rust::fields::field_type;
use crate::rust::items::TypeItem;
use crate::rust::paths;
use crate::rust::scope::spelled;
use crate::rust::variants::{accessor_names, field_names, variant_names};

/// An enum with its variants.
pub(super) type Enum<'a> = (&'a TypeItem<'a>, &'a Variants);

impl<'a> Comparison<'a> {
    pub(super) fn variants(&mut self, here: &Place, old: Enum<'a>, new: Enum<'a>, hidden: bool) {
        let (was, is) = (named(old), named(new));
        for (name, variant) in &was {
            let own = hidden || is_hidden(&variant.docs);
            let Some((_, other)) = is.iter().find(|(other, _)| other == name) else {
                let place = at(here, name, variant, Side::Old);
                let fact = match is.iter().find(|(_, other)| other.tag == variant.tag) {
                    Some((to, _)) => format!("calls the branch {} `{to}` now", place.called()),
                    None => format!("no longer has the branch {}", place.called()),
                };
                self.breaking(&place, Event::Gone, own, &fact);
                for field in &variant.fields {
                    self.drop_type(&paths::of_type(self.old.plan, old.0), Some(&field.ty));
                }
                continue;
            };
            let place = at(here, name, other, Side::New);
            match Moved::of(is_hidden(&variant.docs), is_hidden(&other.docs)) {
                Moved::Withdrawn => {
                    let fact = format!(
                        "has the branch {} only with the feature `undocumented` now",
                        place.called()
                    );
                    self.breaking(&place, Event::Gone, hidden, &fact);
                }
                Moved::Published => self.new_variant(&place, other, hidden),
                Moved::Stays(_) => {}
            }
            let own = own || is_hidden(&other.docs);
            if let (Tag::String(before), Tag::String(after)) = (&variant.tag, &other.tag)
                && before != after
            {
                let what = format!("the branch `{name}`");
                self.respelled(&place, &what, own, (before, after));
            }
            self.fields_of_variant(&place, (old.0, variant), (new.0, other), own);
            self.docs(&place, &variant.docs, &other.docs, own);
        }
        for (name, variant) in &is {
            let known =
                |(other, earlier): &(String, &Variant)| other == name || earlier.tag == variant.tag;
            if !was.iter().any(known) {
                let own = hidden || is_hidden(&variant.docs);
                self.new_variant(&at(here, name, variant, Side::New), variant, own);
            }
        }
        if old.1.tag != new.1.tag {
            let fact = format!(
                "tells its branches apart by `{}` now; it was by `{}`",
                new.1.tag, old.1.tag
            );
            self.breaking(here, Event::Changed, hidden, &fact);
        }
    }

    fn new_variant(&mut self, place: &Place, variant: &Variant, hidden: bool) {
        let described = super::calls::described(variant.docs.description.as_deref());
        let fact = format!("has the branch {}{described}", place.called());
        self.additive(place, Event::New, hidden, &fact);
    }

    fn fields_of_variant(
        &mut self,
        branch: &Place,
        (old, before): (&'a TypeItem<'a>, &Variant),
        (new, after): (&'a TypeItem<'a>, &Variant),
        hidden: bool,
    ) {
        let variant = branch.name.clone().unwrap_or_default();
        let at = |name: &str, field: &Field, side| {
            let rust = format!("{}::{name}", branch.rust);
            let called = (format!("{variant}.{name}"), Some(field.name.as_str()));
            branch
                .part(Item::Property, (&called.0, called.1), rust, &field.pointer)
                .in_document(side, &field.pointer)
        };
        let (was, is) = (field_names(&before.fields), field_names(&after.fields));
        let was: Vec<(String, &Field)> = was.into_iter().zip(&before.fields).collect();
        let is: Vec<(String, &Field)> = is.into_iter().zip(&after.fields).collect();
        for (name, field) in &was {
            let own = hidden || is_hidden(&field.docs);
            let Some((_, other)) = is.iter().find(|(other, _)| other == name) else {
                let fact = format!("no longer has the property `{name}` in the branch `{variant}`");
                self.breaking(&at(name, field, Side::Old), Event::Gone, own, &fact);
                self.drop_type(&paths::of_type(self.old.plan, old), Some(&field.ty));
                continue;
            };
            let place = at(name, other, Side::New);
            let own = own || is_hidden(&other.docs);
            if is_hidden(&other.docs) && !is_hidden(&field.docs) {
                let fact = format!(
                    "has the property `{name}` of the branch `{variant}` only with the feature `undocumented` now"
                );
                self.breaking(&place, Event::Gone, hidden, &fact);
            }
            let difference = self.difference(
                |scope| field_type(scope, old, field),
                |scope| field_type(scope, new, other),
            );
            if let Some(difference) = difference {
                self.drop_type(&paths::of_type(self.old.plan, old), Some(&field.ty));
                let fact = format!(
                    "has the property `{name}` of the branch `{variant}` as `{}` now; it was `{}`",
                    difference.new, difference.old
                );
                self.retyped(&place, &difference, own, &fact);
            }
            self.docs(&place, &field.docs, &other.docs, own);
        }
        for (name, field) in &is {
            if was.iter().all(|(other, _)| other != name) {
                let own = hidden || is_hidden(&field.docs);
                let fact = format!("has the property `{name}` in the branch `{variant}`");
                self.additive(&at(name, field, Side::New), Event::New, own, &fact);
            }
        }
    }

    /// Compares the accessors for properties of several variants.
    pub(super) fn accessors(
        &mut self,
        here: &Place,
        old: Struct<'a>,
        new: Struct<'a>,
        hidden: bool,
    ) {
        let at = |name: &str, accessor: &Accessor, side| {
            let rust = format!("{}::{name}", here.rust);
            let pointer = &here.pointer;
            here.part(
                Item::Accessor,
                (&format!("{name}()"), Some(&accessor.name)),
                rust,
                pointer,
            )
            .in_document(side, pointer)
        };
        let (was, is) = (accessor_names(old.1), accessor_names(new.1));
        for (name, accessor) in &was {
            let Some((_, other)) = is.iter().find(|(other, _)| other == name) else {
                let place = at(name, accessor, Side::Old);
                let fact = format!(
                    "no longer has the accessor {}: no two branches have that property any more",
                    place.called()
                );
                self.breaking(&place, Event::Gone, hidden, &fact);
                continue;
            };
            let difference = self.difference(
                |scope| scope.received(&accessor.ty),
                |scope| scope.received(&other.ty),
            );
            if let Some(difference) = difference {
                let fact = format!(
                    "gives `{}` as `{}` now; it was `{}`",
                    accessor.name, difference.new, difference.old
                );
                self.retyped(&at(name, other, Side::New), &difference, hidden, &fact);
            }
        }
        for (name, accessor) in &is {
            if was.iter().all(|(other, _)| other != name) {
                let ty = spelled(&self.scopes.new.received(&accessor.ty));
                let fact = format!("gives `{}`, `{ty}`, where a branch has it", accessor.name);
                self.additive(&at(name, accessor, Side::New), Event::New, hidden, &fact);
            }
        }
    }
}

fn named<'a>(of: Enum<'a>) -> Vec<(String, &'a Variant)> {
    let names = variant_names(&of.0.path.name, of.1);
    names.into_iter().zip(&of.1.variants).collect()
}

fn at(here: &Place, name: &str, variant: &Variant, side: Side) -> Place {
    let wire = match &variant.tag {
        Tag::String(text) => Some(text.as_str()),
        _ => None,
    };
    let rust = format!("{}::{name}", here.rust);
    here.part(Item::Branch, (name, wire), rust, &variant.pointer)
        .in_document(side, &variant.pointer)
}
