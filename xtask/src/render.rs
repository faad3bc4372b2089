//! The seam between the commands and the generator: the only module that calls it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;

/// A document, as its file holds it.
#[derive(Debug, Clone)]
pub(crate) struct Input {
    /// JSON or YAML text.
    pub(crate) document: String,
    /// What errors call the document.
    pub(crate) name: String,
}

/// What a document becomes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rendered {
    /// The files, by their path under `src/generated`.
    pub(crate) files: BTreeMap<PathBuf, String>,
    /// The lines between the two markers in the client's `Cargo.toml`.
    pub(crate) features: String,
    /// What was read and what was emitted, for people.
    pub(crate) summary: String,
    /// How long each stage took.
    pub(crate) stages: Vec<(&'static str, Duration)>,
}

/// Renders `input`; nothing is written.
pub(crate) fn render(input: &Input) -> Result<Rendered> {
    let source = generator::Source {
        document: &input.document,
        name: &input.name,
    };
    let generated = generator::generate(&source)?;
    Ok(Rendered {
        summary: generated.summary.to_string(),
        stages: generated.summary.stages,
        files: generated.files,
        features: generated.features,
    })
}
