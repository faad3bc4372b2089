//! Renders the changes as text for a terminal.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use generator::{Class, Entry, Verdict, escape, grouped};

use super::Report;

const BOLD: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();
const CODE: Style = AnsiColor::Cyan.on_default();

pub(super) fn write(report: &Report<'_>, output: &mut dyn Write) -> io::Result<()> {
    let style = match report.changes.verdict {
        Verdict::Breaking => class_style(Class::Breaking),
        Verdict::Additive => class_style(Class::Additive),
        Verdict::Wire => class_style(Class::Wire),
        Verdict::Documentation | Verdict::None => Style::new(),
    };
    writeln!(
        output,
        "{FAINT}{} → {}{FAINT:#}",
        escape::line(report.old),
        escape::line(report.new)
    )?;
    writeln!(output, "{style}{}{style:#}", report.verdict())?;
    let counts = report.counts();
    if !counts.is_empty() {
        writeln!(output, "{counts}")?;
    }
    for (group, changes) in report.groups() {
        writeln!(output, "\n{BOLD}{group}{BOLD:#}")?;
        for entry in grouped(changes) {
            write_entry(&entry, output)?;
        }
    }
    let apart = &report.changes.undocumented;
    if !apart.is_empty() {
        writeln!(
            output,
            "\n{BOLD}undocumented{BOLD:#} {FAINT}(behind the feature `undocumented`, which promises nothing){FAINT:#}"
        )?;
        for entry in grouped(apart) {
            write_entry(&entry, output)?;
        }
    }
    Ok(())
}

fn write_entry(entry: &Entry<'_>, output: &mut dyn Write) -> io::Result<()> {
    let style = class_style(entry.class());
    let class = entry.class().to_string();
    write!(output, "  {style}{class:13}{style:#} ")?;
    let sentence = entry.sentence(|change| format!("`{}`", change.subject));
    let sentence = escape::line(&sentence);
    for (index, part) in sentence.split('`').enumerate() {
        if index % 2 == 1 {
            write!(output, "{CODE}{part}{CODE:#}")?;
        } else {
            write!(output, "{part}")?;
        }
    }
    let first = entry.first();
    let more = match entry.changes.len() {
        1 => String::new(),
        several => format!("  and {} more", several - 1),
    };
    writeln!(
        output,
        "\n  {FAINT}{:13} {}  {}{more}{FAINT:#}",
        "",
        first.rust,
        escape::line(&first.pointer)
    )
}

fn class_style(class: Class) -> Style {
    match class {
        Class::Breaking => AnsiColor::Red.on_default().bold(),
        Class::Additive => AnsiColor::Green.on_default(),
        Class::Deprecation => AnsiColor::Yellow.on_default(),
        Class::Wire => AnsiColor::Blue.on_default(),
        Class::Documentation => Style::new().dimmed(),
    }
}
