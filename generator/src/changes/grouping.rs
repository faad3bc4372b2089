//! Many changes of one sort become one entry: a count and names in place of a sentence for each of sixty branches.

use super::change::{Change, Class, Event, Item};
use super::grammar::plural as plural_of;
use super::place::{called, noun};

/// So many changes of one sort to one subject become one entry, though what the document says of each is left out then.
const MANY: usize = 3;
/// How many names an entry lists unless it breaks callers; those that break are listed in full.
const SHOWN: usize = 5;

/// Changes that one sentence reports.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Entry<'a> {
    /// The changes, all of one class.
    pub changes: Vec<&'a Change>,
    /// The fact about what they belong to, as the end of a sentence.
    pub fact: String,
}

/// Changes by the sentences that tell them, in the order in which they come.
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
            Some(form) if is_shorter(&form, &changes) => vec![several(&form, changes)],
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
            several => format!("{} {}.", listed(several, self.class()), plural_of(fact)),
        }
    }
}

/// Returns true if these changes are one entry: two of them only if nothing is left out that is said of either.
fn is_shorter(form: &str, changes: &[&Change]) -> bool {
    let words = |fact: &str| fact.matches(": ").count();
    let says_all = || {
        changes
            .iter()
            .all(|change| words(&change.fact) == words(form))
    };
    changes.len() >= MANY || changes.len() == 2 && says_all()
}

/// Stands for how many there are.
const COUNT: char = '\0';

/// The fact in its plural form, for several things of its sort, whose names follow; nothing where it cannot be.
fn plural(change: &Change) -> Option<String> {
    let (one, several) = noun(change.item)?;
    let name = called(change.name.as_deref()?, change.wire.as_deref());
    let begins = |said: &str| {
        let rest = change.fact.strip_prefix(said);
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

/// Names in a row; those that nobody has to act on are counted from the sixth on.
pub(super) fn listed(all: &[String], class: Class) -> String {
    let more = all.len().saturating_sub(SHOWN);
    if more > 1 && class != Class::Breaking {
        return format!("{} and {more} more", all[..SHOWN].join(", "));
    }
    match all {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        all => all.concat(),
    }
}
