//! `cargo xtask sync`: updates the repository to a new document: client, tests, version and changelog. It changes everything
//! or nothing.
//!
//! All steps work on a copy of the repository. If a step fails, the disk is full or the process is killed, the repository
//! stays as it was. After the last step one transaction changes the repository. If the process is killed during the
//! transaction, the next command finishes it.

mod apply;
mod by_hand;
mod changelog;
mod correction;
mod step;
mod suites;
mod summary;
#[cfg(test)]
mod tests;
mod tree;
mod version;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use generator::{Changes, UnknownKeyword, Verdict, escape};
use semver::Version;

use crate::commands::codegen;
use crate::commands::diff::Report;
use crate::commands::fetch::{self, Obtained};
use crate::files;
use crate::outcome::Outcome;
use crate::render::{Input, compare};
use crate::repo::Repo;
use apply::Files;
use by_hand::BrokenFile;
use step::Step;
use suites::{Cargo, Compiled};
use tree::Tree;

/// Update to a new document: client, tests, version and changelog
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 when the repository is in step, before or now; 2 when a step failed, which leaves the \
    repository as it was."
)]
pub(crate) struct Args {
    /// A URL, a file, or npm:NAME@VERSION such as npm:@seamapi/types@1.977.0
    #[arg(long, value_name = "SOURCE", default_value = fetch::SEAM)]
    from: String,
    /// The time limit of a download
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    timeout: u64,
    /// Show what would change, without changing, compiling or testing anything
    #[arg(long)]
    dry_run: bool,
    /// Write a summary as Markdown to this file, for the body of a pull request
    #[arg(long, value_name = "FILE")]
    summary: Option<PathBuf>,
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let repo = Repo::find()?;
    let obtain = || fetch::obtain(&args.from, &repo.spec(), Duration::from_secs(args.timeout));
    let cargo = Cargo {
        target: build_folder(&repo).join("build"),
    };
    let checks = Checks {
        compile: &|tree| cargo.compile(tree),
        test: &|tree| cargo.test(tree),
        by_hand: &|tree, compiled| cargo.by_hand(tree, compiled),
    };
    let mut output = anstream::stdout();
    let done = sync(&repo, obtain, &checks, args.dry_run, &mut output)?;
    if let Some(path) = &args.summary {
        let text = done
            .as_ref()
            .map_or_else(summary::in_step, summary::markdown);
        fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(Outcome::Good)
}

/// The checks that a new client has to pass.
struct Checks<'a> {
    /// Compiles the client. Tests and examples by hand may fail to compile.
    compile: &'a dyn Fn(&Path) -> Result<Compiled>,
    /// Runs the tests that are generated or do not depend on the document.
    test: &'a dyn Fn(&Path) -> Result<()>,
    /// Runs the tests by hand that compile, and the examples in the documentation.
    by_hand: &'a dyn Fn(&Path, &Compiled) -> Result<Vec<BrokenFile>>,
}

/// The result of a sync.
#[derive(Debug)]
struct Synced {
    old: String,
    new: String,
    changes: Changes,
    /// The old version, and the new one if the client has changed.
    version: (Version, Option<Version>),
    /// The keywords that the generator does not know.
    unknown: Vec<UnknownKeyword>,
    /// The files that a person has to fix before the change is merged.
    broken: Vec<BrokenFile>,
    files: Files,
}

/// Returns the folder for copies and builds. It is in `target`, which git ignores.
fn build_folder(repo: &Repo) -> PathBuf {
    repo.root().join("target").join("sync")
}

/// Updates the repository to the document that `obtain` returns; does nothing if it is pinned already.
fn sync(
    repo: &Repo,
    obtain: impl FnOnce() -> Result<Obtained>,
    checks: &Checks<'_>,
    dry_run: bool,
    output: &mut dyn Write,
) -> Result<Option<Synced>> {
    let fetched = match Step::Fetch.run(obtain)? {
        Obtained::Pinned => {
            writeln!(output, "in step: the pinned document is the newest one")?;
            return Ok(None);
        }
        Obtained::New(fetched) => fetched,
    };
    writeln!(output, "fetched  {}", fetched.name)?;
    let mut synced = plan(repo, &fetched)?;
    writeln!(output, "verdict  {}", verdict(&synced))?;
    for unknown in &synced.unknown {
        writeln!(output, "{unknown}")?;
    }
    let before = Step::Version.run(|| apply::before(repo, &synced.files))?;
    if dry_run {
        show_plan(&synced, output)?;
        return Ok(Some(synced));
    }
    synced.broken = try_out(repo, &synced, checks, output)?;
    Step::Write.run(|| apply::apply(repo, &synced.files, &before))?;
    show_result(&synced, output)?;
    Ok(Some(synced))
}

