//! The log of the outcome of each place in a document. All stages write to it.

use std::collections::{HashMap, HashSet};

use super::{Counted, Places, Reason};
use crate::document::Origins;
use crate::model::TypeId;

/// The outcomes of places in a document, in the order in which the stages recorded them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Trace {
    entries: Vec<Entry>,
    /// The places that were emitted but are not part of a type. Each is recorded once, even if many references point to it.
    emitted_alone: HashSet<String>,
    /// The places that are left out, because the first reason counts.
    left_out: HashSet<String>,
    /// The decisions, each once.
    decided: HashSet<(String, String)>,
    /// The places that come from other files.
    pub(crate) origins: Origins,
}

#[derive(Debug, Clone)]
struct Entry {
    pointer: String,
    outcome: Outcome,
}

#[derive(Debug, Clone)]
enum Outcome {
    /// The place was emitted, as part of a type if there is one.
    Emitted(Option<TypeId>),
    /// The values of a schema were emitted.
    ValuesEmitted(Option<TypeId>),
    /// The place is left out with everything below it.
    LeftOut(Reason),
    /// A decision about the document and its reason, as a sentence.
    Decided(String),
}

impl Trace {
    /// Records that a place was emitted, as part of a type if there is one.
    pub(crate) fn emitted(&mut self, pointer: impl ToString, part_of: Option<TypeId>) {
        let pointer = pointer.to_string();
        if part_of.is_none() && !self.emitted_alone.insert(pointer.clone()) {
            return;
        }
        self.add(pointer, Outcome::Emitted(part_of));
    }

    /// The values of a schema were emitted.
    pub(crate) fn values_emitted(&mut self, pointer: impl ToString, part_of: Option<TypeId>) {
        self.add(pointer, Outcome::ValuesEmitted(part_of));
    }

    /// Records that a place is left out with all places below it, except those that are emitted. The first reason is kept.
    pub(crate) fn left_out(&mut self, pointer: impl ToString, reason: Reason) {
        let pointer = pointer.to_string();
        if self.left_out.insert(pointer.clone()) {
            self.add(pointer, Outcome::LeftOut(reason));
        }
    }

    /// Records that places are left out of a type that they were emitted for.
    pub(crate) fn withdrawn(&mut self, places: &HashMap<(String, TypeId), Reason>) {
        if places.is_empty() {
            return;
        }
        self.entries.retain(|entry| match entry.outcome {
            Outcome::Emitted(Some(of)) => !places.contains_key(&(entry.pointer.clone(), of)),
            _ => true,
        });
        for ((pointer, _), reason) in places {
            self.left_out(pointer, *reason);
        }
    }

    /// Records a decision about the document and its reason, as a sentence.
    pub(crate) fn decided(&mut self, pointer: impl ToString, text: impl Into<String>) {
        let (pointer, text) = (pointer.to_string(), text.into());
        if self.decided.insert((pointer.clone(), text.clone())) {
            self.add(pointer, Outcome::Decided(text));
        }
    }

    fn add(&mut self, pointer: impl ToString, outcome: Outcome) {
        let pointer = pointer.to_string();
        self.entries.push(Entry { pointer, outcome });
    }

    /// Removes the outcomes of places, and keeps the decisions.
    pub(crate) fn keep_decisions(&mut self) {
        self.emitted_alone.clear();
        self.left_out.clear();
        self.entries
            .retain(|entry| matches!(entry.outcome, Outcome::Decided(_)));
    }

    /// Returns each place that is left out with its first reason, sorted by place.
    pub(crate) fn all_left_out(&self) -> Vec<(&str, Reason)> {
        let mut found: Vec<(&str, Reason)> = self.entries.iter().filter_map(as_left_out).collect();
        found.sort_by_key(|(pointer, _)| *pointer);
        found.dedup_by_key(|(pointer, _)| *pointer);
        found
    }

    /// Returns the decisions and the reasons for left out places, for each place that `is_wanted`: a place and a sentence.
    pub(crate) fn choices(&self, is_wanted: impl Fn(&str) -> bool) -> Vec<(&str, String)> {
        let decided = self
            .entries
            .iter()
            .filter_map(|entry| match &entry.outcome {
                Outcome::Decided(text) => Some((entry.pointer.as_str(), text.clone())),
                _ => None,
            });
        let left_out = self.all_left_out().into_iter();
        let left_out = left_out
            .map(|(pointer, reason)| (pointer, format!("it is left out: {}", reason.text())));
        let mut found = Vec::new();
        for choice in decided
            .chain(left_out)
            .filter(|(pointer, _)| is_wanted(pointer))
        {
            if !found.contains(&choice) {
                found.push(choice);
            }
        }
        found
    }

    /// Returns the outcome of each place in a document. A place is not emitted if its types are not part of the client.
    pub(super) fn outcomes(&self, places: &Places, is_live: &dyn Fn(TypeId) -> bool) -> Outcomes {
        let mut outcomes = Outcomes::default();
        for entry in &self.entries {
            let place = || {
                let place = places.resolve(&entry.pointer);
                place.unwrap_or_else(|| entry.pointer.clone())
            };
            let set = match &entry.outcome {
                Outcome::Emitted(of) if of.is_none_or(is_live) => &mut outcomes.emitted,
                Outcome::ValuesEmitted(of) if of.is_none_or(is_live) => &mut outcomes.values,
                Outcome::Emitted(_) | Outcome::ValuesEmitted(_) => &mut outcomes.unreferenced,
                Outcome::LeftOut(reason) => {
                    outcomes.left_out.entry(place()).or_insert(*reason);
                    continue;
                }
                Outcome::Decided(_) => continue,
            };
            set.insert(place());
        }
        outcomes
    }
}

fn as_left_out(entry: &Entry) -> Option<(&str, Reason)> {
    match entry.outcome {
        Outcome::LeftOut(reason) => Some((&entry.pointer, reason)),
        _ => None,
    }
}

/// The outcomes of places, with references resolved.
#[derive(Debug, Default)]
pub(super) struct Outcomes {
    emitted: HashSet<String>,
    values: HashSet<String>,
    unreferenced: HashSet<String>,
    left_out: HashMap<String, Reason>,
}

impl Outcomes {
    pub(super) fn is_emitted(&self, class: Counted, pointer: &str) -> bool {
        let of_enum = pointer
            .rsplit_once("/enum/")
            .filter(|_| class == Counted::Value);
        self.emitted.contains(pointer)
            || of_enum.is_some_and(|(schema, _)| {
                self.values.contains(schema) && !self.left_out.contains_key(pointer)
            })
    }

    /// Returns the reason why a place, or the place around it, is not emitted.
    pub(super) fn reason(&self, pointer: &str) -> Option<Reason> {
        let ends = pointer.match_indices('/').map(|(end, _)| end).skip(1);
        ends.chain([pointer.len()]).find_map(|end| {
            let place = &pointer[..end];
            let left_out = self.left_out.get(place).copied();
            let is_unreferenced = self.unreferenced.contains(place);
            left_out.or_else(|| is_unreferenced.then_some(Reason::Unreferenced))
        })
    }
}
