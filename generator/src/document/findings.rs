//! The findings of a walk through a document.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::found::describe;
use super::keywords::{self, Kind};
use super::place::{Place, in_brackets};
use super::tally::{Keywords, UnknownKeyword};
use crate::error::{Problem, Warning};

/// Problems, warnings and counts, and the definitions that must find another place.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) problems: Vec<Problem>,
    /// What is not as OpenAPI has it, and how it is read all the same.
    pub(super) warnings: Vec<Warning>,
    used: HashSet<(Kind, &'static str)>,
    waived: HashSet<(Kind, &'static str)>,
    unknown: Vec<Unknown>,
    /// Schemas that are only there to be referred to, and the pointer of the object that held them.
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

    /// Adds what was found further on in the document.
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

    /// Turns keywords that nobody has accounted for into warnings. In a document of somebody else they may be misspelled, or of a
    /// tool that it has passed through.
    pub(super) fn warn_of_unknown(&mut self) {
        for unknown in std::mem::take(&mut self.unknown) {
            self.warnings.push(Warning {
                found: unknown.found(),
                pointer: unknown.pointer,
                taken: "nothing, because OpenAPI has no such keyword there".to_owned(),
            });
        }
    }

    /// The numbers, or all that is wrong.
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
    /// What stands there, and how often.
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
        // What every extension of this name is removed by would, for another keyword, hit properties of that name.
        let target = if self.places > 1 && keywords::is_extension(&self.keyword) {
            format!("$..{}", in_brackets(&self.keyword))
        } else {
            self.path.clone()
        };
        Problem {
            pointer: self.pointer.clone(),
            found: self.found(),
            expected: "keywords that are accounted for".to_owned(),
            advice: format!(
                "It may carry meaning. If it carries none for a client, waive it with the reason in \
                 generator/src/document/keywords/,\n    or take it out with an action in the overlay:\n      \
                 - target: {target}\n        description: WHY IT CAN GO\n        remove: true\n    \
                 To go on without it for now: --allow-unknown-keywords"
            ),
        }
    }
}
