//! The verdicts of `diff`, compared with those of cargo-semver-checks: on small documents and on releases.

mod small;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use generator::{Class, Verdict};
use serde_json::Value;

use crate::releases::release;
use crate::support::{self, BuildFolder, Document, conclude, folder, output_of, root};
use small::EDITS;

/// Two releases, and why the verdicts differ where they do.
struct Pair {
    old: &'static str,
    new: &'static str,
    /// Why our verdict is breaking although cargo-semver-checks finds nothing: it does not compare types.
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

/// Releases with few changes and with many.
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

/// The least number of lints. A run with fewer has not checked the crate.
const FEWEST_LINTS: usize = 100;

#[test]
#[ignore = "documents twenty-five small crates; needs cargo-semver-checks"]
fn the_verdicts_on_small_documents_agree_with_cargo_semver_checks() {
    let text = fs::read_to_string(root().join("xtask/tests/documents/verdicts/rooms.yaml"));
    let rooms: Value = serde_yaml::from_str(&text.expect("it is there")).expect("it is YAML");
    let old = Small::new("rooms", &rooms);
    let edited = support::map_in_parallel(&EDITS, |edit| {
        let mut rooms = rooms.clone();
        (edit.edit)(&mut rooms);
        Small::new(&edit.name.replace(' ', "-"), &rooms)
    });
    let mut faults = Vec::new();
    let (mut compared, mut agreed) = (0, 0);
    for (edit, new) in EDITS.iter().zip(&edited) {
        let name = edit.name;
        let verdict = verdict(&old.document, &new.document).0;
        let lints = broken_lints(&old.rustdoc, &new.rustdoc);
        println!("{name:32} {verdict}; cargo-semver-checks: {lints:?}");
        compared += 1;
        agreed += usize::from((verdict == Verdict::Breaking) != lints.is_empty());
        if verdict != edit.verdict {
            faults.push(format!("{name}: `diff` says {verdict}"));
        }
        if !lints
            .iter()
            .map(String::as_str)
            .eq(edit.lints.iter().copied())
        {
            faults.push(format!("{name}: cargo-semver-checks finds {lints:?}"));
        }
        let fault = disagreement(verdict, &lints, edit.stricter);
        faults.extend(fault.map(|fault| format!("{name}: {fault}")));
    }
    println!("they agree on {agreed} of {compared}");
    assert!(agreed >= 20, "they agree on {agreed} pairs alone");
    conclude("pairs", compared, EDITS.len(), &faults);
}

/// A small document, and the JSON of rustdoc for its client.
struct Small {
    document: Document,
    rustdoc: PathBuf,
}

impl Small {
    fn new(name: &str, document: &Value) -> Self {
        let path = folder("verdicts").join(format!("{name}.json"));
        fs::write(&path, document.to_string()).expect("the folder can be written");
        let crate_folder = folder("crates").join(format!("verdicts-{name}"));
        support::render(&path, &crate_folder).expect("it is rendered");
        Self {
            document: Document::read(path),
            rustdoc: rustdoc(&crate_folder, "rooms", name),
        }
    }
}

#[test]
#[ignore = "documents twenty crates; needs cargo-semver-checks and npm"]
fn the_verdicts_on_releases_agree_with_cargo_semver_checks_or_the_difference_is_explained() {
    let mut compared = 0;
    let mut faults = Vec::new();
    for pair in &PAIRS {
        let documents = [pair.old, pair.new].map(release);
        let [old, new] = &documents;
        let (verdict, breaking) = verdict(old, new);
        let [old, new] = [(pair.old, old), (pair.new, new)].map(|(version, document)| {
            let crate_folder = folder("crates").join(version);
            support::render(&document.path, &crate_folder).expect("the release is rendered");
            rustdoc(&crate_folder, "seam", version)
        });
        let lints = broken_lints(&old, &new);
        println!(
            "{:9} → {:9} {verdict} ({breaking} breaking); cargo-semver-checks: {lints:?}",
            pair.old, pair.new,
        );
        compared += 1;
        let fault = disagreement(verdict, &lints, pair.stricter);
        faults.extend(fault.map(|fault| format!("{} → {}: {fault}", pair.old, pair.new)));
    }
    conclude("pairs", compared, PAIRS.len(), &faults);
}

/// Returns the verdict of `diff`, and the number of breaking changes.
fn verdict(old: &Document, new: &Document) -> (Verdict, usize) {
    let changes = generator::compare(&old.source(), &new.source(), support::lenient_options())
        .expect("both can be read");
    (changes.verdict, changes.of_class(Class::Breaking).count())
}

/// Returns the difference between the verdicts, unless it is explained.
fn disagreement(
    verdict: Verdict,
    lints: &BTreeSet<String>,
    stricter: Option<&str>,
) -> Option<&'static str> {
    match (verdict == Verdict::Breaking, lints.is_empty(), stricter) {
        (false, false, _) => Some("cargo-semver-checks finds a break that `diff` does not"),
        (true, true, None) => Some("only `diff` finds a break, and nothing explains it"),
        (true, false, Some(_)) | (false, true, Some(_)) => {
            Some("they agree now: remove the explanation from the table")
        }
        _ => None,
    }
}

