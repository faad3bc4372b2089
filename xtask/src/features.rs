//! `cargo xtask features`: each namespace of the client compiles alone, without a warning.

use std::fs;

use anyhow::{Context, Result, ensure};
use toml_edit::DocumentMut;

use crate::Outcome;
use crate::cargo;
use crate::repo::Repo;

/// How many lines of the compiler's complaints are shown.
const SHOWN: usize = 20;

/// Compiles the client with each of its features alone, with none and with all; a warning counts
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

pub(crate) fn run(_: &Args) -> Result<Outcome> {
    let repo = Repo::find()?;
    let path = repo.client().join("Cargo.toml");
    let manifest =
        fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let mut failed = 0;
    let alone = features(&manifest)?;
    ensure!(alone.len() >= 5, "the client's manifest has only {alone:?}");
    let sets = alone
        .iter()
        .map(|feature| {
            (
                feature.as_str(),
                vec!["--no-default-features", "--features", feature],
            )
        })
        .chain([
            ("none", vec!["--no-default-features"]),
            ("all", vec!["--all-features"]),
        ]);
    let mut tried = 0;
    for (name, args) in sets {
        tried += 1;
        let said = check(&repo, &args)?;
        if said.is_empty() {
            println!("{name:24} compiles");
        } else {
            failed += 1;
            let shown: Vec<&str> = said.lines().take(SHOWN).collect();
            println!("{name:24} FAILED:\n{}", shown.join("\n"));
        }
    }
    println!("{tried} sets of features, {failed} failed");
    Ok(if failed == 0 {
        Outcome::Good
    } else {
        Outcome::Bad
    })
}

/// The features that a manifest declares, but those that only gather others.
fn features(manifest: &str) -> Result<Vec<String>> {
    let manifest: DocumentMut = manifest.parse()?;
    let features = manifest
        .get("features")
        .and_then(|features| features.as_table())
        .context("the client's manifest declares no features")?;
    Ok(features
        .iter()
        .map(|(name, _)| name.to_owned())
        .filter(|name| !matches!(name.as_str(), "default" | "documented"))
        .collect())
}

/// The features that are namespaces of the documented API.
pub(crate) fn namespaces(manifest: &str) -> Result<Vec<String>> {
    let manifest: DocumentMut = manifest.parse()?;
    let documented = manifest
        .get("features")
        .and_then(|features| features.get("documented"))
        .and_then(|documented| documented.as_array())
        .context("the client's manifest has no feature `documented`")?;
    let names = documented.iter().filter_map(|name| name.as_str());
    Ok(names.map(str::to_owned).collect())
}

/// What the compiler has to say; nothing when all is well.
fn check(repo: &Repo, args: &[&str]) -> Result<String> {
    let output = cargo::command()
        .current_dir(repo.root())
        .args([
            "check",
            "--quiet",
            "--package",
            "generated-client",
            "--color",
            "never",
        ])
        .args(args)
        .output()
        .context("cargo could not be started")?;
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Ok(if output.status.success() || !said.is_empty() {
        said
    } else {
        "cargo failed and said nothing".to_owned()
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn features_that_gather_others_are_none_of_their_own() {
        let manifest = "[features]\ndefault = [\"rustls\", \"documented\"]\ndocumented = [\"locks\"]\nlocks = []\nrustls = []\n";
        assert_eq!(super::features(manifest).unwrap(), ["locks", "rustls"]);
        assert_eq!(super::namespaces(manifest).unwrap(), ["locks"]);
    }
}
