//! The numbers of a run.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use crate::document::Keywords;
use crate::error::Warning;
use crate::model::{Api, Kind};
use crate::trace::Coverage;

/// More warnings than these are counted.
const MOST_SHOWN: usize = 50;

/// What was read and what was emitted.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Summary {
    /// Endpoints that are part of the public API.
    pub documented: usize,
    /// Endpoints behind the feature `undocumented`.
    pub undocumented: usize,
    /// Structs.
    pub structs: usize,
    /// Enums over strings.
    pub enumerations: usize,
    /// Enums over shapes.
    pub unions: usize,
    /// Id newtypes.
    pub ids: usize,
    /// What became of the document's keywords.
    pub keywords: Keywords,
    /// Where the document departs from OpenAPI, and how it is read.
    pub warnings: Vec<Warning>,
    /// Decisions that a maintainer can make in `names.yaml`.
    pub names: Vec<String>,
    /// What was read, what was emitted, and why the rest was not.
    pub coverage: Coverage,
    /// Lines of Rust.
    pub lines: usize,
    /// How long each stage took.
    pub stages: Vec<(&'static str, Duration)>,
}

impl Summary {
    pub(crate) fn of(
        api: &Api,
        files: &BTreeMap<PathBuf, String>,
        (keywords, coverage): (Keywords, Coverage),
        stages: Vec<(&'static str, Duration)>,
    ) -> Self {
        let endpoints = api.endpoints();
        let undocumented = endpoints
            .iter()
            .filter(|(_, endpoint)| endpoint.docs.undocumented.is_some())
            .count();
        let live: Vec<_> = api
            .types
            .iter()
            .filter(|definition| definition.is_reached())
            .collect();
        let count = |matches: fn(&Kind) -> bool| {
            live.iter()
                .filter(|definition| matches(&definition.kind))
                .count()
        };
        Self {
            documented: endpoints.len() - undocumented,
            undocumented,
            structs: count(|kind| matches!(kind, Kind::Object(_))),
            enumerations: count(|kind| matches!(kind, Kind::Enumeration(_))),
            unions: count(|kind| matches!(kind, Kind::Union(_))),
            ids: api.ids.len(),
            keywords,
            warnings: api.warnings.clone(),
            names: Vec::new(),
            coverage,
            lines: files.values().map(|text| text.lines().count()).sum(),
            stages,
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let endpoints = self.documented + self.undocumented;
        writeln!(
            f,
            "endpoints  {endpoints}: {} documented, {} undocumented",
            self.documented, self.undocumented
        )?;
        writeln!(
            f,
            "types      {}: {} structs, {} string enums, {} unions, {} ids",
            self.structs + self.enumerations + self.unions + self.ids,
            self.structs,
            self.enumerations,
            self.unions,
            self.ids,
        )?;
        writeln!(f, "keywords   {}", self.keywords)?;
        for warning in self.warnings.iter().take(MOST_SHOWN) {
            writeln!(f, "warning    {warning}")?;
        }
        match self.warnings.len().saturating_sub(MOST_SHOWN) {
            0 => {}
            more => writeln!(
                f,
                "warning    {more} more of the kind; --strict-document makes them errors"
            )?,
        }
        for remark in &self.names {
            writeln!(f, "names      {}", crate::escape::line(remark))?;
        }
        write!(f, "{}", self.coverage)?;
        write!(f, "lines      {}", self.lines)
    }
}
