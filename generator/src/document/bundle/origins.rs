//! Which places of a document come from other files.

use std::collections::HashMap;

use super::super::Pointer;
use super::reference::Location;
use crate::error::{Problem, Warning};

/// Places of the whole document, and the places in other files where their text stands.
#[derive(Debug, Clone, Default)]
pub(crate) struct Origins {
    /// By pointer: a file, and a pointer in it.
    places: HashMap<String, (String, Pointer)>,
}

impl Origins {
    pub(super) fn add(&mut self, place: &Pointer, location: &Location) {
        let origin = (location.file.clone(), location.pointer());
        self.places.insert(place.to_string(), origin);
    }

    /// The file and the pointer in it, `pet.yaml#/owner`, of a place that comes from another file.
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

    /// Says of problems in which file they are.
    pub(crate) fn name_in(&self, problems: &mut [Problem]) {
        for problem in problems {
            if let Some(origin) = self.of(&problem.pointer) {
                problem.found = format!("{} in {origin}", problem.found);
            }
        }
    }

    /// Says of warnings in which file their reason is.
    pub(crate) fn name_in_warnings(&self, warnings: &mut [Warning]) {
        for warning in warnings {
            if let Some(origin) = self.of(&warning.pointer) {
                warning.found = format!("{} in {origin}", warning.found);
            }
        }
    }
}
