//! The exit codes and the output of the commands.

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
    let stdout = String::from_utf8(output.stdout).unwrap();
    for command in [
        "codegen", "fetch", "diff", "sync", "explain", "e2e", "bench",
    ] {
        assert!(stdout.contains(command), "{stdout}");
    }
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn success_exits_with_0_and_an_error_with_2_and_its_causes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("api.json");
    fs::write(&file, r#"{"openapi":"3.0.0","paths":{"/a":{}}}"#).unwrap();
    let spec = folder.path().join("spec");
    let fetch = ["fetch", "--spec-dir", spec.to_str().unwrap(), "--from"];

    let output = xtask(&[&fetch[..], &[file.to_str().unwrap()]].concat());
    assert_eq!(output.status.code(), Some(0));
    let stdout = String::from_utf8(output.stdout).unwrap();
    assert!(stdout.starts_with("fetched "), "{stdout}");

    let output = xtask(&[&fetch[..], &["absent.json"]].concat());
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(
        stderr.starts_with("error: absent.json was not fetched"),
        "{stderr}"
    );
    assert!(
        stderr.contains("\n  because: absent.json cannot be read"),
        "{stderr}"
    );
}

#[test]
fn another_document_without_out_is_an_error() {
    let output = xtask(&["codegen", "--spec", "other.json"]);
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(
        stderr.contains("--spec other.json needs --out DIR"),
        "{stderr}"
    );
}

#[test]
fn an_invalid_name_of_a_crate_is_an_error_about_the_option() {
    for name in ["1st", "a b", "serde"] {
        let output = xtask(&["codegen", "--spec", "a.json", "--out", "a", "--name", name]);
        assert_eq!(output.status.code(), Some(2));
        let stderr = String::from_utf8(output.stderr).unwrap();
        let start = format!("error: invalid value '{name}' for '--name <NAME>': use letters");
        assert!(stderr.starts_with(&start), "{stderr}");
    }
}

#[test]
fn the_repository_is_found_from_the_current_folder() {
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
    let message = check(&inside);
    assert!(
        message.contains("does not lie in a clone of this repository"),
        "{message}"
    );
    fs::write(folder.path().join("generated-client/Cargo.toml"), "").unwrap();
    let message = check(&inside);
    assert!(message.contains("there is no pinned document"), "{message}");
}
