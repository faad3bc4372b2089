//! Tests of `.github/patch`, `.github/propose` and `.github/report` with a real git, a bare repository, and a fake `gh`.
#![cfg(unix)]

mod hub;

use std::fs;
use std::path::Path;

use hub::{GENERATED, Hub, MANIFEST};

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
    assert_eq!(hub.body(), "What 0.2.0 brings");
    assert_eq!(
        hub.git("clone", &["symbolic-ref", "--short", "HEAD"]),
        "main"
    );
    assert_eq!(hub.git("clone", &["status", "--porcelain"]), "");
}

#[test]
fn a_later_change_updates_the_open_pull_request() {
    let hub = Hub::new();
    hub.release("0.2.0");
    hub.proposes();
    hub.release("0.3.0");
    hub.proposes();

    let (log, manifest) = hub.proposed();
    assert_eq!(log, "Follow Seam's API: 0.3.0", "the first is replaced");
    assert!(manifest.contains("0.3.0"), "{manifest}");
    let asked = hub.asked();
    let edited = "pr edit 1 --title Follow Seam's API: 0.3.0 --body-file ";
    assert!(asked[3].starts_with(edited), "{asked:?}");
    assert_eq!(hub.body(), "What 0.3.0 brings");
}

#[test]
fn commits_of_a_person_on_the_branch_are_kept() {
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

    hub.release("0.3.0");
    let message = hub.proposes();
    assert!(
        message.contains("somebody works on the branch sync"),
        "{message}"
    );
    let (log, manifest) = hub.proposed();
    assert_eq!(log, "Mend the tests\nFollow Seam's API: 0.2.0");
    assert!(manifest.contains("0.2.0"), "{manifest}");
    assert_eq!(hub.asked().len(), 2, "the pull request is not edited again");
}

#[test]
fn an_amended_commit_is_kept() {
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

    hub.release("0.3.0");
    assert!(hub.proposes().contains("somebody works on the branch sync"));
    assert!(hub.proposed().1.contains("0.2.0"));
}

#[test]
fn a_refused_push_fails_and_opens_no_pull_request() {
    let hub = Hub::new();
    hub.release("0.2.0");
    let hook = "origin.git/hooks/pre-receive";
    hub.write(hook, "#!/bin/sh\nexit 1\n");
    hub.make_executable(hook);
    assert!(!hub.propose().status.success());
    assert_eq!(hub.asked(), [""; 0]);
}

#[test]
fn added_and_removed_files_are_proposed() {
    let hub = Hub::new();
    hub.release("0.2.0");
    fs::remove_file(hub.path(&format!("clone/{GENERATED}"))).expect("it is ours");
    hub.write(
        "clone/generated-client/src/generated/phones/sandbox.rs",
        "new\n",
    );
    hub.proposes();
    let files = hub.git("origin.git", &["ls-tree", "-r", "--name-only", "sync"]);
    assert!(files.contains("generated/phones/sandbox.rs"), "{files}");
    assert!(!files.contains(GENERATED), "{files}");
}

#[test]
fn a_patch_of_files_that_no_sync_changes_is_refused() {
    for path in [
        "generated-client/src/lib.rs",
        "generated-client/build.rs",
        "generated-client/src/generated/build.sh",
        "generated-client/src/generated/.cargo/a.rs",
        "generated-client/tests/call_sites.rs",
        "spec/overlay.yaml",
    ] {
        let hub = Hub::new();
        hub.release("0.2.0");
        hub.write(&format!("clone/{path}"), "hostile\n");
        let message = hub.refuses();
        assert!(
            message.contains(&format!("does not change {path}")),
            "{message}"
        );
    }
}

#[test]
fn a_refusal_is_one_line_for_any_name_of_a_file() {
    let hub = Hub::new();
    hub.release("0.2.0");
    hub.write("clone/generated-client/a\n::error::b", "hostile\n");
    let message = hub.refuses();
    assert_eq!(
        message,
        "refused: a sync does not change generated-client/a ::error::b\n"
    );
}

#[test]
fn every_file_that_codegen_writes_is_proposed() {
    let client = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-client");
    let top = ["API.md", "calls.html", "README.md"].map(str::to_owned);
    let below = ["src/generated", "tests/conformance/generated"].map(|folder| {
        let entries = fs::read_dir(client.join(folder)).expect("codegen has written there");
        let names = entries.map(|entry| entry.expect("it can be read").file_name());
        names
            .map(|name| format!("{folder}/{}", name.to_string_lossy()))
            .collect::<Vec<_>>()
    });
    let files: Vec<String> = below.into_iter().flatten().chain(top).collect();
    let files: Vec<String> = files
        .into_iter()
        .filter(|path| client.join(path).is_file())
        .collect();
    assert!(files.len() > 50, "{files:?}");
    let hub = Hub::new();
    hub.release("0.2.0");
    for path in files {
        hub.write(&format!("clone/generated-client/{path}"), "new\n");
    }
    hub.proposes();
}

