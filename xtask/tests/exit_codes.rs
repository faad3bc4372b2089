//! What a script sees of the commands.

use std::fs;
use std::process::{Command, Output};

fn xtask(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(args)
        .output()
        .expect("cargo builds the command before its tests")
}

#[test]
fn help_names_every_command() {
    let output = xtask(&["--help"]);
    let said = String::from_utf8(output.stdout).unwrap();
    for command in [
        "codegen", "fetch", "diff", "sync", "explain", "e2e", "bench",
    ] {
        assert!(said.contains(command), "{said}");
    }
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn success_is_0_and_an_error_is_2_with_its_causes_and_without_colours() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("api.json");
    fs::write(&file, r#"{"openapi":"3.0.0","paths":{"/a":{}}}"#).unwrap();
    let spec = folder.path().join("spec");
    let fetch = ["fetch", "--spec-dir", spec.to_str().unwrap(), "--from"];

    let output = xtask(&[&fetch[..], &[file.to_str().unwrap()]].concat());
    assert_eq!(output.status.code(), Some(0));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.starts_with("fetched "), "{said}");

    let output = xtask(&[&fetch[..], &["absent.json"]].concat());
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.starts_with("error: absent.json was not fetched"),
        "{said}"
    );
    assert!(
        said.contains("\n  because: absent.json cannot be read"),
        "{said}"
    );
}

#[test]
fn a_document_without_a_place_for_its_crate_is_an_error() {
    let output = xtask(&["codegen", "--spec", "other.json"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("--spec other.json needs --out DIR"), "{said}");
}

#[test]
fn a_name_that_no_crate_can_have_is_an_error_about_the_option() {
    for name in ["1st", "a b", "serde"] {
        let output = xtask(&["codegen", "--spec", "a.json", "--out", "a", "--name", name]);
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8(output.stderr).unwrap();
        let start = format!("error: invalid value '{name}' for '--name <NAME>': use letters");
        assert!(said.starts_with(&start), "{said}");
    }
}

#[test]
fn the_repository_is_the_one_that_the_command_is_started_in() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("generated-client/src");
    fs::create_dir_all(&inside).unwrap();
    let check = |folder| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.current_dir(folder).args(["codegen", "--check"]);
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    let said = check(&inside);
    assert!(
        said.contains("does not lie in a clone of this repository"),
        "{said}"
    );
    fs::write(folder.path().join("generated-client/Cargo.toml"), "").unwrap();
    let said = check(&inside);
    assert!(said.contains("there is no pinned document"), "{said}");
}
