//! The generator, as the commands call it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use generator::{ClientName, Front};

use crate::beside::Beside;

/// A document, as its file holds it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Input {
    /// JSON or YAML text.
    pub(crate) document: String,
    /// The name of the document in errors.
    pub(crate) name: String,
    /// Corrections to it.
    pub(crate) overlay: Option<Companion>,
    /// Names for its types.
    pub(crate) names: Option<Companion>,
    /// The files beside it, where it is a file that may refer to others.
    pub(crate) files: Option<Beside>,
    /// What the client is called; otherwise its name follows from the document.
    pub(crate) client: Option<String>,
    /// Whether keywords that nobody has accounted for are only warned about.
    pub(crate) allow_unknown_keywords: bool,
    /// Whether what is not as OpenAPI has it is an error.
    pub(crate) strict_document: bool,
    /// Whether the tests that follow the document are wanted.
    pub(crate) tests: bool,
}

/// A file beside a document: corrections, or names.
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

/// The files that a document is rendered to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rendered {
    /// The files, by their path under `src/generated`.
    pub(crate) files: BTreeMap<PathBuf, String>,
    /// `examples.json`, which lies under `src/generated` too.
    pub(crate) examples: String,
    /// The files of the tests, by their path under `tests/conformance/generated`, where they are wanted.
    pub(crate) tests: BTreeMap<PathBuf, String>,
    /// The lines between the two markers in the client's `Cargo.toml`.
    pub(crate) features: String,
    /// What the client is called.
    pub(crate) client: ClientName,
    /// README and front page of a client whose vendor has no runtime of its own.
    pub(crate) front: Option<Front>,
    /// `API.md`.
    pub(crate) reference: String,
    /// `calls.html`.
    pub(crate) page: String,
    /// The lines between the two markers in the client's README.
    pub(crate) coverage: String,
    /// The text of `names.yaml` with what it does not list yet; nothing where it lists all.
    pub(crate) names: Option<String>,
    /// How many places of the document were lost on the way, which is a fault of the generator.
    pub(crate) lost: usize,
    /// The keywords that the generator does not know.
    pub(crate) unknown: Vec<generator::UnknownKeyword>,
    /// A summary of the document and the client, for people.
    pub(crate) summary: String,
    /// How long each stage took.
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

/// Compares two documents by what callers see. Unknown keywords, and corrections that a document does not need, are allowed.
pub(crate) fn compare(old: &Input, new: &Input) -> Result<generator::Changes> {
    let options = generator::Options {
        allow_unknown_keywords: true,
        allow_expired_corrections: true,
        ..generator::Options::default()
    };
    Ok(generator::compare(&old.source(), &new.source(), options)?)
}

/// Renders `input`; nothing is written.
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

/// The model of a document.
pub(crate) fn model(input: &Input) -> Result<generator::model::Api> {
    let options = generator::Options {
        allow_unknown_keywords: input.allow_unknown_keywords,
        ..generator::Options::default()
    };
    Ok(generator::model(&input.source(), options)?)
}

/// JSON that `input` allows.
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
