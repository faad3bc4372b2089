//! A sync from end to end on a small repository, with fake checks.

mod entries;
mod repository;

use std::cell::Cell;
use std::fs;

use anyhow::{Result, bail};

use super::{BrokenFile, Checks, Compiled, Synced};
use repository::{DOCUMENT, Repository};

const PASS: Checks<'static> = Checks {
    compile: &|_| {
        Ok(Compiled {
            tests: Vec::new(),
            broken: Vec::new(),
        })
    },
    test: &|_| Ok(()),
    by_hand: &|_, _| Ok(Vec::new()),
};

fn broken(error: &str) -> BrokenFile {
    BrokenFile {
        path: "generated-client/tests/call_sites.rs".into(),
        error: error.to_owned(),
    }
}

fn breaking() -> String {
    DOCUMENT.replace("\"unlocked\"", "\"jammed\"")
}

#[test]
fn without_a_new_document_nothing_is_written() {
    let repository = Repository::new();
    let before = repository.snapshot();
    let (synced, printed) = repository.sync(DOCUMENT, &PASS).unwrap();
    assert!(synced.is_none());
    assert!(printed.starts_with("in step"), "{printed}");
    assert_eq!(repository.snapshot(), before);
}

#[test]
fn a_new_document_updates_client_version_changelog_and_readme() {
    let repository = Repository::new();
    let (synced, printed) = repository.sync(&breaking(), &PASS).unwrap();

    assert!(
        printed.contains("verdict  breaking: some programs"),
        "{printed}"
    );
    assert!(printed.contains("version  0.1.0 → 0.2.0"), "{printed}");
    let text = |path: &str| repository.text(path);
    assert!(text("spec/openapi.json").contains("jammed"));
    assert!(text("generated-client/src/generated/lock.rs").contains("Jammed"));
    assert!(text("generated-client/API.md").contains("seam.locks().unlock(lock_id)"));
    assert!(text("generated-client/Cargo.toml").contains("version = \"0.2.0\""));
    assert!(text("Cargo.lock").contains("version = \"0.2.0\""));
    let readme = text("generated-client/README.md");
    assert!(readme.contains("generated-client = \"0.2\"\n"), "{readme}");
    assert!(readme.contains("| `locks` | 1 |"), "{readme}");
    let changelog = text("CHANGELOG.md");
    assert!(
        changelog.contains("## Unreleased\n\n## 0.2.0 ("),
        "{changelog}"
    );
    assert!(changelog.contains(
        "### Breaking\n\n- **lock**: `seam::lock::State` no longer has the value `unlocked`"
    ));
    assert!(changelog.contains(
        "### Added\n\n- Written by hand.\n- **lock**: `seam::lock::State` has the value `jammed`.\n"
    ));
    assert!(
        changelog.ends_with("## 0.1.0\n\nThe first.\n"),
        "{changelog}"
    );

    let summary = super::summary::markdown(&synced.unwrap());
    assert!(
        summary.starts_with("Version 0.1.0 → **0.2.0**\n"),
        "{summary}"
    );
    assert!(summary.contains("### Breaking (1)"), "{summary}");
    assert!(
        repository
            .sync(&breaking(), &PASS)
            .unwrap()
            .1
            .starts_with("in step")
    );
}

#[test]
fn a_document_that_does_not_change_the_client_keeps_its_version() {
    let repository = Repository::new();
    let document = DOCUMENT.replace("\"description\": \"OK\"", "\"description\": \"Fine\"");
    let (synced, printed) = repository.sync(&document, &PASS).unwrap();
    assert!(printed.contains("verdict  none"), "{printed}");
    let Some(Synced { version, .. }) = synced else {
        panic!("the document is another")
    };
    assert_eq!(version.1, None);
    assert!(!repository.text("CHANGELOG.md").contains("0.1.1"));
    assert!(repository.text("spec/openapi.json").contains("Fine"));
}

#[test]
fn the_checks_run_on_a_copy_with_the_new_client() {
    let repository = Repository::new();
    let seen = Cell::new(false);
    let compile = |tree: &std::path::Path| -> Result<Compiled> {
        let lock = "generated-client/src/generated/lock.rs";
        assert!(fs::read_to_string(tree.join(lock))?.contains("Jammed"));
        assert!(repository.text(lock).contains("Unlocked"));
        seen.set(true);
        Ok(Compiled::default())
    };
    let checks = Checks {
        compile: &compile,
        ..PASS
    };
    repository.sync(&breaking(), &checks).unwrap();
    assert!(seen.get());
}

