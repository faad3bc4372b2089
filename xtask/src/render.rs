//! Calls the generator for the commands.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use generator::{ClientName, Front};

use crate::referenced_files::ReferencedFiles;

/// A document as text, with the options for reading it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Input {
    /// JSON or YAML text.
    pub(crate) document: String,
    /// The name of the document in errors.
    pub(crate) name: String,
    /// Corrections to it.
    pub(crate) overlay: Option<Companion>,
    /// Names of its types.
    pub(crate) names: Option<Companion>,
    /// The files that the document may refer to, if it is a file itself.
    pub(crate) files: Option<ReferencedFiles>,
    /// The name of the client; `None` for a name from the document.
    pub(crate) client: Option<String>,
    /// True if unknown keywords are warnings, not errors.
    pub(crate) allow_unknown_keywords: bool,
    /// True if violations of OpenAPI are errors, not warnings.
    pub(crate) strict_document: bool,
    /// True if the conformance tests are rendered too.
    pub(crate) tests: bool,
}

/// A file that belongs to a document: an overlay, or names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Companion {
    /// JSON or YAML text.
    pub(crate) text: String,
    /// Its name in errors.
    pub(crate) name: String,
}

impl Companion {
    fn borrowed(&self) -> generator::Companion<'_> {
        generator::Companion {
            text: &self.text,
            name: &self.name,
        }
    }
}

/// The result of rendering a document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rendered {
    /// The files, by their path under `src/generated`.
    pub(crate) files: BTreeMap<PathBuf, String>,
    /// `examples.json`, which is under `src/generated` too.
    pub(crate) examples: String,
    /// The files of the conformance tests, by their path under `tests/conformance/generated`, if they were requested.
    pub(crate) tests: BTreeMap<PathBuf, String>,
    /// The lines between the two markers in the client's `Cargo.toml`.
    pub(crate) features: String,
    /// The name of the client.
    pub(crate) client: ClientName,
    /// README and front page of a client of another API than Seam's.
    pub(crate) front: Option<Front>,
    /// `API.md`.
    pub(crate) reference: String,
    /// `calls.html`.
    pub(crate) page: String,
    /// The lines between the two markers in the client's README.
    pub(crate) coverage: String,
    /// The text of `names.yaml` with new entries; `None` if there are none.
    pub(crate) names: Option<String>,
    /// The number of places in the document that the generator lost. Any is a fault of the generator.
    pub(crate) lost: usize,
    /// The keywords that the generator does not know.
    pub(crate) unknown: Vec<generator::UnknownKeyword>,
    /// A summary of the document and the client, as text.
    pub(crate) summary: String,
    /// The duration of each stage.
    pub(crate) stages: Vec<(&'static str, Duration)>,
}

impl Input {
    fn source(&self) -> generator::Source<'_> {
        generator::Source {
            document: &self.document,
            name: &self.name,
            overlay: self.overlay.as_ref().map(Companion::borrowed),
            names: self.names.as_ref().map(Companion::borrowed),
            client: self.client.as_deref(),
            files: self
                .files
                .as_ref()
                .map(|files| files as &dyn generator::Files),
        }
    }
}

/// Explains how something in `input` became Rust.
pub(crate) fn explain(input: &Input, what: &str) -> Result<Vec<generator::Explanation>> {
    Ok(generator::explain(&input.source(), what)?)
}

/// Compares two documents as callers see them. Unknown keywords and unneeded corrections are allowed.
pub(crate) fn compare(old: &Input, new: &Input) -> Result<generator::Changes> {
    let options = generator::Options {
        allow_unknown_keywords: true,
        allow_expired_corrections: true,
        ..generator::Options::default()
    };
    Ok(generator::compare(&old.source(), &new.source(), options)?)
}

/// Renders `input` in memory.
pub(crate) fn render(input: &Input) -> Result<Rendered> {
    let options = generator::Options {
        allow_unknown_keywords: input.allow_unknown_keywords,
        strict_document: input.strict_document,
        tests: input.tests,
        ..generator::Options::default()
    };
    let generated = generator::generate(&input.source(), options)?;
    Ok(Rendered {
        lost: generated.summary.coverage.lost.len(),
        summary: generated.summary.to_string(),
        unknown: generated.summary.keywords.unknown,
        stages: generated.summary.stages,
        files: generated.files,
        examples: generated.examples,
        tests: generated.tests,
        features: generated.features,
        client: generated.client,
        front: generated.front,
        reference: generated.reference,
        page: generated.page,
        coverage: generated.coverage,
        names: generated.names,
    })
}

/// Returns the model of a document.
pub(crate) fn model(input: &Input) -> Result<generator::model::Api> {
    let options = generator::Options {
        allow_unknown_keywords: input.allow_unknown_keywords,
        ..generator::Options::default()
    };
    Ok(generator::model(&input.source(), options)?)
}

/// Returns example JSON that `input` allows.
pub(crate) fn examples(input: &Input) -> Result<generator::examples::Examples> {
    Ok(generator::examples::Examples::read(&input.source())?)
}

/// Renders samples of documentation for the client of `input`.
pub(crate) fn samples(
    input: &Input,
    files: &[generator::samples::File<'_>],
) -> Result<generator::samples::Samples> {
    let options = generator::Options::default();
    Ok(generator::samples::render(&input.source(), options, files)?)
}
