//! A sync whose process is killed, and one whose disk is full.
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
        command
            .args(args)
            .env("CARGO_MANIFEST_DIR", self.path("repo/xtask"));
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
