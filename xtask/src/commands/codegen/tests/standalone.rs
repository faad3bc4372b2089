//! `--out`: a crate of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::repository::{Repository, rendered};
use crate::commands::codegen::standalone::MARKER;
use crate::commands::codegen::{Args, manifest};
use crate::outcome::Outcome;
use crate::render::Rendered;
use crate::repo::Repo;

fn files() -> Rendered {
    rendered(&[("mod.rs", "// generated\n")])
}

fn into(out: PathBuf) -> Args {
    Args {
        out: Some(out),
        ..Args::default()
    }
}

/// Fails if cargo cannot read the manifest in `folder`; this needs neither network nor lock file.
fn assert_cargo_accepts(folder: &Path) {
    let output = Command::new(env!("CARGO"))
        .current_dir(folder)
        .args(["metadata", "--no-deps", "--offline", "--format-version=1"])
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
}

#[test]
fn the_folder_becomes_a_complete_crate_and_the_repository_stays_as_it_was() {
    let repository = Repository::new();
    fs::create_dir_all(repository.path("generated-client/src/generated")).unwrap();
    fs::write(
        repository.path("generated-client/src/generated/pinned.rs"),
        "1",
    )
    .unwrap();
    let before = repository.snapshot();
    let elsewhere = tempfile::tempdir().unwrap();
    let out = elsewhere.path().join("new/crate");

    let (outcome, printed) = repository.codegen(&into(out.clone()), &files());

    assert_eq!(outcome, Outcome::Good);
    assert!(printed.contains("files: 9 written"), "{printed}");
    let found = crate::files::list(&out, Path::new("")).unwrap();
    let expected = [
        ".codegen-files",
        "API.md",
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE-MIT",
        "README.md",
        "calls.html",
        "src/generated/mod.rs",
        "src/lib.rs",
        "src/runtime/mod.rs",
    ];
    assert_eq!(found, expected.map(PathBuf::from));
    let manifest = fs::read_to_string(out.join("Cargo.toml")).unwrap();
    assert!(manifest.starts_with(MARKER));
    for part in ["version = \"1.2.3\"", "\nlocks = []\n", "\n[workspace]\n"] {
        assert!(manifest.contains(part), "`{part}` is not in:\n{manifest}");
    }
    assert_cargo_accepts(&out);
    assert_eq!(repository.snapshot(), before);
}

#[test]
fn a_second_run_updates_the_folder() {
    let repository = Repository::new();
    let out = into(repository.path("out"));
    repository.codegen(&out, &files());
    fs::write(repository.path("out/Cargo.lock"), "what cargo made of it").unwrap();
    for path in ["out/notes.md", "out/src/runtime/mine.rs"] {
        fs::write(repository.path(path), "mine").unwrap();
    }
    repository.age();
    let before = repository.snapshot();

    let (_, printed) = repository.codegen(&out, &files());
    assert!(
        printed.contains("files: 0 written, 9 unchanged, 0 removed"),
        "{printed}"
    );
    assert_eq!(repository.snapshot(), before);

    fs::remove_file(repository.path("generated-client/src/runtime/mod.rs")).unwrap();
    let (_, printed) = repository.codegen(&out, &rendered(&[("other.rs", "")]));
    assert!(
        printed.contains("files: 2 written, 6 unchanged, 2 removed"),
        "{printed}"
    );
    let kept: Vec<_> = repository
        .files_under(Path::new("out/src"))
        .into_keys()
        .collect();
    assert_eq!(
        kept,
        [
            "out/src/generated/other.rs",
            "out/src/lib.rs",
            "out/src/runtime/mine.rs"
        ]
        .map(PathBuf::from)
    );
    for path in ["out/notes.md", "out/src/runtime/mine.rs"] {
        assert_eq!(repository.text(path), "mine", "{path}");
    }
}

#[test]
fn a_folder_is_removed_with_its_last_file() {
    let repository = Repository::new();
    let out = into(repository.path("out"));
    repository.codegen(&out, &rendered(&[("a/b/c.rs", ""), ("mod.rs", "")]));
    repository.codegen(&out, &files());
    assert!(!repository.path("out/src/generated/a").exists());
    assert!(repository.path("out/src/generated/mod.rs").exists());
}

