//! `cargo xtask semver`: the verdict of `diff`, held against what cargo-semver-checks says of the two crates.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use generator::{Changes, Class, Verdict};

use crate::Outcome;
use crate::cargo;
use crate::codegen;
use crate::corpus;
use crate::render::compare;
use crate::repo::Repo;

/// Hold the verdicts of `diff` against cargo-semver-checks, on releases of the document
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Only pairs that begin with this version
    #[arg(value_name = "VERSION")]
    only: Option<String>,
}

/// Two releases, and why the verdicts differ where they do.
struct Pair {
    old: &'static str,
    new: &'static str,
    /// Why we call breaking what cargo-semver-checks lets pass: it does not compare types.
    stricter: Option<&'static str>,
}

const fn agreed(old: &'static str, new: &'static str) -> Pair {
    Pair {
        old,
        new,
        stricter: None,
    }
}

const fn stricter(old: &'static str, new: &'static str, why: &'static str) -> Pair {
    Pair {
        old,
        new,
        stricter: Some(why),
    }
}

/// Quiet releases and violent ones.
const PAIRS: [Pair; 10] = [
    agreed("1.179.0", "1.184.0"),
    stricter(
        "1.186.0",
        "1.194.0",
        "parameters no longer take null, and a property holds ids where it held strings: no item is gone, and \
         cargo-semver-checks compares neither the types of arguments nor those of fields",
    ),
    agreed("1.197.0", "1.199.0"),
    stricter(
        "1.218.1",
        "1.219.0",
        "properties of `DormakabaOracodeMetadata` became optional, one a number or text: cargo-semver-checks does not \
         compare the types of fields",
    ),
    agreed("1.240.0", "1.267.0"),
    agreed("1.304.0", "1.305.0"),
    agreed("1.441.1", "1.444.1"),
    agreed("1.721.0", "1.724.0"),
    agreed("1.955.0", "1.956.0"),
    agreed("1.956.0", "1.977.0"),
];

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let repo = Repo::find()?;
    require_tool()?;
    let folder = repo.root().join("target").join("semver");
    let (mut tried, mut wrong) = (0, 0);
    let wanted = |pair: &&Pair| args.only.as_deref().is_none_or(|only| pair.old == only);
    for pair in PAIRS.iter().filter(wanted) {
        let held = hold(&repo, &folder, pair)
            .with_context(|| format!("{} → {} cannot be held", pair.old, pair.new))?;
        println!("{:9} → {:9} {held}", pair.old, pair.new);
        wrong += usize::from(!held.is_as_expected);
        tried += 1;
    }
    println!("{tried} pairs, {wrong} verdicts are not explained");
    ensure!(tried > 0, "no pair begins with that version");
    Ok(if wrong == 0 {
        Outcome::Good
    } else {
        Outcome::Bad
    })
}

/// Both verdicts of a pair.
struct Held {
    ours: Verdict,
    breaks: usize,
    theirs: Vec<String>,
    is_as_expected: bool,
    why: Option<&'static str>,
}

impl std::fmt::Display for Held {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} breaking)", self.ours, self.breaks)?;
        match self.theirs.as_slice() {
            [] => f.write_str("; cargo-semver-checks: no break")?,
            lints => write!(f, "; cargo-semver-checks: {}", lints.join(", "))?,
        }
        match (self.is_as_expected, self.why) {
            (true, Some(why)) => write!(f, "\n{:24}because {why}", ""),
            (true, None) => Ok(()),
            (false, Some(_)) => write!(
                f,
                "\n{:24}WRONG: they agree now; take the explanation out of the table",
                ""
            ),
            (false, None) => write!(f, "\n{:24}WRONG: they differ, and nothing explains it", ""),
        }
    }
}

fn hold(repo: &Repo, folder: &Path, pair: &Pair) -> Result<Held> {
    let old = corpus::document(&repo.root().join("target").join("corpus"), pair.old)?;
    let new = corpus::document(&repo.root().join("target").join("corpus"), pair.new)?;
    let changes: Changes = compare(&old, &new)?;
    let docs = [(pair.old, &old), (pair.new, &new)].map(|(version, input)| -> Result<PathBuf> {
        let dir = folder.join("crates").join(version);
        codegen::standalone_crate(repo, input, &dir)?;
        rustdoc(&dir, folder, version)
    });
    let [old, new] = docs;
    let theirs = broken_lints(&old?, &new?)?;
    let breaks = changes.of_class(Class::Breaking).count();
    let stricter = changes.verdict == Verdict::Breaking && theirs.is_empty();
    let laxer = changes.verdict != Verdict::Breaking && !theirs.is_empty();
    Ok(Held {
        ours: changes.verdict,
        breaks,
        theirs,
        is_as_expected: !laxer && stricter == pair.stricter.is_some(),
        why: pair.stricter,
    })
}

/// What rustdoc says of a crate with its default features, which leave out what is undocumented.
fn rustdoc(dir: &Path, folder: &Path, version: &str) -> Result<PathBuf> {
    let target = folder.join("target");
    let output = cargo::command()
        .current_dir(dir)
        .args(["rustdoc", "--quiet", "--lib", "--color", "never", "--"])
        .args([
            "-Zunstable-options",
            "--output-format",
            "json",
            "--cap-lints",
            "allow",
        ])
        // The format is not stable, and cargo-semver-checks reads that of the stable toolchain.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", &target)
        .output()
        .context("cargo could not be started")?;
    ensure!(
        output.status.success(),
        "rustdoc fails on {version}:\n{}",
        String::from_utf8_lossy(&output.stderr).trim()
    );
    let kept = folder.join(format!("{version}.json"));
    fs::copy(target.join("doc").join("seam.json"), &kept).context("rustdoc has left no JSON")?;
    Ok(kept)
}

/// The lints by which cargo-semver-checks calls the step from one crate to the other a breaking one.
fn broken_lints(old: &Path, new: &Path) -> Result<Vec<String>> {
    let output = cargo::command()
        .args(["semver-checks", "check-release", "--color", "never"])
        .args(["--release-type", "minor"])
        .arg("--baseline-rustdoc")
        .arg(old)
        .arg("--current-rustdoc")
        .arg(new)
        .output()
        .context("cargo could not be started")?;
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    let mut lints: Vec<String> = said
        .lines()
        .filter_map(|line| line.strip_prefix("--- failure "))
        .filter_map(|line| line.split(':').next())
        .map(str::to_owned)
        .collect();
    lints.sort();
    lints.dedup();
    if lints.is_empty() && !output.status.success() {
        bail!("cargo-semver-checks fails:\n{}", said.trim());
    }
    Ok(lints)
}

fn require_tool() -> Result<()> {
    let output = cargo::command()
        .args(["semver-checks", "--version"])
        .output();
    ensure!(
        output.is_ok_and(|output| output.status.success()),
        "this needs cargo-semver-checks: `cargo install --locked cargo-semver-checks`, and run the command again"
    );
    Ok(())
}
