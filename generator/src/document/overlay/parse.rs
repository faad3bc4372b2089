//! Parses an overlay.

use std::fmt;

use serde_json::{Map, Value};
use serde_json_path::JsonPath;

use crate::document::Pointer;
use crate::document::found::describe;
use crate::error::Problem;

/// An action of an overlay: one correction.
pub(super) struct Action<'a> {
    index: usize,
    path: &'a str,
    description: &'a str,
    pub(super) target: JsonPath,
    pub(super) change: Change<'a>,
}

/// The change at the target.
pub(super) enum Change<'a> {
    Remove,
    Update(&'a Value),
}

impl fmt::Display for Action<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            index,
            path,
            description,
            ..
        } = self;
        write!(f, "action {index}, target `{path}` ({description})")
    }
}

impl Action<'_> {
    pub(super) fn problem(&self, found: String, expected: &str, advice: &str) -> Problem {
        problem(&place(self.index), found, expected, advice)
    }
}

/// Returns the valid actions, and all problems.
pub(super) fn actions(overlay: &Value) -> (Vec<Action<'_>>, Vec<Problem>) {
    let mut problems = Vec::new();
    let root = Pointer::root("");
    let Some(map) = overlay.as_object() else {
        problems.push(problem(
            &root,
            describe(overlay),
            "an overlay",
            "It is an object with `overlay: 1.0.0`, `info` and `actions`.",
        ));
        return (Vec::new(), problems);
    };
    problems.extend(version(map.get("overlay")));
    problems.extend(info(map.get("info")));
    problems.extend(unknown(
        map,
        &root,
        &["overlay", "info", "extends", "actions"],
    ));
    let list = match map.get("actions") {
        Some(Value::Array(list)) if !list.is_empty() => list.as_slice(),
        found => {
            problems.push(problem(
                &root.key("actions"),
                found.map_or("nothing".to_owned(), describe),
                "at least one action",
                "An overlay without actions has no effect: delete the file.",
            ));
            &[]
        }
    };
    let mut actions = Vec::new();
    for (index, value) in list.iter().enumerate() {
        match action(index, value) {
            Ok(action) => actions.push(action),
            Err(found) => problems.extend(found),
        }
    }
    (actions, problems)
}

fn version(found: Option<&Value>) -> Option<Problem> {
    let pointer = Pointer::root("").key("overlay");
    match found {
        Some(Value::String(version)) if version == "1.0" || version.starts_with("1.0.") => None,
        found => Some(problem(
            &pointer,
            found.map_or("nothing".to_owned(), describe),
            "\"1.0.0\"",
            "This is the version of the Overlay Specification that is read.",
        )),
    }
}

fn info(found: Option<&Value>) -> Vec<Problem> {
    let pointer = Pointer::root("").key("info");
    let Some(Value::Object(info)) = found else {
        return vec![problem(
            &pointer,
            found.map_or("nothing".to_owned(), describe),
            "an object with `title` and `version`",
            "",
        )];
    };
    let mut problems = unknown(info, &pointer, &["title", "version", "description"]);
    for key in ["title", "version"] {
        if !info.get(key).is_some_and(Value::is_string) {
            problems.push(problem(
                &pointer.key(key),
                info.get(key).map_or("nothing".to_owned(), describe),
                "text",
                "",
            ));
        }
    }
    problems
}

fn action(index: usize, value: &Value) -> Result<Action<'_>, Vec<Problem>> {
    let pointer = place(index);
    let Some(map) = value.as_object() else {
        let advice = "It has `target`, `description`, and `update` or `remove: true`.";
        return Err(vec![problem(
            &pointer,
            describe(value),
            "an action",
            advice,
        )]);
    };
    let mut problems = unknown(
        map,
        &pointer,
        &["target", "description", "update", "remove"],
    );
    let mut text = |key: &str, expected: &str, advice: &str| match map.get(key) {
        Some(Value::String(text)) if !text.trim().is_empty() => text.as_str(),
        found => {
            problems.push(problem(
                &pointer.key(key),
                found.map_or("nothing".to_owned(), describe),
                expected,
                advice,
            ));
            ""
        }
    };
    let path = text(
        "target",
        "a JSONPath",
        "For example `$.components.schemas.device`.",
    );
    let description = text(
        "description",
        "the reason for the correction",
        "Say what is wrong in the document, so that a reader knows when the action may go.",
    );
    let target = match JsonPath::parse(path) {
        Ok(target) => Some(target),
        Err(_) if path.is_empty() => None,
        Err(error) => {
            problems.push(problem(
                &pointer.key("target"),
                format!("`{path}`, invalid from character {} on", error.position() + 1),
                "a JSONPath",
                "Write keys with other characters than letters, digits and `_` in brackets: `$.paths['/devices/list']`.",
            ));
            None
        }
    };
    let change = change(map, &pointer)
        .map_err(|problem| problems.push(problem))
        .ok();
    match (target, change) {
        (Some(target), Some(change)) if problems.is_empty() => Ok(Action {
            index,
            path,
            description,
            target,
            change,
        }),
        _ => Err(problems),
    }
}

fn change<'a>(map: &'a Map<String, Value>, pointer: &Pointer) -> Result<Change<'a>, Problem> {
    let removes = match map.get("remove") {
        None => false,
        Some(Value::Bool(removes)) => *removes,
        Some(other) => {
            return Err(problem(
                &pointer.key("remove"),
                describe(other),
                "true or false",
                "",
            ));
        }
    };
    match (removes, map.get("update")) {
        (true, None) => Ok(Change::Remove),
        (false, Some(update)) => Ok(Change::Update(update)),
        (true, Some(_)) => Err(problem(
            pointer,
            "`update` and `remove: true`".to_owned(),
            "one of them",
            "Use only one of the two.",
        )),
        (false, None) => Err(problem(
            pointer,
            "neither `update` nor `remove: true`".to_owned(),
            "one of them",
            "",
        )),
    }
}

fn unknown(map: &Map<String, Value>, pointer: &Pointer, known: &[&str]) -> Vec<Problem> {
    map.iter()
        .filter(|(key, _)| !known.contains(&key.as_str()) && !key.starts_with("x-"))
        .map(|(key, value)| {
            problem(
                &pointer.key(key),
                format!("the unknown key `{key}`: {}", describe(value)),
                &known.join(", "),
                "Check how it is spelled.",
            )
        })
        .collect()
}

fn place(index: usize) -> Pointer {
    Pointer::root("/actions").index(index)
}

fn problem(pointer: &Pointer, found: String, expected: &str, advice: &str) -> Problem {
    Problem {
        pointer: pointer.to_string(),
        found,
        expected: expected.to_owned(),
        advice: advice.to_owned(),
    }
}
