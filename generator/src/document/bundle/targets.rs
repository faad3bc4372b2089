//! The places in other files that become components.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::super::keywords::Kind;
use super::super::{Pointer, objects};
use super::names;
use super::origins::Origins;
use super::reference::Location;

/// The sections of components for the kinds of references.
const SECTIONS: [(Kind, &str); 5] = [
    (Kind::Schema, "schemas"),
    (Kind::Response, "responses"),
    (Kind::Parameter, "parameters"),
    (Kind::RequestBody, "requestBodies"),
    (Kind::Header, "headers"),
];

/// The prefix of references to a target without a name yet. The NUL character keeps it different from text in files.
const MARK: &str = "\u{0}target ";

/// A place in a file that becomes a component.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) kind: Kind,
    pub(super) location: Location,
    /// The name of the component in the document that is only a reference to this target.
    name: Option<String>,
    pub(super) value: Value,
}

/// All targets, in the order of the first references to them.
#[derive(Debug, Default)]
pub(super) struct Targets {
    all: Vec<Target>,
    known: HashMap<(Kind, Location), usize>,
}

/// Returns true if targets of this kind become components. References of other kinds are replaced by their targets.
pub(super) fn is_component(kind: Kind) -> bool {
    SECTIONS.iter().any(|(known, _)| *known == kind)
}

/// Returns the kind of the objects in a section.
pub(super) fn kind_of(section: &str) -> Option<Kind> {
    let found = SECTIONS.iter().find(|(_, known)| *known == section);
    found.map(|(kind, _)| *kind)
}

fn section(kind: Kind) -> &'static str {
    let found = SECTIONS.iter().find(|(known, _)| *known == kind);
    found.map_or("schemas", |(_, section)| section)
}

/// Returns true if a reference already points to a target.
pub(super) fn is_marked(reference: &str) -> bool {
    reference.starts_with(MARK)
}

impl Targets {
    /// Returns a reference to the target at a location.
    pub(super) fn reference(&mut self, kind: Kind, location: Location) -> String {
        let next = self.all.len();
        let index = *self.known.entry((kind, location.clone())).or_insert(next);
        if index == next {
            self.all.push(Target {
                kind,
                location,
                name: None,
                value: Value::Null,
            });
        }
        format!("{MARK}{index}")
    }

    /// Returns a reference to the target at a location, and gives the target the name of a component of the document if it has
    /// none.
    pub(super) fn adopt(&mut self, kind: Kind, location: Location, name: &str) -> String {
        let next = self.all.len();
        let reference = self.reference(kind, location);
        if let Some(new) = self.all.get_mut(next) {
            new.name = Some(name.to_owned());
        }
        reference
    }

    pub(super) fn get(&self, index: usize) -> Option<&Target> {
        self.all.get(index)
    }

    pub(super) fn fill(&mut self, index: usize, value: Value) {
        if let Some(target) = self.all.get_mut(index) {
            target.value = value;
        }
    }

    /// Makes a component of each target, and puts their names into the references.
    pub(super) fn into_components(
        self,
        document: &mut Value,
        origins: &mut Origins,
    ) -> Vec<Pointer> {
        if self.all.is_empty() {
            return Vec::new();
        }
        let names = self.names(document);
        let mut places = Vec::new();
        for (target, name) in self.all.into_iter().zip(names) {
            let section = section(target.kind);
            let place = Pointer::root("/components").key(section).key(&name);
            origins.add(&place, &target.location);
            objects::section(document, section).insert(name, target.value);
            places.push(place);
        }
        replace_references(document, &places);
        places
    }

    fn names(&self, document: &Value) -> Vec<String> {
        let mut all: Vec<String> = self
            .all
            .iter()
            .map(|target| target.name.clone().unwrap_or_default())
            .collect();
        for (kind, section) in SECTIONS {
            let own = document
                .get("components")
                .and_then(|components| components.get(section));
            let own = own
                .and_then(Value::as_object)
                .into_iter()
                .flat_map(Map::keys);
            let nameless: Vec<usize> = (0..self.all.len())
                .filter(|index| self.all[*index].kind == kind && self.all[*index].name.is_none())
                .collect();
            let locations = nameless.iter().map(|index| &self.all[*index].location);
            let names = names::choose(locations, own.map(String::as_str));
            for (index, name) in nameless.into_iter().zip(names) {
                all[index] = name;
            }
        }
        all
    }
}

/// Replaces the references to targets, also in mappings, by references to their components.
fn replace_references(value: &mut Value, places: &[Pointer]) {
    match value {
        Value::String(text) => {
            let index = text
                .strip_prefix(MARK)
                .and_then(|index| index.parse::<usize>().ok());
            if let Some(place) = index.and_then(|index| places.get(index)) {
                // A reference is part of a URL.
                *text = format!("#{}", place.to_string().replace('%', "%25"));
            }
        }
        Value::Array(list) => list
            .iter_mut()
            .for_each(|item| replace_references(item, places)),
        Value::Object(map) => map
            .values_mut()
            .for_each(|item| replace_references(item, places)),
        _ => {}
    }
}
