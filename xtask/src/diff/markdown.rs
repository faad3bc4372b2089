//! For a pull request.

use generator::{Change, Class};

use super::Report;
use super::report::CLASSES;

/// More lines than these are folded away.
const OPEN: usize = 60;

pub(crate) fn page(report: &Report<'_>) -> String {
    let mut page = format!(
        "## What changes for callers\n\n`{}` → `{}`\n\n**{}**\n",
        report.old,
        report.new,
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
    for change in changes {
        let link = change.page.as_ref();
        let link = link.map_or(String::new(), |page| format!(" ([Seam's page]({page}))"));
        page.push_str(&format!("- {}{link}\n", change.sentence));
    }
    if folded {
        page.push_str("\n</details>\n");
    }
}

fn heading(class: Class) -> &'static str {
    match class {
        Class::Breaking => "Breaking",
        Class::Additive => "Added",
        Class::Deprecation => "Deprecated",
        Class::Documentation => "Described in other words",
    }
}
