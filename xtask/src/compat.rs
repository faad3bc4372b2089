//! `cargo xtask compat OLD NEW`: a client goes on working while the API moves.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::json;

use crate::Outcome;
use crate::cargo;
use crate::codegen;
use crate::corpus;
use crate::render::{Input, replies};
use crate::repo::Repo;

/// The test that is put into the old client.
const HARNESS: &str = include_str!("compat/harness.rs");

/// Builds the client of one document and reads with it what another one lets the API reply
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The document of the client: a path, or npm:@seamapi/types@VERSION
    #[arg(value_name = "OLD")]
    old: String,
    /// The document of the replies, in the same forms
    #[arg(value_name = "NEW")]
    new: String,
    /// How many variations of each reply to try at most: one shows each branch of a union and each value of an enum
    #[arg(long, default_value_t = 160, value_name = "COUNT")]
    variations: usize,
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let repo = Repo::find()?;
    let folder = repo.root().join("target").join("compat");
    let mut old = input(&repo, &args.old)?;
    old.tests = true;
    let crate_folder = folder.join(folder_name(&args.old));
    codegen::standalone_crate(&repo, &old, &crate_folder)?;
    add_harness(&repo, &crate_folder)?;

    let file = folder.join("replies.jsonl");
    let count = write_replies(&input(&repo, &args.new)?, args.variations, &file)?;
    println!("{} → {}: {count} replies", args.old, args.new);
    let read = read_with(&repo, &crate_folder, &file)?;
    Ok(if read { Outcome::Good } else { Outcome::Bad })
}

/// A document by its path or its release.
fn input(repo: &Repo, named: &str) -> Result<Input> {
    let mut input = match named.strip_prefix("npm:@seamapi/types@") {
        Some(version) => corpus::release(repo, version)?,
        None => codegen::other(Path::new(named), None, None)?,
    };
    input.allow_unknown_keywords = true;
    Ok(input)
}

fn folder_name(named: &str) -> String {
    let part = |letter: char| {
        if letter.is_ascii_alphanumeric() || letter == '.' {
            letter
        } else {
            '_'
        }
    };
    named.chars().map(part).collect()
}

fn add_harness(repo: &Repo, crate_folder: &Path) -> Result<()> {
    let from = repo.client().join("tests").join("proof").join("call.rs");
    let to = crate_folder.join("tests").join("proof");
    let copy = || -> std::io::Result<()> {
        fs::copy(&from, to.join("call.rs"))?;
        fs::write(to.join("main.rs"), HARNESS)
    };
    copy().with_context(|| format!("the test cannot be put into {}", to.display()))
}

/// Writes a line of JSON for each reply; gives their number.
fn write_replies(input: &Input, variations: usize, path: &Path) -> Result<usize> {
    let unwritable = || format!("{} cannot be written", path.display());
    let mut file = BufWriter::new(File::create(path).with_context(unwritable)?);
    let mut count = 0;
    // The methods of a path mostly reply alike.
    let mut known = BTreeSet::new();
    for reply in replies(input, variations)? {
        for body in reply.bodies {
            let line =
                json!({"path": reply.path, "name": body.name, "body": body.json}).to_string();
            if known.insert(line.clone()) {
                count += 1;
                writeln!(file, "{line}").with_context(unwritable)?;
            }
        }
    }
    file.flush().with_context(unwritable)?;
    Ok(count)
}

fn read_with(repo: &Repo, crate_folder: &Path, replies: &Path) -> Result<bool> {
    let replies: PathBuf = std::path::absolute(replies)?;
    let status = cargo::command()
        .current_dir(crate_folder)
        .args([
            "test",
            "--quiet",
            "--all-features",
            "--test",
            "proof",
            "--",
            "--nocapture",
        ])
        // What the repository has built serves again; without symbols, as it builds its dependencies.
        .env("CARGO_TARGET_DIR", repo.root().join("target"))
        .env("CARGO_PROFILE_DEV_DEBUG", "false")
        .env("SEAM_COMPAT_REPLIES", replies)
        .status()
        .context("cargo could not be started")?;
    Ok(status.success())
}
