//! Compares the places of a document with the emitted ones, so that no place is lost without a reason.

use std::collections::BTreeMap;
use std::fmt;

use super::{Places, Trace};
use crate::escape;
use crate::model::{Api, Kind, TypeId};

/// The kinds of places that are counted.
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
    /// Properties of all schemas.
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

/// The counts of one kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Count {
    /// The number in the document.
    pub read: usize,
    /// The number in the client.
    pub emitted: usize,
    /// The numbers of places that are left out, by reason.
    pub left_out: BTreeMap<&'static str, usize>,
}

/// The numbers of places that were read, emitted and left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Coverage {
    /// The counts by kind.
    pub counts: BTreeMap<Counted, Count>,
    /// The JSON pointers of places that are neither emitted nor left out. There must be none.
    pub lost: Vec<String>,
}

impl Coverage {
    /// Compares the places of a document with the trace.
    pub(crate) fn of(places: &Places, trace: &Trace, api: &Api) -> Self {
        let outcomes = trace.outcomes(places, &|id| is_live(api, id));
        let mut coverage = Self::default();
        for (class, pointer) in places.entries() {
            let count = coverage.counts.entry(*class).or_default();
            count.read += 1;
            if outcomes.is_emitted(*class, pointer) {
                count.emitted += 1;
            } else if let Some(reason) = outcomes.reason(pointer) {
                *count.left_out.entry(reason.text()).or_default() += 1;
            } else {
                coverage.lost.push(pointer.clone());
            }
        }
        coverage
    }
}

fn is_live(api: &Api, id: TypeId) -> bool {
    let definition = api.type_def(id);
    match definition.kind {
        // An id without its own type was replaced by another type.
        Kind::Unnamed => true,
        _ => definition.is_reached(),
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut reasons: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for class in Counted::ALL {
            let Some(count) = self.counts.get(&class) else {
                continue;
            };
            let left_out: usize = count.left_out.values().sum();
            writeln!(
                f,
                "{:<11}{} read = {} emitted + {left_out} left out",
                class.name(),
                count.read,
                count.emitted
            )?;
            for (reason, places) in &count.left_out {
                let counted = format!("{places} {}", class.name());
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
