//! `cargo xtask codegen`: renders a document as Rust.

mod diff;
mod manifest;
mod marked;
mod own_files;
mod plan;
mod runtime;
mod standalone;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use generator::ClientName;

use crate::files;
use crate::outcome::Outcome;
use crate::referenced_files::ReferencedFiles;
use crate::render::{Companion, Input, Rendered, render};
use crate::repo::{Repo, shown};
use plan::{Desired, Plan};

/// The folder of the generated files in a crate. No other files may be in it.
const GENERATED: &str = "src/generated";
/// The folder of the tests that are generated from the document.
const GENERATED_TESTS: &str = "tests/conformance/generated";
/// The example values for tests, in the folder of the generated files.
const EXAMPLES: &str = "examples.json";
/// The reference of all calls.
const REFERENCE: &str = "API.md";
/// The reference of all calls as a page with a search field.
const PAGE: &str = "calls.html";
const README: &str = "README.md";

/// Render the pinned document into the client
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Args {
    /// Change nothing; show the files that differ from what codegen renders, and exit with 1 if there are any
    #[arg(long)]
    check: bool,
    /// Render another document than the pinned one: JSON or YAML, which may refer to files in its folder and below; needs --out
    #[arg(long, value_name = "PATH")]
    spec: Option<PathBuf>,
    /// Write a complete crate into this folder, and change nothing in the repository
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The name of the crate of --out, such as acme-client; by default it is made from the document's title
    #[arg(long, value_name = "NAME", requires = "out", value_parser = parse_crate_name)]
    name: Option<String>,
    /// Corrections to the document of --spec, OpenAPI Overlay 1.0; the pinned one has spec/overlay.yaml
    #[arg(long, value_name = "PATH", requires = "spec")]
    overlay: Option<PathBuf>,
    /// Names for the types of --spec; the pinned document has spec/names.yaml
    #[arg(long, value_name = "PATH", requires = "spec")]
    names: Option<PathBuf>,
    /// Warn about keywords that the generator does not know, instead of failing
    #[arg(long)]
    allow_unknown_keywords: bool,
    /// Fail if the document does not follow OpenAPI, instead of warning
    #[arg(long)]
    strict_document: bool,
}

/// Parses the name of a crate.
fn parse_crate_name(name: &str) -> std::result::Result<String, &'static str> {
    match ClientName::chosen(name) {
        Some(_) => Ok(name.to_owned()),
        None => Err(
            "use letters, digits, `-` and `_`, and start with a letter, such as `acme-client`; the name of a crate that the client uses is not allowed",
        ),
    }
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    codegen(&Repo::find()?, args, render, &mut anstream::stdout())
}

fn codegen(
    repo: &Repo,
    args: &Args,
    render: impl FnOnce(&Input) -> Result<Rendered>,
    output: &mut dyn Write,
) -> Result<Outcome> {
    let started = Instant::now();
    let mut input = match (&args.spec, &args.out) {
        (None, _) => pinned(repo)?,
        (Some(path), Some(_)) => other(path, args.overlay.as_deref(), args.names.as_deref())?,
        (Some(path), None) => bail!(
            "--spec {} needs --out DIR: the client in this repository is only ever made from the pinned document. \
             To pin this one, run `cargo xtask fetch --from {0}`",
            path.display()
        ),
    };
    input.client.clone_from(&args.name);
    input.allow_unknown_keywords = args.allow_unknown_keywords;
    input.strict_document = args.strict_document;
    if let Some(out) = &args.out {
        standalone::check_folder(repo, out)?;
    }

    let rendered = render(&input)?;
    let writing = Instant::now();
    let desired = match &args.out {
        None => in_place(repo, &rendered)?,
        Some(out) => standalone::desired(repo, out, &rendered)?,
    };
    let plan = Plan::compare_with_disk(desired)?;

    if args.check {
        return Ok(outcome_of(&rendered, check(&plan, args, output)?));
    }
    plan.apply()?;
    summarize(
        &rendered,
        &plan,
        writing.elapsed(),
        started.elapsed(),
        output,
    )?;
    Ok(outcome_of(&rendered, Outcome::Good))
}

