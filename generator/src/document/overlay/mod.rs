//! Corrections to a document: OpenAPI Overlay 1.0, applied before the document is read.
//!
//! It is stricter than the specification: an action needs a description, and an unneeded action is an error. So corrections are
//! deleted when the document no longer needs them.

mod change;
mod parse;
#[cfg(test)]
mod tests;

use serde_json::Value;

use super::text;
use crate::error::Problem;
use crate::source::Companion;
use parse::{Action, Change};

/// Applies the actions in order. Unneeded actions are errors, unless `allow_unmatched` is true. After an error the document is
/// partly corrected and must not be used.
pub(super) fn apply(
    document: &mut Value,
    overlay: &Companion<'_>,
    allow_unmatched: bool,
) -> Result<(), Vec<Problem>> {
    let at = |problem: Problem| Problem {
        pointer: match problem.pointer.as_str() {
            "" => overlay.name.to_owned(),
            pointer => format!("{}#{pointer}", overlay.name),
        },
        ..problem
    };
    let value = text::parse(overlay.text).map_err(|problem| vec![at(problem)])?;
    let (actions, mut problems) = parse::actions(&value);
    for action in &actions {
        match apply_action(action, document) {
            Ok(()) => {}
            Err(Failure::Expired(_)) if allow_unmatched => {}
            Err(Failure::Expired(problem) | Failure::Refused(problem)) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems.into_iter().map(at).collect())
    }
}

/// The reason why an action was not applied.
enum Failure {
    /// The document does not need the action.
    Expired(Problem),
    /// The action cannot be applied to its target.
    Refused(Problem),
}

fn apply_action(action: &Action<'_>, document: &mut Value) -> Result<(), Failure> {
    let places = change::places(action.target.query_located(document));
    if places.is_empty() {
        return Err(Failure::Expired(action.problem(
            format!("{action}, which matches nothing"),
            "a target that is in the document",
            "The document has changed: delete the action, or correct its target.",
        )));
    }
    let changed = match action.change {
        Change::Remove => change::remove(document, places),
        Change::Update(update) => change::update(document, &places, update),
    };
    match changed {
        Err(refusal) => Err(Failure::Refused(action.problem(
            format!("{action}, {}", refusal.found),
            refusal.expected,
            refusal.advice,
        ))),
        Ok(false) => Err(Failure::Expired(action.problem(
            format!("{action}, which changes nothing any more"),
            "an action that the document needs",
            "The document has what the action asks for: delete the action.",
        ))),
        Ok(true) => Ok(()),
    }
}
