//! Syncs of a copy of this repository: from release to release, and to documents with random changes.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use toml_edit::DocumentMut;

use crate::mutations;
use crate::releases::{release, spread, versions};
use crate::support::{self, conclude, folder, output_of, root};

/// Folders that are not copied.
const SKIPPED: [&str; 3] = ["target", ".git", "node_modules"];

/// A fake cargo for which everything compiles and passes.
const PASSING: &str = "echo 'test result: ok. 1 passed'";

/// A copy of this repository.
struct Repository {
    root: PathBuf,
}

impl Repository {
    fn copy(name: &str) -> Self {
        let copy = folder("repositories").join(name);
        if copy.exists() {
            fs::remove_dir_all(&copy).expect("the last copy can be removed");
        }
        copy_folder(&root(), &copy);
        // One build folder for all copies.
        fs::create_dir_all(copy.join("target/sync")).expect("the folder can be made");
        symlink(folder("sync"), copy.join("target/sync/build")).expect("a link can be made");
        Self { root: copy }
    }

    /// Removes the tests and examples by hand and the corrections, which need the present document, and pins another one.
    fn begin(&self, document: &Path) {
        let client = self.root.join("generated-client");
        for entry in fs::read_dir(client.join("tests")).expect("there are tests") {
            let path = entry.expect("the folder can be read").path();
            // The tests in `conformance` are generated, and they may share a folder without a test.
            if path.is_dir() && path.join("main.rs").is_file() && !path.ends_with("conformance") {
                fs::remove_dir_all(path).expect("it can be removed");
            } else if path.is_file() {
                fs::remove_file(path).expect("it can be removed");
            }
        }
        fs::remove_dir_all(client.join("examples")).expect("there are examples");
        fs::remove_dir_all(self.root.join("spec")).expect("there is a document");
        let path = client.join("Cargo.toml");
        let manifest = fs::read_to_string(&path).expect("there is a manifest");
        let mut manifest: DocumentMut = manifest.parse().expect("it is TOML");
        manifest.remove("example");
        let tests = manifest["test"].as_array_of_tables_mut();
        let tests = tests.expect("there are tests");
        tests.retain(|test| test["name"].as_str() == Some("conformance"));
        manifest["package"]["version"] = toml_edit::value("0.1.0");
        fs::write(&path, manifest.to_string()).expect("it can be written");
        let changelog = "# Changelog\n\n## Unreleased\n";
        fs::write(self.root.join("CHANGELOG.md"), changelog).expect("it can be written");
        self.xtask(&["fetch".as_ref(), "--from".as_ref(), document])
            .expect("the document can be pinned");
        self.xtask(&["codegen".as_ref()]).expect("it is rendered");
    }

    fn xtask(&self, args: &[&Path]) -> Result<String, String> {
        support::xtask(&self.root, args)
    }

    /// Syncs to a document, with a shell script as cargo.
    fn sync(&self, document: &Path, script: &str) -> Result<String, String> {
        let cargo = self.root.join("target/cargo");
        fs::write(&cargo, format!("#!/bin/sh\n{script}\n")).expect("it can be written");
        fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).expect("it is ours");
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command
            .current_dir(&self.root)
            .args(["sync", "--from"])
            .arg(document)
            .env("CARGO", cargo);
        output_of(&mut command)
    }

    fn changelog(&self) -> String {
        fs::read_to_string(self.root.join("CHANGELOG.md")).expect("there is a changelog")
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the folder can be made");
    for entry in fs::read_dir(from).expect("the folder can be read") {
        let entry = entry.expect("the folder can be read");
        let name = entry.file_name();
        if SKIPPED.iter().any(|left_out| name == *left_out) {
            continue;
        }
        let (from, to) = (entry.path(), to.join(name));
        if from.is_dir() {
            copy_folder(&from, &to);
        } else {
            fs::copy(&from, &to).expect("the file can be copied");
        }
    }
}

/// Returns a script that runs the real cargo, but skips files that are written by hand.
fn compiling_script() -> String {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    format!("case \"$*\" in *--doc*|*--examples*) {PASSING}; exit 0;; esac\nexec '{cargo}' \"$@\"")
}

#[test]
#[ignore = "compiles two clients with their tests or as many as SEAM_RELEASES says, and needs npm"]
fn sync_updates_through_all_releases_in_order() {
    let versions = versions();
    assert!(versions.len() > 20, "only {} releases", versions.len());
    let repository = Repository::copy("history");
    repository.begin(&release(&versions[0]).path);
    let compiled = spread(versions.len(), support::count("SEAM_RELEASES", 3));
    let mut raised = 0;
    for (index, version) in versions.iter().enumerate().skip(1) {
        let is_compiled = compiled.contains(&index);
        let script = if is_compiled {
            compiling_script()
        } else {
            PASSING.to_owned()
        };
        let message = repository
            .sync(&release(version).path, &script)
            .unwrap_or_else(|error| panic!("the step to {version} fails: {error}"));
        raised += usize::from(check_step(&repository, version, &message));
    }
    println!("{raised} of {} steps raise the version", versions.len() - 1);
    assert!(
        raised > versions.len() / 2,
        "only {raised} steps raise the version"
    );
    // The client is byte for byte what codegen renders for the newest release.
    let check = ["codegen", "--check"].map(Path::new);
    repository
        .xtask(&check)
        .expect("the last client is in step");
    let kept = folder("repositories").join("CHANGELOG.md");
    fs::write(&kept, repository.changelog()).expect("it can be written");
}

