//! Groups similar changes in one entry, with a count and names instead of a sentence for each change.

use super::change::{Change, Class, Event, Item};
use super::grammar::plural as plural_of;
use super::place::{called, noun};

/// This number of similar changes to one subject becomes one entry. The entry does not have the description of each.
const GROUPED: usize = 3;
/// The number of names that an entry lists. Entries of breaking changes list all names.
const MAX_NAMES: usize = 5;

/// Changes that are reported in one sentence.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Entry<'a> {
    /// The changes, all of one class.
    pub changes: Vec<&'a Change>,
    /// The fact about their subject, as the predicate of a sentence.
    pub fact: String,
}

/// Groups changes by the sentences that report them, in their order.
pub fn grouped<'a>(changes: impl IntoIterator<Item = &'a Change>) -> Vec<Entry<'a>> {
    let mut of_one_sort: Vec<(Option<String>, Vec<&Change>)> = Vec::new();
    for change in changes {
        let form = plural(change);
        let same = |(other, others): &&mut (Option<String>, Vec<&Change>)| {
            form.is_some()
                && *other == form
                && others[0].class == change.class
                && others[0].subject == change.subject
        };
        match of_one_sort.iter_mut().find(same) {
            Some((_, others)) => others.push(change),
            None => of_one_sort.push((form, vec![change])),
        }
    }
    let facts = of_one_sort
        .into_iter()
        .flat_map(|(form, changes)| match form {
            Some(form) if is_grouped(&form, &changes) => vec![several(&form, changes)],
            _ => changes.into_iter().map(Entry::of).collect(),
        });
    let mut entries: Vec<Entry<'a>> = Vec::new();
    for fact in facts {
        let same =
            |other: &&mut Entry<'_>| other.class() == fact.class() && other.fact == fact.fact;
        match entries.iter_mut().find(same) {
            Some(other) => other.changes.extend(fact.changes),
            None => entries.push(fact),
        }
    }
    entries
}

impl<'a> Entry<'a> {
    fn of(change: &'a Change) -> Self {
        Self {
            changes: vec![change],
            fact: change.fact.clone(),
        }
    }

    /// Returns the first of the changes.
    #[must_use]
    pub fn first(&self) -> &'a Change {
        self.changes[0]
    }

    /// Returns their effect on callers.
    #[must_use]
    pub fn class(&self) -> Class {
        self.first().class
    }

    /// Returns the first change to each subject.
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

    /// Returns the sentence. `subject` formats a subject.
    pub fn sentence(&self, subject: impl Fn(&Change) -> String) -> String {
        let subjects: Vec<String> = self.subjects().into_iter().map(subject).collect();
        let fact = self.fact.trim_end_matches('.');
        match subjects.as_slice() {
            [only] => format!("{only} {fact}."),
            several => format!("{} {}.", listed(several, self.class()), plural_of(fact)),
        }
    }
}

/// Returns true if these changes become one entry. Two changes become one only if no description is lost.
fn is_grouped(form: &str, changes: &[&Change]) -> bool {
    let words = |fact: &str| fact.matches(": ").count();
    let says_all = || {
        changes
            .iter()
            .all(|change| words(&change.fact) == words(form))
    };
    changes.len() >= GROUPED || changes.len() == 2 && says_all()
}

/// A placeholder for the number of changes.
const COUNT: char = '\0';

/// Returns the fact for several similar things, whose names follow; `None` if it has no such form.
fn plural(change: &Change) -> Option<String> {
    let (one, several) = noun(change.item)?;
    let name = called(change.name.as_deref()?, change.wire.as_deref());
    let begins = |start: &str| {
        let rest = change.fact.strip_prefix(start);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
    };
    let thing = format!("the {one} {name}");
    match (change.event, change.item) {
        (Event::New, Item::Parameter) if begins(&format!("takes {name}")) => {
            Some(format!("takes {COUNT} more {several}"))
        }
        (Event::Gone, Item::Parameter) if begins(&format!("no longer takes {name}")) => {
            Some(format!("no longer takes {COUNT} {several}"))
        }
        (Event::New, Item::Accessor) => Some(format!(
            "gives {COUNT} more properties where a branch has them"
        )),
        (Event::New, _) if begins(&format!("has {thing}")) => {
            Some(format!("has {COUNT} new {several}"))
        }
        (Event::Gone, _) if begins(&format!("no longer has {thing}")) => {
            Some(format!("no longer has {COUNT} {several}"))
        }
        _ if change.fact.matches(&thing).count() == 1 => {
            Some(change.fact.replace(&thing, &format!("{COUNT} {several}")))
        }
        _ => None,
    }
}

fn several<'a>(form: &str, changes: Vec<&'a Change>) -> Entry<'a> {
    let names: Vec<String> = changes
        .iter()
        .filter_map(|change| Some(called(change.name.as_deref()?, change.wire.as_deref())))
        .collect();
    let names = listed(&names, changes[0].class);
    let form = form.replace(COUNT, &changes.len().to_string());
    Entry {
        fact: format!("{}: {names}", form.trim_end_matches('.')),
        changes,
    }
}

/// Lists names. Unless the changes are breaking, further names are counted.
pub(super) fn listed(all: &[String], class: Class) -> String {
    let more = all.len().saturating_sub(MAX_NAMES);
    if more > 1 && class != Class::Breaking {
        return format!("{} and {more} more", all[..MAX_NAMES].join(", "));
    }
    match all {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        all => all.concat(),
    }
}
