//! Names are a function of the place in the document: what is added elsewhere renames nothing.
//!
//! Each test adds something to a document and asks that every path by which a caller could name something before still
//! names the same kind of thing.

#![allow(missing_docs)]

#[path = "../support/mod.rs"]
mod support;

mod additions;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use additions::{ADDITIONS, Addition, Place, add_property, pointers};
use generator::Generated;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};
use support::outline::{Paths, names_of_one_shape, paths};
use support::{fixtures, render};

/// Documents to add to, with what can be named in each.
static FIXTURES: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let of = |name: &str| {
        let text = fs::read_to_string(fixtures("edges").join(name)).expect("the fixture is there");
        let document: Value = serde_yaml::from_str(&text).expect("it is YAML");
        Known::new(document)
    };
    vec![
        of("discriminator-without-mapping.yaml"),
        of("nested-names.yaml"),
        of("nullable.yaml"),
        of("constant-properties.yaml"),
        of("body-of-alternatives.yaml"),
    ]
});

static PINNED: LazyLock<Known> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/openapi.json");
    let text = fs::read_to_string(path).expect("the pinned document is there");
    Known::new(serde_json::from_str(&text).expect("it is JSON"))
});

struct Known {
    document: Value,
    paths: Paths,
}

impl Known {
    fn new(document: Value) -> Self {
        let paths = paths(&rendered(&document));
        Self { document, paths }
    }

    /// Checks that what an addition leaves holds every name; returns false if there is no such place.
    fn keeps_names(&self, add: Addition, place: Place) -> bool {
        let mut document = self.document.clone();
        let Some(what) = add(&mut document, place) else {
            return false;
        };
        self.compare(&document, &what);
        true
    }

    fn compare(&self, document: &Value, what: &str) {
        let lost = self.lost_in(&paths(&rendered(document)));
        assert!(lost.is_empty(), "{what} loses\n{}", lost.join("\n"));
    }

    /// The paths that name nothing any more, or something of another kind.
    fn lost_in(&self, after: &Paths) -> Vec<String> {
        self.paths
            .iter()
            .filter(|(path, kind)| after.get(*path) != Some(kind))
            .map(|(path, _)| path.clone())
            .collect()
    }
}

