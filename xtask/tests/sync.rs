//! Syncs that are killed, that run out of disk space, and that read cargo's messages.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// The output of cargo for tests that pass. A build ignores it.
const PASSING: &str = "echo 'test result: ok. 1 passed; 0 failed; 0 ignored'";

/// A repository like this one, which pins the fixture of the generator, and a newer document.
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

    /// Writes a fake cargo.
    fn cargo(&self, script: &str) -> PathBuf {
        self.write("cargo", &format!("#!/bin/sh\n{script}\n"));
        let path = self.path("cargo");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it is ours");
        path
    }

    fn xtask(&self, args: &[&str]) -> Command {
        let xtask = env!("CARGO_BIN_EXE_xtask");
        // A process in the background of a shell ignores SIGINT, and one under `nohup` SIGHUP. Their children do, too.
        let mut command = if cfg!(target_os = "linux") {
            let mut env = Command::new("env");
            env.args(["--default-signal=INT,HUP", xtask]);
            env
        } else {
            Command::new(xtask)
        };
        command.args(args).current_dir(self.path("repo"));
        command
    }

    fn sync(&self, cargo: &Path) -> Command {
        let new = self.path("new.yaml");
        let mut command = self.xtask(&["sync", "--from", new.to_str().expect("it is UTF-8")]);
        command.env("CARGO", cargo);
        command
    }

    /// Returns all files except those of cargo.
    fn snapshot(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = BTreeMap::new();
        collect(&self.path("repo"), &mut found);
        found
    }

    /// Asserts that another sync succeeds.
    fn assert_sync_succeeds(&self) {
        let output = self.sync(&self.cargo(PASSING)).output().expect("it runs");
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

/// Returns true if a process is running. A zombie is not.
fn is_running(process: &str) -> bool {
    let mut ps = Command::new("ps");
    let state = ps
        .args(["-o", "stat=", "-p", process])
        .output()
        .expect("there is ps");
    let state = String::from_utf8_lossy(&state.stdout).into_owned();
    !state.trim().is_empty() && !state.starts_with('Z')
}

#[track_caller]
fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < Duration::from_secs(60), "{what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_killed_sync_leaves_no_child_and_does_not_change_the_repository() {
    for signal in ["INT", "TERM", "HUP", "KILL"] {
        let repository = Repository::new();
        let before = repository.snapshot();
        let reached = repository.path("reached");
        // The child has a child of its own, as cargo has rustc.
        let script = format!(
            "sleep 600 & echo $$ $! > '{0}.new'; mv '{0}.new' '{0}'; wait",
            reached.display()
        );
        let cargo = repository.cargo(&script);
        let mut sync = repository
            .sync(&cargo)
            .stdout(Stdio::null())
            .spawn()
            .expect("it starts");
        wait_until("it never compiles", || reached.exists());
        let children = fs::read_to_string(&reached).expect("it is written");
        assert_eq!(children.split_whitespace().count(), 2, "{children}");
        assert!(children.split_whitespace().all(is_running), "{children}");

        let mut kill = Command::new("kill");
        kill.args(["-s", signal, &sync.id().to_string()]);
        assert!(kill.status().expect("there is kill").success());
        wait_until(&format!("{signal}: the sync runs on"), || {
            !is_running(&sync.id().to_string())
        });
        sync.wait().expect("it was started");

        for child in children.split_whitespace() {
            wait_until(&format!("{signal}: a child runs on"), || !is_running(child));
        }
        assert_eq!(repository.snapshot(), before, "{signal}");
        repository.assert_sync_succeeds();
    }
}

#[test]
fn a_sync_on_a_full_disk_does_not_change_the_repository() {
    let repository = Repository::new();
    let before = repository.snapshot();
    let cargo = repository.cargo(PASSING);
    let sync = repository.sync(&cargo);
    // The limit makes a write fail half way, as a full disk does.
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

    let message = String::from_utf8_lossy(&stderr);
    assert_eq!(status.code(), Some(2), "{message}");
    assert!(
        message.contains("sync stopped at the step `copy`"),
        "{message}"
    );
    assert_eq!(repository.snapshot(), before);
    repository.assert_sync_succeeds();
}

/// A fake cargo for which two tests by hand fail, one of them to compile.
const BY_HAND: &str = r#"target() {
    printf '{"kind": ["test"], "crate_types": ["bin"], "name": "%s", "src_path": "%s"}' "$1" "$PWD/generated-client/tests/$1.rs"
}
artifact() {
    printf '{"reason": "compiler-artifact", "package_id": "generated-client", "manifest_path": "/Cargo.toml", "features": [],
        "target": %s, "filenames": [], "executable": "/test", "fresh": false, "profile": {"opt_level": "0", "debuginfo": 0,
        "debug_assertions": true, "overflow_checks": true, "test": true}}' "$(target "$1")" | tr -d '\n'
    echo
}
error() {
    printf '{"reason": "compiler-message", "package_id": "generated-client", "target": %s, "message": {
        "message": "no variant named `Unlocked`", "code": {"code": "E0599", "explanation": null}, "level": "error",
        "children": [], "rendered": null, "spans": [{"file_name": "generated-client/tests/calls.rs", "byte_start": 0,
        "byte_end": 0, "line_start": 7, "line_end": 7, "column_start": 5, "column_end": 5, "is_primary": true,
        "text": [], "label": null, "suggested_replacement": null, "suggestion_applicability": null, "expansion": null}]}}' \
        "$(target calls)" | tr -d '\n'
    echo
}
case "$*" in
    build*) error; artifact conformance; artifact waits; exit 101;;
    *"--test waits") printf "thread 'it_waits' (7) panicked at generated-client/tests/waits.rs:9:5:\nit did not\n"; exit 101;;
    clean*|check*|*--lib*|*"--test conformance"|*--doc*) echo 'test result: ok. 1 passed; 0 failed; 0 ignored';;
    *) echo "unexpected: $*"; exit 101;;
esac"#;

#[test]
fn tests_by_hand_that_a_breaking_document_breaks_are_listed_with_their_first_error() {
    let repository = Repository::new();
    let summary = repository.path("summary.md");
    let output = repository
        .sync(&repository.cargo(BY_HAND))
        .arg("--summary")
        .arg(&summary)
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{output:?}");
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        stdout.ends_with(
            "by hand  2 files to be fixed before this is merged:\n  \
             generated-client/tests/calls.rs: error[E0599]: no variant named `Unlocked`\n  \
             generated-client/tests/waits.rs: the test `it_waits` fails: it did not\n"
        ),
        "{stdout}"
    );
    let summary = fs::read_to_string(summary).expect("it is written");
    assert!(
        summary.contains("\n- `generated-client/tests/calls.rs`: `` error[E0599]"),
        "{summary}"
    );
}

#[test]
fn tests_by_hand_that_break_without_a_breaking_document_stop_the_sync() {
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
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(
        stderr.contains("sync stopped at the step `by hand`"),
        "{stderr}"
    );
    assert!(
        stderr.contains("calls.rs: error[E0599]: no variant"),
        "{stderr}"
    );
    assert_eq!(repository.snapshot(), before);
}
