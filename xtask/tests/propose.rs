//! What `.github/propose` does with what a sync has changed: a real git, a bare repository as GitHub's, and a `gh` that
//! notes what it is asked.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const MANIFEST: &str = "generated-client/Cargo.toml";

/// A clone that proposes, and what it proposes to.
struct Hub {
    folder: tempfile::TempDir,
}

impl Hub {
    fn new() -> Self {
        let hub = Self {
            folder: tempfile::tempdir().expect("there is room for a folder"),
        };
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.github/propose");
        let script = fs::read_to_string(script).expect("the script is there");
        hub.write("clone/.github/propose", &script);
        hub.write("clone/.gitignore", "/target\n");
        for path in ["CHANGELOG.md", "Cargo.lock", "spec/openapi.json"] {
            hub.write(&format!("clone/{path}"), "old\n");
        }
        hub.release("0.1.0");
        // What it is asked goes to a file; a request that is open is one that was made.
        hub.write(
            "bin/gh",
            "#!/bin/sh\nprintf '%s\\n' \"$*\" >> \"$HUB/asked\"\ncase \"$1 $2\" in\n\
             'pr list') cat \"$HUB/open\" 2>/dev/null || true;;\n\
             'pr create') echo 1 > \"$HUB/open\"; cp \"${10}\" \"$HUB/body\";;\n\
             'pr edit') cp \"$7\" \"$HUB/body\";;\nesac\n",
        );
        for script in ["bin/gh", "clone/.github/propose"] {
            let mode = fs::Permissions::from_mode(0o755);
            fs::set_permissions(hub.path(script), mode).expect("it is ours");
        }
        hub.git(".", &["init", "--quiet", "--bare", "origin.git"]);
        hub.git("clone", &["init", "--quiet", "--initial-branch", "main"]);
        hub.git("clone", &["remote", "add", "origin", "../origin.git"]);
        hub.git("clone", &["add", "--all"]);
        hub.git("clone", &["commit", "--quiet", "--message", "Begin"]);
        hub.git("clone", &["push", "--quiet", "origin", "main"]);
        hub
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("it lies in a folder"))
            .expect("the folder can be made");
        fs::write(path, text).expect("the folder can be written");
    }

    /// What a sync leaves behind.
    fn release(&self, version: &str) {
        let manifest = format!("[package]\nversion = \"{version}\"\n");
        self.write(&format!("clone/{MANIFEST}"), &manifest);
        self.write("clone/target/summary.md", &format!("What {version} brings"));
    }

    /// A command of nobody's own configuration.
    fn command(&self, program: &str, folder: &str) -> Command {
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

    fn git(&self, folder: &str, args: &[&str]) -> String {
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

    fn propose(&self) -> Output {
        let script = self.path("clone/.github/propose");
        let script = script.to_str().expect("it is UTF-8");
        self.command(script, "clone")
            .arg("target/summary.md")
            .output()
            .expect("it runs")
    }

    fn proposes(&self) -> String {
        let output = self.propose();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// What a fresh checkout of main has.
    fn begin_again(&self) {
        self.git("clone", &["checkout", "--quiet", "--force", "main"]);
    }

    /// The proposed branch as a person has it, in `desk`.
    fn check_out(&self) {
        let branch = ["--branch", "sync", "origin.git", "desk"];
        self.git(".", &[&["clone", "--quiet"][..], &branch].concat());
    }

    fn asked(&self) -> Vec<String> {
        let asked = fs::read_to_string(self.path("asked")).unwrap_or_default();
        asked.lines().map(str::to_owned).collect()
    }

    /// The subjects of the commits on the branch that are not on main, and the version that it has.
    fn proposed(&self) -> (String, String) {
        let log = self.git("origin.git", &["log", "--format=%s", "main..sync"]);
        let manifest = self.git("origin.git", &["show", &format!("sync:{MANIFEST}")]);
        (log, manifest)
    }
}

#[test]
fn without_a_change_nothing_is_proposed() {
    let hub = Hub::new();
    assert!(hub.proposes().starts_with("in step"));
    assert_eq!(hub.git("origin.git", &["branch", "--list", "sync"]), "");
    assert_eq!(hub.asked(), [""; 0]);
}

#[test]
fn a_change_becomes_one_commit_and_a_pull_request_with_the_summary() {
    let hub = Hub::new();
    hub.release("0.2.0");
    hub.proposes();

    let title = "Follow Seam's API: 0.2.0";
    let (log, manifest) = hub.proposed();
    assert_eq!(log, title);
    assert!(manifest.contains("0.2.0"), "{manifest}");
    let asked = hub.asked();
    let created = format!("pr create --base main --head sync --title {title} --body-file ");
    assert!(asked[1].starts_with(&created), "{asked:?}");
    let body = fs::read_to_string(hub.path("body")).expect("there is a body");
    assert_eq!(body, "What 0.2.0 brings");
    assert_eq!(
        hub.git("clone", &["symbolic-ref", "--short", "HEAD"]),
        "main"
    );
    assert_eq!(hub.git("clone", &["status", "--porcelain"]), "");
}

#[test]
fn a_later_change_renews_the_pull_request_that_is_open() {
    let hub = Hub::new();
    hub.release("0.2.0");
    hub.proposes();
    hub.begin_again();
    hub.release("0.3.0");
    hub.proposes();

    let (log, manifest) = hub.proposed();
    assert_eq!(log, "Follow Seam's API: 0.3.0", "the first is replaced");
    assert!(manifest.contains("0.3.0"), "{manifest}");
    let asked = hub.asked();
    let edited = "pr edit sync --title Follow Seam's API: 0.3.0 --body-file ";
    assert!(asked[3].starts_with(edited), "{asked:?}");
    let body = fs::read_to_string(hub.path("body")).expect("there is a body");
    assert_eq!(body, "What 0.3.0 brings");
}

#[test]
fn what_a_person_has_mended_on_the_branch_is_left_alone() {
    let hub = Hub::new();
    hub.release("0.2.0");
    hub.proposes();
    hub.check_out();
    hub.write("desk/tests.rs", "mended");
    hub.git("desk", &["add", "--all"]);
    hub.git(
        "desk",
        &["commit", "--quiet", "--message", "Mend the tests"],
    );
    hub.git("desk", &["push", "--quiet", "origin", "sync"]);

    hub.begin_again();
    hub.release("0.3.0");
    let said = hub.proposes();
    assert!(said.contains("somebody works on the branch sync"), "{said}");
    let (log, manifest) = hub.proposed();
    assert_eq!(log, "Mend the tests\nFollow Seam's API: 0.2.0");
    assert!(manifest.contains("0.2.0"), "{manifest}");
    assert_eq!(hub.asked().len(), 2, "nobody is asked again");
}

#[test]
fn what_a_person_has_made_of_the_commit_itself_is_left_alone() {
    let hub = Hub::new();
    hub.release("0.2.0");
    hub.proposes();
    hub.check_out();
    hub.write("desk/CHANGELOG.md", "in better words");
    hub.git(
        "desk",
        &["commit", "--quiet", "--all", "--amend", "--no-edit"],
    );
    hub.git("desk", &["push", "--quiet", "--force", "origin", "sync"]);

    hub.begin_again();
    hub.release("0.3.0");
    assert!(hub.proposes().contains("somebody works on the branch sync"));
    assert!(hub.proposed().1.contains("0.2.0"));
}

#[test]
fn a_push_that_is_refused_fails_and_asks_for_no_pull_request() {
    let hub = Hub::new();
    hub.release("0.2.0");
    let hook = "origin.git/hooks/pre-receive";
    hub.write(hook, "#!/bin/sh\nexit 1\n");
    let mode = fs::Permissions::from_mode(0o755);
    fs::set_permissions(hub.path(hook), mode).expect("it is ours");
    assert!(!hub.propose().status.success());
    assert_eq!(hub.asked(), [""; 0]);
}
