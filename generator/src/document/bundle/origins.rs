//! The places of a document that come from other files.

use std::collections::HashMap;

use super::super::Pointer;
use super::reference::Location;
use crate::error::{Problem, Warning};

/// Places of the bundled document, with their original places in other files.
#[derive(Debug, Clone, Default)]
pub(crate) struct Origins {
    /// A file and a pointer in it, by the pointer in the document.
    places: HashMap<String, (String, Pointer)>,
}

impl Origins {
    pub(super) fn add(&mut self, place: &Pointer, location: &Location) {
        let origin = (location.file.clone(), location.pointer());
        self.places.insert(place.to_string(), origin);
    }

    /// Returns the original place of a part from another file: `pet.yaml#/owner`.
    pub(crate) fn of(&self, pointer: &str) -> Option<String> {
        if self.places.is_empty() {
            return None;
        }
        let mut ends: Vec<usize> = pointer.match_indices('/').map(|(end, _)| end).collect();
        ends.push(pointer.len());
        ends.into_iter().rev().find_map(|end| {
            let (file, start) = self.places.get(&pointer[..end])?;
            Some(format!("{file}#{start}{}", &pointer[end..]))
        })
    }

    /// Adds the original places to problems.
    pub(crate) fn name_in(&self, problems: &mut [Problem]) {
        for problem in problems {
            if let Some(origin) = self.of(&problem.pointer) {
                problem.found = format!("{} in {origin}", problem.found);
            }
        }
    }

    /// Adds the original places to warnings.
    pub(crate) fn name_in_warnings(&self, warnings: &mut [Warning]) {
        for warning in warnings {
            if let Some(origin) = self.of(&warning.pointer) {
                warning.found = format!("{} in {origin}", warning.found);
            }
        }
    }
}
