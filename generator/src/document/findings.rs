//! The findings of the traversal of a document.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::found::describe;
use super::keywords::{self, Kind};
use super::place::{Place, in_brackets};
use super::tally::{Keywords, UnknownKeyword};
use crate::error::{Problem, Warning};

/// Problems, warnings and counts, and the definitions that become components.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) problems: Vec<Problem>,
    /// Violations of OpenAPI, and how they are read.
    pub(super) warnings: Vec<Warning>,
    used: HashSet<(Kind, &'static str)>,
    waived: HashSet<(Kind, &'static str)>,
    unknown: Vec<Unknown>,
    /// Definitions of schemas, with the pointer of the object that contained them.
    pub(super) definitions: Vec<(String, Map<String, Value>)>,
}

/// A keyword that the generator does not know, on one kind of object.
#[derive(Debug)]
struct Unknown {
    kind: Kind,
    keyword: String,
    places: usize,
    pointer: String,
    path: String,
    value: String,
}

impl Findings {
    pub(super) fn use_of(&mut self, kind: Kind, keyword: &'static str) {
        self.used.insert((kind, keyword));
    }

    pub(super) fn waiver_of(&mut self, kind: Kind, keyword: &'static str) {
        self.waived.insert((kind, keyword));
    }

    pub(super) fn unknown(&mut self, kind: Kind, keyword: &str, value: &Value, place: &Place<'_>) {
        match self.find(kind, keyword) {
            Some(known) => known.places += 1,
            None => self.unknown.push(Unknown {
                kind,
                keyword: keyword.to_owned(),
                places: 1,
                pointer: place.pointer().to_string(),
                path: place.path(),
                value: describe(value),
            }),
        }
    }

    fn find(&mut self, kind: Kind, keyword: &str) -> Option<&mut Unknown> {
        self.unknown
            .iter_mut()
            .find(|known| known.kind == kind && known.keyword == keyword)
    }

    /// Adds the findings of a later part of the document.
    pub(super) fn extend(&mut self, later: Self) {
        self.problems.extend(later.problems);
        self.warnings.extend(later.warnings);
        self.used.extend(later.used);
        self.waived.extend(later.waived);
        self.definitions.extend(later.definitions);
        for unknown in later.unknown {
            match self.find(unknown.kind, &unknown.keyword) {
                Some(known) => known.places += unknown.places,
                None => self.unknown.push(unknown),
            }
        }
    }

    /// Turns unknown keywords into warnings. In documents of other vendors they may be misspelled, or come from other tools.
    pub(super) fn warn_of_unknown(&mut self) {
        for unknown in std::mem::take(&mut self.unknown) {
            self.warnings.push(Warning {
                found: unknown.found(),
                pointer: unknown.pointer,
                taken: "nothing, because OpenAPI has no such keyword there".to_owned(),
            });
        }
    }

    /// Returns the counts, or all problems.
    pub(super) fn verdict(self, allow_unknown_keywords: bool) -> Result<Keywords, Vec<Problem>> {
        let mut problems = self.problems;
        if !allow_unknown_keywords {
            problems.extend(self.unknown.iter().map(Unknown::problem));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let unknown = self.unknown.into_iter().map(|unknown| UnknownKeyword {
            keyword: unknown.keyword,
            places: unknown.places,
            first: unknown.pointer,
        });
        Ok(Keywords {
            used: self.used.len(),
            waived: self.waived.len(),
            unknown: unknown.collect(),
        })
    }
}

impl Unknown {
    /// Describes the keyword and the number of its places.
    fn found(&self) -> String {
        let elsewhere = match self.places - 1 {
            0 => String::new(),
            1 => ", and in 1 more place".to_owned(),
            more => format!(", and in {more} more places"),
        };
        let (keyword, kind) = (&self.keyword, self.kind.words());
        format!("`{keyword}` on {kind}, which is {}{elsewhere}", self.value)
    }

    fn problem(&self) -> Problem {
        // An action that removes all extensions of this name is safe; for another keyword it could also remove properties of that
        // name.
        let target = if self.places > 1 && keywords::is_extension(&self.keyword) {
            format!("$..{}", in_brackets(&self.keyword))
        } else {
            self.path.clone()
        };
        Problem {
            pointer: self.pointer.clone(),
            found: self.found(),
            expected: "keywords that the generator knows".to_owned(),
            advice: format!(
                "It may have a meaning for clients. If it has none, waive it with a reason in \
                 generator/src/document/keywords/,\n    or remove it with an action in the overlay:\n      \
                 - target: {target}\n        description: WHY IT CAN BE REMOVED\n        remove: true\n    \
                 To continue without it for now: --allow-unknown-keywords"
            ),
        }
    }
}