/// Returns a failure if the generator lost parts of the document, which is a fault of the generator.
fn outcome_of(rendered: &Rendered, outcome: Outcome) -> Outcome {
    if rendered.lost == 0 {
        outcome
    } else {
        Outcome::Bad
    }
}

/// Files in the repository with their new contents; `None` for a file that is removed.
pub(crate) type Files = Vec<(PathBuf, Option<Vec<u8>>)>;

/// Returns how the repository would change if `input` were the pinned document.
pub(crate) fn plan_for(repo: &Repo, input: &Input) -> Result<(Rendered, Files)> {
    let rendered = render(input)?;
    let plan = Plan::compare_with_disk(in_place(repo, &rendered)?)?;
    let root = plan
        .root
        .strip_prefix(repo.root())
        .context("the client lies outside of its repository")?;
    let changes = plan.changes.iter();
    let changes = changes.map(|change| (root.join(&change.path), change.after.clone()));
    let named = |text: String| (Path::new("spec").join(NAMES), Some(text.into_bytes()));
    let files = changes.chain(rendered.names.clone().map(named)).collect();
    Ok((rendered, files))
}

/// Writes a complete crate for a document into `dir`, as `--spec --out` does, and returns what was rendered.
pub(crate) fn write_standalone_crate(repo: &Repo, input: &Input, dir: &Path) -> Result<Rendered> {
    standalone::check_folder(repo, dir)?;
    let rendered = render(input)?;
    Plan::compare_with_disk(standalone::desired(repo, dir, &rendered)?)?.apply()?;
    Ok(rendered)
}

/// Returns the pinned document and its corrections.
pub(crate) fn pinned(repo: &Repo) -> Result<Input> {
    let path = repo.spec().join("openapi.json");
    let document = match fs::read_to_string(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            bail!(
                "there is no pinned document, spec/openapi.json. `cargo xtask fetch` downloads one"
            )
        }
        read => read.with_context(|| format!("{} cannot be read", path.display()))?,
    };
    Ok(Input {
        document,
        name: "spec/openapi.json".to_owned(),
        overlay: companion(repo, OVERLAY)?,
        names: companion(repo, NAMES)?,
        tests: true,
        ..Input::default()
    })
}

/// Corrections to the pinned document.
pub(crate) const OVERLAY: &str = "overlay.yaml";
/// Names for the types of the pinned document.
pub(crate) const NAMES: &str = "names.yaml";

/// Reads `overlay.yaml` or `names.yaml` in the folder of the pinned document, if it exists.
pub(crate) fn companion(repo: &Repo, file: &str) -> Result<Option<Companion>> {
    let path = repo.spec().join(file);
    match fs::read_to_string(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        read => Ok(Some(Companion {
            text: read.with_context(|| format!("{} cannot be read", path.display()))?,
            name: format!("spec/{file}"),
        })),
    }
}

/// Reads a document that is not the pinned one.
pub(crate) fn other(path: &Path, overlay: Option<&Path>, names: Option<&Path>) -> Result<Input> {
    let companion = |path: &Path, what: &str| -> Result<Companion> {
        Ok(Companion {
            text: fs::read_to_string(path)
                .with_context(|| format!("the {what} {} cannot be read", path.display()))?,
            name: path.display().to_string(),
        })
    };
    let overlay = overlay.map(|path| companion(path, "overlay"));
    let names = names.map(|path| companion(path, "file of names"));
    Ok(Input {
        document: fs::read_to_string(path)
            .with_context(|| format!("the document {} cannot be read", path.display()))?,
        name: path.display().to_string(),
        overlay: overlay.transpose()?,
        names: names.transpose()?,
        files: Some(ReferencedFiles::of(path)),
        ..Input::default()
    })
}

