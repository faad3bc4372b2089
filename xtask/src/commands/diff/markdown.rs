//! Renders the changes as Markdown for a pull request.

use generator::{Change, ChangedItem as Item, Class, Entry, Event, escape, grouped};

use super::Report;
use super::report::CLASSES;

/// A section with more lines is folded.
const OPEN: usize = 60;

pub(crate) fn page(report: &Report<'_>) -> String {
    let mut page = format!(
        "## What changes for callers\n\n{} → {}\n\n**{}**\n",
        escape::code(report.old),
        escape::code(report.new),
        report.verdict()
    );
    for class in CLASSES {
        let changes: Vec<&Change> = report.changes.of_class(class).collect();
        if !changes.is_empty() {
            let title = format!("{} ({})", heading(class), changes.len());
            let folded = class == Class::Documentation || changes.len() > OPEN;
            section(&mut page, &title, &changes, folded);
        }
    }
    let apart: Vec<&Change> = report.changes.undocumented.iter().collect();
    if !apart.is_empty() {
        let title = format!(
            "Behind the feature `undocumented`, which promises nothing ({})",
            apart.len()
        );
        section(&mut page, &title, &apart, true);
    }
    page
}

fn section(page: &mut String, title: &str, changes: &[&Change], folded: bool) {
    if folded {
        let title = title.replace("`undocumented`", "<code>undocumented</code>");
        page.push_str(&format!("\n<details><summary>{title}</summary>\n\n"));
    } else {
        page.push_str(&format!("\n### {title}\n\n"));
    }
    for entry in grouped(changes.iter().copied()) {
        let sentence = entry.sentence(subject);
        page.push_str(&format!("- {}\n", escape::unmentioned(&sentence)));
        for line in calls_before_and_after(&entry) {
            page.push_str(&format!("  {line}\n"));
        }
    }
    if folded {
        page.push_str("\n</details>\n");
    }
}

/// Returns the subject, with a link to its page of the documentation if it still exists.
pub(crate) fn subject(change: &Change) -> String {
    match &change.page {
        Some(page) if change.event != Event::Gone || change.item != Item::Call => {
            format!("[`{}`]({page})", change.subject)
        }
        _ => format!("`{}`", change.subject),
    }
}

/// Returns how programs write the calls before and after, a line for each call.
pub(crate) fn calls_before_and_after(entry: &Entry<'_>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for change in &entry.changes {
        if let (Some(before), Some(after)) = (&change.before, &change.after) {
            let line = format!(
                "Before: {}. Now: {}.",
                escape::code(before),
                escape::code(after)
            );
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    lines
}

fn heading(class: Class) -> &'static str {
    match class {
        Class::Breaking => "Breaking",
        Class::Additive => "Added",
        Class::Deprecation => "Deprecated",
        Class::Wire => "Sent otherwise: your program stays as it is, take this release",
        Class::Documentation => "Described in other words",
    }
}
