//! The whole way, and how long each stage takes.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use openapiv3::OpenAPI;

use crate::dialect::Dialect;
use crate::error::{Errors, Problem, Warning};
use crate::model::Api;
use crate::summary::Summary;
use crate::trace::{Coverage, Trace};
use crate::{document, lower, passes, reference, render};

/// A document to render.
#[derive(Debug, Clone, Copy, Default)]
pub struct Source<'a> {
    /// JSON or YAML.
    pub document: &'a str,
    /// What errors call it.
    pub name: &'a str,
    /// Corrections to the document, applied before anything else.
    pub overlay: Option<Companion<'a>>,
    /// Names for types that their places name badly, and places that share one type.
    pub names: Option<Companion<'a>>,
}

/// A file beside a document: corrections (OpenAPI Overlay 1.0), or names.
#[derive(Debug, Clone, Copy)]
pub struct Companion<'a> {
    /// JSON or YAML.
    pub text: &'a str,
    /// What errors call it.
    pub name: &'a str,
}

/// How strictly a document is read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Keywords that nobody has accounted for are counted and left out, instead of being errors.
    pub allow_unknown_keywords: bool,
    /// Corrections that the document does not need are left out, instead of being errors.
    pub allow_expired_corrections: bool,
    /// Whatever is not as OpenAPI has it is an error, instead of a warning.
    pub strict_document: bool,
    /// Render the tests that follow the document too.
    pub tests: bool,
}

/// What came of a document.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Generated {
    /// The text of each file, by its path below `src/generated`.
    pub files: BTreeMap<PathBuf, String>,
    /// The text of each file of the tests that follow the document, by its path below `tests/proof/generated`; none where
    /// they were not asked for.
    pub tests: BTreeMap<PathBuf, String>,
    /// The lines that declare the features in the manifest.
    pub features: String,
    /// `API.md`: every call, what it does and what it returns.
    pub reference: String,
    /// A table of how many calls there are, for a README.
    pub coverage: String,
    /// What was read and what was emitted.
    pub summary: Summary,
}

/// Renders a document.
///
/// # Errors
///
/// All problems that were found, each with its place in the document, when it cannot be rendered.
pub fn generate(source: &Source<'_>, options: Options) -> Result<Generated, Errors> {
    let mut stages = Vec::new();
    let document::Read {
        document,
        dialect,
        keywords,
        warnings,
        places,
        names,
        examples,
    } = timed(&mut stages, "document", || document::read(source, options))?;
    let lowered = timed(&mut stages, "lower", || {
        lowered(&document, dialect, &names, warnings, source.name, options)
    })?;
    let (api, trace) = timed(&mut stages, "passes", || passes::run(lowered));
    let sources = timed(&mut stages, "render", || render::render(&api))
        .map_err(|error| faulty_template(source, &error))?;
    let files = timed(&mut stages, "format", || {
        render::format_all(sources, source.name)
    })?;
    let tests = match examples {
        None => BTreeMap::new(),
        Some(examples) => timed(&mut stages, "tests", || {
            let sources = render::proof_files(&api, &examples)
                .map_err(|error| faulty_template(source, &error))?;
            render::format_all(sources, source.name)
        })?,
    };
    let features = render::features(&api);
    let coverage = timed(&mut stages, "coverage", || {
        Coverage::of(&places, &trace, &api)
    });
    let summary = Summary::of(&api, &files, (keywords, coverage), stages);
    Ok(Generated {
        files,
        tests,
        features,
        reference: reference::page(&api),
        coverage: reference::coverage(&api),
        summary,
    })
}

/// What a document means: the model that its client is rendered from.
///
/// # Errors
///
/// All problems that were found, as by [`generate`].
pub fn model(source: &Source<'_>, options: Options) -> Result<Api, Errors> {
    model_with_trace(source, options).map(|(api, _)| api)
}

/// What a document means, and what became of each of its places.
pub(crate) fn model_with_trace(
    source: &Source<'_>,
    options: Options,
) -> Result<(Api, Trace), Errors> {
    let document::Read {
        document,
        dialect,
        names,
        warnings,
        ..
    } = document::read(source, options)?;
    let lowered = lowered(&document, dialect, &names, warnings, source.name, options)?;
    Ok(passes::run(lowered))
}

/// What a document means, with all that is not as OpenAPI has it: a list of warnings, or the reason why there is no model.
fn lowered(
    document: &OpenAPI,
    dialect: &'static dyn Dialect,
    names: &document::Names,
    warnings: Vec<Warning>,
    name: &str,
    options: Options,
) -> Result<lower::Lowered, Errors> {
    let mut lowered = lower::lower(document, dialect, names, name)?;
    let all = &mut lowered.api.warnings;
    all.splice(0..0, warnings);
    if options.strict_document && !all.is_empty() {
        let problems = std::mem::take(all).into_iter().map(Warning::into_problem);
        return Err(Errors {
            document: name.to_owned(),
            problems: problems.collect(),
        });
    }
    Ok(lowered)
}

fn faulty_template(source: &Source<'_>, error: &askama::Error) -> Errors {
    Errors::one(
        source.name,
        Problem {
            pointer: String::new(),
            found: error.to_string(),
            expected: "templates that render".to_owned(),
            advice: "This is a fault of the templates.".to_owned(),
        },
    )
}

fn timed<T>(
    stages: &mut Vec<(&'static str, Duration)>,
    name: &'static str,
    run: impl FnOnce() -> T,
) -> T {
    let start = Instant::now();
    let result = run();
    stages.push((name, start.elapsed()));
    result
}
