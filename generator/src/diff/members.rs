//! Compares members of types by the names that callers use.

use super::change::{Class, Event};
use super::place::Place;
use super::{Comparison, Difference};

/// The change of an item between the documented and the undocumented API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moved {
    /// It is no longer documented.
    Withdrawn,
    /// It has become documented.
    Published,
    /// No change; the value is true if it is undocumented.
    Stays(bool),
}

impl Moved {
    pub(super) fn of(was_hidden: bool, is_hidden: bool) -> Self {
        match (was_hidden, is_hidden) {
            (false, true) => Self::Withdrawn,
            (true, false) => Self::Published,
            (_, hidden) => Self::Stays(hidden),
        }
    }
}

impl Comparison<'_> {
    /// Reports a changed type. A type that no longer is shared may keep a name that it had before.
    pub(super) fn retyped(
        &mut self,
        place: &Place,
        difference: &Difference,
        hidden: bool,
        fact: &str,
    ) {
        if difference.parted {
            let own = own_name(&difference.new, &self.new.plan.client.library);
            let fact = format!(
                "{fact}. `{own}` was another name of that type, and is a type of its own now"
            );
            self.note(place, (Class::Breaking, Event::Changed), hidden, fact);
        } else {
            self.breaking(place, Event::Changed, hidden, fact);
        }
    }
}

/// Returns the path in a type expression: `seam::device::Error` in `Option<Vec<seam::device::Error>>`.
fn own_name<'a>(ty: &'a str, library: &str) -> &'a str {
    let start = ty.find(&format!("{library}::")).unwrap_or_default();
    let path = &ty[start..];
    let end = path.find(|sign: char| !(sign.is_alphanumeric() || matches!(sign, ':' | '_' | '#')));
    &path[..end.unwrap_or(path.len())]
}