#[test]
fn the_names_get_an_entry_for_the_struct_of_a_new_tag() {
    let repository = Repository::new();
    repository.write("spec/names.yaml", "# Ours.\ntypes: []\n");
    let branch = |code: &str| {
        format!(
            "{{ \"type\": \"object\", \"required\": [\"code\", \"text\"], \"properties\": {{ \"text\": {{ \"type\": \"string\" }}, \
             \"code\": {{ \"type\": \"string\", \"enum\": [\"{code}\"] }} }} }}"
        )
    };
    let problem = format!(
        "\"problem\": {{ \"discriminator\": {{ \"propertyName\": \"code\" }}, \"oneOf\": [{}, {}] }}, \"state\": {{",
        branch("jammed"),
        branch("offline")
    );
    repository
        .sync(&DOCUMENT.replace("\"state\": {", &problem), &PASS)
        .unwrap();
    assert_eq!(
        repository.text("spec/names.yaml"),
        "# Ours.\ntypes: []\n\nstructs:\n  - tag: \"code\"\n    fields: [\"text\"]\n"
    );
}

/// Asserts that a sync fails at a step with a message, and changes nothing.
#[track_caller]
fn assert_stops(
    repository: &Repository,
    document: &str,
    checks: &Checks<'_>,
    step: &str,
    says: &[&str],
) {
    let before = repository.snapshot();
    let error = repository.sync(document, checks).unwrap_err();
    let first = format!("sync stopped at the step `{step}`, and the repository is as it was");
    assert!(error.starts_with(&first), "{error}");
    for message in says.iter().chain(&["what to do: "]) {
        assert!(error.contains(message), "`{message}` is not in: {error}");
    }
    assert_eq!(repository.snapshot(), before);
}

#[test]
fn a_source_that_is_not_a_document_stops_the_sync() {
    let repository = Repository::new();
    assert_stops(
        &repository,
        "{\"openapi\"",
        &PASS,
        "fetch",
        &["it is incomplete", "name another"],
    );
}

#[test]
fn an_unneeded_correction_stops_the_sync_and_is_named() {
    let repository = Repository::new();
    repository.write(
        "spec/overlay.yaml",
        "overlay: 1.0.0\ninfo: { title: Ours, version: 1.0.0 }\nactions:\n  - target: $.components.schemas.lock.properties.state\n    \
         description: It is wrong.\n    update: { enum: [jammed] }\n",
    );
    repository.codegen();
    assert_stops(
        &repository,
        &breaking(),
        &PASS,
        "codegen",
        &["which changes nothing any more", "Delete corrections"],
    );
}

#[test]
fn a_changelog_without_the_heading_unreleased_stops_the_sync() {
    let repository = Repository::new();
    repository.write("CHANGELOG.md", "# Changelog\n");
    assert_stops(
        &repository,
        &breaking(),
        &PASS,
        "version",
        &["has no line `## Unreleased`"],
    );
}

#[test]
fn a_client_that_does_not_compile_stops_the_sync() {
    let repository = Repository::new();
    let checks = Checks {
        compile: &|_| bail!("`cargo check` fails:\nerror[E0412]"),
        ..PASS
    };
    assert_stops(
        &repository,
        &breaking(),
        &checks,
        "check",
        &["error[E0412]"],
    );
}

#[test]
fn a_failing_test_stops_the_sync() {
    let repository = Repository::new();
    let checks = Checks {
        test: &|_| bail!("test unlocks ... FAILED"),
        ..PASS
    };
    assert_stops(
        &repository,
        &breaking(),
        &checks,
        "test",
        &["FAILED", "whether the client or the test contradicts"],
    );
}

#[test]
fn a_failing_test_by_hand_stops_the_sync_unless_the_document_breaks_callers() {
    let repository = Repository::new();
    let additive = DOCUMENT.replace("\"unlocked\"]", "\"unlocked\", \"jammed\"]");
    let checks = Checks {
        by_hand: &|_, _| Ok(vec![broken("the test `waits` fails")]),
        ..PASS
    };
    assert_stops(
        &repository,
        &additive,
        &checks,
        "by hand",
        &["the test `waits` fails"],
    );
}

#[test]
fn tests_by_hand_that_a_breaking_document_breaks_are_listed_in_the_summary() {
    let repository = Repository::new();
    let checks = Checks {
        by_hand: &|_, _| Ok(vec![broken("error[E0599]: no variant named `Unlocked`")]),
        ..PASS
    };
    let (synced, printed) = repository.sync(&breaking(), &checks).unwrap();
    let named = "generated-client/tests/call_sites.rs: error[E0599]: no variant named `Unlocked`\n";
    let expected = format!("by hand  1 file to be fixed before this is merged:\n  {named}");
    assert!(printed.ends_with(&expected), "{printed}");
    let summary = super::summary::markdown(&synced.unwrap());
    let expected = "\n- `generated-client/tests/call_sites.rs`: `` error[E0599]: no variant named `Unlocked` ``\n";
    assert!(summary.contains(expected), "{summary}");
    assert!(repository.text("spec/openapi.json").contains("jammed"));
}

