//! A sync whose process is killed, one whose disk is full, and what it makes of what cargo says.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A repository of the shape of this one, which pins the generator's fixture, and another document beside it.
struct Repository {
    folder: tempfile::TempDir,
}

impl Repository {
    fn new() -> Self {
        let repository = Self {
            folder: tempfile::tempdir().expect("there is room for a folder"),
        };
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../generator/tests/fixtures/changes/locks.yaml");
        let fixture = fs::read_to_string(fixture).expect("the fixture is there");
        let newer = fixture.replace("enum: [locked, unlocked]", "enum: [locked, jammed]");
        for (path, text) in [
            ("repo/Cargo.toml", "[workspace]\n"),
            ("repo/Cargo.lock", "version = 4\n"),
            ("repo/CHANGELOG.md", "# Changelog\n\n## Unreleased\n"),
            (
                "repo/generated-client/Cargo.toml",
                "[package]\nname = \"generated-client\"\nversion = \"0.1.0\"\n\n[features]\n\
                 # @generated features: begin\n# @generated features: end\n",
            ),
            (
                "repo/generated-client/README.md",
                "<!-- @generated coverage: begin -->\n<!-- @generated coverage: end -->\n",
            ),
            ("repo/generated-client/src/lib.rs", "mod generated;\n"),
            ("old.yaml", &fixture),
            ("new.yaml", &newer),
        ] {
            repository.write(path, text);
        }
        let old = repository.path("old.yaml");
        let old = old.to_str().expect("it is UTF-8");
        for args in [&["fetch", "--from", old][..], &["codegen"]] {
            let output = repository.xtask(args).output().expect("it runs");
            assert!(output.status.success(), "{output:?}");
        }
        repository
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        let parent = path.parent().expect("it lies in a folder");
        fs::create_dir_all(parent).expect("the folder can be made");
        fs::write(path, text).expect("the folder can be written");
    }

    /// A cargo that does what a test wants.
    fn cargo(&self, script: &str) -> PathBuf {
        self.write("cargo", &format!("#!/bin/sh\n{script}\n"));
        let path = self.path("cargo");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it is ours");
        path
    }

    fn xtask(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(args).current_dir(self.path("repo"));
        command
    }

    fn sync(&self, cargo: &Path) -> Command {
        let new = self.path("new.yaml");
        let mut command = self.xtask(&["sync", "--from", new.to_str().expect("it is UTF-8")]);
        command.env("CARGO", cargo);
        command
    }

    /// All files but those that cargo makes.
    fn snapshot(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = BTreeMap::new();
        collect(&self.path("repo"), &mut found);
        found
    }

    /// Nothing stands in the way of doing it again.
    fn sync_succeeds(&self) {
        let output = self.sync(&self.cargo("exit 0")).output().expect("it runs");
        assert!(output.status.success(), "{output:?}");
        let changelog = fs::read_to_string(self.path("repo/CHANGELOG.md")).expect("it is there");
        assert!(changelog.contains("## 0.2.0 ("), "{changelog}");
    }
}

fn collect(folder: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            if !path.ends_with("target") {
                collect(&path, found);
            }
        } else {
            let contents = fs::read(&path).expect("the file can be read");
            found.insert(path, contents);
        }
    }
}

#[test]
fn a_sync_that_is_killed_leaves_the_repository_as_it_was() {
    let repository = Repository::new();
    let before = repository.snapshot();
    let reached = repository.path("reached");
    let cargo = repository.cargo(&format!("touch '{}'; exec sleep 60", reached.display()));
    let mut child = repository
        .sync(&cargo)
        .stdout(Stdio::null())
        .spawn()
        .expect("it starts");
    let started = Instant::now();
    while !reached.exists() {
        assert!(
            started.elapsed() < Duration::from_secs(60),
            "it never compiles"
        );
        std::thread::sleep(Duration::from_millis(10));
    }

    child.kill().expect("it runs");
    child.wait().expect("it was started");

    assert_eq!(repository.snapshot(), before);
    repository.sync_succeeds();
}

