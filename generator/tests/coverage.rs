//! Nothing is lost: what a document has is in the client, or left out for a reason.

#![allow(missing_docs)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use generator::{Counted, Coverage};
use serde_json::Value;
use support::{fixtures, render};

fn coverage(document: &str, name: &str) -> Option<Coverage> {
    render(document, name)
        .ok()
        .map(|generated| generated.summary.coverage)
}

/// Everything read is emitted or left out, and nothing is both.
fn assert_complete(coverage: &Coverage, name: &str) {
    assert!(
        coverage.lost.is_empty(),
        "{name} loses {:#?}",
        coverage.lost
    );
    let read: usize = coverage.counts.values().map(|count| count.read).sum();
    assert!(read > 0, "nothing of {name} is counted");
    for (counted, count) in &coverage.counts {
        let left_out: usize = count.left_out.values().sum();
        assert_eq!(
            count.read,
            count.emitted + left_out,
            "{counted:?} in {name}"
        );
    }
}

fn documents(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    paths
}

#[test]
fn every_place_of_every_fixture_is_emitted_or_left_out_for_a_reason() {
    let mut accounted = 0;
    for kind in ["edges", "others"] {
        for path in documents(&fixtures(kind)) {
            let name = path.display().to_string();
            let document = fs::read_to_string(&path).expect("the fixture is there");
            if let Some(coverage) = coverage(&document, &name) {
                assert_complete(&coverage, &name);
                accounted += 1;
            }
        }
    }
    println!("{accounted} fixtures");
    // All but the few that are refused.
    assert!(accounted >= 45, "only {accounted} fixtures");
}

#[test]
fn every_place_of_the_pinned_document_is_emitted_or_left_out_for_a_reason() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/openapi.json");
    let text = fs::read_to_string(path).expect("the pinned document is there");
    let coverage = coverage(&text, "the pinned document").expect("it renders");
    assert_complete(&coverage, "the pinned document");
    let document: Value = serde_json::from_str(&text).expect("it is JSON");
    let read: BTreeMap<Counted, usize> = coverage
        .counts
        .iter()
        .map(|(counted, count)| (*counted, count.read))
        .collect();
    let counts = Counts::of(&document);
    let expected = BTreeMap::from([
        (Counted::Path, counts.paths),
        (Counted::Operation, counts.operations),
        (Counted::Parameter, counts.parameters),
        (Counted::Schema, counts.schemas),
        (Counted::Property, counts.properties),
        (Counted::Value, counts.values),
    ]);
    assert_eq!(read, expected);
}

/// What stands in a document, counted in the plainest way: by the form of its objects, wherever they are.
#[derive(Default)]
struct Counts {
    paths: usize,
    operations: usize,
    parameters: usize,
    schemas: usize,
    properties: usize,
    values: usize,
}

impl Counts {
    fn of(document: &Value) -> Self {
        let mut counts = Self::default();
        let paths = document["paths"].as_object().expect("there are paths");
        counts.paths = paths.len();
        let schemas = document["components"]["schemas"].as_object();
        counts.schemas = schemas.map_or(0, serde_json::Map::len);
        let operations = paths.values().flat_map(|item| item.as_object());
        counts.operations = operations.map(serde_json::Map::len).sum();
        counts.add(document);
        counts
    }

    fn add(&mut self, value: &Value) {
        match value {
            Value::Object(map) => {
                let is_object = map.get("type").and_then(Value::as_str) == Some("object");
                if let (true, Some(Value::Object(properties))) = (is_object, map.get("properties"))
                {
                    self.properties += properties.len();
                }
                if let Some(Value::Array(values)) = map.get("enum") {
                    self.values += values.len();
                }
                if let Some(Value::Array(parameters)) = map.get("parameters") {
                    self.parameters += parameters.len();
                }
                // Neither examples nor defaults are schemas.
                let inner = map.iter().filter(|(key, value)| {
                    !matches!(key.as_str(), "default" | "example" | "examples")
                        || value.get("type").is_some()
                });
                inner.for_each(|(_, value)| self.add(value));
            }
            Value::Array(items) => items.iter().for_each(|item| self.add(item)),
            _ => {}
        }
    }
}
