//! Model against model: what a change of the document means to those who call the client.
//!
//! It compares what a caller can name: calls with their parameters and results, types with their properties. The
//! document may change a lot without an effect on callers, and a small change may break every program.

mod calls;
mod change;
mod enums;
mod grammar;
mod grouping;
mod members;
mod objects;
mod pairs;
mod parameters;
mod place;
mod roots;
mod types;
mod variants;
mod view;
mod wire;

use std::collections::HashSet;

use proc_macro2::TokenStream;

use crate::error::Errors;
use crate::generate::model_with_trace;
use crate::model::{Type, TypeId};
use crate::rust::Plan;
use crate::rust::scope::{Scope, spelled};
use crate::source::{Options, Source};

pub use change::{Change, Changes, Class, Event, Item, Side, Verdict};
pub use grouping::{Entry, grouped};

use pairs::Pairs;
use place::Finding;
use view::View;

/// Compares what two documents become.
///
/// # Errors
///
/// All problems of the first of them that cannot be rendered.
pub fn compare(old: &Source<'_>, new: &Source<'_>, options: Options) -> Result<Changes, Errors> {
    let model = |source: &Source<'_>| model_with_trace(source, options);
    let (old, new) = rayon::join(|| model(old), || model(new));
    let (old, new) = (old?, new?);
    // A document that is called otherwise is no reason to name every type anew.
    let client = &new.client;
    Ok(between(
        &Plan::new(&old.api, client),
        &Plan::new(&new.api, client),
    ))
}

/// Compares two plans.
pub(crate) fn between(old: &Plan<'_>, new: &Plan<'_>) -> Changes {
    let (old, new) = (View::of(old), View::of(new));
    let pairs = Pairs::of(&old, &new);
    let mut comparison = Comparison::new(&old, &new, &pairs);
    comparison.roots();
    comparison.calls();
    comparison.types();
    comparison.names();
    Changes::of(comparison.findings)
}

/// Two models side by side, and what has been found so far.
struct Comparison<'a> {
    old: &'a View<'a>,
    new: &'a View<'a>,
    pairs: &'a Pairs,
    scopes: Scopes<'a>,
    findings: Vec<Finding>,
    /// The types that something no longer holds, takes or returns, each with what that was: a name that such a type had
    /// for its sake goes with it.
    left: HashSet<(String, TypeId)>,
}

/// How types are written: by their own names, and by those that the other side has for them.
struct Scopes<'a> {
    old: Scope<'a>,
    old_as_new: Scope<'a>,
    new: Scope<'a>,
    new_as_old: Scope<'a>,
}

/// A type that differs.
struct Difference {
    old: String,
    new: String,
    /// It shared a type with another place, and now has its own, by a name that it had already.
    parted: bool,
}

impl<'a> Comparison<'a> {
    fn new(old: &'a View<'a>, new: &'a View<'a>, pairs: &'a Pairs) -> Self {
        let scopes = Scopes {
            old: Scope::outside(old.plan, Default::default()),
            old_as_new: Scope::outside(old.plan, pairs.names_of_old(new)),
            new: Scope::outside(new.plan, Default::default()),
            new_as_old: Scope::outside(new.plan, old.names_of(new)),
        };
        Self {
            old,
            new,
            pairs,
            scopes,
            findings: Vec::new(),
            left: HashSet::new(),
        }
    }

    /// Keeps in mind that `owner` no longer has anything of this type.
    fn leave(&mut self, owner: &str, ty: Option<&Type>) {
        let left = &mut self.left;
        if let Some(ty) = ty {
            ty.each_named(&mut |id| {
                left.insert((owner.to_owned(), id));
            });
        }
    }

    /// Whether a type differs; a type that only moved, and kept its old name as well, does not.
    fn difference(
        &self,
        old: impl Fn(&Scope<'_>) -> TokenStream,
        new: impl Fn(&Scope<'_>) -> TokenStream,
    ) -> Option<Difference> {
        let after = spelled(&new(&self.scopes.new));
        if spelled(&old(&self.scopes.old_as_new)) == after {
            return None;
        }
        let before = spelled(&old(&self.scopes.old));
        Some(Difference {
            parted: before == spelled(&new(&self.scopes.new_as_old)),
            old: before,
            new: after,
        })
    }
}
