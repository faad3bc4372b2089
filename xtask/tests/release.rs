//! Tests of `.github/release` with the version, the tags and the changelog of a real repository.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const MANIFEST: &str = "generated-client/Cargo.toml";
const CHANGELOG: &str = "# Changelog\n\n## Unreleased\n\n## 0.2.0 (2026-05-02)\n\nFollows the API.\n\n### Added\n\n- Locks.\n\n\
    ## 0.1.0 (2026-05-01)\n\n- The first.\n";

struct Repository {
    folder: tempfile::TempDir,
}

impl Repository {
    /// Makes a repository with version 0.2.0, which released 0.1.0 on 2026-05-01.
    fn new() -> Self {
        let repository = Self {
            folder: tempfile::tempdir().expect("there is room for a folder"),
        };
        let github = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.github");
        let script = fs::read_to_string(github.join("release")).expect("the script is there");
        repository.write(".github/release", &script);
        repository.write("CHANGELOG.md", CHANGELOG);
        repository.write(
            MANIFEST,
            "[package]\nversion = \"0.2.0\"\nhomepage = \"https://example.com\"\n",
        );
        repository.git(&["init", "--quiet"]);
        repository.git(&["add", "--all"]);
        repository.git(&["commit", "--quiet", "--message", "Begin"]);
        repository.git(&["tag", "--annotate", "v0.1.0", "--message", "0.1.0"]);
        repository
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it lies in a folder"))
            .expect("the folder can be made");
        fs::write(path, text).expect("the folder can be written");
    }

    fn run(&self, program: &str, args: &[&str]) -> Output {
        let output = Command::new(program)
            .current_dir(self.folder.path())
            .args(args)
            .env("HOME", self.folder.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_COMMITTER_DATE", "2026-05-01T23:30:00Z")
            .envs([
                ("GIT_AUTHOR_NAME", "A"),
                ("GIT_AUTHOR_EMAIL", "a@example.org"),
            ])
            .envs([
                ("GIT_COMMITTER_NAME", "A"),
                ("GIT_COMMITTER_EMAIL", "a@example.org"),
            ])
            .output();
        output.expect("it runs")
    }

    fn git(&self, args: &[&str]) {
        let output = self.run("git", args);
        assert!(output.status.success(), "{args:?}: {output:?}");
    }

    /// Returns what the script writes to stdout and to stderr.
    fn release(&self, args: &[&str]) -> (String, String) {
        let output = self.run("bash", &[&[".github/release"][..], args].concat());
        assert!(output.status.success(), "{args:?}: {output:?}");
        let text = |bytes| String::from_utf8(bytes).expect("it is UTF-8");
        (text(output.stdout), text(output.stderr))
    }
}

#[test]
fn an_untagged_version_is_due_on_the_day_after_the_last_release() {
    let repository = Repository::new();
    assert_eq!(repository.release(&["due", "2026-05-02"]).0, "0.2.0\n");

    let (due, printed) = repository.release(&["due", "2026-05-01"]);
    assert_eq!(due, "");
    assert!(
        printed.contains("there was a release on 2026-05-01"),
        "{printed}"
    );
}

#[test]
fn tagged_versions_and_versions_without_notes_are_not_due() {
    let repository = Repository::new();
    repository.write(MANIFEST, "version = \"0.1.0\"\n");
    let (due, printed) = repository.release(&["due", "2026-05-09"]);
    assert_eq!(due, "");
    assert!(printed.contains("0.1.0 is released"), "{printed}");

    repository.write(MANIFEST, "version = \"0.3.0\"\n");
    let (due, printed) = repository.release(&["due", "2026-05-09"]);
    assert_eq!(due, "");
    assert!(printed.contains("waits for its notes"), "{printed}");
}

#[test]
fn the_notes_are_the_section_of_the_version_in_the_changelog() {
    let repository = Repository::new();
    let (notes, _) = repository.release(&["notes", "0.2.0"]);
    assert_eq!(
        notes.trim_end(),
        "Follows the API.\n\n### Added\n\n- Locks."
    );
}

#[test]
fn the_address_is_added_to_a_manifest_without_one() {
    let repository = Repository::new();
    let manifest =
        || fs::read_to_string(repository.folder.path().join(MANIFEST)).expect("it is there");
    repository.release(&["address", "https://example.org/one"]);
    let first = manifest();
    assert!(
        first.ends_with(
            "homepage = \"https://example.com\"\nrepository = \"https://example.org/one\"\n"
        ),
        "{first}"
    );
    repository.release(&["address", "https://example.org/two"]);
    assert_eq!(manifest(), first);
}
