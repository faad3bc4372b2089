use serde_json::{Value, json};

use super::apply;
use crate::source::Companion;

fn applied(actions: &str, mut document: Value) -> Result<Value, String> {
    let text = format!("overlay: 1.0.0\ninfo: {{title: t, version: '1'}}\nactions:\n{actions}");
    correct(&text, &mut document).map(|()| document)
}

fn correct(text: &str, document: &mut Value) -> Result<(), String> {
    let overlay = Companion {
        text,
        name: "overlay.yaml",
    };
    apply(document, &overlay, false).map_err(|problems| {
        problems
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    })
}

#[test]
fn an_update_merges_objects_and_adds_to_lists() {
    let actions = "
- target: $.a
  description: because
  update: {b: {c: 2, new: {x: 1}}, list: [1, 2], word: other}
- target: $.list
  description: because
  update: {entry: true}
";
    let document = json!({
        "a": {"b": {"c": 1, "kept": 0}, "list": [1], "word": "one"},
        "list": [{}],
    });
    let corrected = json!({
        "a": {"b": {"c": 2, "kept": 0, "new": {"x": 1}}, "list": [1, 2], "word": "other"},
        "list": [{}, {"entry": true}],
    });
    assert_eq!(applied(actions, document), Ok(corrected));
}

#[test]
fn a_removal_removes_keys_items_and_places_inside_of_others() {
    let actions = "
- target: $.list[0, 2]
  description: because
  remove: true
- target: $..['x-new']
  description: because
  remove: true
";
    let document = json!({
        "list": [0, 1, 2, 3],
        "a": {"x-new": {"x-new": 1}, "b": {"x-new": "text"}},
    });
    assert_eq!(
        applied(actions, document),
        Ok(json!({"list": [1, 3], "a": {"b": {}}}))
    );
}

#[test]
fn actions_see_the_changes_of_earlier_actions() {
    let actions = "
- target: $.a
  description: because
  remove: true
- target: $
  description: because
  update: {a: {fresh: true}}
- target: $.a.fresh
  description: because
  remove: true
";
    assert_eq!(
        applied(actions, json!({"a": {"old": 1}})),
        Ok(json!({"a": {}}))
    );
}

#[test]
fn filters_and_paths_with_slashes_find_their_targets() {
    let actions = "
- target: $.paths['/a'].get.parameters[?@.name == 'x' && @.in == 'query']
  description: because
  update: {required: true}
";
    let document = |required: bool| {
        json!({"paths": {"/a": {"get": {"parameters": [
            {"name": "x", "in": "query", "required": required},
            {"name": "y", "in": "query", "required": false},
        ]}}}})
    };
    assert_eq!(applied(actions, document(false)), Ok(document(true)));
}

#[test]
fn an_overlay_may_be_json_and_carry_extensions() {
    let overlay = json!({
        "overlay": "1.0.0", "x-by": "us", "extends": "openapi.json",
        "info": {"title": "t", "version": "1"},
        "actions": [{"target": "$", "description": "d", "update": {"a": 1}, "x-note": 1}],
    });
    let mut document = json!({});
    correct(&overlay.to_string(), &mut document).unwrap();
    assert_eq!(document, json!({"a": 1}));
}

#[test]
fn all_unneeded_and_impossible_actions_are_reported() {
    let actions = "
- target: $.gone
  description: It was there once.
  update: {a: 1}
- target: $.a
  description: The vendor has done it meanwhile.
  update: {word: one, list: [1]}
- target: $.a.list
  description: It has the entry.
  update: 1
- target: $.a.word
  description: A word is no object.
  update: {a: 1}
- target: $.a
  description: Objects take objects.
  update: text
- target: $
  description: All of it.
  remove: true
";
    let document = json!({"a": {"word": "one", "list": [1, 2]}});
    insta::assert_snapshot!(applied(actions, document).unwrap_err());
}

#[test]
fn all_mistakes_in_an_overlay_are_reported_at_once() {
    let text = "
overlay: 2.0.0
info: {title: 5, author: me}
action: []
actions:
- target: $.a[
  description: A bracket is missing.
  remove: true
- target: $.a
  update: {}
- description: No target.
  remove: true
- target: $.a
  description: Both.
  remove: true
  update: {}
- target: $.a
  description: Neither.
- target: $.a
  description: Misspelled.
  updates: {}
- target: $.a
  description: No boolean.
  remove: 'yes'
- text
";
    insta::assert_snapshot!(correct(text, &mut json!({"a": {}})).unwrap_err());
}

#[test]
fn text_that_is_not_an_overlay_is_refused() {
    let message = |text: &str| correct(text, &mut json!({})).unwrap_err();
    insta::assert_snapshot!(
        [
            "",
            "- 1",
            "{}",
            "overlay: 1.0\ninfo: {}\nactions: []",
            "overlay: 1.0.0\noverlay: 1.0.0",
        ]
        .map(message)
        .join("\n\n")
    );
}
