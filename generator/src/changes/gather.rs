//! Many changes of one sort told as one: a count and names in place of a sentence for each of sixty branches.

use super::change::{Change, Class, Event, Item};
use super::place::{called, noun};

/// So many changes of one sort to one subject are told as one.
const MANY: usize = 4;
/// So many names are told of what nobody has to act on. What breaks is named in full.
const SHOWN: usize = 5;

/// What one sentence tells.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Told<'a> {
    /// The changes, all of one class.
    pub changes: Vec<&'a Change>,
    /// What is to be said of what they belong to.
    pub fact: String,
}

/// Changes by the sentences that tell them, in the order in which they come.
pub fn gathered<'a>(changes: impl IntoIterator<Item = &'a Change>) -> Vec<Told<'a>> {
    let mut of_one_sort: Vec<Vec<&Change>> = Vec::new();
    for change in changes {
        let same = |others: &&mut Vec<&Change>| {
            let other = others[0];
            let sort = |change: &Change| (change.class, change.item, change.event);
            sort(other) == sort(change)
                && other.subject == change.subject
                && is_plain(other)
                && is_plain(change)
        };
        match of_one_sort.iter_mut().find(same) {
            Some(others) => others.push(change),
            None => of_one_sort.push(vec![change]),
        }
    }
    let facts = of_one_sort.into_iter().flat_map(|changes| {
        if changes.len() >= MANY {
            let fact = plural(&changes);
            return vec![Told { changes, fact }];
        }
        let one = |change: &'a Change| Told {
            fact: change.fact.clone(),
            changes: vec![change],
        };
        changes.into_iter().map(one).collect()
    });
    let mut told: Vec<Told<'a>> = Vec::new();
    for fact in facts {
        let same = |other: &&mut Told<'_>| other.class() == fact.class() && other.fact == fact.fact;
        match told.iter_mut().find(same) {
            Some(other) => other.changes.extend(fact.changes),
            None => told.push(fact),
        }
    }
    told
}

impl<'a> Told<'a> {
    /// The first of the changes.
    #[must_use]
    pub fn first(&self) -> &'a Change {
        self.changes[0]
    }

    /// What they mean to a caller.
    #[must_use]
    pub fn class(&self) -> Class {
        self.first().class
    }

    /// The first change to each subject.
    #[must_use]
    pub fn subjects(&self) -> Vec<&'a Change> {
        let mut subjects: Vec<&Change> = Vec::new();
        for change in &self.changes {
            if subjects.iter().all(|known| known.subject != change.subject) {
                subjects.push(change);
            }
        }
        subjects
    }

    /// The sentence; how a subject is written is its reader's matter.
    pub fn sentence(&self, subject: impl Fn(&Change) -> String) -> String {
        let subjects: Vec<String> = self.subjects().into_iter().map(subject).collect();
        let fact = self.fact.trim_end_matches('.');
        match subjects.as_slice() {
            [only] => format!("{only} {fact}."),
            several => format!("{}: {fact}.", listed(several, self.class())),
        }
    }
}

/// Whether all that a change says is that something of this name has come, has gone or is described in other words.
fn is_plain(change: &Change) -> bool {
    let (Some(name), Some((one, _))) = (&change.name, noun(change.item)) else {
        return false;
    };
    let name = called(name, change.wire.as_deref());
    let said = match (change.event, change.item) {
        (Event::New, Item::Parameter) => format!("takes {name}"),
        (Event::New, _) => format!("has the {one} {name}"),
        (Event::Gone, Item::Parameter) => format!("no longer takes {name}"),
        (Event::Gone, _) => format!("no longer has the {one} {name}"),
        (Event::Described, _) => format!("describes the {one} {name} in other words"),
        (Event::Changed | Event::Deprecated, _) => return false,
    };
    let rest = change.fact.strip_prefix(&said);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}

fn plural(changes: &[&Change]) -> String {
    let first = changes[0];
    let several = noun(first.item).map_or("", |(_, several)| several);
    let names: Vec<String> = changes
        .iter()
        .filter_map(|change| Some(called(change.name.as_deref()?, change.wire.as_deref())))
        .collect();
    let names = listed(&names, first.class);
    let count = changes.len();
    match (first.event, first.item) {
        (Event::New, Item::Parameter) => format!("takes {count} more {several}: {names}"),
        (Event::New, _) => format!("has {count} new {several}: {names}"),
        (Event::Gone, Item::Parameter) => format!("no longer takes {count} {several}: {names}"),
        (Event::Gone, _) => format!("no longer has {count} {several}: {names}"),
        _ => format!("describes {count} {several} in other words: {names}"),
    }
}

fn listed(all: &[String], class: Class) -> String {
    let more = all.len().saturating_sub(SHOWN);
    if more > 1 && class != Class::Breaking {
        return format!("{} and {more} more", all[..SHOWN].join(", "));
    }
    match all {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        all => all.concat(),
    }
}
