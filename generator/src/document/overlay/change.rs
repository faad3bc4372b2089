//! Applies an action to the places of its target.

use serde_json::{Map, Value};
use serde_json_path::{LocatedNodeList, PathElement};

/// A step into a value. Steps are ordered, so that later items of a list can be removed first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

/// The path from the root to a place.
pub(super) type Steps = Vec<Step>;

/// The reason why an action cannot be applied.
pub(super) struct Refusal {
    pub(super) found: &'static str,
    pub(super) expected: &'static str,
    pub(super) advice: &'static str,
}

/// Returns the paths of nodes, so that the document is no longer borrowed.
pub(super) fn places(found: LocatedNodeList<'_>) -> Vec<Steps> {
    let mut places: Vec<Steps> = found
        .locations()
        .map(|path| {
            path.iter()
                .map(|element| match element {
                    PathElement::Name(name) => Step::Key((*name).to_owned()),
                    PathElement::Index(index) => Step::Index(*index),
                })
                .collect()
        })
        .collect();
    places.sort();
    places.dedup();
    places
}

/// Removes all places; returns true if anything was removed.
pub(super) fn remove(document: &mut Value, mut places: Vec<Steps>) -> Result<bool, Refusal> {
    // From the end, so that removing a place does not change the index or the parent of the next one.
    places.reverse();
    let mut changed = false;
    for mut steps in places {
        let Some(last) = steps.pop() else {
            return Err(Refusal {
                found: "which removes the whole document",
                expected: "a target inside the document",
                advice: "Name the part to remove.",
            });
        };
        changed |= match (node(document, &steps), last) {
            (Some(Value::Object(map)), Step::Key(key)) => map.shift_remove(&key).is_some(),
            (Some(Value::Array(list)), Step::Index(index)) if index < list.len() => {
                list.remove(index);
                true
            }
            _ => false,
        };
    }
    Ok(changed)
}

/// Merges `update` into objects and appends it to lists; returns true if anything changed.
pub(super) fn update(
    document: &mut Value,
    places: &[Steps],
    update: &Value,
) -> Result<bool, Refusal> {
    let mut changed = false;
    for steps in places {
        changed |= match (node(document, steps), update) {
            (Some(Value::Object(map)), Value::Object(update)) => merge(map, update),
            (Some(Value::Array(list)), entry) => append(list, entry),
            (Some(Value::Object(_)), _) => {
                return Err(Refusal {
                    found: "whose `update` is no object while its target is one",
                    expected: "an object to merge with the target",
                    advice: "Write `update` as the keys that are to be set.",
                });
            }
            _ => {
                return Err(Refusal {
                    found: "whose target is neither an object nor a list",
                    expected: "the object that holds the value",
                    advice: "Target the object around it, and write the key in `update`.",
                });
            }
        };
    }
    Ok(changed)
}

fn node<'a>(document: &'a mut Value, steps: &[Step]) -> Option<&'a mut Value> {
    steps
        .iter()
        .try_fold(document, |value, step| match (value, step) {
            (Value::Object(map), Step::Key(key)) => map.get_mut(key),
            (Value::Array(list), Step::Index(index)) => list.get_mut(*index),
            _ => None,
        })
}

fn merge(target: &mut Map<String, Value>, update: &Map<String, Value>) -> bool {
    let mut changed = false;
    for (key, new) in update {
        changed |= match (target.get_mut(key), new) {
            (Some(Value::Object(old)), Value::Object(new)) => merge(old, new),
            (Some(Value::Array(old)), Value::Array(new)) => new
                .iter()
                .fold(false, |any, entry| append(old, entry) | any),
            (Some(old), new) if old == new => false,
            _ => {
                target.insert(key.clone(), new.clone());
                true
            }
        };
    }
    changed
}

/// Appends an entry unless the list has it already. Otherwise an action on a list would never become unneeded.
fn append(list: &mut Vec<Value>, entry: &Value) -> bool {
    let new = !list.contains(entry);
    if new {
        list.push(entry.clone());
    }
    new
}
