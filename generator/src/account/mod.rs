//! What was read of a document against what was emitted: nothing is lost without a reason.
//!
//! The census counts what a document has, by its places and without any knowledge of how it is lowered. The ledger is
//! kept while it is lowered: what became of each place, or why nothing did. Every entry of the census has to be in it.

mod census;
mod ledger;

use std::collections::BTreeMap;
use std::fmt;

pub(crate) use census::Census;
pub(crate) use ledger::{Ledger, Reason};

use crate::escape;
use crate::model::{Api, Kind, TypeId};

/// What a document is made of, as far as a client shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Counted {
    /// Paths.
    Path,
    /// Operations.
    Operation,
    /// Parameters of the path, the query and the header.
    Parameter,
    /// Schemas that are components.
    Schema,
    /// Properties of schemas, wherever these stand.
    Property,
    /// Values of enums.
    Value,
}

impl Counted {
    const ALL: [Self; 6] = [
        Self::Path,
        Self::Operation,
        Self::Parameter,
        Self::Schema,
        Self::Property,
        Self::Value,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Path => "paths",
            Self::Operation => "operations",
            Self::Parameter => "parameters",
            Self::Schema => "schemas",
            Self::Property => "properties",
            Self::Value => "values",
        }
    }
}

/// What became of all things of a class.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Balance {
    /// How many the document has.
    pub read: usize,
    /// How many of them the client shows.
    pub emitted: usize,
    /// How many are left out, by the reason.
    pub dropped: BTreeMap<&'static str, usize>,
}

/// What was read, what was emitted, and why the rest was not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Account {
    /// By what it is.
    pub balances: BTreeMap<Counted, Balance>,
    /// The JSON pointers of what is neither emitted nor left out for a reason: there must be none.
    pub lost: Vec<String>,
}

impl Account {
    /// Compares what a document has with what became of it.
    pub(crate) fn of(census: &Census, ledger: &Ledger, api: &Api) -> Self {
        let closed = ledger.close(census, &|id| is_live(api, id));
        let mut account = Self::default();
        for (class, pointer) in census.entries() {
            let balance = account.balances.entry(*class).or_default();
            balance.read += 1;
            if closed.is_told(*class, pointer) {
                balance.emitted += 1;
            } else if let Some(reason) = closed.reason(pointer) {
                *balance.dropped.entry(reason.text()).or_default() += 1;
            } else {
                account.lost.push(pointer.clone());
            }
        }
        account
    }
}

fn is_live(api: &Api, id: TypeId) -> bool {
    let definition = api.type_def(api.standing_for(id));
    match definition.kind {
        // A component that needs no type of its own is what it stands for.
        Kind::Replaced(_) => true,
        _ => !definition.gate.is_empty(),
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut reasons: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for class in Counted::ALL {
            let Some(balance) = self.balances.get(&class) else {
                continue;
            };
            let dropped: usize = balance.dropped.values().sum();
            writeln!(
                f,
                "{:<11}{} read = {} emitted + {dropped} left out",
                class.name(),
                balance.read,
                balance.emitted
            )?;
            for (reason, count) in &balance.dropped {
                let counted = format!("{count} {}", class.name());
                reasons.entry(reason).or_default().push(counted);
            }
        }
        if !reasons.is_empty() {
            writeln!(f, "left out")?;
        }
        for (reason, counts) in reasons {
            writeln!(f, "           - {reason}: {}", counts.join(", "))?;
        }
        for pointer in &self.lost {
            let pointer = escape::line(pointer);
            writeln!(f, "           LOST, a fault of the generator: {pointer}")?;
        }
        Ok(())
    }
}