#[test]
fn a_file_that_somebody_else_wrote_is_not_replaced() {
    let repository = Repository::new();
    let out = into(repository.path("out"));
    repository.codegen(&out, &files());
    fs::write(repository.path("out/src/generated/locks.rs"), "mine").unwrap();
    let before = repository.snapshot();

    let more = rendered(&[("mod.rs", "// generated\n"), ("locks.rs", "// locks\n")]);
    let error = repository.run(&out, |_| Ok(more)).unwrap_err();

    assert!(
        error.contains("locks.rs was not written by this command"),
        "{error}"
    );
    assert!(error.contains("Move your file away"), "{error}");
    assert_eq!(repository.snapshot(), before);
}

#[test]
fn a_list_with_paths_outside_of_the_folder_removes_nothing() {
    let repository = Repository::new();
    let out = into(repository.path("out"));
    repository.codegen(&out, &files());
    let list = repository.path("out/.codegen-files");
    let text = fs::read_to_string(&list).unwrap();
    fs::write(&list, text + "../LICENSE-MIT\n").unwrap();
    let before = repository.snapshot();

    let error = repository.run(&out, |_| Ok(files())).unwrap_err();
    assert!(error.contains("leads out of"), "{error}");
    assert_eq!(repository.snapshot(), before);

    fs::write(&list, "LICENSE-MIT\n").unwrap();
    let error = repository.run(&out, |_| Ok(files())).unwrap_err();
    assert!(
        error.contains("is not a list that this command wrote"),
        "{error}"
    );
}

#[test]
fn check_compares_the_folder_and_names_the_command_that_updates_it() {
    let repository = Repository::new();
    let out = repository.path("out");
    let check = Args {
        check: true,
        ..into(out.clone())
    };
    let (outcome, printed) = repository.codegen(&check, &files());
    assert_eq!(outcome, Outcome::Bad);
    let command = format!("fix it with: cargo xtask codegen --out {}\n", out.display());
    assert!(printed.contains(&command), "{printed}");
    assert!(!out.exists(), "a check makes no folder");

    repository.codegen(&into(out), &files());
    assert_eq!(repository.codegen(&check, &files()).0, Outcome::Good);
}

#[test]
fn a_folder_that_this_command_must_not_change_is_refused() {
    let repository = Repository::new();
    fs::create_dir(repository.path("mine")).unwrap();
    fs::write(repository.path("mine/Cargo.toml"), format!("{MARKER}\n")).unwrap();
    let before = repository.snapshot();
    for (out, expected) in [
        ("mine", "contains files that this command did not write"),
        ("", "contains files that this command did not write"),
        ("LICENSE-MIT", "is not a folder"),
        ("generated-client", "the client of this repository"),
        ("generated-client/src/new", "the client of this repository"),
        ("spec/../generated-client", "the client of this repository"),
    ] {
        let error = repository
            .run(&into(repository.path(out)), |_| {
                unreachable!("refused before rendering")
            })
            .unwrap_err();
        assert!(error.contains(expected), "{out}: {error}");
    }
    assert_eq!(repository.snapshot(), before);
}

#[test]
fn the_manifest_of_the_client_can_be_made_standalone() {
    let client = Repo::find().unwrap().client().join("Cargo.toml");
    let client = fs::read_to_string(client).unwrap();
    let of = manifest::Crate {
        client: &files().client,
        has_own_connection: false,
    };
    let manifest = manifest::make_standalone(&client, &of, |_| false).unwrap();
    for part in ["workspace = true", "path = ", "documentation", "homepage"] {
        assert!(!manifest.contains(part), "`{part}` is in:\n{manifest}");
    }

    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("src")).unwrap();
    fs::write(folder.path().join("src/lib.rs"), "").unwrap();
    fs::write(folder.path().join("Cargo.toml"), &manifest).unwrap();
    assert_cargo_accepts(folder.path());
}