/// Compiles and tests the new client in a copy of the repository. Returns the files by hand that a breaking document
/// breaks.
fn try_out(
    repo: &Repo,
    synced: &Synced,
    checks: &Checks<'_>,
    output: &mut dyn Write,
) -> Result<Vec<BrokenFile>> {
    let started = Instant::now();
    let mut begin = |what: &str| -> Result<()> {
        let seconds = started.elapsed().as_secs();
        writeln!(output, "{what}, after {seconds} s")?;
        Ok(output.flush()?)
    };
    let (_alone, tree) = Step::Copy.run(|| {
        let folder = build_folder(repo);
        fs::create_dir_all(&folder)?;
        let alone = files::lock(&folder).context("another sync of this repository is running")?;
        let tree = Tree::copy(repo, folder.join("tree"))?;
        tree.change(&synced.files)?;
        Ok((alone, tree))
    })?;
    begin("compile  the client with all features, its tests and its examples")?;
    let compiled = Step::Check.run(|| (checks.compile)(tree.root()))?;
    begin("test     the runtime and the tests that follow the document")?;
    Step::Test.run(|| (checks.test)(tree.root()))?;
    begin("test     the tests by hand and the documentation")?;
    let failed = Step::ByHand.run(|| (checks.by_hand)(tree.root(), &compiled))?;
    let broken = [compiled.broken, failed].concat();
    Step::ByHand.run(|| {
        let may_break = synced.changes.verdict == Verdict::Breaking;
        ensure!(broken.is_empty() || may_break, "{}", list(&broken));
        Ok(())
    })?;
    Ok(broken)
}

/// Formats the files, a line for each.
fn list(broken: &[BrokenFile]) -> String {
    let line = |file: &BrokenFile| format!("  {}: {}", file.path.display(), file.error);
    let lines: Vec<String> = broken.iter().map(line).collect();
    escape::lines(&lines.join("\n"))
}

fn show_result(synced: &Synced, output: &mut dyn Write) -> Result<()> {
    writeln!(output, "written  {} files", synced.files.len())?;
    if let (old, Some(new)) = &synced.version {
        writeln!(
            output,
            "version  {old} → {new}; CHANGELOG.md says what is new"
        )?;
    }
    if !synced.broken.is_empty() {
        let count = crate::repo::counted(synced.broken.len(), "file");
        writeln!(
            output,
            "by hand  {count} to be fixed before this is merged:\n{}",
            list(&synced.broken)
        )?;
    }
    Ok(())
}

fn verdict(synced: &Synced) -> String {
    let report = Report {
        old: &synced.old,
        new: &synced.new,
        changes: &synced.changes,
    };
    let counts = report.counts();
    match counts.as_str() {
        "" => report.verdict().to_owned(),
        counts => format!("{} ({counts})", report.verdict()),
    }
}

/// Shows what would change.
fn show_plan(synced: &Synced, output: &mut dyn Write) -> Result<()> {
    for (path, contents) in &synced.files {
        let what = if contents.is_some() {
            "write"
        } else {
            "remove"
        };
        writeln!(output, "would {what} {}", path.display())?;
    }
    if let (old, Some(new)) = &synced.version {
        writeln!(output, "would raise the version from {old} to {new}")?;
    }
    writeln!(
        output,
        "nothing was changed, and nothing compiled or tested"
    )?;
    Ok(())
}

