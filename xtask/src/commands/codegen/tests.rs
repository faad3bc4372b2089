//! The command from end to end on a small repository, with a fake renderer.

mod files;
mod overlay;
mod repository;
mod standalone;

use std::fs;
use std::path::Path;

use anyhow::bail;

use super::{Args, marked::FEATURES};
use crate::outcome::Outcome;
use repository::{Repository, rendered};

#[test]
fn a_run_writes_what_is_rendered_and_the_features_of_the_manifest() {
    let repository = Repository::new();
    let (outcome, printed) = repository.codegen(
        &Args::default(),
        &rendered(&[("mod.rs", "mod locks;\n"), ("locks/mod.rs", "// locks\n")]),
    );

    assert_eq!(outcome, Outcome::Good);
    assert_eq!(
        repository.text("generated-client/src/generated/locks/mod.rs"),
        "// locks\n"
    );
    let manifest = repository.text("generated-client/Cargo.toml");
    let block = format!("{}\nlocks = []\n{}\n", FEATURES.begin, FEATURES.end);
    assert!(manifest.contains(&block), "{manifest}");
    assert_eq!(repository.text("generated-client/API.md"), "# Every call\n");
    let readme = repository.text("generated-client/README.md");
    assert!(readme.contains("\n| locks | 1 |\n"), "{readme}");
    assert!(printed.starts_with("1 endpoints\n"), "{printed}");
    assert!(
        printed.contains("files: 6 written, 0 unchanged, 0 removed"),
        "{printed}"
    );
    for stage in ["lower 2.0 ms", "write ", "total "] {
        assert!(printed.contains(stage), "`{stage}` is not in: {printed}");
    }
}

#[test]
fn a_second_run_writes_nothing() {
    let repository = Repository::new();
    let files = rendered(&[("mod.rs", "mod locks;\n"), ("locks.rs", "// locks\n")]);
    repository.codegen(&Args::default(), &files);
    repository.age();
    let before = repository.snapshot();

    let (_, printed) = repository.codegen(&Args::default(), &files);

    assert!(
        printed.contains("files: 0 written, 6 unchanged, 0 removed"),
        "{printed}"
    );
    assert_eq!(repository.snapshot(), before);
}

#[test]
fn only_changed_files_are_written_and_files_no_longer_generated_are_removed_with_their_folder() {
    let repository = Repository::new();
    repository.codegen(
        &Args::default(),
        &rendered(&[
            ("same.rs", "1"),
            ("other.rs", "1"),
            ("old/deep/gone.rs", "1"),
        ]),
    );
    repository.age();
    let before = repository.snapshot();

    let (_, printed) = repository.codegen(
        &Args::default(),
        &rendered(&[("same.rs", "1"), ("other.rs", "2"), ("new.rs", "1")]),
    );

    assert!(
        printed.contains("files: 2 written, 5 unchanged, 1 removed"),
        "{printed}"
    );
    let after = repository.snapshot();
    let same = Path::new("generated-client/src/generated/same.rs");
    assert_eq!(
        after[same], before[same],
        "an unchanged file keeps its time"
    );
    assert_eq!(
        repository.text("generated-client/src/generated/other.rs"),
        "2"
    );
    assert!(
        !repository
            .path("generated-client/src/generated/old")
            .exists()
    );
    let by_hand = Path::new("generated-client/src/lib.rs");
    assert_eq!(after[by_hand], before[by_hand]);
}

#[test]
fn generated_tests_are_written_and_removed_like_sources() {
    let repository = Repository::new();
    let mut files = rendered(&[("mod.rs", "")]);
    files
        .tests
        .insert("calls.rs".into(), "// calls\n".to_owned());
    repository.codegen(&Args::default(), &files);
    let path = "generated-client/tests/conformance/generated/calls.rs";
    assert_eq!(repository.text(path), "// calls\n");

    files.tests.clear();
    let (outcome, printed) = repository.codegen(&check(), &files);
    assert_eq!(outcome, Outcome::Bad);
    assert!(
        printed.contains("calls.rs is no longer generated"),
        "{printed}"
    );
}

#[test]
fn check_succeeds_if_the_crate_is_up_to_date() {
    let repository = Repository::new();
    let files = rendered(&[("mod.rs", "1")]);
    repository.codegen(&Args::default(), &files);
    let (outcome, printed) = repository.codegen(&check(), &files);
    assert_eq!(outcome, Outcome::Good);
    assert!(printed.starts_with("in step: all 5 files"), "{printed}");
}

#[test]
fn check_shows_differences_and_changes_nothing() {
    let repository = Repository::new();
    repository.codegen(
        &Args::default(),
        &rendered(&[("differs.rs", "a\nb\nc\n"), ("gone.rs", "1")]),
    );
    repository.age();
    let before = repository.snapshot();

    let (outcome, printed) = repository.codegen(
        &check(),
        &rendered(&[("differs.rs", "a\nB\nc\n"), ("missing.rs", "new\n")]),
    );

    assert_eq!(outcome, Outcome::Bad);
    for part in [
        "differs.rs\n+++ what codegen renders\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n",
        "missing.rs (missing)\n",
        "\n+new\n",
        "gone.rs is no longer generated\n",
        "1 not as codegen renders them, 1 missing, 1 no longer generated; 4 right",
        "fix it with: cargo xtask codegen\n",
    ] {
        assert!(printed.contains(part), "`{part}` is not in:\n{printed}");
    }
    assert_eq!(repository.snapshot(), before);
}

