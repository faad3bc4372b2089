//! `cargo xtask diff`: what the step from one document to another means to callers of the client.

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

pub(crate) use markdown::{page as markdown, rewritten, subject};
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
    /// The same [default: spec/openapi.json as it is now]
    new: Option<String>,
    /// How to say it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Exit with 1 when the verdict is this, or worse
    #[arg(long, value_enum, value_name = "VERDICT")]
    fail_on: Option<Threshold>,
    /// Where to write it, instead of the terminal
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
    /// One page for a reviewer, complete in itself
    Html,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Threshold {
    /// Some program has to be changed
    Breaking,
    /// There is more than there was
    Additive,
    /// Something is sent otherwise; programs stay as they are
    Wire,
    /// The words have changed
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

/// A document by what a caller calls it. A file goes before a revision of the same name.
fn document(repo: &Repo, called: &str) -> Result<Input> {
    let is_elsewhere = called.starts_with("npm:") || called.contains("://");
    let is_file = !is_elsewhere && Path::new(called).is_file();
    if !is_elsewhere && !is_file && revision::is_one(repo, called)? {
        return revision::document(repo, called);
    }
    let read = match is_file {
        true => codegen::other(Path::new(called), None, None),
        false => fetch::read(called),
    };
    let read = read.with_context(|| {
        if is_elsewhere {
            format!("the document of {called} cannot be had")
        } else {
            format!("{called} is no revision of this repository, and no document either")
        }
    })?;
    Ok(Input {
        name: called.to_owned(),
        overlay: codegen::companion(repo, codegen::OVERLAY)?,
        names: codegen::companion(repo, codegen::NAMES)?,
        ..read
    })
}
