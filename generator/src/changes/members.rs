//! Members: what a type holds, by the name that callers use.

use super::change::{Class, Event};
use super::place::Place;
use super::{Comparison, Difference};

/// Whether something is part of the documented API on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moved {
    /// It was documented, and no longer is.
    Withdrawn,
    /// It is documented now.
    Published,
    /// Neither; and whether it is undocumented.
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
    /// A type that is another. What only parted from its equals is known by the name of its place as before.
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

/// The path in a type expression: `seam::device::Error` in `Option<Vec<seam::device::Error>>`.
fn own_name<'a>(ty: &'a str, library: &str) -> &'a str {
    let start = ty.find(&format!("{library}::")).unwrap_or_default();
    let path = &ty[start..];
    let end = path.find(|sign: char| !(sign.is_alphanumeric() || matches!(sign, ':' | '_' | '#')));
    &path[..end.unwrap_or(path.len())]
}
