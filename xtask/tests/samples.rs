//! Tests of the output of `cargo xtask samples`.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn samples(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("samples")
        .arg(dir)
        .args(args)
        .output()
        .expect("cargo builds the command before its tests")
}

#[test]
fn samples_are_compiled_sent_and_printed_for_the_documentation() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let report = folder.path().join("report.jsonl");
    let report_text = report.to_str().expect("the path is UTF-8");
    let output = samples(&dir, &["--format", "json", "--report", report_text]);
    assert!(output.status.success(), "{output:?}");

    let printed: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    insta::assert_snapshot!(format!("{printed:#}"));
    let report = std::fs::read_to_string(&report).expect("it is written");
    assert_eq!(
        report,
        "{\"file\":\"locks.yaml\",\"title\":\"Paint the front door\",\"pointer\":\"/request/path\",\
         \"problem\":\"the document has no such path\"}\n"
    );
}

#[test]
fn a_folder_without_samples_is_an_error() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let output = samples(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(
        stderr.contains("has no file that ends in .yaml"),
        "{stderr}"
    );
}
