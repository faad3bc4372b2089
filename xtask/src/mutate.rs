//! `cargo xtask mutate`: documents that nobody has written yet, and that somebody may.

mod change;
mod random;
mod schemas;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use fastrand::Rng;
use serde_json::Value;

use crate::Outcome;
use crate::codegen;
use crate::compile;
use crate::fetch;
use crate::render::Input;
use crate::repo::Repo;

/// Changes a document at random, and compiles what comes of it
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How many documents to make
    #[arg(long, default_value_t = 10, value_name = "COUNT", value_parser = clap::value_parser!(u64).range(1..))]
    count: u64,
    /// The seed of the first; each of the others has the next one
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How often each is changed: with fewer changes, those that are left are the same
    #[arg(long, default_value_t = 300, value_name = "COUNT")]
    changes: usize,
    /// A document other than the pinned one: a file, a URL, or npm:NAME@VERSION
    #[arg(long, value_name = "SOURCE")]
    spec: Option<String>,
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let repo = Repo::find()?;
    let folder = repo.root().join("target").join("mutate");
    let source = match &args.spec {
        Some(source) => fetch::read(source)?,
        None => codegen::pinned(&repo)?,
    };
    let document: Value = serde_json::from_str(&source.document)
        .with_context(|| format!("{} is not JSON", source.name))?;
    let mut failed = 0;
    for seed in (args.seed..).take(usize::try_from(args.count)?) {
        let mut changed = document.clone();
        let said = change::many(&mut changed, &mut Rng::with_seed(seed), args.changes);
        match build(&repo, &folder, seed, &changed, &said) {
            Ok(files) => println!(
                "seed {seed:4}: {} changes, {files} files, compiles",
                said.len()
            ),
            Err(error) => {
                failed += 1;
                println!("seed {seed:4}: FAILED: {error:#}");
            }
        }
    }
    println!("{} documents, {failed} failed", args.count);
    Ok(if failed == 0 {
        Outcome::Good
    } else {
        Outcome::Bad
    })
}

/// Renders and compiles a changed document, which is left in `folder` with what was changed.
fn build(
    repo: &Repo,
    folder: &Path,
    seed: u64,
    document: &Value,
    changes: &[String],
) -> Result<usize> {
    let own = folder.join(format!("seed-{seed}"));
    fs::create_dir_all(&own).with_context(|| format!("{} cannot be made", own.display()))?;
    let text = serde_json::to_string_pretty(document)?;
    fs::write(own.join("openapi.json"), &text)?;
    fs::write(own.join("changes.txt"), changes.join("\n") + "\n")?;
    let input = Input {
        document: text,
        name: format!("seed-{seed}/openapi.json"),
        ..Input::default()
    };
    let dir = own.join("crate");
    let rendered = codegen::standalone_crate(repo, &input, &dir)?;
    compile::check(&dir, &folder.join("target"))?;
    Ok(rendered.files.len())
}
