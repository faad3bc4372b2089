//! The releases of Seam's document in the npm registry.

use std::fs;
use std::path::PathBuf;

use crate::additions::Step;
use crate::support::{self, Document, conclude, folder, output_of, root};

const PACKAGE: &str = "@seamapi/types";
/// The least number of steps that only add, so that the test proves something.
const FEWEST_ADDING: usize = 5;

/// Returns the versions in the registry, oldest first.
pub(crate) fn versions() -> Vec<String> {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let mut command = std::process::Command::new(npm);
    command.args(["view", PACKAGE, "versions", "--json", "--loglevel=error"]);
    let listed = output_of(&mut command).expect("npm lists the versions");
    serde_json::from_str(&listed).expect("npm lists the versions as JSON")
}

/// Returns the document of a release; an earlier run may have downloaded it.
pub(crate) fn release(version: &str) -> Document {
    let spec = folder("releases").join(version);
    if !spec.join("source.toml").is_file() {
        let from = format!("npm:{PACKAGE}@{version}");
        let args = ["fetch", "--from", &from, "--spec-dir"];
        let args = args.map(PathBuf::from).into_iter().chain([spec.clone()]);
        support::xtask(&root(), &args.collect::<Vec<_>>()).expect("the registry has the release");
    }
    Document::read(spec.join("openapi.json"))
}

/// Returns `count` indices below `length`, spread evenly, with the first and the last one.
pub(crate) fn spread(length: usize, count: usize) -> Vec<usize> {
    match (length, count.min(length)) {
        (_, 0) => Vec::new(),
        (length, 1) => vec![length - 1],
        (length, count) => (0..count)
            .map(|step| step * (length - 1) / (count - 1))
            .collect(),
    }
}

#[test]
fn the_oldest_and_the_newest_release_are_compiled() {
    assert_eq!(spread(46, 3), [0, 22, 45]);
    assert_eq!(spread(46, 12).len(), 12);
    assert_eq!(spread(2, 12), [0, 1]);
    assert_eq!(spread(46, 1), [45]);
    assert_eq!(spread(46, 0), [0_usize; 0]);
}

#[test]
#[ignore = "compiles three clients or as many as SEAM_RELEASES says, and needs npm"]
fn releases_from_the_oldest_to_the_newest_compile() {
    let versions = versions();
    let picked = spread(versions.len(), support::count("SEAM_RELEASES", 3));
    let crates = folder("crates");
    let mut faults = Vec::new();
    for &index in &picked {
        let version = &versions[index];
        let crate_folder = crates.join(version);
        let compiles = support::render(&release(version).path, &crate_folder)
            .and_then(|()| support::compile(&crate_folder));
        println!(
            "{version:10} {}",
            compiles.as_ref().map_or("FAILED", |()| "compiles")
        );
        faults.extend(compiles.err().map(|error| format!("{version}: {error}")));
    }
    conclude("releases", picked.len(), 1, &faults);
}

/// If a document only adds things or changes words, the verdict is at most additive, except for parameters that became optional.
#[test]
#[ignore = "compares all releases, and needs npm"]
fn a_release_that_only_adds_breaks_no_caller() {
    let names = fs::read_to_string(root().join("spec/names.yaml")).expect("there are names");
    let documents: Vec<(String, Document)> = versions()
        .into_iter()
        .map(|version| {
            let mut document = release(&version);
            document.names = Some(names.clone());
            (version, document)
        })
        .collect();
    let (mut adding, mut faults) = (0, Vec::new());
    for pair in documents.windows(2) {
        let ((from, old), (to, new)) = (&pair[0], &pair[1]);
        let json = |document: &Document| {
            serde_json::from_str(&document.text).expect("the document is JSON")
        };
        let step = Step::between(&json(old), &json(new));
        if !step.moved.is_empty() {
            continue;
        }
        adding += 1;
        let changes = generator::compare(&old.source(), &new.source(), support::lenient_options())
            .expect("both can be read");
        let breaking: Vec<&str> = changes
            .of_class(generator::Class::Breaking)
            .map(|change| change.sentence.as_str())
            .collect();
        if breaking.len() > step.loosened {
            faults.push(format!(
                "{from} to {to} only adds, and breaks:\n  {}",
                breaking.join("\n  ")
            ));
        }
    }
    conclude("steps that only add", adding, FEWEST_ADDING, &faults);
}
