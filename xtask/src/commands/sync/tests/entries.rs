//! Tests of the entries in the changelog.

use generator::Changes;

use crate::commands::sync::changelog::{lists, with_entry};
use crate::render::{Companion, Input, compare};

use super::DOCUMENT;

fn changes(new: &str) -> Changes {
    let input = |document: &str| Input {
        document: document.to_owned(),
        name: "locks.json".to_owned(),
        ..Input::default()
    };
    compare(&input(DOCUMENT), &input(new)).unwrap()
}

#[test]
fn facts_about_one_call_are_one_item_with_a_link_to_its_page() {
    let new = DOCUMENT
        .replace("\"required\": [\"lock_id\"],", "\"required\": [\"lock_id\", \"pin\"],")
        .replace(
            "\"properties\": { \"lock_id\": { \"type\": \"string\", \"format\": \"uuid\" } }",
            "\"properties\": { \"lock_id\": { \"type\": \"string\", \"format\": \"uuid\" }, \"pin\": { \"type\": \"string\" }, \
             \"note\": { \"type\": \"string\" }, \"by\": { \"type\": \"string\" } }",
        );
    let lists = lists(&changes(&new));
    let call = "[`seam.locks().unlock(…)`](https://docs.seam.co/api/locks/unlock)";
    assert_eq!(
        lists,
        [
            (
                "Breaking".to_owned(),
                vec![format!(
                    "**lock**: {call} takes one more argument, `pin`, which is required. Before: `seam.locks().unlock(lock_id)`. \
                     Now: `seam.locks().unlock(lock_id, pin)`."
                )]
            ),
            (
                "Added".to_owned(),
                vec![format!(
                    "**lock**: {call} takes 2 more parameters: `.by(…)` and `.note(…)`."
                )]
            ),
        ]
    );
}

#[test]
fn a_fact_that_several_types_share_is_one_item() {
    let other = "\"locked\", \"unlocked\"] },\n      \"before\": { \"type\": \"object\", \"properties\": { \"x\": { \"type\": \"string\" }, \"state\": \
                 { \"type\": \"string\", \"enum\": [\"locked\", \"unlocked\", \"off\"] } } }";
    let old = DOCUMENT.replace("\"locked\", \"unlocked\"] }", other);
    let new = old.replace("\"unlocked\"", "\"unlocked\", \"jammed\"");
    let input = |document: &str| Input {
        document: document.to_owned(),
        name: "locks.json".to_owned(),
        ..Input::default()
    };
    let lists = lists(&compare(&input(&old), &input(&new)).unwrap());
    assert_eq!(
        lists,
        [(
            "Added".to_owned(),
            vec![
                "**lock**: `seam::lock::State` and `seam::lock::before::State` have the value `jammed`."
                    .to_owned()
            ]
        )]
    );
}

#[test]
fn renames_of_a_resource_are_one_line_without_the_types_in_its_modules() {
    let state = |name: &str| {
        let object = format!(
            "\"{name}\": {{ \"type\": \"object\", \"properties\": {{ \"mode\": {{ \"type\": \"string\", \"enum\": [\"a\"] }} }} }}, \"state\": {{"
        );
        DOCUMENT.replacen("\"state\": {", &object, 1)
    };
    let names = |name: &str, place: &str| {
        let text = format!(
            "types:\n  - name: lock::{name}\n    reason: A name.\n    places: [\"$..properties.{place}\"]\n"
        );
        Some(Companion {
            text,
            name: "names.yaml".to_owned(),
        })
    };
    let input = |name: &str| Input {
        document: state("before"),
        name: "locks.json".to_owned(),
        names: names(name, "before"),
        ..Input::default()
    };
    let lists = lists(&compare(&input("Earlier"), &input("Before")).unwrap());
    assert_eq!(
        lists,
        [(
            "Breaking".to_owned(),
            vec!["**lock**: Renamed: `seam::lock::Earlier` is `seam::lock::Before`.".to_owned()]
        )]
    );
}

#[test]
fn breaking_changes_come_before_unreleased_entries() {
    let changelog = "# Changelog\n\n## Unreleased\n\nSoon.\n\n### Fixed\n\n- A bug.\n";
    let lists = vec![("Breaking".to_owned(), vec!["`x` is gone.".to_owned()])];
    let text = with_entry(changelog, "0.2.0", "Follows.", &lists).unwrap();
    assert!(
        text.contains("Soon.\n\n### Breaking\n\n- `x` is gone.\n\n### Fixed\n\n- A bug.\n"),
        "{text}"
    );
}

#[test]
fn a_new_section_includes_the_unreleased_entries_and_keeps_older_sections() {
    let changelog =
        "# Changelog\n\n## Unreleased\n\n### Fixed\n\n- A bug.\n\n## 0.1.0\n\n- First.\n";
    let lists = vec![("Added".to_owned(), vec!["`x` is new.".to_owned()])];
    let text = with_entry(changelog, "0.1.1 (2028-08-12)", "Follows.", &lists).unwrap();
    assert_eq!(
        text,
        "# Changelog\n\n## Unreleased\n\n## 0.1.1 (2028-08-12)\n\nFollows.\n\n### Fixed\n\n- A bug.\n\n### Added\n\n\
         - `x` is new.\n\n## 0.1.0\n\n- First.\n"
    );
    let again = with_entry(&text, "0.1.2 (2028-08-13)", "Follows.", &lists).unwrap();
    assert_eq!(again.matches("A bug.").count(), 1);
}
