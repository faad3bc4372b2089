//! For a terminal.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use generator::{Change, Class, Verdict};

use super::Report;

const BOLD: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();
const CODE: Style = AnsiColor::Cyan.on_default();

pub(super) fn write(report: &Report<'_>, output: &mut dyn Write) -> io::Result<()> {
    let style = match report.changes.verdict {
        Verdict::Breaking => class_style(Class::Breaking),
        Verdict::Additive => class_style(Class::Additive),
        Verdict::Documentation | Verdict::None => Style::new(),
    };
    writeln!(output, "{FAINT}{} → {}{FAINT:#}", report.old, report.new)?;
    writeln!(output, "{style}{}{style:#}", report.verdict())?;
    let counts = report.counts();
    if !counts.is_empty() {
        writeln!(output, "{counts}")?;
    }
    for (group, changes) in report.groups() {
        writeln!(output, "\n{BOLD}{group}{BOLD:#}")?;
        for change in changes {
            one(change, output)?;
        }
    }
    let apart = &report.changes.undocumented;
    if !apart.is_empty() {
        writeln!(
            output,
            "\n{BOLD}undocumented{BOLD:#} {FAINT}(behind the feature `undocumented`, which promises nothing){FAINT:#}"
        )?;
        for change in apart {
            one(change, output)?;
        }
    }
    Ok(())
}

fn one(change: &Change, output: &mut dyn Write) -> io::Result<()> {
    let style = class_style(change.class);
    let class = change.class.to_string();
    write!(output, "  {style}{class:13}{style:#} ")?;
    for (index, part) in change.sentence.split('`').enumerate() {
        if index % 2 == 1 {
            write!(output, "{CODE}{part}{CODE:#}")?;
        } else {
            write!(output, "{part}")?;
        }
    }
    writeln!(
        output,
        "\n  {FAINT}{:13} {}  {}{FAINT:#}",
        "", change.rust, change.pointer
    )
}

fn class_style(class: Class) -> Style {
    match class {
        Class::Breaking => AnsiColor::Red.on_default().bold(),
        Class::Additive => AnsiColor::Green.on_default(),
        Class::Deprecation => AnsiColor::Yellow.on_default(),
        Class::Documentation => Style::new().dimmed(),
    }
}
