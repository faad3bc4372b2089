//! `cargo xtask sync`: a new document comes in, and all that follows from it, or nothing at all.
//!
//! Everything happens in a copy of the repository, so that a step that fails, a disk that is full or a process that is
//! killed leaves the repository as it was. What has passed goes in by one transaction, which the next command undoes
//! should the process be killed in the middle of it.

mod apply;
mod by_hand;
mod changelog;
mod commands;
mod step;
mod summary;
#[cfg(test)]
mod tests;
mod tree;
mod version;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use generator::{Changes, Verdict};
use semver::Version;

use crate::commands::codegen;
use crate::commands::diff::Report;
use crate::commands::fetch::{self, Obtained};
use crate::files;
use crate::outcome::Outcome;
use crate::render::{Input, compare};
use crate::repo::Repo;
use apply::Files;
pub(crate) use by_hand::Misfit;
pub(crate) use commands::Cargo;
use step::Step;
pub(crate) use tree::Tree;

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
        check: &|tree| cargo.check(tree),
        test: &|tree| cargo.test(tree),
        by_hand: &|tree, may_break| cargo.by_hand(tree, may_break),
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

/// What a new client has to pass.
pub(crate) struct Checks<'a> {
    pub(crate) check: &'a dyn Fn(&Path) -> Result<()>,
    /// Of the tests those that fit any document.
    pub(crate) test: &'a dyn Fn(&Path) -> Result<()>,
    /// What names the document and is written by hand; and whether it may have to be mended.
    pub(crate) by_hand: &'a dyn Fn(&Path, bool) -> Result<Vec<Misfit>>,
}

/// What a sync has brought.
#[derive(Debug)]
pub(crate) struct Synced {
    pub(crate) old: String,
    pub(crate) new: String,
    pub(crate) changes: Changes,
    /// The version before, and after where the client is another.
    pub(crate) version: (Version, Option<Version>),
    /// What a person has to mend before this is merged.
    pub(crate) misfits: Vec<Misfit>,
    files: Files,
}

/// Where copies and builds are: among what cargo makes, which nobody commits.
fn build_folder(repo: &Repo) -> PathBuf {
    repo.root().join("target").join("sync")
}

/// Takes in the document that `obtain` gets; nothing when it is the one that is pinned.
pub(crate) fn sync(
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
    let before = Step::Version.run(|| apply::before(repo, &synced.files))?;
    if dry_run {
        return would(synced, output).map(Some);
    }
    writeln!(
        output,
        "checking that it compiles with all features, and its tests pass"
    )?;
    let (_alone, tree) = Step::Copy.run(|| {
        let folder = build_folder(repo);
        fs::create_dir_all(&folder)?;
        let alone = files::lock(&folder).context("another sync of this repository is running")?;
        let tree = Tree::copy(repo, folder.join("tree"))?;
        tree.change(&synced.files)?;
        Ok((alone, tree))
    })?;
    Step::Check.run(|| (checks.check)(tree.root()))?;
    Step::Test.run(|| (checks.test)(tree.root()))?;
    let may_break = synced.changes.verdict == Verdict::Breaking;
    synced.misfits = Step::ByHand.run(|| (checks.by_hand)(tree.root(), may_break))?;
    drop(tree);
    Step::Write.run(|| apply::apply(repo, &synced.files, &before))?;
    writeln!(output, "written  {} files", synced.files.len())?;
    if let (old, Some(new)) = &synced.version {
        writeln!(
            output,
            "version  {old} → {new}; CHANGELOG.md says what is new"
        )?;
    }
    if !synced.misfits.is_empty() {
        writeln!(
            output,
            "by hand  {} to be mended before this is merged:",
            crate::repo::counted(synced.misfits.len(), "file")
        )?;
    }
    for misfit in &synced.misfits {
        writeln!(output, "  {}: {}", misfit.path.display(), misfit.error)?;
    }
    Ok(Some(synced))
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

fn would(synced: Synced, output: &mut dyn Write) -> Result<Synced> {
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
    Ok(synced)
}

/// Everything that is to change, worked out without changing anything.
fn plan(repo: &Repo, fetched: &fetch::Fetched) -> Result<Synced> {
    let new = Input {
        document: fetched.document.clone(),
        name: fetched.name.clone(),
        overlay: codegen::companion(repo, codegen::OVERLAY)?,
        names: codegen::companion(repo, codegen::NAMES)?,
        tests: true,
        ..Input::default()
    };
    let (old, changes) = Step::Diff.run(|| {
        let old = codegen::pinned(repo)?;
        let changes = compare(&old, &new)?;
        Ok((fetched.before.clone().unwrap_or(old.name), changes))
    })?;
    let mut files = Step::Codegen.run(|| codegen::changes_for(repo, &new))?;
    // The tests that follow the document are no part of what users get.
    let tests = Path::new("generated-client/tests");
    let is_another = files.iter().any(|(path, _)| !path.starts_with(tests));
    let mut synced = Synced {
        old,
        new: fetched.name.clone(),
        changes,
        version: (Version::new(0, 0, 0), None),
        misfits: Vec::new(),
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
        format!("Follows Seam's API from {} to {}.", synced.old, synced.new)
    };
    match synced.changes.verdict {
        Verdict::None => format!("{follows} Only what is undocumented has changed."),
        _ => follows,
    }
}

/// What a file is to hold, or holds already.
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
