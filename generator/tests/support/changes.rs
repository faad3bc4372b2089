//! What the tests of changes share: documents that are edited, and what is said of two.

use std::fs;

use generator::{Changes, Companion, Options, Source, Verdict, compare};
use serde_json::Value;

/// A document from which tests depart.
pub fn fixture(name: &str) -> Value {
    let path = super::fixtures("changes").join(name);
    let text = fs::read_to_string(path).expect("the fixture is there");
    serde_yaml::from_str(&text).expect("the fixture is YAML")
}

/// What the step from one to the other means.
pub fn between(old: &Value, new: &Value) -> Changes {
    between_named(old, new, None)
}

/// What it means where a file gives names to places.
pub fn between_named(old: &Value, new: &Value, names: Option<&str>) -> Changes {
    let (old, new) = (old.to_string(), new.to_string());
    let source = |document| Source {
        client: None,
        files: None,
        document,
        name: "fixture.yaml",
        overlay: None,
        names: names.map(|text| Companion {
            text,
            name: "names.yaml",
        }),
    };
    compare(&source(&old), &source(&new), Options::default())
        .unwrap_or_else(|error| panic!("{error}"))
}

/// A place in a document.
pub fn at<'a>(document: &'a mut Value, pointer: &str) -> &'a mut Value {
    let found = document.pointer_mut(pointer);
    found.unwrap_or_else(|| panic!("the fixture has no {pointer}"))
}

/// Takes a key and what is there out of a document.
pub fn remove(document: &mut Value, pointer: &str) {
    let (parent, key) = pointer.rsplit_once('/').expect("it is a pointer");
    let key = key.replace("~1", "/");
    let parent = at(document, parent).as_object_mut().expect("an object");
    parent.shift_remove(&key).expect("the fixture has it");
}

/// That this is all that is said.
#[track_caller]
pub fn says(changes: &Changes, verdict: Verdict, sentences: &[&str]) {
    let said: Vec<String> = changes
        .changes
        .iter()
        .map(|change| format!("{}: {}", change.class, change.sentence))
        .collect();
    assert_eq!(said, sentences);
    assert_eq!(changes.verdict, verdict);
    assert_eq!(changes.undocumented, []);
}