#[test]
fn check_shows_the_first_of_many_differences_and_counts_the_others() {
    let repository = Repository::new();
    let long: String = (0..100).map(|line| format!("line {line}\n")).collect();
    let names: Vec<String> = (10..30).map(|number| format!("f{number}.rs")).collect();
    let files: Vec<(&str, &str)> = names
        .iter()
        .map(|name| (name.as_str(), long.as_str()))
        .collect();

    let (_, printed) = repository.codegen(&check(), &rendered(&files));

    assert!(
        printed.contains("\n… 60 more lines of this diff\n"),
        "{printed}"
    );
    // Twenty files, the manifest, the README, API.md and calls.html, of which ten are shown.
    assert!(printed.contains("\n… and 14 more\n"), "{printed}");
    assert!(printed.lines().count() < 10 * 44 + 10);
}

#[test]
fn a_failed_rendering_leaves_everything_as_it_was() {
    let repository = Repository::new();
    repository.codegen(&Args::default(), &rendered(&[("mod.rs", "1")]));
    repository.age();
    let before = repository.snapshot();

    let error = repository
        .run(&Args::default(), |_| {
            bail!("/paths/~1a: a keyword that nobody knows")
        })
        .unwrap_err();

    assert!(error.contains("a keyword that nobody knows"), "{error}");
    assert_eq!(repository.snapshot(), before);
}

#[test]
fn a_folder_at_the_path_of_a_file_is_reported_and_nothing_is_written() {
    let repository = Repository::new();
    fs::create_dir_all(repository.path("generated-client/src/generated/mod.rs")).unwrap();
    let before = repository.snapshot();
    let files = rendered(&[("a.rs", "1"), ("mod.rs", "1")]);
    let error = repository.run(&Args::default(), |_| Ok(files)).unwrap_err();
    assert!(
        error.contains("mod.rs is a folder, and a file belongs there"),
        "{error}"
    );
    assert_eq!(repository.snapshot(), before);
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_among_the_generated_files_is_reported_and_nothing_is_written() {
    let repository = Repository::new();
    let link = repository.path("generated-client/src/generated/link.rs");
    fs::create_dir_all(link.parent().unwrap()).unwrap();
    std::os::unix::fs::symlink(repository.path("spec/openapi.json"), link).unwrap();
    let files = rendered(&[("mod.rs", "1")]);
    let error = repository.run(&Args::default(), |_| Ok(files)).unwrap_err();
    assert!(error.contains("link.rs is a symbolic link"), "{error}");
    assert!(
        !repository
            .path("generated-client/src/generated/mod.rs")
            .exists()
    );
}

#[test]
fn a_manifest_without_markers_is_an_error_that_names_them() {
    let repository = Repository::new();
    fs::write(
        repository.path("generated-client/Cargo.toml"),
        "[package]\n",
    )
    .unwrap();
    let error = repository
        .run(&Args::default(), |_| Ok(rendered(&[("mod.rs", "1")])))
        .unwrap_err();
    assert!(error.contains(FEATURES.begin), "{error}");
}

#[test]
fn without_a_pinned_document_the_error_names_the_command_that_downloads_one() {
    let repository = Repository::new();
    fs::remove_file(repository.path("spec/openapi.json")).unwrap();
    let error = repository
        .run(&Args::default(), |_| {
            unreachable!("there is nothing to render")
        })
        .unwrap_err();
    assert!(error.contains("cargo xtask fetch"), "{error}");
}

#[test]
fn errors_name_a_document_as_the_command_line_does() {
    let repository = Repository::new();
    let other = repository.path("other.json");
    fs::write(&other, "{\"other\": true}").unwrap();

    let pinned = repository.input(&Args::default());
    assert_eq!(pinned.name, "spec/openapi.json");

    let given = repository.input(&Args {
        spec: Some(other.clone()),
        out: Some(repository.path("out")),
        ..Args::default()
    });
    assert_eq!(given.document, "{\"other\": true}");
    assert_eq!(given.name, other.display().to_string());
}

#[test]
fn a_document_that_is_not_pinned_is_refused_without_out() {
    let repository = Repository::new();
    let args = Args {
        spec: Some("other.json".into()),
        ..Args::default()
    };
    let error = repository
        .run(&args, |_| unreachable!("refused before rendering"))
        .unwrap_err();
    for part in ["needs --out DIR", "cargo xtask fetch --from other.json"] {
        assert!(error.contains(part), "{error}");
    }
}

fn check() -> Args {
    Args {
        check: true,
        ..Args::default()
    }
}

#[test]
fn parts_that_the_generator_loses_make_the_command_fail() {
    let repository = Repository::new();
    let mut rendered = rendered(&[("mod.rs", "mod locks;\n")]);
    rendered.lost = 1;
    for check in [false, true] {
        let args = Args {
            check,
            ..Args::default()
        };
        let (outcome, _) = repository.codegen(&args, &rendered);
        assert_eq!(outcome, Outcome::Bad);
    }
}
