//! Writes the entry of the changelog about a new document, for users of the client.

use anyhow::{Result, ensure};
use generator::{Change, ChangedItem as Item, Changes, Class, Entry, Event, escape, grouped};

use crate::commands::diff::{calls_before_and_after, subject};

/// The number of names that are listed; the others are counted.
const MAX_NAMES: usize = 6;
/// The number of facts about one subject that are listed; the others are counted.
const MAX_FACTS: usize = 12;

const UNRELEASED: &str = "## Unreleased";

/// The heading of the changes that users have to act on. It comes first.
const BREAKING: &str = "Breaking";

/// One list of an entry: its heading, and its items.
type Lists = Vec<(String, Vec<String>)>;

/// Returns the changes for users, by heading.
pub(super) fn lists(changes: &Changes) -> Lists {
    let mut lists = Lists::new();
    for (class, heading) in [
        (Class::Breaking, BREAKING),
        (Class::Additive, "Added"),
        (Class::Deprecation, "Deprecated"),
        (Class::Wire, "On the wire (your program stays as it is)"),
    ] {
        let of_class: Vec<&Change> = changes.of_class(class).collect();
        let items = items(&of_class);
        if !items.is_empty() {
            lists.push((heading.to_owned(), items));
        }
    }
    let described: Vec<&Change> = changes.of_class(Class::Documentation).collect();
    if !described.is_empty() {
        let mut about: Vec<String> = described
            .iter()
            .map(|change| format!("`{}`", change.resource))
            .collect();
        about.sort();
        about.dedup();
        let places = match described.len() {
            1 => "1 description has".to_owned(),
            several => format!("{several} descriptions have"),
        };
        let item = format!("{places} changed: {}.", listed(&about));
        lists.push(("Documentation".to_owned(), vec![item]));
    }
    lists
}

/// Returns an item for each fact that several resources share, and then one for each resource.
fn items(changes: &[&Change]) -> Vec<String> {
    let of_users = changes
        .iter()
        .copied()
        .filter(|change| !is_implied(change, changes));
    let (renames, others): (Vec<&Change>, Vec<&Change>) =
        of_users.partition(|change| is_rename(change));
    let all = grouped(others);
    let (across, within): (Vec<&Entry<'_>>, Vec<&Entry<'_>>) =
        all.iter().partition(|entry| resources(entry).len() > 1);
    let mut items: Vec<String> = across.into_iter().map(line).collect();
    let mut about: Vec<&str> = changes
        .iter()
        .map(|change| change.resource.as_str())
        .collect();
    about.sort_unstable();
    about.dedup();
    for resource in about {
        let is_about = |change: &&Change| change.resource == resource;
        let entries = within.iter().filter(|entry| is_about(&entry.first()));
        let mut lines = lines(&entries.copied().collect::<Vec<_>>());
        let renames: Vec<&Change> = renames.iter().copied().filter(is_about).collect();
        lines.extend(renamed(&renames));
        match lines.as_slice() {
            [] => {}
            [only] => items.push(format!("**{resource}**: {only}")),
            several => items.push(format!("**{resource}**\n  - {}", several.join("\n  - "))),
        }
    }
    items
}

/// Returns a line for each fact that several subjects share, and then one for each subject with its other facts.
fn lines(all: &[&Entry<'_>]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut subjects: Vec<&str> = Vec::new();
    for entry in all {
        if entry.subjects().len() > 1 {
            lines.push(line(entry));
            continue;
        }
        let first = entry.first();
        if subjects.contains(&first.subject.as_str()) {
            continue;
        }
        subjects.push(&first.subject);
        let own = all
            .iter()
            .copied()
            .filter(|other| other.subjects().len() == 1 && other.first().subject == first.subject);
        lines.push(about(first, &own.collect::<Vec<_>>()));
    }
    lines
}

fn line(entry: &Entry<'_>) -> String {
    let mut line = escape::unmentioned(&entry.sentence(subject));
    for calls in calls_before_and_after(entry) {
        line.push_str(&format!(" {calls}"));
    }
    line
}

fn resources<'a>(entry: &Entry<'a>) -> Vec<&'a str> {
    let mut resources: Vec<&str> = entry
        .changes
        .iter()
        .map(|change| change.resource.as_str())
        .collect();
    resources.sort_unstable();
    resources.dedup();
    resources
}