#[test]
fn a_file_that_changed_during_the_sync_is_not_overwritten() {
    let repository = Repository::new();
    let checks = Checks {
        compile: &|_| {
            repository.write("CHANGELOG.md", "# Changelog\n\nMine.\n");
            Ok(Compiled::default())
        },
        ..PASS
    };
    let error = repository.sync(&breaking(), &checks).unwrap_err();
    assert!(
        error.contains("CHANGELOG.md has been changed while this ran"),
        "{error}"
    );
    assert!(repository.text("CHANGELOG.md").contains("Mine."));
    assert!(repository.text("spec/openapi.json").contains("unlocked"));
}

#[test]
fn if_one_file_cannot_be_replaced_no_file_is_changed() {
    let repository = Repository::new();
    let before = repository.snapshot();
    // A folder appears at the path of a file that is removed or replaced.
    let checks = Checks {
        test: &|_| {
            repository.remove("spec/source.toml");
            repository.make_folder("spec/source.toml");
            Ok(())
        },
        ..PASS
    };
    let error = repository.sync(&breaking(), &checks).unwrap_err();
    assert!(error.contains("step `write`"), "{error}");
    assert!(error.contains("source.toml is a folder"), "{error}");
    let after = repository.snapshot();
    let kept = before
        .iter()
        .filter(|(path, _)| !path.ends_with("source.toml"));
    for (path, contents) in kept {
        assert_eq!(after.get(path), Some(contents), "{}", path.display());
    }
}

#[test]
fn a_dry_run_shows_the_changes_and_writes_nothing() {
    let repository = Repository::new();
    let before = repository.snapshot();
    let never = Checks {
        compile: &|_| bail!("a dry run compiles nothing"),
        test: &|_| bail!("a dry run tests nothing"),
        by_hand: &|_, _| bail!("a dry run tests nothing"),
    };
    let message = repository.dry_run(&breaking(), &never).unwrap();
    for part in [
        "would write generated-client/src/generated/lock.rs\n",
        "would write CHANGELOG.md\n",
        "would raise the version from 0.1.0 to 0.2.0\n",
        "nothing was changed",
    ] {
        assert!(message.contains(part), "`{part}` is not in: {message}");
    }
    assert_eq!(repository.snapshot(), before);
}

#[test]
fn a_failure_that_names_a_place_suggests_a_correction() {
    let repository = Repository::new();
    let checks = Checks {
        test: &|_| {
            bail!("the client is at odds with /paths/~1locks~1unlock/post: it sends nothing")
        },
        ..PASS
    };
    let correction = "actions of spec/overlay.yaml:\n  - target: \"$.paths['/locks/unlock'].post\"";
    assert_stops(&repository, &breaking(), &checks, "test", &[correction]);
}

#[test]
fn an_unknown_keyword_is_listed_first_in_the_summary_and_does_not_stop_the_sync() {
    let repository = Repository::new();
    let document = breaking().replace("\"x-response-key\"", "\"x-new\": 1, \"x-response-key\"");
    let (synced, printed) = repository.sync(&document, &PASS).unwrap();
    assert!(
        printed.contains("warning: unknown keyword `x-new`"),
        "{printed}"
    );
    let summary = super::summary::markdown(&synced.unwrap());
    assert!(summary.starts_with("> [!WARNING]\n"), "{summary}");
    let line = "\n> - `x-new` in 1 place, first at `/paths/~1locks~1unlock/post/x-new`\n\nVersion ";
    assert!(summary.contains(line), "{summary}");
}

#[test]
fn text_of_a_document_is_escaped_in_the_summary_and_the_changelog() {
    let repository = Repository::new();
    let hostile = "1.0 <img src=x> @somebody [link](https://example.com) `code`";
    let document = breaking().replace("\"1.0.0\"", &format!("{hostile:?}"));
    let checks = Checks {
        by_hand: &|_, _| Ok(vec![broken(&format!("error: {hostile}\n# heading"))]),
        ..PASS
    };
    let (synced, _) = repository.sync(&document, &checks).unwrap();
    let summary = super::summary::markdown(&synced.unwrap());
    let mut seen = 0;
    for text in [summary, repository.text("CHANGELOG.md")] {
        assert!(!text.contains("\n# heading"), "{text}");
        for line in text.lines().filter(|line| line.contains("<img")) {
            seen += 1;
            let fence = line.find("``").expect("it stands in a code span");
            assert!(line[..fence].find("1.0 <img").is_none(), "{line}");
        }
    }
    assert!(seen >= 2, "only {seen} lines");
}