#[test]
fn in_names_yaml_only_new_structs_are_proposed() {
    let hub = Hub::new();
    hub.release("0.2.0");
    let names = "clone/spec/names.yaml";
    let entry = "\nstructs:\n  - tag: \"error_code\"\n    fields: [\"message\"]\n";
    hub.write(names, entry);
    hub.proposes();
    let proposed = hub.git("origin.git", &["show", "sync:spec/names.yaml"]);
    assert!(proposed.contains("error_code"), "{proposed}");

    let hub = Hub::new();
    hub.release("0.2.0");
    hub.write(names, &format!("{entry}  - name: Hostile\n"));
    let text = hub.refuses();
    assert!(
        text.contains("this in spec/names.yaml: +  - name: Hostile"),
        "{text}"
    );
}

#[test]
fn a_patch_that_was_not_made_by_a_sync_is_refused() {
    for (path, expected) in [
        (".github/propose", "does not change .github/propose"),
        ("../outside", "outside"),
        (".git/hooks/pre-push", ".git/hooks/pre-push"),
    ] {
        let hub = Hub::new();
        let patch = format!(
            "diff --git a/{path} b/{path}\nnew file mode 100644\n--- /dev/null\n+++ b/{path}\n@@ -0,0 +1 @@\n+hostile\n"
        );
        let patch = if path == ".github/propose" {
            let text = fs::read_to_string(hub.path("clone/.github/propose")).expect("it is there");
            hub.write("clone/.github/propose", &format!("{text}exit 0\n"));
            let diff = hub.git("clone", &["diff", "--no-color"]);
            hub.git("clone", &["checkout", "--quiet", "--force", "main"]);
            diff + "\n"
        } else {
            patch
        };
        hub.write("clone/target/sync.patch", &patch);
        let output = hub.script("propose", &["target/sync.patch", "target/summary.md"]);
        assert!(!output.status.success(), "{path}: {output:?}");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(error.contains(expected), "{path}: {error}");
        assert_eq!(hub.asked(), [""; 0], "{path}");
    }
}

#[test]
fn links_and_executables_are_refused() {
    let hub = Hub::new();
    hub.release("0.2.0");
    let generated = hub.path(&format!("clone/{GENERATED}"));
    fs::remove_file(&generated).expect("it is ours");
    std::os::unix::fs::symlink("../../build.rs", &generated).expect("it is ours");
    assert!(hub.refuses().contains("what kind of file"));

    let hub = Hub::new();
    hub.release("0.2.0");
    hub.make_executable(&format!("clone/{GENERATED}"));
    assert!(hub.refuses().contains("what kind of file"));
}

#[test]
fn only_versions_and_features_of_manifest_and_lock_file_are_proposed() {
    for (path, from, to, expected) in [
        (
            MANIFEST,
            "[features]",
            "build = \"a.rs\"\n[features]",
            "build = \"a.rs\"",
        ),
        (
            MANIFEST,
            "locks = []",
            "locks = [\"dep:other\"]",
            "dep:other",
        ),
        (
            MANIFEST,
            "locks = []",
            "[dependencies]\nother = \"1\"",
            "[dependencies]",
        ),
        (
            "Cargo.lock",
            "[[package]]",
            "[[package]]\nname = \"other\"\nversion = \"1.0.0\"\n[[package]]",
            "Cargo.lock",
        ),
    ] {
        let hub = Hub::new();
        hub.release("0.2.0");
        let file = format!("clone/{path}");
        let text = fs::read_to_string(hub.path(&file)).expect("it is there");
        hub.write(&file, &text.replace(from, to));
        let refused = hub.refuses();
        assert!(refused.contains(expected), "{refused}");
    }
}

#[test]
fn a_pull_request_from_a_fork_is_ignored() {
    let hub = Hub::new();
    hub.write("open", "7 true\n");
    hub.release("0.2.0");
    hub.proposes();
    let asked = hub.asked();
    assert!(asked[1].starts_with("pr create "), "{asked:?}");
}

#[test]
fn a_failed_sync_opens_one_issue_with_the_step_and_the_message() {
    let hub = Hub::new();
    let message = "error: sync stopped at the step `by hand`, and so on\n  because: ``` @someone";
    hub.write(
        "clone/target/log",
        &format!("fetch  1 s\n\u{1b}[31m{message}\u{1b}[0m\n"),
    );
    let report = || {
        let output = hub.script("report", &["target/log", "https://example.org/run"]);
        assert!(output.status.success(), "{output:?}");
    };
    report();
    report();
    let asked = hub.asked();
    let created: Vec<_> = asked
        .iter()
        .filter(|asked| asked.starts_with("issue create "))
        .collect();
    assert_eq!(created.len(), 1, "{asked:?}");
    assert!(
        created[0].contains("--title Sync stopped at the step by hand "),
        "{created:?}"
    );
    let body = hub.body();
    assert!(body.contains("https://example.org/run"), "{body}");
    let fenced = format!("\n``````\n{message}\n``````\n");
    assert!(body.contains(&fenced), "{body}");
}

#[test]
fn a_sync_that_fails_without_a_message_is_reported_too() {
    let hub = Hub::new();
    let output = hub.script("report", &["target/none", "https://example.org/run"]);
    assert!(output.status.success(), "{output:?}");
    assert!(hub.body().contains("It left no message"));
}