fn rendered(document: &Value) -> Generated {
    render(&document.to_string(), "document.json").unwrap_or_else(|errors| panic!("{errors}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn additions_anywhere_in_small_documents_rename_nothing(place in any::<usize>()) {
        for (what, add) in ADDITIONS {
            let added = FIXTURES.iter().filter(|known| known.keeps_names(add, Place(place))).count();
            prop_assert!(added > 0, "no document has a place for one more {what}");
        }
    }
}

/// One addition of each kind at a time: rendering the pinned document takes its time.
#[test]
fn additions_in_the_pinned_document_rename_nothing() {
    for place in [usize::MAX / 5, usize::MAX / 3 * 2, usize::MAX / 7] {
        let mut document = PINNED.document.clone();
        let made: Vec<String> = ADDITIONS
            .iter()
            .filter_map(|(_, add)| add(&mut document, Place(place)))
            .collect();
        assert_eq!(made.len(), ADDITIONS.len(), "{made:?}");
        PINNED.compare(&document, &made.join(", "));
    }
}

/// What they are called together can end with it, and is documented so; and what was of one shape with something that is
/// sent is no longer built. Nothing else goes.
#[test]
fn a_place_that_grows_apart_keeps_its_name_and_the_others_keep_theirs() {
    let groups = names_of_one_shape(&rendered(&PINNED.document));
    for place in [usize::MAX / 5, usize::MAX / 3 * 2, usize::MAX / 7] {
        let mut document = PINNED.document.clone();
        let made: Vec<String> = [a_value_in_one_list, a_property_of_one_shape]
            .iter()
            .filter_map(|add| add(&mut document, Place(place)))
            .collect();
        assert_eq!(made.len(), 2, "{made:?}");
        let lost = PINNED.lost_in(&paths(&rendered(&document)));
        let joint: Vec<&String> = lost
            .iter()
            .filter(|name| is_joint(name, &lost, &groups))
            .collect();
        let left: Vec<&String> = lost
            .iter()
            .filter(|path| !path.ends_with("()"))
            .filter(|path| !joint.iter().any(|name| is_below(path, name)))
            .collect();
        assert!(left.is_empty(), "{} lose {left:#?}", made.join(", "));
    }
}

/// Whether it can be the name that places of one shape have together: in the module of those that many namespaces share, or
/// the only one to go of three or more that one module has for the shape.
fn is_joint(name: &str, lost: &[String], groups: &[BTreeSet<String>]) -> bool {
    let only_one_goes = |group: &&BTreeSet<String>| {
        group.contains(name) && lost.iter().filter(|lost| group.contains(*lost)).count() == 1
    };
    let group = groups.iter().find(only_one_goes);
    name.starts_with("common::") || group.is_some_and(|group| group.len() > 2)
}

fn is_below(path: &str, name: &str) -> bool {
    path.strip_prefix(name)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn a_value_in_one_list(document: &mut Value, place: Place) -> Option<String> {
    let lists = pointers(document, &|pointer, value| {
        pointer.ends_with("/enum") && value.as_array().is_some_and(|values| values.len() > 1)
    });
    let pointer = place.get(&with_a_twin(document, lists)?).clone();
    let list = document.pointer_mut(&pointer)?.as_array_mut()?;
    list.push(json!("newly_added"));
    Some(format!("a value in {pointer}"))
}

fn a_property_of_one_shape(document: &mut Value, place: Place) -> Option<String> {
    let shapes = pointers(document, &|pointer, value| {
        pointer.starts_with("/components/schemas/")
            && pointer.matches('/').count() > 3
            && value.get("properties").is_some()
    });
    let shapes = with_a_twin(document, shapes)?;
    add_property(document, &shapes, place, json!({"type": "integer"}))
}

/// Those of which there is another that is the same.
fn with_a_twin(document: &Value, pointers: Vec<String>) -> Option<Vec<String>> {
    let of = |pointer: &String| document.pointer(pointer).map(Value::to_string);
    let mut seen: BTreeMap<Option<String>, usize> = BTreeMap::new();
    for pointer in &pointers {
        *seen.entry(of(pointer)).or_default() += 1;
    }
    let found: Vec<String> = pointers
        .into_iter()
        .filter(|pointer| seen.get(&of(pointer)).is_some_and(|count| *count > 1))
        .collect();
    (!found.is_empty()).then_some(found)
}

#[test]
fn a_document_is_rendered_the_same_every_time() {
    for known in FIXTURES.iter() {
        let (one, other) = (rendered(&known.document), rendered(&known.document));
        assert!(one.files.len() > 1, "only {} files", one.files.len());
        assert_eq!(one.files, other.files);
        assert_eq!(one.features, other.features);
    }
}

#[test]
fn the_order_of_keywords_and_of_components_means_nothing() {
    for known in FIXTURES.iter().chain([&*PINNED]) {
        let mut document = known.document.clone();
        turn(&mut document, false);
        assert_ne!(document.to_string(), known.document.to_string());
        let (before, after) = (rendered(&known.document), rendered(&document));
        for (path, text) in &before.files {
            assert_eq!(Some(text), after.files.get(path), "{}", path.display());
        }
        assert_eq!(before.files.len(), after.files.len());
        assert!(before.files.len() > 1, "only {} files", before.files.len());
    }
}

/// Turns the order of keys round, but not that of paths and of properties: it is the order of what is rendered.
fn turn(value: &mut Value, in_order: bool) {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<(String, Value)> = std::mem::take(map).into_iter().collect();
            if !in_order {
                entries.reverse();
            }
            for (key, mut value) in entries {
                let ordered = !in_order && matches!(key.as_str(), "properties" | "paths");
                turn(&mut value, ordered);
                map.insert(key, value);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| turn(item, false)),
        _ => {}
    }
}

/// The whole way of names that Rust, or something else, has taken already.
#[test]
fn names_that_are_taken_are_told_apart_by_what_they_mean() {
    let shown = |file: &str| {
        let text = fs::read_to_string(fixtures("edges").join(file)).expect("the fixture is there");
        paths(&render(&text, file).unwrap_or_else(|errors| panic!("{errors}")))
    };
    let values = shown("enum-values.yaml");
    let named = shown("property-names.yaml");
    let nested = shown("nested-names.yaml");
    let requests = shown("bracket-parameters.yaml");
    for (paths, wanted) in [
        (&values, "setting::Taken::None"),
        (&values, "setting::Taken::TakenSelf"),
        (&values, "setting::Taken::TakenUnknown"),
        (&values, "setting::Operator::NotEqual"),
        (&values, "setting::Collide::FrontDashDoor"),
        (&named, "widget::WidgetOption"),
        (&named, "widget::Widget::r#type"),
        (&named, "widget::Widget::r#override"),
        (&named, "widget::Widget::two_fa"),
        (&named, "widget::Override::self_"),
        (&nested, "device::heat::Range"),
        (&nested, "device::cool::Range"),
        (&nested, "device::Left"),
        (&nested, "device::Right"),
        (
            &requests,
            "hooks::Hooks::post_by_provider_and_subscription_id()",
        ),
    ] {
        assert!(paths.contains_key(wanted), "{wanted} is not in {paths:#?}");
    }
    let longest = [&values, &named, &nested, &requests]
        .into_iter()
        .flat_map(|paths| paths.keys())
        .flat_map(|path| path.split("::"))
        .map(str::len)
        .max();
    assert!(longest <= Some(64), "{longest:?}");
}
