//! The changelog's entry about a new document, for users of the client.

use anyhow::{Result, ensure};
use generator::{Change, ChangedItem as Item, Changes, Class, Event, escape, gathered};

use crate::commands::diff::subject;

/// More subjects of one fact than these are counted.
const SUBJECTS: usize = 6;
/// More facts about one subject than these are counted.
const FACTS: usize = 12;

const UNRELEASED: &str = "## Unreleased";

/// One list of an entry: its heading, and its items.
type Lists = Vec<(String, Vec<String>)>;

/// What users have to know, by heading.
pub(super) fn lists(changes: &Changes) -> Lists {
    let mut lists = Lists::new();
    for (class, heading) in [
        (Class::Breaking, "Breaking"),
        (Class::Additive, "Added"),
        (Class::Deprecation, "Deprecated"),
    ] {
        let of_class: Vec<&Change> = changes.of_class(class).collect();
        let items = items(&of_class);
        if !items.is_empty() {
            lists.push((heading.to_owned(), items));
        }
    }
    let described: Vec<&Change> = changes.of_class(Class::Documentation).collect();
    if !described.is_empty() {
        let mut groups: Vec<String> = described
            .iter()
            .map(|change| format!("`{}`", change.group))
            .collect();
        groups.dedup();
        let places = match described.len() {
            1 => "1 description has".to_owned(),
            several => format!("{several} descriptions have"),
        };
        let item = format!("{places} changed: {}.", listed(&groups));
        lists.push(("Documentation".to_owned(), vec![item]));
    }
    lists
}

/// One line for each fact that several subjects share, and one for each subject with all else that is to be said of it.
fn items(changes: &[&Change]) -> Vec<String> {
    let of_users = changes
        .iter()
        .copied()
        .filter(|change| !is_implied(change, changes));
    let all = gathered(of_users);
    let mut items = Vec::new();
    let mut subjects: Vec<&str> = Vec::new();
    for told in &all {
        if told.subjects().len() > 1 {
            items.push(escape::unmentioned(&told.sentence(subject)));
            continue;
        }
        let first = told.first();
        if subjects.contains(&first.subject.as_str()) {
            continue;
        }
        subjects.push(&first.subject);
        let own = all
            .iter()
            .filter(|other| other.subjects().len() == 1 && other.first().subject == first.subject);
        items.push(about(
            first,
            &own.map(|other| other.fact.as_str()).collect::<Vec<_>>(),
        ));
    }
    items
}

/// An id that is new or gone comes and goes with its resource, and a namespace with its calls.
fn is_implied(change: &Change, among: &[&Change]) -> bool {
    let resource = change.subject.strip_suffix("Id");
    change.item == Item::Id
        && matches!(change.event, Event::New | Event::Gone)
        && among
            .iter()
            .any(|other| Some(other.subject.as_str()) == resource && other.event == change.event)
}

fn about(change: &Change, facts: &[&str]) -> String {
    let mut seen: Vec<&str> = Vec::new();
    for fact in facts {
        let fact = fact.trim_end_matches('.');
        if !seen.contains(&fact) {
            seen.push(fact);
        }
    }
    // What breaks is said in full.
    let most = match change.class {
        Class::Breaking => seen.len(),
        _ => FACTS,
    };
    let more = seen.len().saturating_sub(most);
    seen.truncate(most);
    let mut text = format!("{} {}", subject(change), seen.join("; "));
    match more {
        0 => {}
        1 => text.push_str("; and 1 more change"),
        more => text.push_str(&format!("; and {more} more changes")),
    }
    text.push('.');
    escape::unmentioned(&text)
}

fn listed(all: &[String]) -> String {
    let more = all.len().saturating_sub(SUBJECTS);
    if more > 1 {
        return format!("{} and {more} more", all[..SUBJECTS].join(", "));
    }
    match all {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        all => all.concat(),
    }
}

/// The changelog with a section for `version`: what was unreleased, and what the document brings.
pub(super) fn with_entry(
    changelog: &str,
    heading: &str,
    intro: &str,
    lists: &Lists,
) -> Result<String> {
    let at = line_of(changelog, UNRELEASED);
    ensure!(
        at.is_some(),
        "CHANGELOG.md has no line `{UNRELEASED}`, below which the entry belongs"
    );
    let at = at.unwrap_or_default();
    let (before, rest) = changelog.split_at(at + UNRELEASED.len());
    let end = rest.find("\n## ").map_or(rest.len(), |end| end + 1);
    let (unreleased, after) = rest.split_at(end);
    let mut merged = sections(unreleased);
    for (title, items) in lists {
        let items = items
            .iter()
            .map(|item| format!("- {item}\n"))
            .collect::<String>();
        match merged.iter_mut().find(|(known, _)| known == title) {
            Some((_, text)) => text.push_str(&items),
            None => merged.push((title.clone(), items)),
        }
    }
    let mut entry = format!("\n\n## {heading}\n\n{intro}\n");
    for (title, text) in &merged {
        if title.is_empty() {
            entry.push_str(&format!("\n{text}"));
        } else {
            entry.push_str(&format!("\n### {title}\n\n{text}"));
        }
    }
    let gap = if after.is_empty() { "" } else { "\n" };
    Ok(format!("{before}{entry}{gap}{after}"))
}

/// Where the only line that says just `wanted` starts.
fn line_of(text: &str, wanted: &str) -> Option<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_end() == wanted {
            return Some(start);
        }
        start += line.len();
    }
    None
}

/// The parts below `###` headings; what stands before the first has none.
fn sections(text: &str) -> Vec<(String, String)> {
    let mut sections = vec![(String::new(), String::new())];
    for line in text.lines() {
        match line.strip_prefix("### ") {
            Some(title) => sections.push((title.trim().to_owned(), String::new())),
            None => {
                if let Some((_, text)) = sections.last_mut() {
                    text.push_str(line);
                    text.push('\n');
                }
            }
        }
    }
    for (_, text) in &mut sections {
        let trimmed = text.trim_matches('\n');
        *text = if trimmed.is_empty() {
            String::new()
        } else {
            format!("{trimmed}\n")
        };
    }
    sections.retain(|(_, text)| !text.is_empty());
    sections
}
