//! `cargo xtask sync`: a new document comes in, and all that follows from it, or nothing at all.
//!
//! Everything happens in a copy of the repository, so that a step that fails, a disk that is full or a process that is
//! killed leaves the repository as it was. What has passed goes in by one transaction, which the next command finishes
//! if the process is killed in the middle of it.

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

/// Take in a new document, and all that follows from it
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 when the repository is in step, before or now; 2 when a step failed, which leaves the \
    repository as it was."
)]
pub(crate) struct Args {
    /// A URL, a file, or npm:NAME@VERSION such as npm:@seamapi/types@1.977.0
    #[arg(long, value_name = "SOURCE", default_value = fetch::SEAM)]
    from: String,
    /// How long a download may take in all
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    timeout: u64,
    /// Change nothing: say what would change, without compiling or testing it
    #[arg(long)]
    dry_run: bool,
    /// Write what has changed as Markdown, for the body of a pull request
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
    /// The client compiles; its tests and examples by hand may not.
    compile: &'a dyn Fn(&Path) -> Result<Compiled>,
    /// The tests that fit any document.
    test: &'a dyn Fn(&Path) -> Result<()>,
    /// The tests by hand that compile, and the documentation.
    by_hand: &'a dyn Fn(&Path, &Compiled) -> Result<Vec<BrokenFile>>,
}

/// The result of a sync.
#[derive(Debug)]
struct Synced {
    old: String,
    new: String,
    changes: Changes,
    /// The version before, and after where the client is another.
    version: (Version, Option<Version>),
    /// The keywords that the generator does not know.
    unknown: Vec<UnknownKeyword>,
    /// The files that a person has to mend before this is merged.
    broken: Vec<BrokenFile>,
    files: Files,
}

/// Where copies and builds are: among what cargo makes, which nobody commits.
fn build_folder(repo: &Repo) -> PathBuf {
    repo.root().join("target").join("sync")
}

/// Takes in the document that `obtain` gets; nothing when it is the one that is pinned.
fn sync(
    repo: &Repo,
    obtain: impl FnOnce() -> Result<Obtained>,
    checks: &Checks<'_>,
    dry_run: bool,
    output: &mut dyn Write,
) -> Result<Option<Synced>> {
    let fetched = match Step::Fetch.run(obtain)? {
        Obtained::Pinned => {
            writeln!(output, "in step: the pinned document is the newest")?;
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

/// Compiles and tests the new client in a copy of the repository; returns the files by hand that a breaking document
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

/// A line for each file.
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
            "by hand  {count} to be mended before this is merged:\n{}",
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

/// Everything that is to change, worked out without changing anything.
fn plan(repo: &Repo, fetched: &fetch::Fetched) -> Result<Synced> {
    let new = Input {
        document: fetched.document.clone(),
        name: fetched.name.clone(),
        overlay: codegen::companion(repo, codegen::OVERLAY)?,
        names: codegen::companion(repo, codegen::NAMES)?,
        // They are reported; an unattended sync goes on.
        allow_unknown_keywords: true,
        tests: true,
        ..Input::default()
    };
    let (old, changes) = Step::Diff.run(|| {
        let old = codegen::pinned(repo)?;
        let changes = compare(&old, &new)?;
        Ok((fetched.before.clone().unwrap_or(old.name), changes))
    })?;
    let (rendered, mut files) = Step::Codegen.run(|| codegen::changes_for(repo, &new))?;
    // The tests that follow the document are no part of what users get.
    let tests = Path::new("generated-client/tests");
    let is_another = files.iter().any(|(path, _)| !path.starts_with(tests));
    let mut synced = Synced {
        old,
        new: fetched.name.clone(),
        changes,
        version: (Version::new(0, 0, 0), None),
        unknown: rendered.unknown,
        broken: Vec::new(),
        files: Files::new(),
    };
    Step::Version.run(|| release(repo, is_another, &mut synced, &mut files))?;
    let spec = fetched
        .files
        .iter()
        .map(|(path, contents)| (Path::new("spec").join(path), Some(contents.clone())));
    files.extend(spec);
    synced.files = files;
    Ok(synced)
}

/// The version, the changelog, and all that names the version.
fn release(repo: &Repo, is_another: bool, synced: &mut Synced, planned: &mut Files) -> Result<()> {
    let manifest_path = PathBuf::from("generated-client/Cargo.toml");
    let manifest = text_of(repo, planned, &manifest_path)?;
    let current = version::read(&manifest)?;
    synced.version.0 = current.clone();
    if !is_another {
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

/// The day, wherever in the world this runs.
fn today() -> jiff::civil::Date {
    let now = jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now());
    now.date()
}

fn intro(synced: &Synced) -> String {
    // A document of the same address says by its name no more than that it is the newest.
    let follows = if synced.old == synced.new {
        format!("Follows Seam's API as of {}.", today())
    } else {
        let (old, new) = (escape::code(&synced.old), escape::code(&synced.new));
        format!("Follows Seam's API from {old} to {new}.")
    };
    match synced.changes.verdict {
        Verdict::None => format!("{follows} Only what is undocumented has changed."),
        _ => follows,
    }
}

/// The planned contents of a file, or its present ones.
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
