//! `cargo xtask walk`: a copy of this repository follows the document's history, from release to release, by `sync` alone.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use generator::Verdict;
use toml_edit::DocumentMut;

use crate::Outcome;
use crate::codegen;
use crate::corpus;
use crate::fetch;
use crate::files;
use crate::node;
use crate::render::Input;
use crate::repo::Repo;
use crate::sync::{self, Cargo, Checks, Tree};

/// Takes a copy of this repository through releases of the document by `sync`, from the oldest to the newest
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How many releases, spread evenly from the oldest to the newest
    #[arg(long, default_value_t = 12, value_name = "COUNT")]
    releases: usize,
    /// Compile and test the last client only
    #[arg(long)]
    quick: bool,
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let repo = Repo::find()?;
    node::require_npm()?;
    let versions = corpus::versions()?;
    let picked = corpus::spread(versions.len(), args.releases);
    ensure!(picked.len() > 1, "a walk takes at least two releases");
    let documents = repo.root().join("target").join("corpus");
    let folder = repo.root().join("target").join("walk");
    let mut releases = Vec::new();
    for index in picked {
        let input = corpus::document(&documents, &versions[index])?;
        releases.push((versions[index].as_str(), input));
    }

    let tree = Tree::copy(&repo, folder.join("repository"))?;
    let copy = Repo::at(tree.root())?;
    begin(&copy, &documents, releases[0].0)?;
    println!("{:9} where the walk begins", releases[0].0);
    let cargo = Cargo {
        target: folder.join("build"),
    };
    for (index, (version, _)) in releases.iter().enumerate().skip(1) {
        let cargo = (!args.quick || index + 1 == releases.len()).then_some(&cargo);
        let started = Instant::now();
        let said = step(&copy, cargo, &documents, version)
            .with_context(|| format!("the step to {version} failed"))?;
        println!(
            "{version:9} {said}, {:.0} s",
            started.elapsed().as_secs_f64()
        );
    }

    let (newest, input) = &releases[releases.len() - 1];
    let fresh = Input {
        tests: true,
        ..input.clone()
    };
    let differing = codegen::changes_for(&copy, &fresh)?;
    ensure!(
        differing.is_empty(),
        "the client at the end of the walk is not what {newest} renders: {} differs, and {} files in all",
        differing[0].0.display(),
        differing.len()
    );
    println!("the last client is what {newest} renders, byte for byte");
    let kept = folder.join("CHANGELOG.md");
    fs::copy(copy.root().join("CHANGELOG.md"), &kept).context("the changelog cannot be kept")?;
    println!("its changelog: {}", crate::repo::shown(&kept));
    Ok(Outcome::Good)
}

/// Makes the copy one that knows nothing of today's document: tests and examples by hand, and corrections, are for that.
fn begin(copy: &Repo, documents: &Path, version: &str) -> Result<()> {
    let tests = copy.client().join("tests");
    for entry in fs::read_dir(&tests).context("the copy has no tests")? {
        let path = entry?.path();
        // Those of `proof` follow the document by themselves, and what is no test may be shared by them.
        if path.is_dir() && path.join("main.rs").is_file() && !path.ends_with("proof") {
            fs::remove_dir_all(path)?;
        } else if path.is_file() {
            fs::remove_file(path)?;
        }
    }
    fs::remove_dir_all(copy.client().join("examples")).context("the copy has no examples")?;
    for path in files::list(copy.root(), Path::new("spec"))? {
        fs::remove_file(copy.root().join(path))?;
    }
    let path = copy.client().join("Cargo.toml");
    let mut manifest: DocumentMut = fs::read_to_string(&path)?.parse()?;
    manifest.remove("example");
    manifest["package"]["version"] = toml_edit::value("0.1.0");
    fs::write(&path, manifest.to_string())?;
    fs::write(
        copy.root().join("CHANGELOG.md"),
        "# Changelog\n\n## Unreleased\n",
    )?;
    fetch::pin(&document(documents, version), &copy.spec())?;
    for (path, contents) in codegen::changes_for(copy, &codegen::pinned(copy)?)? {
        let path = copy.root().join(path);
        match contents {
            Some(contents) => {
                path.parent().map_or(Ok(()), fs::create_dir_all)?;
                fs::write(path, contents)?;
            }
            None => fs::remove_file(path)?,
        }
    }
    Ok(())
}

fn document(documents: &Path, version: &str) -> String {
    let file: PathBuf = documents.join("documents").join(format!("{version}.json"));
    file.display().to_string()
}

/// One step; what follows from it has to be right.
fn step(copy: &Repo, cargo: Option<&Cargo>, documents: &Path, version: &str) -> Result<String> {
    let obtain = || {
        fetch::obtain(
            &document(documents, version),
            &copy.spec(),
            Duration::from_secs(60),
        )
    };
    let checks = Checks {
        check: &|tree| cargo.map_or(Ok(()), |cargo| cargo.check(tree)),
        test: &|tree| cargo.map_or(Ok(()), |cargo| cargo.test(tree)),
        // There is nobody who would mend it on the way.
        by_hand: &|_, _| Ok(Vec::new()),
    };
    let Some(synced) = sync::sync(copy, obtain, &checks, false, &mut std::io::sink())? else {
        return Ok("is the same document".to_owned());
    };
    let (before, after) = &synced.version;
    let verdict = synced.changes.verdict;
    let Some(after) = after else {
        return Ok(format!("{verdict}, the same client, {before}"));
    };
    // All releases of the walk are below 1.0.
    let expected = match verdict {
        Verdict::Breaking => (0, before.minor + 1, 0),
        _ => (0, before.minor, before.patch + 1),
    };
    ensure!(
        (after.major, after.minor, after.patch) == expected,
        "{verdict} took the version from {before} to {after}"
    );
    let changelog = fs::read_to_string(copy.root().join("CHANGELOG.md"))?;
    let newest = changelog
        .lines()
        .filter(|line| line.starts_with("## "))
        .nth(1);
    ensure!(
        newest.is_some_and(|line| line.starts_with(&format!("## {after} ("))),
        "the changelog does not begin with {after}: {newest:?}"
    );
    Ok(format!("{verdict}, {before} → {after}"))
}
