//! What the changelog says to users.

use generator::Changes;

use crate::commands::sync::changelog::{lists, with_entry};
use crate::render::{Input, compare};

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
fn what_is_said_of_one_thing_is_one_item_and_a_call_links_to_its_page() {
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
                    "{call} takes one more argument, `pin`, which is required."
                )]
            ),
            (
                "Added".to_owned(),
                vec![format!("{call} takes `.by(…)`; takes `.note(…)`.")]
            ),
        ]
    );
}

#[test]
fn what_is_said_of_several_things_alike_is_said_once() {
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
                "`seam::lock::State` and `seam::lock::before::State`: has the value `jammed`."
                    .to_owned()
            ]
        )]
    );
}

#[test]
fn an_entry_takes_in_what_was_unreleased_and_leaves_older_ones_alone() {
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
