//! Traverses the places that may have references, by the keywords of the document.

use serde_json::{Map, Value};

use super::super::Pointer;
use super::super::keywords::{Handling, Keyword, Kind, Shape, is_extension};
use super::super::place::Place;
use super::Bundled;
use super::faults::{Fault, Faults};
use super::origins::Origins;
use super::part::Part;
use super::reference::{self, Destination, Location};
use super::targets::{self, Targets};
use super::texts::{Texts, reference_of, refers_elsewhere, weight};
use crate::error::{Problem, Warning};
use crate::source::Files;

/// The greatest depth of nested references.
const MAX_DEPTH: usize = 100;
/// The largest total size of copies, in values and bytes of text.
const MAX_COPIED: usize = 64 << 20;

pub(super) struct Walk<'a> {
    pub(super) texts: Texts<'a>,
    pub(super) targets: Targets,
    faults: Faults,
    warnings: Vec<Warning>,
    /// The places of parts of files in the document or in targets.
    parts: Vec<(Option<usize>, Pointer, Location)>,
    copied: usize,
    /// True if a limit was exceeded, so that the traversal stops.
    is_over: bool,
}

impl<'a> Walk<'a> {
    pub(super) fn new(files: &'a dyn Files, document: Value) -> Self {
        Self {
            texts: Texts::new(files, document),
            targets: Targets::default(),
            faults: Faults::default(),
            warnings: Vec::new(),
            parts: Vec::new(),
            copied: 0,
            is_over: false,
        }
    }

    pub(super) fn document(&mut self, document: &mut Value) {
        let start = Location {
            file: self.texts.document().to_owned(),
            tokens: Vec::new(),
        };
        let here = Part {
            within: None,
            base: Pointer::root(""),
            start: &start,
            outer: None,
        };
        self.value(Shape::One(Kind::Document), document, &here, &Place::ROOT);
    }

    /// Returns the value of a target.
    pub(super) fn target(&mut self, kind: Kind, index: usize, location: Location) -> Value {
        let mut value = self.texts.copy(&location).unwrap_or_default();
        let here = Part {
            within: Some(index),
            base: Pointer::root(""),
            start: &location,
            outer: None,
        };
        if self.has_room_for(&value, &here, &Place::ROOT) {
            self.value(Shape::One(kind), &mut value, &here, &Place::ROOT);
        }
        value
    }

    /// Adds the targets to the document as components.
    pub(super) fn finish(self, document: &mut Value) -> Result<Bundled, Vec<Problem>> {
        let problems = self.faults.into_problems();
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut origins = Origins::default();
        let places = self.targets.into_components(document, &mut origins);
        for (within, pointer, location) in self.parts {
            let base = within.and_then(|index| places.get(index));
            let base = base.map(ToString::to_string).unwrap_or_default();
            origins.add(&Pointer::root(&format!("{base}{pointer}")), &location);
        }
        Ok(Bundled {
            origins,
            warnings: self.warnings,
        })
    }

    fn value(&mut self, shape: Shape, value: &mut Value, here: &Part<'_>, place: &Place<'_>) {
        if shape == Shape::Data || self.is_over {
            return;
        }
        if reference_of(value).is_some() && self.reference(shape, value, here, place) {
            return;
        }
        match (shape, value) {
            (Shape::One(kind), Value::Object(map)) => self.object(kind, map, here, place),
            (Shape::SchemaOrTruth | Shape::SchemaOrMany, Value::Object(map)) => {
                self.object(Kind::Schema, map, here, place);
            }
            (Shape::Many(kind), Value::Array(list)) => self.list(kind, list, here, place),
            (Shape::SchemaOrMany, Value::Array(list)) => {
                self.list(Kind::Schema, list, here, place);
            }
            (Shape::Named(kind), Value::Object(map)) => self.entries(kind, map, here, place),
            (Shape::Definitions, Value::Object(map)) => {
                self.entries(Kind::Schema, map, here, place);
            }
            _ => {}
        }
    }

