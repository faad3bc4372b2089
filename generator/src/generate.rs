//! All stages from text to files, and how long each takes.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::dialect::Dialect;
use crate::document::Origins;
use crate::error::{Errors, Problem, Warning};
use crate::examples::Examples;
use crate::model::Api;
use crate::names::ClientName;
use crate::render::Front;
use crate::rust::Plan;
use crate::source::{Companion, Options, Source};
use crate::summary::Summary;
use crate::trace::{Coverage, Trace};
use crate::{document, lower, page, passes, reference, render, rust};

/// The files of a client.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Generated {
    /// The text of each file, by its path below `src/generated`.
    pub files: BTreeMap<PathBuf, String>,
    /// `examples.json`, below `src/generated` too: a whole value of each resource, for the tests of applications.
    pub examples: String,
    /// The text of each file of the tests that follow the document, by its path below `tests/conformance/generated`; none where
    /// they were not asked for.
    pub tests: BTreeMap<PathBuf, String>,
    /// The text of `names.yaml` with entries for structs that it does not list yet; nothing where it lists all.
    pub names: Option<String>,
    /// The lines that declare the features in the manifest.
    pub features: String,
    /// README and front page of a client whose vendor has no runtime of its own.
    pub front: Option<Front>,
    /// What the client is called.
    pub client: ClientName,
    /// `API.md`: every call, what it does and what it returns.
    pub reference: String,
    /// `calls.html`: every call beside the request that it sends, as a page that can be searched.
    pub page: String,
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
        origins,
        places,
        deliveries,
        names,
        untyped,
        components,
        connection,
    } = timed(&mut stages, "document", || document::read(source, options))?;
    let (mut lowered, client) = timed(&mut stages, "lower", || {
        lowered(
            lower::Input {
                document: &document,
                deliveries: &deliveries,
                dialect,
                names: &names,
                connection,
            },
            (warnings, &origins),
            source,
            options,
        )
    })?;
    let structs = std::mem::take(&mut lowered.structs);
    let (api, mut trace) = timed(&mut stages, "passes", || passes::run(lowered));
    let plan = Plan::new(&api, &client);
    plan.names.record(&mut trace);
    let entries = names.types.iter();
    let problems = rust::check_placement(
        &plan,
        entries.map(|named| (named.name.as_str(), named.pointer.as_str())),
    );
    if !problems.is_empty() {
        return Err(errors(source, problems));
    }
    let sources = timed(&mut stages, "render", || render::render(&plan))
        .map_err(|error| faulty_template(source, &error))?;
    let files = timed(&mut stages, "format", || {
        render::format_all(&api, sources, source.name)
    })?;
    let tests = match untyped {
        None => BTreeMap::new(),
        Some(untyped) => timed(&mut stages, "tests", || {
            let examples = Examples::new(untyped, dialect);
            let sources = render::conformance_files(&plan, &examples)
                .map_err(|error| faulty_template(source, &error))?;
            render::format_all(&api, sources, source.name)
        })?,
    };
    let front = render::front(&plan).map_err(|error| faulty_template(source, &error))?;
    let page = timed(&mut stages, "page", || page::page(&plan))
        .map_err(|error| faulty_template(source, &error))?;
    let features = render::features(&plan);
    let coverage = timed(&mut stages, "coverage", || {
        Coverage::of(&places, &trace, &api)
    });
    let mut summary = Summary::of(&api, &files, (keywords, coverage), stages);
    summary.names = structs.remarks;
    let unfixed = |names: &Companion<'_>| {
        (!structs.unfixed.is_empty()).then(|| document::with_structs(names.text, &structs.unfixed))
    };
    Ok(Generated {
        names: source.names.as_ref().and_then(unfixed),
        files,
        examples: render::whole(&plan, &Examples::of_components(components, dialect)),
        tests,
        features,
        front,
        page,
        client: client.clone(),
        reference: reference::page(&plan),
        coverage: reference::coverage(&plan),
        summary,
    })
}

/// Returns the model of a document, from which its client is planned.
///
/// # Errors
///
/// All problems that were found, as by [`generate`].
pub fn model(source: &Source<'_>, options: Options) -> Result<Api, Errors> {
    model_with_trace(source, options).map(|model| model.api)
}

/// The model of a document, the name of its client, and the trace.
pub(crate) struct Model {
    pub(crate) api: Api,
    pub(crate) client: ClientName,
    pub(crate) trace: Trace,
}

/// Returns the model of a document, with its trace.
pub(crate) fn model_with_trace(source: &Source<'_>, options: Options) -> Result<Model, Errors> {
    let document::Read {
        document,
        deliveries,
        dialect,
        names,
        warnings,
        origins,
        connection,
        ..
    } = document::read(source, options)?;
    let (lowered, client) = lowered(
        lower::Input {
            document: &document,
            deliveries: &deliveries,
            dialect,
            names: &names,
            connection,
        },
        (warnings, &origins),
        source,
        options,
    )?;
    let (api, mut trace) = passes::run(lowered);
    trace.origins = origins;
    Ok(Model { api, client, trace })
}

/// Returns the lowered document, with a list of warnings where it departs from OpenAPI, or the reasons why there is no model.
fn lowered(
    mut input: lower::Input<'_>,
    (mut warnings, origins): (Vec<Warning>, &Origins),
    source: &Source<'_>,
    options: Options,
) -> Result<(lower::Lowered, ClientName), Errors> {
    let client = client(source, input.dialect, &input.document.info.title)?;
    warnings.append(&mut input.connection.warnings);
    let mut lowered = lower::lower(input, source.name).map_err(|mut errors| {
        origins.name_in(&mut errors.problems);
        errors
    })?;
    let all = &mut lowered.api.warnings;
    all.splice(0..0, warnings);
    origins.name_in_warnings(all);
    if options.strict_document && !all.is_empty() {
        let problems = std::mem::take(all).into_iter().map(Warning::into_problem);
        return Err(Errors {
            document: source.name.to_owned(),
            problems: problems.collect(),
        });
    }
    Ok((lowered, client))
}

/// What the client is called: as the source says, as its vendor does, or by the title of the document.
fn client(source: &Source<'_>, dialect: &dyn Dialect, title: &str) -> Result<ClientName, Errors> {
    let Some(name) = source.client.or(dialect.client()) else {
        return Ok(ClientName::of_title(title));
    };
    let chosen = ClientName::chosen(name).map(|chosen| match dialect.client() {
        // The runtime of a vendor has its name; only the package may be called otherwise.
        Some(vendor) => chosen.of_package(vendor),
        None => chosen,
    });
    chosen.ok_or_else(|| {
        let problem = Problem {
            pointer: String::new(),
            found: format!("the name {name:?} for the client"),
            expected: "a name that a crate can have, and that none has which the client uses"
                .to_owned(),
            advice:
                "Use letters, digits, `-` and `_`, a letter first, such as `acme` or `acme-client`."
                    .to_owned(),
        };
        Errors::one(source.name, problem)
    })
}

fn errors(source: &Source<'_>, problems: Vec<Problem>) -> Errors {
    Errors {
        document: source.name.to_owned(),
        problems,
    }
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
