//! `cargo xtask diff`: compares two documents, as callers of the client see them.

mod html;
mod markdown;
mod report;
mod revision;
mod text;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use generator::Verdict;

use crate::commands::codegen;
use crate::commands::fetch;
use crate::outcome::Outcome;
use crate::render::{Input, compare};
use crate::repo::Repo;

pub(crate) use markdown::{calls_before_and_after, page as markdown, subject};
pub(crate) use report::Report;

/// Say what changed between two documents for callers of the client, and whether it breaks them
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 when both documents were compared; 1 when the verdict is as --fail-on says, or \
    worse; 2 when something went wrong."
)]
pub(crate) struct Args {
    /// A file, a URL, npm:NAME@VERSION or a git revision of spec/openapi.json [default: HEAD]
    old: Option<String>,
    /// Like OLD [default: spec/openapi.json in the working tree]
    new: Option<String>,
    /// The format of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Exit with 1 if the verdict is this or worse
    #[arg(long, value_enum, value_name = "VERDICT")]
    fail_on: Option<Threshold>,
    /// Write the output to this file instead of the terminal
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    /// For a terminal, by namespace
    Text,
    /// For a pull request
    Markdown,
    /// For programs: {"verdict": …, "changes": […]}
    Json,
    /// One self-contained page for a reviewer
    Html,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Threshold {
    /// Some programs have to be changed
    Breaking,
    /// Something was added
    Additive,
    /// Something is sent differently; programs stay as they are
    Wire,
    /// Only descriptions have changed
    Documentation,
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let repo = Repo::find()?;
    let old = document(&repo, args.old.as_deref().unwrap_or("HEAD"))?;
    let new = match &args.new {
        Some(new) => document(&repo, new)?,
        None => codegen::pinned(&repo)?,
    };
    let changes = compare(&old, &new)?;
    let report = Report {
        old: &old.name,
        new: &new.name,
        changes: &changes,
    };
    show(&report, args)?;
    let worst = args.fail_on.map(|threshold| match threshold {
        Threshold::Breaking => Verdict::Breaking,
        Threshold::Additive => Verdict::Additive,
        Threshold::Wire => Verdict::Wire,
        Threshold::Documentation => Verdict::Documentation,
    });
    Ok(match worst {
        Some(worst) if changes.verdict >= worst => Outcome::Bad,
        _ => Outcome::Good,
    })
}

fn show(report: &Report<'_>, args: &Args) -> Result<()> {
    let mut shown = Vec::new();
    match args.format {
        Format::Text => text::write(report, &mut shown)?,
        Format::Markdown => shown.extend(markdown::page(report).into_bytes()),
        Format::Json => {
            serde_json::to_writer_pretty(&mut shown, report)?;
            shown.push(b'\n');
        }
        Format::Html => shown.extend(html::page(report).into_bytes()),
    }
    match &args.output {
        None => anstream::stdout().write_all(&shown)?,
        Some(path) => {
            let mut plain = anstream::StripStream::new(Vec::new());
            plain.write_all(&shown)?;
            fs::write(path, plain.into_inner())
                .with_context(|| format!("{} cannot be written", path.display()))?;
        }
    }
    Ok(())
}

/// Reads a document by its name on the command line. A file is preferred to a revision of the same name.
fn document(repo: &Repo, name: &str) -> Result<Input> {
    let is_elsewhere = name.starts_with("npm:") || name.contains("://");
    let is_file = !is_elsewhere && Path::new(name).is_file();
    if !is_elsewhere && !is_file && revision::is_revision(repo, name)? {
        return revision::document(repo, name);
    }
    let read = match is_file {
        true => codegen::other(Path::new(name), None, None),
        false => fetch::read(name),
    };
    let read = read.with_context(|| {
        if is_elsewhere {
            format!("the document of {name} cannot be read")
        } else {
            format!("{name} is neither a document nor a revision of this repository")
        }
    })?;
    Ok(Input {
        name: name.to_owned(),
        overlay: codegen::companion(repo, codegen::OVERLAY)?,
        names: codegen::companion(repo, codegen::NAMES)?,
        ..read
    })
}