/// Asserts that the version follows the verdict and is the first in the changelog. Returns false if the client is the same.
fn check_step(repository: &Repository, release: &str, message: &str) -> bool {
    let part = |name: &str| message.lines().find_map(|line| line.strip_prefix(name));
    let Some(verdict) = part("verdict  ") else {
        assert!(message.starts_with("in step"), "{release}: {message}");
        return false;
    };
    let Some((before, after)) = part("version  ")
        .and_then(|line| line.split(';').next())
        .and_then(|line| line.split_once(" → "))
    else {
        println!("{release:9} {verdict}, the same client");
        return false;
    };
    println!("{release:9} {verdict}, {before} → {after}");
    let [before, after] =
        [before, after].map(|version| semver::Version::parse(version).expect("it is a version"));
    // All releases are below 1.0.
    let expected = if verdict.starts_with("breaking") {
        (0, before.minor + 1, 0)
    } else {
        (0, before.minor, before.patch + 1)
    };
    assert_eq!(
        (after.major, after.minor, after.patch),
        expected,
        "{release}: {verdict}"
    );
    let changelog = repository.changelog();
    let newest = changelog
        .lines()
        .filter(|line| line.starts_with("## "))
        .nth(1);
    let heading = format!("## {after} (");
    assert!(
        newest.is_some_and(|line| line.starts_with(&heading)),
        "{release}: the changelog begins with {newest:?}"
    );
    true
}

/// The number of documents with random changes, and the number of changes in each.
const CHANGED: (usize, usize) = (20, 60);

#[test]
#[ignore = "plans twenty syncs, and compiles one or as many as SEAM_MUTATIONS says"]
fn a_sync_to_a_randomly_changed_document_succeeds_or_says_what_to_correct() {
    let pinned = fs::read_to_string(root().join("spec/openapi.json")).expect("it is pinned");
    let compiled = support::count("SEAM_MUTATIONS", 1);
    let (count, changes) = CHANGED;
    let (mut faults, mut ended) = (Vec::new(), 0);
    let documents = mutations::documents(&pinned, count, changes);
    for (index, (seed, document)) in documents.iter().enumerate() {
        let repository = Repository::copy("changed-at-random");
        let script = if index < compiled {
            compiling_script()
        } else {
            PASSING.to_owned()
        };
        match repository.sync(document, &script) {
            Ok(message) => {
                assert!(message.contains("version  "), "seed {seed}: {message}");
                println!("seed {seed:4} is synced");
                ended += 1;
            }
            Err(message) if says_what_to_correct(&message) => {
                println!("seed {seed:4} is refused: {message}")
            }
            Err(message) => faults.push(format!("seed {seed}: {message}")),
        }
    }
    println!("{ended} are synced");
    assert!(ended > count / 4, "only {ended} of {count} are synced");
    conclude("documents", documents.len(), count, &faults);
}

/// Returns true if a message has a JSON pointer and an action for the overlay, or names an unneeded entry of ours and what to do
/// with it.
fn says_what_to_correct(message: &str) -> bool {
    let in_document = (message.contains("/paths/") || message.contains("/components/"))
        && message.contains("- target: ");
    let in_entry = ["spec/names.yaml#/", "spec/overlay.yaml#/"]
        .iter()
        .filter_map(|file| message.split_once(file))
        .any(|(_, rest)| rest.contains("delete the ") || rest.contains("Put the type "));
    message.contains("sync stopped at the step") && (in_document || in_entry)
}

#[test]
#[ignore = "compiles the client and all of its tests"]
fn a_sync_to_calls_that_require_any_parameter_passes_its_tests() {
    let repository = Repository::copy("needs-a-parameter");
    let pinned = fs::read(repository.root.join("spec/openapi.json")).expect("it is pinned");
    let mut document = serde_json::from_slice(&pinned).expect("it is JSON");
    assert!(mark_updates(&mut document) > 2);
    let marked = repository.root.join("target/marked.json");
    fs::write(&marked, document.to_string()).expect("the folder can be written");

    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let synced = repository.sync(&marked, &format!("exec '{cargo}' \"$@\""));
    synced.expect("the sync succeeds");
    let calls = repository
        .root
        .join("generated-client/tests/conformance/generated/calls.rs");
    let calls = fs::read_to_string(calls).expect("it is rendered");
    assert!(
        calls.contains("given: &[\""),
        "no call is tested with a parameter"
    );
}

/// Marks every update without required parameters as one that needs any parameter; returns their number.
fn mark_updates(document: &mut serde_json::Value) -> usize {
    let mut marked = 0;
    let paths = document["paths"].as_object_mut().expect("there are paths");
    for (path, item) in paths {
        let Some(operation) = item.get_mut("post").filter(|_| path.ends_with("/update")) else {
            continue;
        };
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
        if schema["properties"].is_object() && !schema["required"].is_array() {
            operation["x-has-required-parameters"] = "Pass what changes.".into();
            marked += 1;
        }
    }
    marked
}
