//! Compares two plans: how a change of the document affects callers of the client.
//!
//! It compares the items that callers can name: calls with their parameters and results, types with their properties. A
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

/// Compares the clients of two documents.
///
/// # Errors
///
/// Returns all problems of the first document that cannot be rendered.
pub fn compare(old: &Source<'_>, new: &Source<'_>, options: Options) -> Result<Changes, Errors> {
    let model = |source: &Source<'_>| model_with_trace(source, options);
    let (old, new) = rayon::join(|| model(old), || model(new));
    let (old, new) = (old?, new?);
    // Both sides use the name of the old document, so that another title does not change every path.
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

/// Two models, and the findings so far.
struct Comparison<'a> {
    old: &'a View<'a>,
    new: &'a View<'a>,
    pairs: &'a Pairs,
    scopes: Scopes<'a>,
    findings: Vec<Finding>,
    /// The types that an owner no longer contains, takes or returns, with the owner. A name in the module of the owner is removed
    /// with it.
    dropped: HashSet<(String, TypeId)>,
}

/// The scopes in which types are written: with their own names, and with those of the other side.
struct Scopes<'a> {
    old: Scope<'a>,
    old_as_new: Scope<'a>,
    new: Scope<'a>,
    new_as_old: Scope<'a>,
}

/// Two types that differ.
struct Difference {
    old: String,
    new: String,
    /// True if the place shared its type before, and now has its own type under a name that existed before.
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
            dropped: HashSet::new(),
        }
    }

    /// Records that `owner` no longer has values of this type.
    fn drop_type(&mut self, owner: &str, ty: Option<&Type>) {
        let dropped = &mut self.dropped;
        if let Some(ty) = ty {
            ty.each_named(&mut |id| {
                dropped.insert((owner.to_owned(), id));
            });
        }
    }

    /// Compares two types. Returns `None` if they are the same, also if a type moved but kept its old name.
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
