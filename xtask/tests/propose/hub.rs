//! A fake of a repository on GitHub.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub(crate) const MANIFEST: &str = "generated-client/Cargo.toml";
pub(crate) const GENERATED: &str = "generated-client/src/generated/locks.rs";
pub(crate) const SCRIPTS: [&str; 3] = ["patch", "propose", "report"];

/// A fake `gh`. It writes its arguments to a file, and lists the pull requests and issues that it created or that a test has
/// added. The last argument is the file of a body.
pub(crate) const GH: &str = r#"#!/bin/sh
printf '%s\n' "$*" >> "$HUB/asked"
for last; do :; done
case "$1 $2" in
'pr list' | 'issue list') cat "$HUB/open" 2>/dev/null || true ;;
'pr create') echo '1 false' >> "$HUB/open"; cp "$last" "$HUB/body" ;;
'issue create') echo 1 >> "$HUB/open"; cp "$last" "$HUB/body" ;;
'pr edit') cp "$last" "$HUB/body" ;;
esac
"#;

/// A clone that proposes changes, and its remote repository.
pub(crate) struct Hub {
    folder: tempfile::TempDir,
}

impl Hub {
    pub(crate) fn new() -> Self {
        let hub = Self {
            folder: tempfile::tempdir().expect("there is room for a folder"),
        };
        let github = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.github");
        for script in SCRIPTS {
            let text = fs::read_to_string(github.join(script)).expect("the script is there");
            hub.write(&format!("clone/.github/{script}"), &text);
        }
        hub.write("clone/.gitignore", "/target\n");
        for path in ["CHANGELOG.md", "spec/openapi.json", GENERATED] {
            hub.write(&format!("clone/{path}"), "old\n");
        }
        hub.release("0.1.0");
        hub.write("bin/gh", GH);
        hub.make_executable("bin/gh");
        for script in SCRIPTS {
            hub.make_executable(&format!("clone/.github/{script}"));
        }
        hub.git(".", &["init", "--quiet", "--bare", "origin.git"]);
        hub.git("clone", &["init", "--quiet", "--initial-branch", "main"]);
        hub.git("clone", &["remote", "add", "origin", "../origin.git"]);
        hub.git("clone", &["add", "--all"]);
        hub.git("clone", &["commit", "--quiet", "--message", "Begin"]);
        hub.git("clone", &["push", "--quiet", "origin", "main"]);
        hub
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("it lies in a folder"))
            .expect("the folder can be made");
        fs::write(path, text).expect("the folder can be written");
    }

    pub(crate) fn make_executable(&self, path: &str) {
        let mode = fs::Permissions::from_mode(0o755);
        fs::set_permissions(self.path(path), mode).expect("it is ours");
    }

    /// Writes the files that a sync changes.
    pub(crate) fn release(&self, version: &str) {
        let manifest = format!(
            "[package]\nversion = \"{version}\"\n\n[features]\n# @generated features: begin\n\
             locks = []\n# @generated features: end\n"
        );
        self.write(&format!("clone/{MANIFEST}"), &manifest);
        let lock = format!("[[package]]\nname = \"generated-client\"\nversion = \"{version}\"\n");
        self.write("clone/Cargo.lock", &lock);
        self.write("clone/target/summary.md", &format!("What {version} brings"));
    }

    /// Returns a command that ignores the configuration of the user.
    pub(crate) fn command(&self, program: &str, folder: &str) -> Command {
        let mut command = Command::new(program);
        let path = std::env::var("PATH").unwrap_or_default();
        command
            .current_dir(self.path(folder))
            .env("PATH", format!("{}:{path}", self.path("bin").display()))
            .env("HUB", self.folder.path())
            .env("HOME", self.folder.path())
            .env("GIT_CONFIG_NOSYSTEM", "1");
        for (key, _) in std::env::vars().filter(|(key, _)| key.starts_with("GIT_")) {
            command.env_remove(key);
        }
        command
    }

    pub(crate) fn git(&self, folder: &str, args: &[&str]) -> String {
        let person = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
        let output = self
            .command("git", folder)
            .args(person)
            .args(args)
            .output()
            .expect("git runs");
        assert!(output.status.success(), "{args:?}: {output:?}");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    pub(crate) fn script(&self, script: &str, args: &[&str]) -> Output {
        let script = self.path(&format!("clone/.github/{script}"));
        let script = script.to_str().expect("it is UTF-8");
        self.command(script, "clone")
            .args(args)
            .output()
            .expect("it runs")
    }

    /// Makes the patch of all changes, and proposes it from a fresh checkout of main.
    pub(crate) fn propose(&self) -> Output {
        let output = self.script("patch", &["target/sync.patch"]);
        assert!(output.status.success(), "{output:?}");
        self.git("clone", &["checkout", "--quiet", "--force", "main"]);
        self.git("clone", &["clean", "--quiet", "--force", "-d"]);
        self.script("propose", &["target/sync.patch", "target/summary.md"])
    }

    pub(crate) fn proposes(&self) -> String {
        let output = self.propose();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Asserts that the proposal is refused without a push or a call of `gh`; returns the reason.
    pub(crate) fn refuses(&self) -> String {
        let output = self.propose();
        assert!(!output.status.success(), "{output:?}");
        assert_eq!(self.git("origin.git", &["branch", "--list", "sync"]), "");
        assert_eq!(self.asked(), [""; 0]);
        String::from_utf8_lossy(&output.stderr).into_owned()
    }

    pub(crate) fn body(&self) -> String {
        fs::read_to_string(self.path("body")).expect("there is a body")
    }

    /// Checks the proposed branch out in `desk`, as a person would.
    pub(crate) fn check_out(&self) {
        let branch = ["--branch", "sync", "origin.git", "desk"];
        self.git(".", &[&["clone", "--quiet"][..], &branch].concat());
    }

    pub(crate) fn asked(&self) -> Vec<String> {
        let asked = fs::read_to_string(self.path("asked")).unwrap_or_default();
        asked.lines().map(str::to_owned).collect()
    }

    /// Returns the subjects of the new commits on the branch, and its version.
    pub(crate) fn proposed(&self) -> (String, String) {
        let log = self.git("origin.git", &["log", "--format=%s", "main..sync"]);
        let manifest = self.git("origin.git", &["show", &format!("sync:{MANIFEST}")]);
        (log, manifest)
    }
}
