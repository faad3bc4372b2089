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

/// The generator's fixture, and what an edit makes of it.
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

fn shown(pair: &Pair, args: &[&str]) -> String {
    let output = diff(pair, args);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("it is UTF-8")
}

#[test]
fn the_text_goes_by_namespace_and_has_no_colours_where_there_is_no_terminal() {
    let said = shown(&breaking(), &[]);
    assert!(said.contains("\nbreaking: some programs"), "{said}");
    assert!(said.contains("\n1 breaking, 1 additive\n"), "{said}");
    assert!(
        said.contains("\nlock\n  breaking      seam::lock::State no longer has the value unlocked"),
        "{said}"
    );
    assert!(
        said.contains("seam::lock::State::Unlocked  /components/schemas/lock/properties/state")
    );
    assert!(!said.contains('\u{1b}'), "{said}");
}

#[test]
fn the_json_has_the_verdict_and_the_changes() {
    let said: Value = serde_json::from_str(&shown(&breaking(), &["--format", "json"])).unwrap();
    assert_eq!(said["verdict"], "breaking");
    let changes = said["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 2);
    for change in changes {
        for key in [
            "class", "item", "event", "sentence", "rust", "pointer", "document", "group",
        ] {
            assert!(change[key].is_string(), "{key} is missing: {change}");
        }
    }
    let same: Value =
        serde_json::from_str(&shown(&pair(|text| text), &["--format", "json"])).unwrap();
    assert_eq!(
        (&same["verdict"], &same["changes"]),
        (&"none".into(), &Value::Array(vec![]))
    );
}

#[test]
fn the_page_loads_nothing_and_shows_what_the_document_says_as_text() {
    let pair = pair(|text| {
        text.replace(
            "reason: { type: string }",
            "reason: { type: string }\n                note: { type: string, description: \"A <script>alert(1)</script> note.\" }",
        )
    });
    let page = shown(&pair, &["--format", "html"]);
    assert!(page.starts_with("<!doctype html>"));
    assert!(page.contains(".note(…)"), "{page}");
    assert!(!page.contains("<script>alert"), "{page}");
    for loading in ["src=", "<link", "@import", "url("] {
        assert!(!page.contains(loading), "{loading}");
    }
}

#[test]
fn the_markdown_is_one_line_for_each_change() {
    let said = shown(&breaking(), &["--format", "markdown"]);
    assert!(
        said.contains("### Breaking (1)\n\n- `seam::lock::State` no longer has"),
        "{said}"
    );
}

#[test]
fn the_exit_code_says_whether_the_verdict_is_as_bad_as_asked() {
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
        let said = shown(&pair, &["--format", format]);
        assert!(said.contains(before) && said.contains(after), "{said}");
    }
}

#[test]
fn every_format_and_the_exit_code_know_what_changes_only_on_the_wire() {
    let wire = pair(|text| text.replace("enum: [locked, unlocked]", "enum: [LOCKED, unlocked]"));
    let advice = "wire: your program stays as it is, take this release";
    for (format, expected) in [
        ("text", advice),
        ("markdown", advice),
        ("json", "\"verdict\": \"wire\""),
        ("html", "class=\"change wire\""),
    ] {
        let said = shown(&wire, &["--format", format]);
        assert!(said.contains(expected), "{format}: {said}");
    }
    for (fail_on, code) in [("additive", 0), ("wire", 1), ("documentation", 1)] {
        let output = diff(&wire, &["--fail-on", fail_on]);
        assert_eq!(output.status.code(), Some(code), "{fail_on}: {output:?}");
    }
}

#[test]
fn what_is_neither_a_revision_nor_a_document_is_an_error() {
    let mut pair = breaking();
    pair.old = "no-such-thing".into();
    let output = diff(&pair, &[]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("no-such-thing is no revision of this repository"),
        "{said}"
    );
}

#[test]
fn the_output_goes_to_a_file_where_one_is_named() {
    let pair = breaking();
    let file = pair.new.with_extension("html");
    shown(
        &pair,
        &["--format", "html", "--output", file.to_str().unwrap()],
    );
    assert!(fs::read_to_string(file).unwrap().contains("</html>"));
}