/// Returns the JSON of rustdoc for a crate with its default features, which exclude undocumented parts.
fn rustdoc(crate_folder: &Path, library: &str, name: &str) -> PathBuf {
    let build = BuildFolder::take();
    let written = build.path().join("doc").join(format!("{library}.json"));
    // All crates write the same file, so cargo must not reuse an earlier run.
    let _ = fs::remove_file(&written);
    let main = File::options()
        .append(true)
        .open(crate_folder.join("src/lib.rs"));
    let main = main.expect("the crate has a library");
    main.set_modified(SystemTime::now()).expect("it is ours");
    let mut command = support::cargo(crate_folder);
    command
        .args(["rustdoc", "--quiet", "--lib", "--color", "never", "--"])
        .args(["-Zunstable-options", "--output-format", "json"])
        .args(["--cap-lints", "allow"])
        // The format is not stable, and cargo-semver-checks reads that of the stable toolchain.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", build.path());
    output_of(&mut command).expect("the crate can be documented");
    let kept = folder("rustdoc").join(format!("{name}.json"));
    fs::copy(&written, &kept).expect("rustdoc leaves JSON");
    kept
}

/// Returns the lints of cargo-semver-checks that report breaking changes between two crates.
fn broken_lints(old: &Path, new: &Path) -> BTreeSet<String> {
    let mut command = support::cargo(&root());
    command
        .args(["semver-checks", "check-release", "--color", "never"])
        .args(["--release-type", "minor"])
        .arg("--baseline-rustdoc")
        .arg(old)
        .arg("--current-rustdoc")
        .arg(new);
    let output = command.output().expect("cargo starts");
    let printed = [output.stdout, output.stderr].concat();
    let message = String::from_utf8_lossy(&printed);
    let lints: BTreeSet<String> = message
        .lines()
        .filter_map(|line| line.strip_prefix("--- failure "))
        .filter_map(|line| line.split(':').next())
        .map(str::to_owned)
        .collect();
    assert!(
        checked_count(&message) >= FEWEST_LINTS && output.status.success() == lints.is_empty(),
        "cargo-semver-checks fails:\n{message}"
    );
    lints
}

/// Returns the number of lints that cargo-semver-checks has checked, according to its output.
fn checked_count(message: &str) -> usize {
    let line = message
        .lines()
        .find(|line| line.trim_start().starts_with("Checked ["));
    let count = line.and_then(|line| {
        line.split(" checks: ")
            .next()?
            .rsplit(' ')
            .next()?
            .parse()
            .ok()
    });
    count.unwrap_or(0)
}

#[test]
fn output_without_a_count_means_that_no_lint_was_checked() {
    let message =
        "    Starting 1\n     Checked [   0.026s] 196 checks: 195 pass, 1 fail, 0 warn, 49 skip\n";
    assert_eq!(checked_count(message), 196);
    assert_eq!(
        checked_count("error: no such command: `semver-checks`\n"),
        0
    );
}