    fn object(
        &mut self,
        kind: Kind,
        map: &mut Map<String, Value>,
        here: &Part<'_>,
        place: &Place<'_>,
    ) {
        if let Some(of) = kind.entries() {
            let entries = map.iter_mut().filter(|(name, _)| !is_extension(name));
            return self.entries(of, entries, here, place);
        }
        let is_elsewhere = here.start.file != self.texts.document();
        map.retain(|key, value| {
            let Some(known) = keyword(kind, key) else {
                return true;
            };
            // References to definitions have become references to components.
            if known == Shape::Definitions && is_elsewhere || is_unread(kind, key, value) {
                return false;
            }
            let place = place.key(key);
            if kind == Kind::Discriminator && key == "mapping" {
                self.mapping(value, here, &place);
            } else {
                self.value(known, value, here, &place);
            }
            true
        });
    }

    fn list(&mut self, kind: Kind, list: &mut [Value], here: &Part<'_>, place: &Place<'_>) {
        for (index, item) in list.iter_mut().enumerate() {
            self.value(Shape::One(kind), item, here, &place.index(index));
        }
    }

    fn entries<'v>(
        &mut self,
        kind: Kind,
        entries: impl IntoIterator<Item = (&'v String, &'v mut Value)>,
        here: &Part<'_>,
        place: &Place<'_>,
    ) {
        for (name, value) in entries {
            self.value(Shape::One(kind), value, here, &place.key(name));
        }
    }

    /// Visits the values of a mapping: references are followed, names of components are kept.
    fn mapping(&mut self, mapping: &mut Value, here: &Part<'_>, place: &Place<'_>) {
        for (name, value) in mapping.as_object_mut().into_iter().flatten() {
            let Value::String(reference) = value else {
                continue;
            };
            if reference::is_one(reference) {
                self.component(Kind::Schema, reference, here, &place.key(name));
            }
        }
    }

    /// Follows a reference; returns false if the value still has to be traversed.
    fn reference(
        &mut self,
        shape: Shape,
        value: &mut Value,
        here: &Part<'_>,
        place: &Place<'_>,
    ) -> bool {
        let kind = match shape {
            Shape::One(kind) => Some(kind),
            Shape::SchemaOrTruth | Shape::SchemaOrMany => Some(Kind::Schema),
            _ => None,
        };
        if let Some(kind) = kind.filter(|kind| targets::is_component(*kind)) {
            if let Some(Value::String(reference)) = value.get_mut("$ref") {
                self.component(kind, reference, here, place);
            }
            return false;
        }
        if let Some(Value::String(reference)) = value.get_mut("$ref") {
            self.shorten(reference, here);
        }
        self.replace(shape, value, here, place)
    }

    /// Removes the name of the document from references to itself.
    fn shorten(&self, reference: &mut String, here: &Part<'_>) {
        let document = self.texts.document();
        if here.start.file == document
            && let Some(fragment) = reference::fragment_in(reference, document)
        {
            *reference = format!("#{fragment}");
        }
    }

    /// Changes a reference to another file into one to a component.
    fn component(
        &mut self,
        kind: Kind,
        reference: &mut String,
        here: &Part<'_>,
        place: &Place<'_>,
    ) {
        if targets::is_marked(reference) {
            return;
        }
        self.shorten(reference, here);
        let Some(location) = self.location(reference, here, place) else {
            return;
        };
        *reference = match location.file == self.texts.document() {
            true => format!("#{}", location.pointer().to_string().replace('%', "%25")),
            false => self.targets.reference(kind, location),
        };
    }

    /// Replaces a reference by its target, and keeps its siblings; returns true if it did.
    fn replace(
        &mut self,
        shape: Shape,
        value: &mut Value,
        here: &Part<'_>,
        place: &Place<'_>,
    ) -> bool {
        let reference = reference_of(value).unwrap_or_default().to_owned();
        if let (Shape::Text, Some(file)) = (shape, prose(&reference, here)) {
            match self.texts.prose(&file) {
                Ok(text) => *value = Value::String(text),
                Err(fault) => self.fault(here, place, &reference, fault),
            }
            return true;
        }
        let Some(location) = self.location(&reference, here, place) else {
            return false;
        };
        let base = here.pointer(place);
        if here.is_in(&location) {
            self.fault(here, place, &reference, Fault::Circle);
            return true;
        }
        if base.to_string().matches('/').count() > MAX_DEPTH {
            let much = format!("more than {MAX_DEPTH} levels");
            self.fault(here, place, &reference, Fault::TooMuch(much));
            return true;
        }
        let mut found = self.texts.copy(&location).unwrap_or_default();
        if !self.has_room_for(&found, here, place) {
            return true;
        }
        self.parts
            .push((here.within, base.clone(), location.clone()));
        let there = Part {
            within: here.within,
            base,
            start: &location,
            outer: Some(here),
        };
        self.value(shape, &mut found, &there, &Place::ROOT);
        if let Some(beside) = value.as_object_mut() {
            beside.shift_remove("$ref");
        }
        self.value(shape, value, here, place);
        *value = match (found, value.take()) {
            (Value::Object(mut found), Value::Object(beside)) => {
                found.extend(beside);
                Value::Object(found)
            }
            (found, _) => found,
        };
        true
    }

    /// Returns the target of a reference; `None` if it is kept, or has a fault.
    fn location(
        &mut self,
        reference: &str,
        here: &Part<'_>,
        place: &Place<'_>,
    ) -> Option<Location> {
        let from = &here.start.file;
        let document = self.texts.document();
        let fault = match reference::read(reference, from) {
            Destination::Away => return None,
            // Later stages read references within the document.
            Destination::To(location) if location.file == document && from == document => {
                return None;
            }
            Destination::ByName(file) if file == document && from == document => return None,
            Destination::To(location) => match self.texts.resolve(location.clone()) {
                Ok(found) => return Some(found),
                Err(Fault::Nowhere(_)) if location.file == *from => {
                    let meant = self.in_document(location.clone(), here, place);
                    if meant.is_some() {
                        return meant;
                    }
                    Fault::Nowhere(location)
                }
                Err(fault) => fault,
            },
            Destination::Outside => Fault::outside(reference),
            Destination::ByName(file) => Fault::ByName(file),
        };
        self.fault(here, place, reference, fault);
        None
    }

    /// Returns a place of the document, if a file refers to it as if the place were in the file.
    fn in_document(
        &mut self,
        mut location: Location,
        here: &Part<'_>,
        place: &Place<'_>,
    ) -> Option<Location> {
        let found = format!(
            "a reference to `#{}`, which {} does not have",
            location.pointer(),
            location.file
        );
        location.file = self.texts.document().to_owned();
        let meant = self.texts.resolve(location.clone()).ok()?;
        self.warnings.push(Warning {
            pointer: here.at(place),
            found,
            taken: format!("{location}"),
        });
        Some(meant)
    }

    fn fault(&mut self, here: &Part<'_>, place: &Place<'_>, reference: &str, fault: Fault) {
        self.is_over |= matches!(fault, Fault::TooMuch(_));
        let to = match reference::read(reference, &here.start.file) {
            Destination::To(Location { file, .. }) | Destination::ByName(file) => file,
            Destination::Away | Destination::Outside => reference.to_owned(),
        };
        self.faults.add(here.at(place), reference, &to, fault);
    }

    /// Returns true if another copy does not exceed the limit.
    fn has_room_for(&mut self, copy: &Value, here: &Part<'_>, place: &Place<'_>) -> bool {
        self.copied += weight(copy);
        let has_room = self.copied <= MAX_COPIED;
        if !has_room {
            let much = "copies that exceed the size limit".to_owned();
            self.fault(here, place, &here.start.file, Fault::TooMuch(much));
        }
        has_room
    }
}

/// Returns the file of prose that a text refers to.
fn prose(reference: &str, here: &Part<'_>) -> Option<String> {
    match reference::read(reference, &here.start.file) {
        Destination::To(Location { file, tokens })
            if tokens.is_empty()
                && file != here.start.file
                && !reference::is_read_as_values(&file) =>
        {
            Some(file)
        }
        _ => None,
    }
}

fn keyword(kind: Kind, key: &str) -> Option<Shape> {
    // `x-webhooks` is the name of `webhooks` in OpenAPI 3.0.
    if kind == Kind::Document && key == "x-webhooks" {
        return Some(Shape::Named(Kind::PathItem));
    }
    kind.keyword(key).map(|known| known.value)
}

/// Returns true if no stage reads a keyword. Files that its value refers to need not exist.
fn is_unread(kind: Kind, key: &str, value: &Value) -> bool {
    let is_waived = |known: &Keyword| {
        known.value != Shape::Data
            && matches!(known.handling, Handling::Waived(_) | Handling::Widened(_))
    };
    kind.keyword(key).is_some_and(is_waived) && refers_elsewhere(value)
}