/// Returns the files of the client in this repository: the generated ones, and those with generated parts.
fn in_place(repo: &Repo, rendered: &Rendered) -> Result<Desired> {
    let root = repo.client();
    let path = root.join("Cargo.toml");
    let manifest =
        fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let manifest =
        marked::fill(&manifest, marked::FEATURES, &rendered.features).with_context(|| {
            format!(
                "{} cannot be filled with the generated features",
                path.display()
            )
        })?;
    let mut files = generated_files(rendered);
    files.insert("Cargo.toml".into(), manifest.into_bytes());
    if let Some(readme) = files::read(&root, Path::new(README))? {
        files.insert(README.into(), readme_with_coverage(readme, rendered)?);
    }
    Ok(Desired {
        root,
        files,
        owned: vec![GENERATED.into(), GENERATED_TESTS.into()],
        former: BTreeSet::new(),
        seeds: BTreeMap::new(),
    })
}

/// Returns the files that are generated as a whole: the sources, and the references of all calls.
fn generated_files(rendered: &Rendered) -> BTreeMap<PathBuf, Vec<u8>> {
    let parts = [
        (GENERATED, &rendered.files),
        (GENERATED_TESTS, &rendered.tests),
    ];
    let files = parts.into_iter().flat_map(|(folder, files)| {
        let below = move |path: &PathBuf| Path::new(folder).join(path);
        files
            .iter()
            .map(move |(path, text)| (below(path), text.clone().into_bytes()))
    });
    let reference = (REFERENCE.into(), rendered.reference.clone().into_bytes());
    let examples = Path::new(GENERATED).join(EXAMPLES);
    let examples = (examples, rendered.examples.clone().into_bytes());
    let examples = Some(examples).filter(|(_, text)| !text.is_empty());
    let page = (PAGE.into(), rendered.page.clone().into_bytes());
    files.chain([reference, page]).chain(examples).collect()
}

fn readme_with_coverage(readme: Vec<u8>, rendered: &Rendered) -> Result<Vec<u8>> {
    let readme = String::from_utf8(readme).context("the client's README.md is not UTF-8")?;
    let filled = marked::fill(&readme, marked::COVERAGE, &rendered.coverage)
        .context("the client's README.md cannot be filled with the table of calls")?;
    Ok(filled.into_bytes())
}

fn check(plan: &Plan, args: &Args, output: &mut dyn Write) -> Result<Outcome> {
    if plan.changes.is_empty() {
        writeln!(
            output,
            "in step: all {} files are what codegen renders",
            plan.unchanged
        )?;
        return Ok(Outcome::Good);
    }
    diff::show(plan, output)?;
    writeln!(output, "\nfix it with: {}", fixing_command(args))?;
    Ok(Outcome::Bad)
}

fn fixing_command(args: &Args) -> String {
    let mut command = "cargo xtask codegen".to_owned();
    for (flag, path) in [
        ("--spec", &args.spec),
        ("--overlay", &args.overlay),
        ("--names", &args.names),
        ("--out", &args.out),
    ] {
        if let Some(path) = path {
            command.push_str(&format!(" {flag} {}", path.display()));
        }
    }
    if let Some(name) = &args.name {
        command.push_str(&format!(" --name {name}"));
    }
    if args.allow_unknown_keywords {
        command.push_str(" --allow-unknown-keywords");
    }
    if args.strict_document {
        command.push_str(" --strict-document");
    }
    command
}

fn summarize(
    rendered: &Rendered,
    plan: &Plan,
    write: Duration,
    total: Duration,
    output: &mut dyn Write,
) -> Result<()> {
    let removed = plan.removed_count();
    let written = plan.changes.len() - removed;
    let stages = rendered.stages.iter().copied().chain([("write", write)]);
    let stages: Vec<String> = stages
        .map(|(stage, took)| format!("{stage} {}", milliseconds(took)))
        .collect();
    writeln!(output, "{}", rendered.summary.trim_end())?;
    writeln!(
        output,
        "files: {written} written, {} unchanged, {removed} removed in {}",
        plan.unchanged,
        shown(&plan.root)
    )?;
    writeln!(
        output,
        "time: {}; total {}",
        stages.join(", "),
        milliseconds(total)
    )?;
    Ok(())
}

fn milliseconds(duration: Duration) -> String {
    format!("{:.1} ms", duration.as_secs_f64() * 1000.0)
}