/// Returns true if another change implies this one: an id is added or removed with its resource, and the types in the module of
/// a renamed type are renamed with it.
fn is_implied(change: &Change, among: &[&Change]) -> bool {
    let resource = change.subject.strip_suffix("Id");
    let is_id = change.item == Item::Id && matches!(change.event, Event::New | Event::Gone);
    let follows_resource = |other: &&Change| {
        is_id && Some(other.subject.as_str()) == resource && other.event == change.event
    };
    let follows_module =
        |other: &&Change| is_rename(change) && is_rename(other) && is_in_module_of(change, other);
    among
        .iter()
        .any(|other| follows_resource(other) || follows_module(other))
}

/// Returns true if an item only has another name.
fn is_rename(change: &Change) -> bool {
    change.after.is_some() && change.fact.starts_with("is called `")
}

/// Returns true if `change` is in the module of `other`, and its name follows from that of `other`.
fn is_in_module_of(change: &Change, other: &Change) -> bool {
    let below = |path: &Option<String>, around: &Option<String>| {
        let module = format!("{}::", module(around.as_deref()?));
        path.as_deref()?.strip_prefix(&module).map(str::to_owned)
    };
    let was = below(&change.before, &other.before);
    was.is_some() && was == below(&change.after, &other.after)
}

/// Returns the module for the types of a type: `seam::lock::last_state` for `seam::lock::LastState`.
fn module(path: &str) -> String {
    let (around, name) = path.rsplit_once("::").unwrap_or(("", path));
    let mut module = format!("{around}::");
    for (index, letter) in name.chars().enumerate() {
        if letter.is_uppercase() && index > 0 {
            module.push('_');
        }
        module.extend(letter.to_lowercase());
    }
    module
}

/// Lists all renamed items in one line.
fn renamed(changes: &[&Change]) -> Option<String> {
    let pairs: Vec<String> = changes
        .iter()
        .filter_map(|change| {
            let (before, after) = (change.before.as_deref()?, change.after.as_deref()?);
            Some(format!(
                "{} is {}",
                escape::code(before),
                escape::code(after)
            ))
        })
        .collect();
    match pairs.as_slice() {
        [] => None,
        pairs => Some(format!("Renamed: {}.", pairs.join(", "))),
    }
}

fn about(change: &Change, entries: &[&Entry<'_>]) -> String {
    let mut seen: Vec<&str> = Vec::new();
    let mut calls: Vec<String> = Vec::new();
    for entry in entries {
        let fact = entry.fact.trim_end_matches('.');
        if !seen.contains(&fact) {
            seen.push(fact);
        }
        for line in calls_before_and_after(entry) {
            if !calls.contains(&line) {
                calls.push(line);
            }
        }
    }
    // Breaking changes are listed in full.
    let most = match change.class {
        Class::Breaking => seen.len(),
        _ => MAX_FACTS,
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
    let mut text = escape::unmentioned(&text);
    for line in calls {
        text.push_str(&format!(" {line}"));
    }
    text
}

fn listed(all: &[String]) -> String {
    let more = all.len().saturating_sub(MAX_NAMES);
    if more > 1 {
        return format!("{} and {more} more", all[..MAX_NAMES].join(", "));
    }
    match all {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        all => all.concat(),
    }
}

/// Returns the changelog with a section for `version`: the unreleased entries, and the changes of the document.
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
    merged.sort_by_key(|(title, _)| match title.as_str() {
        "" => 0,
        BREAKING => 1,
        _ => 2,
    });
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

/// Returns the start of the line `wanted`, if there is exactly one.
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

/// Returns the parts below `###` headings. The text before the first heading has an empty one.
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
