//! Shows the files that differ from what codegen renders.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use similar::{ChangeTag, TextDiff};

use super::plan::{Change, Plan};
use crate::repo::shown;

/// The number of files that are shown; the others are counted.
const FILES: usize = 10;
/// The number of lines that are shown of a file's diff; the others are counted.
const LINES: usize = 40;

const BOLD: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();
const ADDED: Style = AnsiColor::Green.on_default();
const REMOVED: Style = AnsiColor::Red.on_default();
const PLACE: Style = AnsiColor::Cyan.on_default();

/// Shows the first differences, and counts the others.
pub(crate) fn show(plan: &Plan, output: &mut dyn Write) -> io::Result<()> {
    for change in plan.changes.iter().take(FILES) {
        show_file(plan, change, output)?;
    }
    if plan.changes.len() > FILES {
        writeln!(output, "\n… and {} more", plan.changes.len() - FILES)?;
    }
    let missing = plan.changes.iter().filter(|c| c.before.is_none()).count();
    let extra = plan.removed_count();
    let differ = plan.changes.len() - missing - extra;
    writeln!(
        output,
        "\nout of step: {differ} not as codegen renders them, {missing} missing, {extra} no longer generated; {} right",
        plan.unchanged
    )
}

fn show_file(plan: &Plan, change: &Change, output: &mut dyn Write) -> io::Result<()> {
    let path = plan.root.join(&change.path);
    let path = shown(&path);
    let text = |side: &Option<Vec<u8>>| {
        String::from_utf8_lossy(side.as_deref().unwrap_or_default()).into_owned()
    };
    let (before, after) = match (&change.before, &change.after) {
        (before, Some(after)) => {
            let what = if before.is_none() { " (missing)" } else { "" };
            writeln!(output, "{BOLD}--- {path}{what}{BOLD:#}")?;
            writeln!(output, "{BOLD}+++ what codegen renders{BOLD:#}")?;
            (text(before), String::from_utf8_lossy(after).into_owned())
        }
        // The contents of a file that is no longer generated are of no interest.
        (_, None) => {
            return writeln!(output, "{BOLD}--- {path} is no longer generated{BOLD:#}");
        }
    };

    let diff = TextDiff::from_lines(&before, &after);
    let mut shown = 0;
    let mut left_out = 0;
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        if shown < LINES {
            writeln!(output, "{PLACE}{}{PLACE:#}", hunk.header())?;
        }
        for line in hunk.iter_changes() {
            if shown == LINES {
                left_out += 1;
                continue;
            }
            shown += 1;
            let (sign, style) = match line.tag() {
                ChangeTag::Delete => ('-', REMOVED),
                ChangeTag::Insert => ('+', ADDED),
                ChangeTag::Equal => (' ', Style::new()),
            };
            let text = line.value().trim_end_matches(['\n', '\r']);
            writeln!(output, "{style}{sign}{text}{style:#}")?;
        }
    }
    if left_out > 0 {
        writeln!(
            output,
            "{FAINT}… {left_out} more lines of this diff{FAINT:#}"
        )?;
    }
    Ok(())
}
