//! The verdicts of `diff`, compared with those of cargo-semver-checks.

use std::fs;
use std::path::{Path, PathBuf};

use generator::{Class, Verdict};

use crate::releases::release;
use crate::support::{self, BuildFolder, conclude, folder, printed, root};

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

#[test]
#[ignore = "documents twenty crates; needs cargo-semver-checks and npm"]
fn the_verdicts_agree_with_cargo_semver_checks_or_the_difference_is_explained() {
    let faults: Vec<String> = PAIRS.iter().filter_map(fault).collect();
    conclude("pairs", PAIRS.len(), 10, &faults);
}

/// The fault in the verdict on a pair, if there is one.
fn fault(pair: &Pair) -> Option<String> {
    let documents = [pair.old, pair.new].map(release);
    let [old, new] = &documents;
    let changes = generator::compare(&old.source(), &new.source(), support::lenient())
        .expect("both can be read");
    let [old, new] = [(pair.old, old), (pair.new, new)].map(|(version, document)| {
        let crate_folder = folder("crates").join(version);
        support::render(&document.path, &crate_folder).expect("the release is rendered");
        rustdoc(&crate_folder, version)
    });
    let lints = broken_lints(&old, &new);
    let is_breaking = changes.verdict == Verdict::Breaking;
    println!(
        "{:9} → {:9} {} ({} breaking); cargo-semver-checks: {lints:?}",
        pair.old,
        pair.new,
        changes.verdict,
        changes.of_class(Class::Breaking).count(),
    );
    let what = match (is_breaking, lints.is_empty(), pair.stricter) {
        (false, false, _) => "cargo-semver-checks finds a break that `diff` does not",
        (true, true, None) => "only `diff` finds a break, and nothing explains it",
        (true, false, Some(_)) | (false, true, Some(_)) => {
            "they agree now: take the explanation out of the table"
        }
        _ => return None,
    };
    Some(format!("{} → {}: {what}", pair.old, pair.new))
}

/// The JSON of rustdoc for a crate with its default features, which leave out what is undocumented.
fn rustdoc(crate_folder: &Path, version: &str) -> PathBuf {
    let build = BuildFolder::take();
    let target = build.path();
    let mut command = support::cargo(crate_folder);
    command
        .args(["rustdoc", "--quiet", "--lib", "--color", "never", "--"])
        .args(["-Zunstable-options", "--output-format", "json"])
        .args(["--cap-lints", "allow"])
        // The format is not stable, and cargo-semver-checks reads that of the stable toolchain.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", &target);
    printed(&mut command).expect("the crate can be documented");
    let kept = folder("rustdoc").join(format!("{version}.json"));
    fs::copy(target.join("doc/seam.json"), &kept).expect("rustdoc leaves JSON");
    kept
}

/// The lints by which cargo-semver-checks calls the step from one crate to the other a breaking one.
fn broken_lints(old: &Path, new: &Path) -> Vec<String> {
    let mut command = support::cargo(&root());
    command
        .args(["semver-checks", "check-release", "--color", "never"])
        .args(["--release-type", "minor"])
        .arg("--baseline-rustdoc")
        .arg(old)
        .arg("--current-rustdoc")
        .arg(new);
    let result = printed(&mut command);
    let said = result.as_ref().unwrap_or_else(|said| said);
    let mut lints: Vec<String> = said
        .lines()
        .filter_map(|line| line.strip_prefix("--- failure "))
        .filter_map(|line| line.split(':').next())
        .map(str::to_owned)
        .collect();
    lints.sort();
    lints.dedup();
    assert!(
        !lints.is_empty() || result.is_ok(),
        "cargo-semver-checks fails:\n{said}"
    );
    lints
}
