//! Reads the pinned document at a git revision.

use std::process::{Command, Output};

use anyhow::{Context, Result, bail};

use crate::render::{Companion, Input};
use crate::repo::Repo;

const DOCUMENT: &str = "spec/openapi.json";
const OVERLAY: &str = "spec/overlay.yaml";
const NAMES: &str = "spec/names.yaml";

/// Returns true if git resolves this name to a commit.
pub(super) fn is_revision(repo: &Repo, name: &str) -> Result<bool> {
    let commit = format!("{name}^{{commit}}");
    let output = git(
        repo,
        &[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &commit,
        ],
    )?;
    Ok(output.status.success())
}

/// Returns the document of a revision, with the corrections at that revision.
pub(super) fn document(repo: &Repo, revision: &str) -> Result<Input> {
    let Some(document) = file(repo, revision, DOCUMENT)? else {
        bail!("revision {revision} has no {DOCUMENT}");
    };
    let companion = |path: &str| -> Result<Option<Companion>> {
        let text = file(repo, revision, path)?;
        Ok(text.map(|text| Companion {
            text,
            name: format!("{revision}:{path}"),
        }))
    };
    Ok(Input {
        document,
        name: format!("{revision}:{DOCUMENT}"),
        overlay: companion(OVERLAY)?,
        names: companion(NAMES)?,
        ..Input::default()
    })
}

fn file(repo: &Repo, revision: &str, path: &str) -> Result<Option<String>> {
    let output = git(
        repo,
        &["show", "--end-of-options", &format!("{revision}:./{path}")],
    )?;
    if !output.status.success() {
        return Ok(None);
    }
    let text = String::from_utf8(output.stdout);
    Ok(Some(text.with_context(|| {
        format!("{path} of {revision} is not UTF-8")
    })?))
}

fn git(repo: &Repo, args: &[&str]) -> Result<Output> {
    let run = Command::new("git")
        .current_dir(repo.root())
        .args(args)
        .output();
    run.context(
        "git could not be started; name the documents as files, URLs or npm:NAME@VERSION instead",
    )
}