/// Plans all changes without making any.
fn plan(repo: &Repo, fetched: &fetch::Fetched) -> Result<Synced> {
    let new = Input {
        document: fetched.document.clone(),
        name: fetched.name.clone(),
        overlay: codegen::companion(repo, codegen::OVERLAY)?,
        names: codegen::companion(repo, codegen::NAMES)?,
        // Unknown keywords are reported and do not stop the sync.
        allow_unknown_keywords: true,
        tests: true,
        ..Input::default()
    };
    let (old, changes) = Step::Diff.run(|| {
        let old = codegen::pinned(repo)?;
        let changes = compare(&old, &new)?;
        Ok((fetched.before.clone().unwrap_or(old.name), changes))
    })?;
    let (rendered, mut files) = Step::Codegen.run(|| codegen::plan_for(repo, &new))?;
    // Users do not get the generated tests.
    let tests = Path::new("generated-client/tests");
    let is_changed = files.iter().any(|(path, _)| !path.starts_with(tests));
    let mut synced = Synced {
        old,
        new: fetched.name.clone(),
        changes,
        version: (Version::new(0, 0, 0), None),
        unknown: rendered.unknown,
        broken: Vec::new(),
        files: Files::new(),
    };
    Step::Version.run(|| release(repo, is_changed, &mut synced, &mut files))?;
    let spec = fetched
        .files
        .iter()
        .map(|(path, contents)| (Path::new("spec").join(path), Some(contents.clone())));
    files.extend(spec);
    synced.files = files;
    Ok(synced)
}

/// Plans the new version, the changelog, and the files that contain the version.
fn release(repo: &Repo, is_changed: bool, synced: &mut Synced, planned: &mut Files) -> Result<()> {
    let manifest_path = PathBuf::from("generated-client/Cargo.toml");
    let manifest = text_of(repo, planned, &manifest_path)?;
    let current = version::read(&manifest)?;
    synced.version.0 = current.clone();
    if !is_changed {
        return Ok(());
    }
    let next = version::next(&current, synced.changes.verdict)?;
    put(planned, manifest_path, version::write(&manifest, &next)?);

    let lock = PathBuf::from("Cargo.lock");
    let text = text_of(repo, planned, &lock)?;
    put(
        planned,
        lock,
        version::write_lock(&text, "generated-client", &next)?,
    );

    let readme = PathBuf::from("generated-client/README.md");
    let text = text_of(repo, planned, &readme)?;
    let dependency =
        |version: &Version| format!("generated-client = \"{}\"", version::requirement(version));
    put(
        planned,
        readme,
        text.replace(&dependency(&current), &dependency(&next)),
    );

    let changelog = PathBuf::from("CHANGELOG.md");
    let text = text_of(repo, planned, &changelog)?;
    let heading = format!("{next} ({})", today());
    let intro = intro(synced);
    let lists = changelog::lists(&synced.changes);
    put(
        planned,
        changelog,
        changelog::with_entry(&text, &heading, &intro, &lists)?,
    );
    synced.version.1 = Some(next);
    Ok(())
}

/// Returns the day in UTC.
fn today() -> jiff::civil::Date {
    let now = jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now());
    now.date()
}

fn intro(synced: &Synced) -> String {
    // Two documents of the same URL have the same name.
    let follows = if synced.old == synced.new {
        format!("Follows Seam's API as of {}.", today())
    } else {
        let (old, new) = (escape::code(&synced.old), escape::code(&synced.new));
        format!("Follows Seam's API from {old} to {new}.")
    };
    match synced.changes.verdict {
        Verdict::None => format!("{follows} Only undocumented parts have changed."),
        _ => follows,
    }
}

/// Returns the planned contents of a file, or its present ones.
fn text_of(repo: &Repo, planned: &Files, path: &Path) -> Result<String> {
    let planned = planned.iter().find(|(known, _)| known == path);
    let bytes = match planned {
        Some((_, contents)) => contents.clone(),
        None => files::read(repo.root(), path)?,
    };
    let bytes = bytes.with_context(|| format!("{} is missing", path.display()))?;
    String::from_utf8(bytes).with_context(|| format!("{} is not UTF-8", path.display()))
}

fn put(files: &mut Files, path: PathBuf, text: String) {
    files.retain(|(known, _)| *known != path);
    files.push((path, Some(text.into_bytes())));
}
