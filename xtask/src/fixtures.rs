//! `cargo xtask fixtures`: every document among the generator's fixtures becomes a crate that compiles.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::Outcome;
use crate::codegen;
use crate::compile;
use crate::render::Input;
use crate::repo::Repo;

/// Where the documents are, below the repository.
const FIXTURES: &str = "generator/tests/fixtures";
/// So many there are at least.
const FLOOR: usize = 50;
/// The documents of which there is no client: they must be refused.
const REFUSED: [&str; 1] = ["edges-empty"];

/// Renders the generator's fixtures, each as a crate of its own, and compiles them
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Only those whose path holds this
    #[arg(value_name = "TEXT")]
    only: Option<String>,
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let repo = Repo::find()?;
    let fixtures = repo.root().join(FIXTURES);
    let mut documents = Vec::new();
    collect(&fixtures, &mut documents)?;
    documents.sort();
    ensure!(
        documents.len() >= FLOOR,
        "only {} documents are under {FIXTURES}",
        documents.len()
    );
    let mut failed = 0;
    let mut tried = 0;
    for path in &documents {
        let name = name_of(path.strip_prefix(&fixtures).unwrap_or(path));
        if args.only.as_ref().is_some_and(|only| !name.contains(only)) {
            continue;
        }
        tried += 1;
        let must_fail = REFUSED.contains(&name.as_str());
        match build(&repo, path, &name) {
            Err(error) if must_fail && error.is::<generator::Errors>() => {
                println!("{name:40} is refused, as it must be");
            }
            Ok(_) if must_fail => {
                failed += 1;
                println!("{name:40} FAILED: it must be refused");
            }
            Ok(files) => println!("{name:40} {files} files, compiles"),
            Err(error) => {
                failed += 1;
                println!("{name:40} FAILED: {error:#}");
            }
        }
    }
    if tried == 0 {
        bail!("no document under {FIXTURES} is meant");
    }
    println!("{tried} documents, {failed} failed");
    Ok(if failed == 0 {
        Outcome::Good
    } else {
        Outcome::Bad
    })
}

fn build(repo: &Repo, path: &Path, name: &str) -> Result<usize> {
    let document =
        fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let input = Input {
        document,
        name: name.to_owned(),
        ..Input::default()
    };
    let folder = repo.root().join("target").join("fixtures");
    let dir = folder.join("crates").join(name);
    let rendered = codegen::standalone_crate(repo, &input, &dir)?;
    compile::check(&dir, &folder.join("target"))?;
    Ok(rendered.files.len())
}

/// The documents in a folder and in those below it.
fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        let is_document = path
            .extension()
            .is_some_and(|extension| extension == "yaml" || extension == "json");
        if path.is_dir() {
            collect(&path, found)?;
        } else if is_document {
            found.push(path);
        }
    }
    Ok(())
}

/// `others/pet_shop.yaml` is `others-pet_shop`.
fn name_of(path: &Path) -> String {
    let parts: Vec<_> = path
        .with_extension("")
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    parts.join("-")
}
