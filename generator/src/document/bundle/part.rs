//! The part of a file that a traversal visits.

use super::super::Pointer;
use super::super::place::Place;
use super::reference::Location;

/// The part of a file that the traversal visits.
pub(super) struct Part<'a> {
    /// The document or the target that contains it.
    pub(super) within: Option<usize>,
    /// The pointer where it starts in the document or the target.
    pub(super) base: Pointer,
    /// The location where it starts in its file.
    pub(super) start: &'a Location,
    /// The part that refers to it.
    pub(super) outer: Option<&'a Part<'a>>,
}

impl Part<'_> {
    /// Returns the pointer of a place in the document or the target that contains the part.
    pub(super) fn pointer(&self, place: &Place<'_>) -> Pointer {
        Pointer::root(&format!("{}{}", self.base, place.pointer()))
    }

    /// Returns true if the part is inside of the part at this location, which would be recursive.
    pub(super) fn is_in(&self, location: &Location) -> bool {
        self.start == location || self.outer.is_some_and(|outer| outer.is_in(location))
    }

    /// Returns a place for errors: its pointer in the document, or file and pointer in another file.
    pub(super) fn at(&self, place: &Place<'_>) -> String {
        let pointer = place.pointer();
        let is_document = self.within.is_none() && self.outer.is_none();
        match is_document {
            true => pointer.to_string(),
            false => format!("{}#{}{pointer}", self.start.file, self.start.pointer()),
        }
    }
}
