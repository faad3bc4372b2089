//! What `cargo xtask diff` shows and how it ends.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

struct Pair {
    _folder: tempfile::TempDir,
    old: PathBuf,
    new: PathBuf,
}

/// Returns the generator's fixture, before and after an edit.
fn pair(edit: impl FnOnce(String) -> String) -> Pair {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../generator/tests/fixtures/changes/locks.yaml");
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let (old, new) = (
        folder.path().join("old.yaml"),
        folder.path().join("new.yaml"),
    );
    let text = fs::read_to_string(fixture).expect("the fixture is there");
    for (path, text) in [(&old, text.clone()), (&new, edit(text))] {
        fs::write(path, text).expect("the folder can be written");
    }
    Pair {
        _folder: folder,
        old,
        new,
    }
}

fn breaking() -> Pair {
    pair(|text| text.replace("enum: [locked, unlocked]", "enum: [locked, jammed]"))
}

fn diff(pair: &Pair, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("diff")
        .args([&pair.old, &pair.new])
        .args(args)
        .output()
        .expect("cargo builds the command before its tests")
}

fn printed(pair: &Pair, args: &[&str]) -> String {
    let output = diff(pair, args);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("it is UTF-8")
}

#[test]
fn the_text_is_grouped_by_namespace_and_has_no_colours_without_a_terminal() {
    let message = printed(&breaking(), &[]);
    assert!(message.contains("\nbreaking: some programs"), "{message}");
    assert!(message.contains("\n1 breaking, 1 additive\n"), "{message}");
    assert!(
        message
            .contains("\nlock\n  breaking      seam::lock::State no longer has the value unlocked"),
        "{message}"
    );
    assert!(
        message.contains("seam::lock::State::Unlocked  /components/schemas/lock/properties/state")
    );
    assert!(!message.contains('\u{1b}'), "{message}");
}

#[test]
fn the_json_has_the_verdict_and_the_changes() {
    let message: Value =
        serde_json::from_str(&printed(&breaking(), &["--format", "json"])).unwrap();
    assert_eq!(message["verdict"], "breaking");
    let changes = message["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 2);
    for change in changes {
        for key in [
            "class", "item", "event", "sentence", "rust", "pointer", "document", "group",
        ] {
            assert!(change[key].is_string(), "{key} is missing: {change}");
        }
    }
    let same: Value =
        serde_json::from_str(&printed(&pair(|text| text), &["--format", "json"])).unwrap();
    assert_eq!(
        (&same["verdict"], &same["changes"]),
        (&"none".into(), &Value::Array(vec![]))
    );
}

#[test]
fn the_page_loads_nothing_and_escapes_text_of_the_document() {
    let pair = pair(|text| {
        text.replace(
            "reason: { type: string }",
            "reason: { type: string }\n                note: { type: string, description: \"A <script>alert(1)</script> note.\" }",
        )
    });
    let page = printed(&pair, &["--format", "html"]);
    assert!(page.starts_with("<!doctype html>"));
    assert!(page.contains(".note(…)"), "{page}");
    assert!(!page.contains("<script>alert"), "{page}");
    for loading in ["src=", "<link", "@import", "url("] {
        assert!(!page.contains(loading), "{loading}");
    }
}

#[test]
fn the_markdown_is_one_line_for_each_change() {
    let message = printed(&breaking(), &["--format", "markdown"]);
    assert!(
        message.contains("### Breaking (1)\n\n- `seam::lock::State` no longer has"),
        "{message}"
    );
}

#[test]
fn the_exit_code_is_1_if_the_verdict_reaches_the_threshold() {
    let additive = pair(|text| {
        text.replace(
            "enum: [locked, unlocked]",
            "enum: [locked, unlocked, jammed]",
        )
    });
    for (pair, fail_on, code) in [
        (&breaking(), "breaking", 1),
        (&additive, "breaking", 0),
        (&additive, "additive", 1),
        (&additive, "documentation", 1),
    ] {
        let output = diff(pair, &["--fail-on", fail_on]);
        assert_eq!(output.status.code(), Some(code), "{fail_on}: {output:?}");
    }
}

#[test]
fn markdown_and_page_show_a_call_before_and_after() {
    let pair = pair(|text| text.replace("required: [lock_id]\n", "required: [lock_id, reason]\n"));
    for (format, before, after) in [
        (
            "markdown",
            "Before: `seam.locks().unlock(lock_id)`.",
            "Now: `seam.locks().unlock(lock_id, reason)`.",
        ),
        (
            "html",
            "Before: <code>seam.locks().unlock(lock_id)</code>",
            "Now: <code>seam.locks().unlock(lock_id, reason)</code>",
        ),
    ] {
        let message = printed(&pair, &["--format", format]);
        assert!(
            message.contains(before) && message.contains(after),
            "{message}"
        );
    }
}

#[test]
fn every_format_and_the_exit_code_support_the_class_wire() {
    let wire = pair(|text| text.replace("enum: [locked, unlocked]", "enum: [LOCKED, unlocked]"));
    let advice = "wire: your program stays as it is, take this release";
    for (format, expected) in [
        ("text", advice),
        ("markdown", advice),
        ("json", "\"verdict\": \"wire\""),
        ("html", "class=\"change wire\""),
    ] {
        let message = printed(&wire, &["--format", format]);
        assert!(message.contains(expected), "{format}: {message}");
    }
    for (fail_on, code) in [("additive", 0), ("wire", 1), ("documentation", 1)] {
        let output = diff(&wire, &["--fail-on", fail_on]);
        assert_eq!(output.status.code(), Some(code), "{fail_on}: {output:?}");
    }
}

#[test]
fn a_name_of_neither_a_document_nor_a_revision_is_an_error() {
    let mut pair = breaking();
    pair.old = "no-such-thing".into();
    let output = diff(&pair, &[]);
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(
        stderr.contains("no-such-thing is neither a document nor a revision of this repository"),
        "{stderr}"
    );
}

#[test]
fn the_output_is_written_to_a_file_on_request() {
    let pair = breaking();
    let file = pair.new.with_extension("html");
    printed(
        &pair,
        &["--format", "html", "--output", file.to_str().unwrap()],
    );
    assert!(fs::read_to_string(file).unwrap().contains("</html>"));
}