#[test]
fn a_sync_that_can_write_no_more_leaves_the_repository_as_it_was() {
    let repository = Repository::new();
    let before = repository.snapshot();
    let cargo = repository.cargo("exit 0");
    let sync = repository.sync(&cargo);
    // As a full disk does, the limit lets a write fail half way.
    let mut limited = Command::new("sh");
    limited
        .args(["-c", "trap '' XFSZ; ulimit -f 2; exec \"$@\"", "sh"])
        .arg(sync.get_program())
        .args(sync.get_args());
    limited.current_dir(repository.path("repo"));
    for (key, value) in sync.get_envs() {
        limited.env(key, value.unwrap_or_default());
    }
    let Output { status, stderr, .. } = limited.output().expect("it runs");

    let said = String::from_utf8_lossy(&stderr);
    assert_eq!(status.code(), Some(2), "{said}");
    assert!(said.contains("sync stopped at the step `copy`"), "{said}");
    assert_eq!(repository.snapshot(), before);
    repository.sync_succeeds();
}

/// A cargo with which all passes but what of `by hand` a test says; it has two tests by hand and those that follow the
/// document.
const BY_HAND: &str = r#"case "$*" in
    metadata*) echo "{\"packages\": [{\"name\": \"generated-client\", \"targets\": [
        {\"name\": \"seam\", \"kind\": [\"lib\"], \"src_path\": \"$PWD/generated-client/src/lib.rs\"},
        {\"name\": \"proof\", \"kind\": [\"test\"], \"src_path\": \"$PWD/generated-client/tests/proof/main.rs\"},
        {\"name\": \"calls\", \"kind\": [\"test\"], \"src_path\": \"$PWD/generated-client/tests/calls.rs\"},
        {\"name\": \"waits\", \"kind\": [\"test\"], \"src_path\": \"$PWD/generated-client/tests/waits.rs\"}]}]}" | tr -d '\n';;
    clean*|check*|*--lib*|*--doc*) ;;
    *"--test calls") printf 'error[E0599]: no variant named `Unlocked`\n  --> generated-client/tests/calls.rs:7:5\n'; exit 101;;
    *"--test waits") printf "thread 'it_waits' (7) panicked at generated-client/tests/waits.rs:9:5:\nit did not\n"; exit 101;;
    *) echo "error: could not compile"; exit 101;;
esac"#;

#[test]
fn what_a_breaking_document_breaks_by_hand_is_named_with_its_first_error() {
    let repository = Repository::new();
    let summary = repository.path("summary.md");
    let output = repository
        .sync(&repository.cargo(BY_HAND))
        .arg("--summary")
        .arg(&summary)
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        said.ends_with(
            "by hand  2 files to be mended before this is merged:\n  \
             generated-client/tests/calls.rs: error[E0599]: no variant named `Unlocked`\n  \
             generated-client/tests/waits.rs: the test `it_waits` fails: it did not\n"
        ),
        "{said}"
    );
    let summary = fs::read_to_string(summary).expect("it is written");
    assert!(
        summary.contains("\n- `generated-client/tests/calls.rs`: error[E0599]"),
        "{summary}"
    );
}

#[test]
fn what_breaks_by_hand_though_nothing_else_does_stops_the_sync() {
    let repository = Repository::new();
    let additive = fs::read_to_string(repository.path("old.yaml"))
        .expect("the fixture is there")
        .replace(
            "enum: [locked, unlocked]",
            "enum: [locked, unlocked, jammed]",
        );
    repository.write("new.yaml", &additive);
    let before = repository.snapshot();
    let output = repository
        .sync(&repository.cargo(BY_HAND))
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.contains("sync stopped at the step `by hand`"),
        "{said}"
    );
    assert!(said.contains("error: could not compile"), "{said}");
    assert_eq!(repository.snapshot(), before);
}
