//! `cargo xtask corpus`: every release of the document that the registry still holds, and the steps between them.

mod additions;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use additions::Step;
use anyhow::{Context, Result, ensure};

use crate::Outcome;
use crate::codegen;
use crate::compile;
use crate::fetch;
use crate::node;
use crate::render::{Input, compare, render};
use crate::repo::Repo;

const PACKAGE: &str = "@seamapi/types";

/// Renders the releases of Seam's document, compiles some of them, and checks that what only adds breaks nothing
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How many releases to compile with all features, spread evenly from the oldest to the newest
    #[arg(long, default_value_t = 12, value_name = "COUNT")]
    compile: usize,
    /// Render no more than those that are compiled
    #[arg(long)]
    quick: bool,
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let repo = Repo::find()?;
    node::require_npm()?;
    let folder = repo.root().join("target").join("corpus");
    let versions = versions()?;
    let compiled = spread(versions.len(), args.compile);
    let mut failed = 0;
    let mut tried = 0;
    for (index, version) in versions.iter().enumerate() {
        let compiles = compiled.contains(&index);
        if args.quick && !compiles {
            continue;
        }
        tried += 1;
        let input = document(&folder, version)?;
        let result = if compiles {
            build(&repo, &folder, version, &input)
        } else {
            render(&input).map(|rendered| format!("renders, {} files", rendered.files.len()))
        };
        match result {
            Ok(said) => println!("{version:10} {said}"),
            Err(error) => {
                failed += 1;
                println!("{version:10} FAILED: {error:#}");
            }
        }
    }
    println!("{tried} of {} releases, {failed} failed", versions.len());
    ensure!(tried > 0, "no release was looked at");
    failed += steps(&repo, &folder, &versions)?;
    Ok(if failed == 0 {
        Outcome::Good
    } else {
        Outcome::Bad
    })
}

/// A history with fewer steps that only add proves nothing.
const FEWEST_ADDING: usize = 5;

/// Compares each release with the one before. Where the document only gained things or words, the verdict is at most additive, but
/// for parameters that became optional. Gives how many steps break that rule.
fn steps(repo: &Repo, folder: &Path, versions: &[String]) -> Result<usize> {
    let names = codegen::companion(repo, codegen::NAMES)?;
    let input = |version: &String| -> Result<Input> {
        Ok(Input {
            names: names.clone(),
            ..document(folder, version)?
        })
    };
    let (mut adding, mut broken) = (0, 0);
    for pair in versions.windows(2) {
        let (old, new) = (input(&pair[0])?, input(&pair[1])?);
        let json = |input: &Input| serde_json::from_str(&input.document);
        let step = Step::between(&json(&old)?, &json(&new)?);
        if !step.moved.is_empty() {
            continue;
        }
        adding += 1;
        let changes = compare(&old, &new)?;
        let breaking = changes.changes.iter();
        let breaking: Vec<&str> = breaking
            .filter(|change| change.class == generator::Class::Breaking)
            .map(|change| change.sentence.as_str())
            .collect();
        if breaking.len() > step.loosened {
            broken += 1;
            println!(
                "{} to {} FAILED: it only adds, and breaks:",
                pair[0], pair[1]
            );
            breaking
                .iter()
                .for_each(|sentence| println!("  {sentence}"));
        }
    }
    println!(
        "{adding} of {} steps only add, {broken} of them break callers",
        versions.len().saturating_sub(1)
    );
    ensure!(
        adding >= FEWEST_ADDING,
        "only {adding} steps add and nothing else, of at least {FEWEST_ADDING}"
    );
    Ok(broken)
}

/// The versions that the registry holds, oldest first.
pub(crate) fn versions() -> Result<Vec<String>> {
    let output = Command::new(node::NPM)
        .args(["view", PACKAGE, "versions", "--json", "--loglevel=error"])
        .output()
        .context("npm could not be started")?;
    ensure!(
        output.status.success(),
        "npm cannot list the versions of {PACKAGE}: {}",
        String::from_utf8_lossy(&output.stderr).trim()
    );
    serde_json::from_slice(&output.stdout)
        .context("npm listed the versions in a form that is not known")
}

/// The document of one release.
pub(crate) fn release(repo: &Repo, version: &str) -> Result<Input> {
    document(&repo.root().join("target").join("corpus"), version)
}

/// The document of a release, from an earlier run if there was one.
pub(crate) fn document(folder: &Path, version: &str) -> Result<Input> {
    let path = folder.join("documents").join(format!("{version}.json"));
    if !path.is_file() {
        let package = fetch::npm_package(PACKAGE, version)?;
        fs::create_dir_all(folder.join("documents"))?;
        fs::write(&path, package)
            .with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(Input {
        document: fs::read_to_string(&path)
            .with_context(|| format!("{} cannot be read", path.display()))?,
        name: format!("{PACKAGE}@{version}"),
        ..Input::default()
    })
}

fn build(repo: &Repo, folder: &Path, version: &str, input: &Input) -> Result<String> {
    let dir: PathBuf = folder.join("crates").join(version);
    let rendered = codegen::standalone_crate(repo, input, &dir)?;
    compile::check(&dir, &folder.join("target"))?;
    Ok(format!(
        "renders, {} files, and compiles",
        rendered.files.len()
    ))
}

/// `count` indices spread evenly over so many, the first and the last among them.
pub(crate) fn spread(over: usize, count: usize) -> Vec<usize> {
    match (over, count.min(over)) {
        (_, 0) => Vec::new(),
        (over, 1) => vec![over - 1],
        (over, count) => (0..count)
            .map(|step| step * (over - 1) / (count - 1))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn the_oldest_and_the_newest_are_among_those_that_are_compiled() {
        assert_eq!(spread(46, 3), [0, 22, 45]);
        assert_eq!(spread(46, 12).len(), 12);
        assert_eq!(spread(2, 12), [0, 1]);
        assert_eq!(spread(46, 1), [45]);
        assert_eq!(spread(46, 0), [0_usize; 0]);
    }
}
