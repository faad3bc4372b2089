//! The result of a sync as Markdown, for the body of a pull request.

use generator::escape;

use super::Synced;
use crate::commands::diff::{self, Report};

/// The longest body of a pull request. GitHub's limit is 65,536 characters.
const MAX_LENGTH: usize = 60_000;

pub(super) fn in_step() -> String {
    "The client is in step with Seam's API.\n".to_owned()
}

pub(super) fn markdown(synced: &Synced) -> String {
    let report = Report {
        old: &synced.old,
        new: &synced.new,
        changes: &synced.changes,
    };
    let mut text = unknown_keywords(synced);
    text.push_str(&match &synced.version {
        (old, Some(new)) => format!("Version {old} → **{new}**\n\n"),
        (old, None) => format!("Version {old}: the client itself is the same.\n\n"),
    });
    text.push_str(&by_hand(synced));
    text.push_str(&diff::markdown(&report));
    let how = "\nMade by `cargo xtask sync`; `cargo xtask diff origin/main` shows it locally, with `--format html` as a page.\n";
    if text.len() + how.len() > MAX_LENGTH {
        let mut end = MAX_LENGTH - how.len();
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let line = text[..end].rfind('\n').unwrap_or(end);
        text.truncate(line);
        if text.matches("<details>").count() > text.matches("</details>").count() {
            text.push_str("\n\n</details>");
        }
        text.push_str("\n\n… and more than fits here.\n");
    }
    text + how
}

/// Lists the keywords that the generator does not know; empty if there are none.
fn unknown_keywords(synced: &Synced) -> String {
    if synced.unknown.is_empty() {
        return String::new();
    }
    let mut text = "> [!WARNING]\n> The document has keywords that the generator does not know, and leaves out. They may \
        carry meaning. The checks fail until each is used or waived in `generator/src/document/keywords`, or removed by \
        `spec/overlay.yaml`:\n"
        .to_owned();
    for unknown in &synced.unknown {
        let places = crate::repo::counted(unknown.places, "place");
        let (keyword, first) = (escape::code(&unknown.keyword), escape::code(&unknown.first));
        text.push_str(&format!("> - {keyword} in {places}, first at {first}\n"));
    }
    text.push('\n');
    text
}

/// Lists the files that a person has to fix; empty if there are none.
fn by_hand(synced: &Synced) -> String {
    if synced.broken.is_empty() {
        return String::new();
    }
    let mut text = "## To mend by hand before this is merged\n\nThe document breaks these files, which name what has gone \
        or changed. The checks fail until they are mended, by commits on top of this one:\n\n"
        .to_owned();
    for file in &synced.broken {
        text.push_str(&format!(
            "- {}: {}\n",
            escape::code(&file.path.display().to_string()),
            escape::code(&file.error)
        ));
    }
    text.push('\n');
    text
}
