//! The part of a file that a walk is in.

use super::super::Pointer;
use super::super::place::Place;
use super::reference::Location;

/// The part of a file that the walk is in.
pub(super) struct Part<'a> {
    /// The whole that it stands in: the document, or a target.
    pub(super) within: Option<usize>,
    /// At which pointer of that it starts.
    pub(super) base: Pointer,
    /// Where it starts in its file.
    pub(super) start: &'a Location,
    /// The part that refers to it.
    pub(super) outer: Option<&'a Part<'a>>,
}

impl Part<'_> {
    /// The pointer of a place in what the part stands in.
    pub(super) fn pointer(&self, place: &Place<'_>) -> Pointer {
        Pointer::root(&format!("{}{}", self.base, place.pointer()))
    }

    /// Returns true if a part of a file is in itself.
    pub(super) fn is_in(&self, location: &Location) -> bool {
        self.start == location || self.outer.is_some_and(|outer| outer.is_in(location))
    }

    /// Where something stands, as an error names it: in the document by its pointer, in another file by file and pointer.
    pub(super) fn at(&self, place: &Place<'_>) -> String {
        let pointer = place.pointer();
        let is_document = self.within.is_none() && self.outer.is_none();
        match is_document {
            true => pointer.to_string(),
            false => format!("{}#{}{pointer}", self.start.file, self.start.pointer()),
        }
    }
}
