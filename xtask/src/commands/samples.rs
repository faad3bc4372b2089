//! `cargo xtask samples`: renders the samples of Seam's documentation as Rust, and tests them.

mod program;
mod server;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use generator::samples::{File, Mismatch, Sample, markdown};
use serde_json::{Value, json};

use super::codegen;
use crate::files;
use crate::outcome::Outcome;
use crate::render;
use crate::repo::{Repo, counted};

/// The language and the client, as the generator of the documentation calls them.
const LANG: &str = "rust";
const LABEL: &str = "Seam SDK";

/// Render the samples of Seam's documentation as Rust, compile them, send each, and read its reply
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder of the samples: YAML files, each a list
    dir: PathBuf,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Markdown)]
    format: Format,
    /// Write the mismatches with the document to this file, one JSON object per line; by default they are printed to stderr
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    /// A list of objects: file, title, path, lang, label, source
    Json,
    /// A page for people
    Markdown,
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let repo = Repo::find()?;
    let texts = texts(&args.dir)?;
    let files: Vec<File<'_>> = texts
        .iter()
        .map(|(name, text)| File { name, text })
        .collect();
    let mut samples = render::samples(&codegen::pinned(&repo)?, &files)?;
    program::run(&repo, &mut samples)?;

    let printed = match args.format {
        Format::Json => format!("{:#}\n", to_json(&samples.samples)),
        Format::Markdown => markdown(&samples),
    };
    anstream::stdout().write_all(printed.as_bytes())?;
    report(args, &samples.mismatches)?;
    anstream::eprintln!(
        "{}, {} that {} not fit the document",
        counted(samples.samples.len(), "sample") + " written as Rust",
        counted(samples.mismatches.len(), "place"),
        if samples.mismatches.len() == 1 {
            "does"
        } else {
            "do"
        },
    );
    Ok(match samples.unreadable {
        0 => Outcome::Good,
        _ => Outcome::Bad,
    })
}

/// Reads the files of samples, with their path below the folder.
fn texts(dir: &Path) -> Result<Vec<(String, String)>> {
    let is_sample = |path: &PathBuf| {
        let extension = path.extension().and_then(|extension| extension.to_str());
        matches!(extension, Some("yaml" | "yml" | "json"))
    };
    ensure!(dir.is_dir(), "{} is not a folder", dir.display());
    let mut paths = files::list(dir, Path::new(""))?;
    paths.retain(is_sample);
    paths.sort();
    ensure!(
        !paths.is_empty(),
        "{} has no file that ends in .yaml, .yml or .json",
        dir.display()
    );
    let read = |path: PathBuf| -> Result<(String, String)> {
        let bytes = fs::read(dir.join(&path))
            .with_context(|| format!("{} cannot be read", dir.join(&path).display()))?;
        let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
        Ok((
            parts.join("/"),
            String::from_utf8_lossy(&bytes).into_owned(),
        ))
    };
    paths.into_iter().map(read).collect()
}

/// Returns the samples in the format of the documentation's generator, each with its operation.
fn to_json(samples: &[Sample]) -> Value {
    let entries = samples.iter().map(|sample| {
        json!({
            "file": sample.file,
            "title": sample.title,
            "path": sample.path,
            "lang": LANG,
            "label": LABEL,
            "source": sample.source(),
        })
    });
    entries.collect()
}

/// Reports the mismatches.
fn report(args: &Args, mismatches: &[Mismatch]) -> Result<()> {
    let Some(path) = &args.report else {
        for mismatch in mismatches {
            let title = mismatch.title.as_deref().unwrap_or("no title");
            let (file, pointer, problem) = (&mismatch.file, &mismatch.pointer, &mismatch.problem);
            anstream::eprintln!("{file}: {title}: {pointer}: {problem}");
        }
        return Ok(());
    };
    let mut lines = String::new();
    for mismatch in mismatches {
        lines.push_str(&serde_json::to_string(mismatch)?);
        lines.push('\n');
    }
    fs::write(path, lines).with_context(|| format!("{} cannot be written", path.display()))
}
