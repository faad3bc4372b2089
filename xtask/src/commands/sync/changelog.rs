//! The changelog's entry about a new document, for users of the client.

use anyhow::{Result, ensure};
use generator::{Change, ChangedItem as Item, Changes, Class, Entry, Event, escape, grouped};

use crate::commands::diff::{rewritten, subject};

/// More names than these are counted.
const NAMES: usize = 6;
/// More facts about one subject than these are counted.
const FACTS: usize = 12;

const UNRELEASED: &str = "## Unreleased";

/// What users have to act on stands before everything else.
const BREAKING: &str = "Breaking";

/// One list of an entry: its heading, and its items.
type Lists = Vec<(String, Vec<String>)>;

/// What users have to know, by heading.
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

/// What is said of several resources alike, and then an item for each resource.
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

/// One line for each fact that several subjects share, and one for each subject with all else that is to be said of it.
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
    for calls in rewritten(entry) {
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

/// An id that is new or gone comes and goes with its resource, and what lies below a renamed type is renamed with it.
fn is_implied(change: &Change, among: &[&Change]) -> bool {
    let resource = change.subject.strip_suffix("Id");
    let is_id = change.item == Item::Id && matches!(change.event, Event::New | Event::Gone);
    let goes_with = |other: &&Change| {
        is_id && Some(other.subject.as_str()) == resource && other.event == change.event
    };
    let lies_below =
        |other: &&Change| is_rename(change) && is_rename(other) && is_below(change, other);
    among
        .iter()
        .any(|other| goes_with(other) || lies_below(other))
}

/// Whether something is only called otherwise now.
fn is_rename(change: &Change) -> bool {
    change.after.is_some() && change.fact.starts_with("is called `")
}

/// Whether the new name of `change` follows from that of `other`, whose module it is in.
fn is_below(change: &Change, other: &Change) -> bool {
    let below = |path: &Option<String>, around: &Option<String>| {
        let module = format!("{}::", module(around.as_deref()?));
        path.as_deref()?.strip_prefix(&module).map(str::to_owned)
    };
    let was = below(&change.before, &other.before);
    was.is_some() && was == below(&change.after, &other.after)
}

/// The module of what belongs to a type: `seam::lock::last_state` of `seam::lock::LastState`.
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

/// All that is only called otherwise, in one line.
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
        for line in rewritten(entry) {
            if !calls.contains(&line) {
                calls.push(line);
            }
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
    let mut text = escape::unmentioned(&text);
    for line in calls {
        text.push_str(&format!(" {line}"));
    }
    text
}

fn listed(all: &[String]) -> String {
    let more = all.len().saturating_sub(NAMES);
    if more > 1 {
        return format!("{} and {more} more", all[..NAMES].join(", "));
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
