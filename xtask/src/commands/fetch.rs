//! `cargo xtask fetch`: gets a document, checks it, and pins it.

mod document;
mod http;
mod literal;
mod npm;
mod pinned;
mod progress;
mod source;
#[cfg(test)]
mod tests;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::outcome::Outcome;
use crate::render::Input;
use crate::repo::{Repo, shown};
use document::Document;
use http::Limits;
use pinned::Pinned;
use source::{Answer, Source};

/// Where Seam publishes its document.
pub(crate) const SEAM: &str = "https://connect.getseam.com/openapi.json";

/// Download or copy a document and pin it in spec/
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A URL, a file, or npm:NAME@VERSION such as npm:@seamapi/types@1.977.0
    #[arg(long, value_name = "SOURCE", default_value = SEAM)]
    from: String,
    /// The time limit of a download
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    timeout: u64,
    /// The folder of the pinned document
    #[arg(long, value_name = "DIR", hide = true)]
    spec_dir: Option<PathBuf>,
}

/// Returns the release of the pinned document if it is known.
pub(crate) fn pinned_version(repo: &Repo) -> Result<Option<String>> {
    let pinned = Pinned::read(&repo.spec())?;
    Ok(pinned.version().map(str::to_owned))
}

/// The result of getting a document.
#[derive(Debug)]
pub(crate) enum Obtained {
    /// The document is the pinned one.
    Pinned,
    New(Box<Fetched>),
}

/// A document that is not the pinned one.
#[derive(Debug)]
pub(crate) struct Fetched {
    /// The name of the document in messages.
    pub(crate) name: String,
    /// The name of the pinned document in messages, if it is known.
    pub(crate) before: Option<String>,
    /// JSON.
    pub(crate) document: String,
    /// The files that pin the document, by their path in `spec`.
    pub(crate) files: Vec<(PathBuf, Vec<u8>)>,
}

/// Gets a document and checks it, but does not pin it.
pub(crate) fn obtain(from: &str, spec: &Path, time: Duration) -> Result<Obtained> {
    let source: Source = from.parse()?;
    let limits = Limits {
        time,
        ..Limits::default()
    };
    let pinned = Pinned::read(spec)?;
    let Answer::Retrieved(retrieved) = source.retrieve(pinned.etag_of(&source), limits)? else {
        return Ok(Obtained::Pinned);
    };
    let document = Document::read(&retrieved.text, retrieved.format)?;
    if pinned.has_same_contents(&document, retrieved.licence.as_deref()) {
        return Ok(Obtained::Pinned);
    }
    let files = Pinned::files(&document, &retrieved)?.into_iter();
    Ok(Obtained::New(Box::new(Fetched {
        name: pinned::named(&retrieved.origin.record(), document.version.as_deref()),
        before: pinned.origin(),
        files: files
            .map(|(name, contents)| (name.into(), contents))
            .collect(),
        document: document.json,
    })))
}

/// Pins the document of a source, as `fetch` does.
#[cfg(test)]
pub(crate) fn pin(from: &str, spec: &Path) -> Result<()> {
    fetch(&from.parse()?, spec, Limits::default(), &mut Vec::new())
}

/// Reads the document of a URL, a file or a package, but does not pin it.
pub(crate) fn read(from: &str) -> Result<Input> {
    let source: Source = from.parse()?;
    let retrieved = match source.retrieve(None, Limits::default())? {
        Answer::Retrieved(retrieved) => retrieved,
        Answer::NotModified => {
            bail!("{source} answered `304 Not Modified` to a request without an entity tag")
        }
    };
    Ok(Input {
        document: Document::read(&retrieved.text, retrieved.format)?.json,
        name: retrieved.origin.to_string(),
        ..Input::default()
    })
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let spec = match &args.spec_dir {
        Some(dir) => dir.clone(),
        None => Repo::find()?.spec(),
    };
    let limits = Limits {
        time: Duration::from_secs(args.timeout),
        ..Limits::default()
    };
    fetch(&args.from.parse()?, &spec, limits, &mut anstream::stdout())?;
    Ok(Outcome::Good)
}

fn fetch(source: &Source, spec: &Path, limits: Limits, output: &mut dyn Write) -> Result<()> {
    fetch_and_pin(source, spec, limits, output)
        .with_context(|| format!("{source} was not fetched; {} is as it was", shown(spec)))
}

fn fetch_and_pin(
    source: &Source,
    spec: &Path,
    limits: Limits,
    output: &mut dyn Write,
) -> Result<()> {
    let pinned = Pinned::read(spec)?;
    let retrieved = match source.retrieve(pinned.etag_of(source), limits)? {
        Answer::NotModified => {
            writeln!(
                output,
                "unchanged: {source} says that its document is the pinned one"
            )?;
            return Ok(());
        }
        Answer::Retrieved(retrieved) => retrieved,
    };
    let document = Document::read(&retrieved.text, retrieved.format)?;
    if pinned.has_same_contents(&document, retrieved.licence.as_deref()) {
        writeln!(
            output,
            "unchanged: the document of {} is the pinned one",
            retrieved.origin
        )?;
        return Ok(());
    }
    pinned.replace(&document, &retrieved)?;
    writeln!(
        output,
        "fetched {}: OpenAPI {}, {} paths, {} bytes, into {}",
        retrieved.origin,
        document.openapi,
        document.paths,
        document.json.len(),
        shown(spec)
    )?;
    if let Some(before) = pinned.version() {
        writeln!(output, "before: {before}")?;
    }
    writeln!(output, "next: cargo xtask codegen")?;
    Ok(())
}
