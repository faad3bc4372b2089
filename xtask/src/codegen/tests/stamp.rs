//! A run with nothing to do renders nothing; whatever moved makes it render.

use std::fs::{self, File};
use std::path::Path;
use std::time::Duration;

use super::repository::{Repository, rendered};
use crate::Outcome;
use crate::codegen::{Args, unless_done};
use crate::render::Rendered;
use crate::repo::Repo;

/// Stands for the program that renders.
const EXECUTABLE: &str = "xtask";

/// A repository in which codegen has just run.
fn settled() -> (Repository, Rendered) {
    let repository = Repository::new();
    fs::write(repository.path(EXECUTABLE), "program").unwrap();
    fs::write(repository.path("spec/overlay.yaml"), "actions: []\n").unwrap();
    let mut files = rendered(&[("mod.rs", "mod locks;\n"), ("locks.rs", "// locks\n")]);
    files
        .tests
        .insert("calls.rs".into(), "// calls\n".to_owned());
    assert!(renders(&repository, &Args::default(), &files));
    (repository, files)
}

/// Whether a run renders.
fn renders(repository: &Repository, args: &Args, files: &Rendered) -> bool {
    let mut has_rendered = false;
    let render = |_: &_| {
        has_rendered = true;
        Ok(files.clone())
    };
    let repo = Repo::at(&repository.path("")).unwrap();
    let executable = repository.path(EXECUTABLE);
    let mut said = Vec::new();
    let outcome = unless_done(&repo, args, &executable, render, &mut said).unwrap();
    assert_eq!(outcome, Outcome::Good);
    let said = String::from_utf8(said).unwrap();
    assert_eq!(said.starts_with("nothing to do"), !has_rendered, "{said}");
    has_rendered
}

/// Gives a file another time and nothing else.
fn touch(path: &Path) {
    let file = File::options().append(true).open(path).unwrap();
    let modified = file.metadata().unwrap().modified().unwrap();
    file.set_modified(modified - Duration::from_nanos(1_000))
        .unwrap();
}

#[test]
fn a_second_run_renders_nothing_and_says_so() {
    let (repository, files) = settled();
    for _ in 0..2 {
        assert!(!renders(&repository, &Args::default(), &files));
    }
}

#[test]
fn a_touched_input_or_output_makes_it_render_once() {
    let (repository, files) = settled();
    for path in [
        EXECUTABLE,
        "spec/openapi.json",
        "spec/overlay.yaml",
        "generated-client/Cargo.toml",
        "generated-client/README.md",
        "generated-client/API.md",
        "generated-client/src/generated/mod.rs",
        "generated-client/src/generated/locks.rs",
        "generated-client/tests/proof/generated/calls.rs",
    ] {
        touch(&repository.path(path));
        assert!(renders(&repository, &Args::default(), &files), "{path}");
        assert!(!renders(&repository, &Args::default(), &files), "{path}");
    }
}

#[test]
fn a_missing_input_or_output_makes_it_render() {
    for path in [
        "spec/overlay.yaml",
        "generated-client/API.md",
        "generated-client/src/generated/locks.rs",
    ] {
        let (repository, files) = settled();
        fs::remove_file(repository.path(path)).unwrap();
        assert!(renders(&repository, &Args::default(), &files), "{path}");
    }
}

#[test]
fn a_stray_file_among_the_generated_makes_it_render_and_goes() {
    let (repository, files) = settled();
    for folder in ["src/generated/deep", "tests/proof/generated"] {
        let stray = repository
            .path("generated-client")
            .join(folder)
            .join("stray.rs");
        fs::create_dir_all(stray.parent().unwrap()).unwrap();
        fs::write(&stray, "").unwrap();
        assert!(renders(&repository, &Args::default(), &files), "{folder}");
        assert!(!stray.exists());
    }
}

#[test]
fn files_by_hand_are_no_reason_to_render() {
    let (repository, files) = settled();
    touch(&repository.path("generated-client/src/lib.rs"));
    assert!(!renders(&repository, &Args::default(), &files));
}

#[test]
fn other_options_make_it_render() {
    let (repository, files) = settled();
    let other = Args {
        allow_unknown_keywords: true,
        ..Args::default()
    };
    assert!(renders(&repository, &other, &files));
}

#[test]
fn check_renders_whatever_the_stamp_says() {
    let (repository, files) = settled();
    let check = Args {
        check: true,
        ..Args::default()
    };
    assert!(renders(&repository, &check, &files));
    // And leaves no stamp of its own.
    assert!(!renders(&repository, &Args::default(), &files));
}

#[test]
fn a_change_within_the_same_tick_as_the_stamp_makes_it_render() {
    let (repository, files) = settled();
    let stamp = File::options()
        .append(true)
        .open(repository.path("target/codegen/stamp"))
        .unwrap();
    let newest = fs::metadata(repository.path("generated-client/API.md"))
        .unwrap()
        .modified()
        .unwrap();
    stamp.set_modified(newest).unwrap();
    assert!(renders(&repository, &Args::default(), &files));
}
